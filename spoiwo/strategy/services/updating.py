"""Versions of a strategy: opening and editing a draft, withdrawing it, adopting it, writing it into the tree."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from spoiwo.audit.services import Deed, record, record_all
from spoiwo.doors.locking import locked, unchanged
from spoiwo.kernel.changes import ChangedMeanwhile, changed
from spoiwo.strategy.domain import versions
from spoiwo.strategy.domain.remarks import Phase, phase
from spoiwo.strategy.errors import CodeInUse, DraftExists, DraftFrozen, ElementInUse, ReportMissing
from spoiwo.strategy.models import (
    UNFINISHED,
    Consultation,
    Goal,
    Indicator,
    Programme,
    ProgrammeKind,
    Strategy,
    StrategyVersion,
    Target,
    Task,
    TaskKind,
    VersionState,
)

MODELS = {"goal": Goal, "programme": Programme, "task": Task}
POINTERS = {"parent": Goal, "goal": Goal, "programme": Programme}
DAYS = {"ended_on", "from_date", "to_date"}


def tree_document(strategy: Strategy) -> dict:
    """The tree as it is now, as one document."""
    goals = strategy.goals.select_related("parent")
    programmes = strategy.programmes.prefetch_related("goals")
    tasks = tasks_of(strategy).select_related("programme", "goal")
    targets = Target.objects.filter(indicator__in=indicators_of(strategy)).select_related("indicator")
    return versions.document(
        goals=[_row(goal, parent=goal.parent) for goal in goals],
        programmes=[_row(row, goals=[goal.code for goal in row.goals.all()]) for row in programmes],
        tasks=[_row(task, programme=task.programme, goal=task.goal) for task in tasks],
        targets=[_target_row(target) for target in targets],
    )


def tasks_of(strategy: Strategy):
    """Tasks of the strategy's programmes and goals."""
    return (Task.objects.filter(programme__strategy=strategy) | Task.objects.filter(goal__strategy=strategy)).distinct()


def indicators_of(strategy: Strategy):
    """Indicators of the strategy's goals, programmes and tasks."""
    of_goals = Indicator.objects.filter(goal__strategy=strategy)
    of_programmes = Indicator.objects.filter(programme__strategy=strategy)
    return of_goals | of_programmes | Indicator.objects.filter(task__in=tasks_of(strategy))


def _row(held: Goal | Programme | Task, **pointers) -> dict:
    codes = {name: getattr(value, "code", value) for name, value in pointers.items()}
    return (
        {field.name: getattr(held, field.name) for field in held._meta.fields if not field.is_relation}
        | codes
        | {"version": 1}
    )


def _target_row(target: Target) -> dict:
    return {
        "code": f"{target.indicator.code}@{target.year}",
        "name": target.indicator.name,
        "indicator": target.indicator.code,
        "year": target.year,
        "value": f"{target.value.normalize():f}",
    }


# --- a draft -------------------------------------------------------------------------------------


@transaction.atomic
def open_draft(*, strategy: Strategy, title: str, now: datetime, by) -> StrategyVersion:
    """Open a draft that holds the tree as it is. The first draft of a strategy also keeps that tree as version 1.

    Raises: DraftExists, with the version, while another is drafted, consulted, or adopted and not yet binding.
    """
    strategy = Strategy.objects.select_for_update(no_key=True).get(pk=strategy.pk)
    unfinished = strategy.versions.filter(state__in=UNFINISHED)
    if held := (unfinished | strategy.versions.filter(state=VersionState.ADOPTED, written_at=None)).first():
        raise DraftExists(held)
    tree = tree_document(strategy)
    last = strategy.versions.first() or _first_version(strategy, tree, now, by)
    binding = strategy.versions.filter(state=VersionState.ADOPTED).order_by("-binding_from", "-number").first()
    draft = StrategyVersion.objects.create(
        strategy=strategy,
        number=last.number + 1,
        title=title,
        based_on=binding,
        base=tree,
        content=tree,
        created_by=by,
        created_at=now,
    )
    record(by=by, deed="strategy.draft_opened", about=draft, number=draft.number)
    return draft


