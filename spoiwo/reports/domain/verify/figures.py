"""Each figure of the document beside the one that the records make."""

from spoiwo.reports.domain.verify.expected import Expected, ExpectedReport
from spoiwo.reports.domain.verify.problem import Problem, about, shown, shown_value
from spoiwo.reports.domain.verify.words import rule_in_words


def problems_of_figures(content: dict, report: ExpectedReport) -> list[Problem]:
    """Missing and unknown figures, and all whose rule, value or other facts are not those of the records."""
    figures = content["figures"]
    problems = [about("record", id_, "więcej niż jedno miejsce o tym identyfikatorze", "jedno") for id_ in report.twice]
    for id_, expected in report.figures.items():
        if id_ not in figures:
            wanted = shown_value(expected.value, expected.unit)
            problems.append(about("missing", id_, "brak tej liczby", wanted))
        else:
            problems += _differences(figures[id_], expected)
    for id_ in figures:
        if id_ not in report.figures:
            problems.append(about("unknown", id_, "liczba, której nie ma z czego policzyć", "brak tej liczby"))
    return problems


def _differences(figure: dict, expected: Expected) -> list[Problem]:
    id_ = expected.id
    problems = []
    if figure["rule"] != expected.rule:
        found, wanted = rule_in_words(figure["rule"]), rule_in_words(expected.rule)
        problems.append(about("rule", id_, f"sposób liczenia: {found}", wanted))
    if type(figure["value"]) is not type(expected.value) or figure["value"] != expected.value:
        found = shown_value(figure["value"], expected.unit)
        problems.append(about("value", id_, found, shown_value(expected.value, expected.unit)))
    for name, code in (("id", "place"), ("kind", "place"), ("unit", "unit"), ("precision", "value")):
        if figure[name] != getattr(expected, name):
            problems.append(about(code, id_, shown(figure[name]), shown(getattr(expected, name)), name))
    if expected.records is not None and figure["records"] != expected.records:
        problems.append(about("record", id_, shown(figure["records"]), shown(expected.records), "records"))
    if figure["status"] != expected.status:
        problems.append(about("status", id_, shown(figure["status"]), shown(expected.status), "status"))
    return problems
