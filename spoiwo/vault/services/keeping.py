"""Removing what is kept no longer: first shown, then done, and proven by a row and a record."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import ngettext

from spoiwo.audit.services import record
from spoiwo.vault.domain.retention import Period, period_from
from spoiwo.vault.errors import RuleUnconfirmed
from spoiwo.vault.models import RetentionRun
from spoiwo.vault.retention import Due, rule_of
from spoiwo.vault.services.inventory import DATA


@dataclass(frozen=True)
class Kept:
    """One line of `data/retention.csv`: how long something is kept, from which day, and why.

    `confirmed`: a person has confirmed the period; without it nothing goes unless it is asked for by its name.
    `how`: what happens to it; a line without a rule in the house tells why it is never removed.
    """

    code: str
    valid_from: date
    valid_to: date | None
    what: str
    period: Period
    counted_from: str
    basis: str
    how: str
    confirmed: bool

    @property
    def period_in_words(self) -> str:
        """The period as a person reads it."""
        if self.period.days:
            return ngettext("%(n)d day", "%(n)d days", self.period.days) % {"n": self.period.days}
        if self.period.months % 12:
            return ngettext("%(n)d month", "%(n)d months", self.period.months) % {"n": self.period.months}
        years = self.period.months // 12
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}

    @property
    def removable(self) -> bool:
        """Whether the house removes it; otherwise the line says why not."""
        return rule_of(self.code) is not None


@dataclass(frozen=True)
class Plan:
    """What would go today by one line."""

    kept: Kept
    last: date  # what is counted from this day or before is over
    found: Sequence[Due]


def kept_on(day: date) -> list[Kept]:
    """The lines that hold on a day."""
    rows = _kept(DATA / "retention.csv")
    return [row for row in rows if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)]


@cache
def _kept(file: Path) -> tuple[Kept, ...]:
    with file.open(encoding="utf-8", newline="") as source:
        return tuple(_row(row) for row in csv.DictReader(source, delimiter=";"))


def _row(row: dict[str, str]) -> Kept:
    return Kept(
        code=row["code"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        what=row["what"],
        period=period_from(row["period"]),
        counted_from=row["counted_from"],
        basis=row["basis"],
        how=row["how"],
        confirmed=row["status"] == "potwierdzone",
    )


def plans(today: date, *, only: str = "") -> list[Plan]:
    """What is over today, by rule; with `only` for one rule."""
    found = []
    for kept in kept_on(today):
        rule = rule_of(kept.code)
        if rule and only in {"", kept.code}:
            last = kept.period.last_due(today)
            found.append(Plan(kept, last, rule.found(last)))
    return found


@transaction.atomic
def remove_what_is_over(*, today: date, now: datetime, by, only: str = "") -> RetentionRun:
    """Remove what is kept no longer, with a row that proves it and a record, all or nothing.

    Lines that nobody has confirmed are passed over unless one of them is named by `only`.
    Raises: RuleUnconfirmed for a code that no line in force has, or that no room can remove.
    """
    chosen = [plan for plan in plans(today, only=only) if plan.kept.confirmed or plan.kept.code == only]
    if only and not chosen:
        raise RuleUnconfirmed(only)
    counts, gone = {}, []
    for plan in chosen:
        counts[plan.kept.code] = rule_of(plan.kept.code).removed(plan.found) if plan.found else 0
        gone += [f"{plan.kept.code} {due.identifier}" for due in plan.found]
    run = RetentionRun.objects.create(at=now, by=by, reached=today, counts=counts, digest=digest_of(gone))
    record(by=by, deed="vault.retention_applied", about=run, counts=counts, digest=run.digest)
    return run


def digest_of(identifiers: Sequence[str]) -> str:
    """SHA-256 over identifiers, sorted, one a line: proves what went, tells nothing to who does not know it."""
    return hashlib.sha256("\n".join(sorted(identifiers)).encode()).hexdigest()