def _first_version(strategy: Strategy, tree: dict, now: datetime, by) -> StrategyVersion:
    return StrategyVersion.objects.create(
        strategy=strategy,
        number=1,
        title=strategy.name,
        state=VersionState.ADOPTED,
        base=tree,
        content=tree,
        adopting_body=strategy.adopting_body,
        resolution=strategy.resolution,
        adopted_on=strategy.adopted_on,
        binding_from=strategy.adopted_on or date(strategy.from_year, 1, 1),
        written_at=now,
        created_by=by,
        created_at=now,
    )


def may_change(draft: StrategyVersion, on: date) -> bool:
    """A draft changes until its consultation is set, and again from its last day until its report is published."""
    if draft.state == VersionState.DRAFT:
        return True
    return draft.state == VersionState.CONSULTED and phase_of(draft.consultation, on) == Phase.CLOSED


def phase_of(consultation: Consultation, on: date) -> Phase:
    """Where a consultation is on a day; that of a withdrawn draft takes no remark, whatever its term."""
    published = consultation.published_at is not None
    found = phase(consultation.opens_on, consultation.closes_on, on, published=published)
    withdrawn = consultation.strategy_version.state == VersionState.WITHDRAWN
    return Phase.CLOSED if withdrawn and found == Phase.OPEN else found


@transaction.atomic
def change_element(
    *, draft: StrategyVersion, kind: str, code: str, seen_version: int, values: dict, on: date, by
) -> dict:
    """Change one element of a draft; `values` holds its fields. An end is a field too: a day, a programme's last year.

    Raises: DraftFrozen; ChangedMeanwhile, with the element as it is now, when somebody changed it after `seen_version`.
    """
    draft = _open(draft, on)
    held = versions.find(draft.content, kind, code)
    if held is None or held["version"] != seen_version:
        raise ChangedMeanwhile(held)
    row = versions.element(kind, held | values | {"version": held["version"] + 1})
    names = versions.FIELDS[kind]
    differs = changed({name: held[name] for name in names}, {name: row[name] for name in names})
    if not differs:
        return held
    _save(draft, versions.put(draft.content, kind, row))
    record(by=by, deed="strategy.draft_changed", about=draft, element=f"{kind}:{code}", changed=differs)
    return row


@transaction.atomic
def add_element(*, draft: StrategyVersion, kind: str, code: str, values: dict, on: date, by) -> dict:
    """Add a goal, a programme, a task or a target to a draft. The same twice adds it once.

    Raises: DraftFrozen; CodeInUse when the region, or the draft, has another element with this code.
    """
    draft = _open(draft, on)
    order = max((row.get("order") or 0 for row in draft.content[versions.PARTS[kind]]), default=0) + 1
    row = versions.element(kind, _new_kind(kind) | {"order": order} | values | {"code": code})
    held = versions.find(draft.content, kind, code)
    if held and all(held[name] == row[name] for name in versions.FIELDS[kind]):
        return held
    model = MODELS.get(kind)
    if held or (model and model.objects.filter(region=draft.strategy.region, code=code).exists()):
        raise CodeInUse(code)
    _save(draft, versions.put(draft.content, kind, row))
    record(by=by, deed="strategy.draft_element_added", about=draft, element=f"{kind}:{code}")
    return row


def _new_kind(kind: str) -> dict:
    return {"programme": {"kind": ProgrammeKind.PROGRAMME.value}, "task": {"kind": TaskKind.TASK.value}}.get(kind, {})


