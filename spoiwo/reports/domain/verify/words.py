"""A rule of a figure as a short Polish phrase, also one that makes no sense."""

from spoiwo.reports.domain.verify.problem import shown

_CONDITION = {"programme": "program", "source": "źródło", "tag": "przekrój", "measure": "miara"}


def rule_in_words(rule: object) -> str:
    """Write a rule so that two different ones never read the same."""
    if not isinstance(rule, dict):
        return shown(rule)
    match rule.get("op"):
        case "sum" | "count" as op:
            return f"{'suma' if op == 'sum' else 'liczba'} {_of(rule)} {_where(rule.get('where'))}{_rest(rule)}"
        case "stated":
            return f"podane w {_of(rule)}, klucz {shown(rule.get('key'))}{_rest(rule)}"
        case "minus" | "share" as op:
            figures = rule.get("figures")
            parts = figures if isinstance(figures, list) else [figures]
            sign = " − " if op == "minus" else " / "
            return sign.join(item if isinstance(item, str) else shown(item) for item in parts) + _rest(rule)
    return "nieznany: " + shown(str(rule))


def _of(rule: dict) -> str:
    return rule["of"] if isinstance(rule.get("of"), str) else shown(rule.get("of"))


def _where(where: object) -> str:
    if where == {}:
        return "(wszystkie)"
    if not isinstance(where, dict):
        return shown(where)
    return "(" + ", ".join(f"{_CONDITION.get(name, name)}: {_value(value)}" for name, value in where.items()) + ")"


def _value(value: object) -> str:
    if isinstance(value, list):
        return " ".join(shown(item) for item in value)
    return shown(value)


def _rest(rule: dict) -> str:
    """Whatever else the rule carries; a key that does not belong must be seen."""
    known = {"op", "of", "where", "key", "figures"}
    return "".join(f", {name}: {shown(value)}" for name, value in rule.items() if name not in known)
