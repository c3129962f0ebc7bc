"""Changing the tree: goals, programmes, tasks, and what continues what."""

from datetime import date

from django.db import models, transaction
from django.db.models import Max

from spoiwo.audit.models import Record
from spoiwo.audit.services import record
from spoiwo.doors.locking import locked
from spoiwo.kernel.changes import changed
from spoiwo.strategy.domain.succession import closes_a_circle, has_ended
from spoiwo.strategy.errors import CodeTaken, EndReasonMissing, EndsBeforeItBegan, ProgrammeEnded, SuccessionCircle
from spoiwo.strategy.models import Goal, Programme, Strategy, Succession, Task

GOAL_FIELDS = ("parent", "number", "name", "note")
PROGRAMME_FIELDS = (
    "number",
    "name",
    "short_name",
    "kind",
    "from_year",
    "to_year",
    "adopting_body",
    "adopted_on",
    "resolution",
    "parent",
    "goals",
    "begins_line",
    "ends_line",
    "note",
)
TASK_FIELDS = (
    "number",
    "name",
    "kind",
    "programme",
    "goal",
    "organisation",
    "lead",
    "from_date",
    "to_date",
    "note",
)


@transaction.atomic
def create_goal(*, strategy: Strategy, code: str, values: dict, key: str = "", by) -> Goal:
    """Add a goal, or an operational goal below `parent`. `values` holds columns of GOAL_FIELDS.

    `key` given twice adds one goal: the second call returns the first. Raises: CodeTaken.
    """
    facts = {"strategy": strategy} | values
    return _created(Goal, strategy.region, code, facts, key, "strategy.goal_created", by)


@transaction.atomic
def create_programme(*, strategy: Strategy, code: str, values: dict, key: str = "", by) -> Programme:
    """Add a programme to a strategy. `values` holds columns of PROGRAMME_FIELDS; `goals` are those it serves.

    `key` given twice adds one programme: the second call returns the first. Raises: CodeTaken.
    """
    facts = {"strategy": strategy} | values
    return _created(Programme, strategy.region, code, facts, key, "strategy.programme_created", by)


@transaction.atomic
def create_task(*, region: str, code: str, values: dict, today: date, key: str = "", by) -> Task:
    """Add a task to a programme or outside programmes. `values` holds columns of TASK_FIELDS.

    `key` given twice adds one task: the second call returns the first. Raises: CodeTaken, ProgrammeEnded when
    the programme is past its period on `today`.
    """
    _refuse_ended(values.get("programme"), today)
    return _created(Task, region, code, values, key, "strategy.task_created", by)


def _created(model: type[models.Model], region: str, code: str, facts: dict, key: str, deed: str, by):
    list(Strategy.objects.select_for_update(no_key=True).of_region(region))  # the same form sent twice waits here
    held = model.objects.filter(region=region, code=code).first()
    if held:
        if key and Record.objects.about(held).filter(deed=deed, facts__key=key).exists():
            return held
        raise CodeTaken(held)
    plain = {name: value for name, value in facts.items() if name != "goals"}
    last = model.objects.filter(region=region).aggregate(last=Max("order"))["last"] or 0
    row = model.objects.create(region=region, code=code, order=last + 1, **plain)
    if "goals" in facts:
        row.goals.set(facts["goals"])
    record(by=by, deed=deed, about=row, key=key, **as_facts(row, tuple(facts)))
    return row


@transaction.atomic
def change_goal(*, goal: Goal, seen_version: int, values: dict, reason: str = "", by) -> Goal:
    """Change a goal; the old values stay in the record of deeds. Raises: ChangedMeanwhile."""
    return _changed(goal, seen_version, values, "strategy.goal_changed", reason, by)


@transaction.atomic
def change_programme(*, programme: Programme, seen_version: int, values: dict, reason: str = "", by) -> Programme:
    """Change a programme; the old values stay in the record of deeds. Raises: ChangedMeanwhile."""
    return _changed(programme, seen_version, values, "strategy.programme_changed", reason, by)


@transaction.atomic
def change_task(*, task: Task, seen_version: int, values: dict, today: date, reason: str = "", by) -> Task:
    """Change a task; the old values stay in the record of deeds.

    Raises: ChangedMeanwhile; ProgrammeEnded when it would move to a programme that is past its period.
    """
    programme = values.get("programme", task.programme)
    if programme != task.programme:
        _refuse_ended(programme, today)
    return _changed(task, seen_version, values, "strategy.task_changed", reason, by)