@transaction.atomic
def drop_element(*, draft: StrategyVersion, kind: str, code: str, on: date, by) -> None:
    """Take out an element that this draft itself added; what is in force is ended instead.

    Raises: DraftFrozen; ElementInUse with the names of what belongs to it; ChangedMeanwhile when it is in force.
    """
    draft = _open(draft, on)
    if versions.find(draft.base, kind, code):
        raise ChangedMeanwhile(versions.find(draft.content, kind, code))
    if not versions.find(draft.content, kind, code):
        return
    if used := versions.pointing_at(draft.content, kind, code):
        raise ElementInUse([row["name"] for row in used])
    _save(draft, versions.without(draft.content, kind, code))
    record(by=by, deed="strategy.draft_element_dropped", about=draft, element=f"{kind}:{code}")


@transaction.atomic
def withdraw(*, draft: StrategyVersion, seen_version: int, reason: str, on: date, by) -> StrategyVersion:
    """Give a draft up, with a reason; it and its remarks stay to be read. Raises: StepRefused, ChangedMeanwhile.

    What is given up before its consultation opens is never shown to the public.
    """
    held = StrategyVersion.objects.select_for_update(no_key=True).get(pk=draft.pk)
    state = versions.next_state(held.state, "withdraw")  # said first: a draft that moved on is no matter of choice
    draft = unchanged(held, seen_version)
    draft.state, draft.withdrawn_on, draft.version = state, on, draft.version + 1
    draft.save(update_fields=["state", "withdrawn_on", "version"])
    record(by=by, deed="strategy.draft_withdrawn", about=draft, reason=reason)
    return draft


def _open(draft: StrategyVersion, on: date) -> StrategyVersion:
    """The draft, locked, so that two changes of different elements follow each other. Raises: DraftFrozen."""
    rows = StrategyVersion.objects.select_for_update(no_key=True, of=("self",)).select_related("strategy")
    draft = rows.get(pk=draft.pk)
    if not may_change(draft, on):
        raise DraftFrozen
    return draft


def _save(draft: StrategyVersion, content: dict) -> None:
    draft.content, draft.version = content, draft.version + 1
    draft.save(update_fields=["content", "version"])


# --- adoption ------------------------------------------------------------------------------------


@transaction.atomic
def adopt(
    *,
    draft: StrategyVersion,
    seen_version: int,
    adopting_body: str,
    resolution: str,
    adopted_on: date,
    binding_from: date,
    now: datetime,
    on: date,
    by,
) -> StrategyVersion:
    """Note the resolution that adopted a draft. It enters the tree now, or once its binding day has come.

    Raises: StepRefused; ReportMissing until the report of the consultation is published; ChangedMeanwhile.
    """
    draft = locked(draft, seen_version)
    state = versions.next_state(draft.state, "adopt")
    if draft.consultation.published_at is None:
        raise ReportMissing
    draft.state, draft.adopting_body, draft.resolution = state, adopting_body, resolution
    draft.adopted_on, draft.binding_from, draft.version = adopted_on, binding_from, draft.version + 1
    draft.save(update_fields=["state", "adopting_body", "resolution", "adopted_on", "binding_from", "version"])
    written = _written(draft, now) if binding_from <= on else []  # rows first, the head of the chain last
    facts = {"adopted_on": adopted_on.isoformat(), "binding_from": binding_from.isoformat()}
    record(by=by, deed="strategy.version_adopted", about=draft, resolution=resolution, **facts)
    if written:
        record_all(by=by, deeds=written, at=now)
    return draft


@transaction.atomic
def write_into_tree(*, version: StrategyVersion, now: datetime, on: date, by) -> int:
    """Write an adopted version into the tree from its binding day; how many elements were written.

    Each element gets a record of its own. Earlier, and the second time, nothing happens.
    """
    rows = StrategyVersion.objects.select_for_update(no_key=True, of=("self",)).select_related("strategy")
    version = rows.get(pk=version.pk)
    if version.state != VersionState.ADOPTED or version.written_at or version.binding_from > on:
        return 0
    deeds = _written(version, now)
    if deeds:
        record_all(by=by, deeds=deeds, at=now)
    return len(deeds)


