"""The legal year: the shipped table, what is due, what was done, and changes by an administrator."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from spoiwo.audit.services import record
from spoiwo.doors.locking import locked
from spoiwo.kernel.changes import changed
from spoiwo.strategy.domain.duties import State, Term, term
from spoiwo.strategy.errors import DutyFrozen
from spoiwo.strategy.models import Duty, DutyDone
from spoiwo.strategy.readiness import readiness_of

SHIPPED_DUTIES = Path(__file__).resolve().parent.parent / "data" / "duties.csv"
FIELDS = ("name", "recipient", "basis", "month", "day", "valid_to_year", "note")


@dataclass(frozen=True)
class Due:
    """One duty of one year on a day: its term, who marked it as done, what is ready of it."""

    duty: Duty
    year: int
    term: Term
    done: DutyDone | None
    ready: str = ""

    @property
    def state(self) -> State:
        """Done, late, soon or ahead."""
        return self.term.state(done=self.done is not None)


@transaction.atomic
def load_duties(*, file: Path = SHIPPED_DUTIES, by=None) -> dict[str, int]:
    """Read the shipped table: new duties are added, untouched ones follow it, changed ones stay as they are.

    Gives how many are new, changed and kept. Reading it again changes nothing.
    """
    counts = {"new": 0, "changed": 0, "kept": 0}
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    for row in rows:
        counts[_put(row, by)] += 1
    return counts


def _put(row: dict[str, str], by) -> str:
    from_year = int(row["from_year"])
    values = {name: row[name] for name in ("name", "recipient", "basis", "note")}
    values |= {"month": int(row["month"]), "day": int(row["day"]), "check_name": row["check"]}
    held = Duty.objects.select_for_update(no_key=True).filter(code=row["code"], valid_from_year=from_year).first()
    if held is None:
        duty = Duty.objects.create(code=row["code"], valid_from_year=from_year, **values)
        record(by=by, deed="strategy.duty_added", about=duty, **as_facts(duty))
        return "new"
    before = {name: getattr(held, name) for name in values}
    if held.version > 1 or before == values:
        return "kept"
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=[*values])
    record(by=by, deed="strategy.duty_reread", about=held, changed=changed(before, values))
    return "changed"


def duties_in(year: int):
    """Duties that hold in a year."""
    return Duty.objects.filter(Q(valid_to_year=None) | Q(valid_to_year__gte=year), valid_from_year__lte=year)


def find_duty(code: str, year: int) -> Duty | None:
    """The duty of this code that holds in a year; the latest when an administrator put one after another."""
    return duties_in(year).filter(code=code).order_by("-valid_from_year").first()


def due_in(year: int, today: date) -> list[Due]:
    """Every duty of a year in the order of its days."""
    return sorted(_dues([year], today, True), key=_by_day)


def coming(today: date, *, many: int) -> list[Due]:
    """The next duties that nobody marked as done, also those of the next year."""
    rows = [due for due in _dues([today.year, today.year + 1], today, False) if due.state in (State.SOON, State.AHEAD)]
    rows = sorted(rows, key=_by_day)[:many]
    return [Due(due.duty, due.year, due.term, None, readiness_of(due.duty.check_name, due.year)) for due in rows]


def late(today: date) -> list[Due]:
    """Duties of this year and the last whose day has passed and that nobody marked as done."""
    rows = [due for due in _dues([today.year - 1, today.year], today, False) if due.state is State.LATE]
    return sorted(rows, key=_by_day)


def _dues(years: list[int], today: date, with_readiness: bool) -> list[Due]:
    duties = list(Duty.objects.order_by("valid_from_year"))
    done = {(row.duty_id, row.year): row for row in DutyDone.objects.filter(year__in=years).select_related("by")}
    rows = []
    for year in years:
        latest = {duty.code: duty for duty in duties if _holds(duty, year)}
        for duty in latest.values():
            ready = readiness_of(duty.check_name, year) if with_readiness else ""
            on = term(year=year, month=duty.month, day=duty.day, today=today)
            rows.append(Due(duty, year, on, done.get((duty.pk, year)), ready))
    return rows


def _holds(duty: Duty, year: int) -> bool:
    return duty.valid_from_year <= year <= (duty.valid_to_year or year)


def _by_day(due: Due) -> tuple:
    return (due.term.on, due.duty.code)


@transaction.atomic
def mark_done(*, duty: Duty, year: int, on: date, note: str = "", by) -> DutyDone:
    """Mark the duty of a year as done on a day; a second mark changes nothing and gives the first."""
    duty = Duty.objects.select_for_update(no_key=True).get(pk=duty.pk)
    if held := duty.done.filter(year=year).first():
        return held
    done = DutyDone.objects.create(duty=duty, year=year, on=on, note=note, by=by)
    record(by=by, deed="strategy.duty_done", about=duty, year=year, on=on.isoformat(), note=note)
    return done


@transaction.atomic
def take_back(*, duty: Duty, year: int, by) -> None:
    """Take the mark back, for it was a mistake; the record of deeds keeps both."""
    duty = Duty.objects.select_for_update(no_key=True).get(pk=duty.pk)
    held = duty.done.filter(year=year).first()
    if held is None:
        return
    facts = {"year": year, "on": held.on.isoformat(), "note": held.note, "marked_by": str(held.by or "")}
    held.delete()
    record(by=by, deed="strategy.duty_undone", about=duty, **facts)


@transaction.atomic
def change_duty(*, duty: Duty, seen_version: int, values: dict, reason: str, by) -> Duty:
    """Change a duty when the law changes; `values` holds the columns of FIELDS.

    From then on the shipped table no longer touches it. Raises: ChangedMeanwhile; DutyFrozen when the last year
    would come before a year that is marked as done.
    """
    duty = locked(duty, seen_version)
    last = values["valid_to_year"]
    if last and (after := duty.done.filter(year__gt=last).order_by("year").first()):
        raise DutyFrozen(after.year)
    before = as_facts(duty)
    for name in FIELDS:
        setattr(duty, name, values[name])
    differs = changed(before, as_facts(duty))
    if not differs:
        return duty
    duty.version += 1
    duty.save(update_fields=[*FIELDS, "version"])
    record(by=by, deed="strategy.duty_changed", about=duty, reason=reason, changed=differs)
    return duty


def as_facts(duty: Duty) -> dict:
    """A duty as columns, for the record of deeds and for comparing two versions."""
    return {name: getattr(duty, name) for name in FIELDS}