@transaction.atomic
def end_goal(*, goal: Goal, seen_version: int, on: date, reason: str, by) -> Goal:
    """End a goal on a day; it stays in the history. Raises: ChangedMeanwhile, EndReasonMissing."""
    return _ended(goal, seen_version, {"ended_on": on}, "strategy.goal_ended", reason, by)


@transaction.atomic
def end_programme(*, programme: Programme, seen_version: int, last_year: int, reason: str, by) -> Programme:
    """Say which year was the programme's last; from the next one on it takes no new task.

    Raises: ChangedMeanwhile, EndReasonMissing, EndsBeforeItBegan.
    """
    if last_year < programme.first_year:
        raise EndsBeforeItBegan(programme.first_year)
    return _ended(programme, seen_version, {"to_year": last_year}, "strategy.programme_ended", reason, by)


@transaction.atomic
def end_task(*, task: Task, seen_version: int, on: date, reason: str, by) -> Task:
    """End a task on a day: it stays in its years and is absent after them (S-099).

    Raises: ChangedMeanwhile, EndReasonMissing, EndsBeforeItBegan.
    """
    if task.from_date and on < task.from_date:
        raise EndsBeforeItBegan(task.from_date)
    return _ended(task, seen_version, {"to_date": on}, "strategy.task_ended", reason, by)


def _ended(row, seen_version: int, values: dict, deed: str, reason: str, by):
    if not reason.strip():
        raise EndReasonMissing
    return _changed(row, seen_version, values, deed, reason, by)


def _changed(row, seen_version: int, values: dict, deed: str, reason: str, by):
    row = locked(row, seen_version)
    names = tuple(values)
    before = as_facts(row, names)
    plain = [name for name in names if name != "goals"]
    for name in plain:
        setattr(row, name, values[name])
    row.version += 1
    row.save(update_fields=[*plain, "version"])
    if "goals" in values:
        row.goals.set(values["goals"])
    record(by=by, deed=deed, about=row, reason=reason, changed=changed(before, as_facts(row, names)))
    return row


def _refuse_ended(programme: Programme | None, today: date) -> None:
    if programme and has_ended(programme.last_year, today.year):
        raise ProgrammeEnded(programme, programme.last_year)


def as_facts(row, names: tuple[str, ...]) -> dict:
    """Columns of a row in words and numbers, for the record of deeds."""
    return {name: _told(getattr(row, name)) for name in names}


def _told(value: object):
    if isinstance(value, models.Manager):
        return sorted(other.code for other in value.all())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or str(value)
    return value if value is None or isinstance(value, bool | int) else str(value)


@transaction.atomic
def add_succession(*, predecessor: Programme, successor: Programme, note: str = "", by) -> Succession:
    """Say that one programme continues another, wholly or in part; said again, only the note changes.

    Raises: SuccessionCircle when the successor already leads to the predecessor.
    """
    list(Strategy.objects.select_for_update(no_key=True).of_region(successor.region))
    held = Succession.objects.filter(predecessor=predecessor, successor=successor).first()
    if held and held.note == note:
        return held
    facts = {"predecessor": predecessor.code, "successor": successor.code}
    if held:
        before, held.note = held.note, note
        held.save(update_fields=["note"])
        differs = changed({"note": before}, {"note": note})
        record(by=by, deed="strategy.succession_changed", about=successor, changed=differs, **facts)
        return held
    links = Succession.objects.filter(successor__region=successor.region)
    if closes_a_circle(predecessor.code, successor.code, links.values_list("predecessor__code", "successor__code")):
        raise SuccessionCircle
    row = Succession.objects.create(predecessor=predecessor, successor=successor, note=note)
    record(by=by, deed="strategy.succession_added", about=successor, note=note, **facts)
    return row


@transaction.atomic
def remove_succession(*, succession: Succession, reason: str, by) -> None:
    """Take a link back; both programmes and the deed stay. One that is gone stays gone. Raises: EndReasonMissing."""
    if not reason.strip():
        raise EndReasonMissing
    if not Succession.objects.select_for_update(no_key=True).filter(pk=succession.pk).exists():
        return
    facts = {"predecessor": succession.predecessor.code, "successor": succession.successor.code}
    record(
        by=by,
        deed="strategy.succession_removed",
        about=succession.successor,
        reason=reason,
        note=succession.note,
        **facts,
    )
    succession.delete()
