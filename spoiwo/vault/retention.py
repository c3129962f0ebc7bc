"""What is kept for a time: each room registers how its things are found and removed, in its `AppConfig.ready()`.

    register_rule(rows_rule("letters", Letter.objects.all, since="ended_at"))

How long, from which day and why stands in `data/retention.csv`, with the days from which each line holds.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet
from django.utils.timezone import localdate

CHUNK = 500  # rows removed by one statement


@dataclass(frozen=True)
class Due:
    """One thing whose time is over: what it is called in the proof, the day it is counted from, and its key."""

    identifier: str
    since: date
    key: object = None


@dataclass(frozen=True)
class Rule:
    """How things of one kind are found and removed.

    `found(last)` gives what is counted from the day `last` or an earlier one; `removed(found)` removes just these,
    inside the caller's transaction, and returns how many were there.
    """

    code: str
    found: Callable[[date], Sequence[Due]]
    removed: Callable[[Sequence[Due]], int]


def rows_rule(
    code: str, rows: Callable[[], QuerySet], *, since: str, remove: Callable[[QuerySet], int] | None = None
) -> Rule:
    """A rule about rows; `since` names the moment that is counted from, of the row or of one that it points to.

    Rows are deleted unless `remove` does something else with them. A key that is a text (a session) stands in the proof
    only as its digest.
    """

    def found(last: date) -> list[Due]:
        over = rows().filter(**{f"{since}__date__lte": last}).order_by("pk").values_list("pk", since)
        return [Due(_called(rows().model, key), localdate(moment), key) for key, moment in over]

    def removed(due: Sequence[Due]) -> int:
        keys, count = [one.key for one in due], 0
        for start in range(0, len(keys), CHUNK):
            chosen = rows().filter(pk__in=keys[start : start + CHUNK])
            count += remove(chosen) if remove else chosen.delete()[0]
        return count

    return Rule(code, found, removed)


def _called(model: type[Model], key: object) -> str:
    shown = key if isinstance(key, int) else hashlib.sha256(str(key).encode()).hexdigest()
    return f"{model._meta.label_lower} {shown}"


_rules: dict[str, Rule] = {}


def register_rule(rule: Rule) -> None:
    """Add a rule; the same code again replaces it."""
    _rules[rule.code] = rule


def rule_of(code: str) -> Rule | None:
    """The rule registered under a code."""
    return _rules.get(code)


def registered() -> list[str]:
    """Codes of every rule, in order."""
    return sorted(_rules)