def _written(version: StrategyVersion, now: datetime) -> list[Deed]:
    """Write a locked version into the tree; the deeds, to be recorded."""
    deeds = []
    for write in versions.writes(version.base, version.content, version.binding_from):
        row, differs = _write(version.strategy, write)
        facts = {"version": version.number, "new": write.new, "changed": differs}
        deeds.append(Deed("strategy.version_written", row, facts, version.resolution))
    version.written_at = now
    version.save(update_fields=["written_at"])
    return deeds


def due(region: str, on: date):
    """Adopted versions of a region that bind already and have not entered the tree."""
    rows = StrategyVersion.objects.filter(strategy__region=region, state=VersionState.ADOPTED, written_at=None)
    return rows.filter(binding_from__lte=on).order_by("binding_from", "number")


def _write(strategy: Strategy, write: versions.Write) -> tuple[Goal | Programme | Task | Target, dict]:
    if write.kind == "target":
        return _write_target(strategy, write)
    model, region = MODELS[write.kind], strategy.region
    goals = write.values.get("goals")
    values = {name: _stored(region, name, value) for name, value in write.values.items() if name != "goals"}
    if write.new:
        owner = {} if write.kind == "task" else {"strategy": strategy}
        row, before = model(region=region, code=write.code, **owner, **values), {}
        row.save(force_insert=True)
    else:
        row = model.objects.select_for_update(no_key=True, of=("self",)).get(region=region, code=write.code)
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*values, "version"])
    if goals is not None:
        before, values = before | {"goals": sorted(goal.code for goal in row.goals.all())}, values | {"goals": goals}
        row.goals.set(Goal.objects.filter(region=region, code__in=goals))
    told = [{name: _fact(value) for name, value in side.items()} for side in (before, values)]
    return row, changed(*told)


def _write_target(strategy: Strategy, write: versions.Write) -> tuple[Target, dict]:
    code, _mark, year = write.code.rpartition("@")
    indicator = Indicator.objects.select_for_update(no_key=True).get(region=strategy.region, code=code)
    held = Target.objects.filter(indicator=indicator, year=int(year)).first()
    target = held or Target(region=strategy.region, key=f"{code}-{year}", indicator=indicator, year=int(year))
    before, target.value = held and _fact(held.value), Decimal(write.values["value"])
    target.save()
    indicator.version += 1  # a form opened before the adoption must notice
    indicator.save(update_fields=["version"])
    return target, changed({"value": before}, {"value": write.values["value"]})


def _stored(region: str, name: str, value: object) -> object:
    """A value of a document as the tree keeps it."""
    if name in POINTERS:
        return POINTERS[name].objects.get(region=region, code=value) if value else None
    return date.fromisoformat(value) if name in DAYS and value else value


def _fact(value: object) -> object:
    """A value of the tree for the record of deeds."""
    return (
        getattr(value, "code", value)
        if value is None or isinstance(value, (int, str, list))
        else str(getattr(value, "code", value))
    )


# --- names of earlier years ----------------------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """What elements were called on a day: `former` holds only those that a later version renamed."""

    former: dict[tuple[str, str], dict[str, str]]

    def of(self, row: Goal | Programme | Task, field: str = "name") -> str:
        """A name of an element on that day."""
        return self.former.get((row._meta.model_name, row.code), {}).get(field, getattr(row, field))


def names_on(region: str, day: date) -> Names:
    """The names that bound on a day: those of the tree, what later versions renamed put back."""
    rows = StrategyVersion.objects.filter(strategy__region=region, binding_from__gt=day, written_at__isnull=False)
    former: dict[tuple[str, str], dict[str, str]] = {}
    for version in rows.filter(state=VersionState.ADOPTED).order_by("-binding_from", "-number"):
        for element, names in versions.former_names(version.base, version.content).items():
            former[element] = former.get(element, {}) | names
    return Names(former)
