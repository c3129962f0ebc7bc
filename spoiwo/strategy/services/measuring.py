"""Every change of indicators: what is measured, what is aimed at, and the values, which are never overwritten."""

import secrets
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.doors.locking import locked
from spoiwo.kernel.changes import ChangedMeanwhile, changed
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.domain.periods import PARTS_PER_YEAR, Period, end_of
from spoiwo.strategy.errors import DefinitionNotLater, PeriodHasValue, WrongFigures, WrongPeriod
from spoiwo.strategy.models import (
    Aggregation,
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    PrecisionChoice,
    Programme,
    Target,
    Task,
    Unit,
)

CHANGEABLE = ("name", "kind", "direction", "responsible", "source", "ended_on")
FIGURES = ("value", "numerator", "denominator")
LONGEST_ROOT = 50


@transaction.atomic
def create_indicator(
    *,
    about: Goal | Programme | Task,
    name: str,
    kind: str,
    unit: Unit,
    direction: str,
    aggregation: str,
    frequency: str,
    source: str,
    definition: dict,
    responsible: Organisation | None = None,
    invented: bool = False,
    key: str = "",
    by,
) -> Indicator:
    """Put an indicator under a goal, a programme or a task, with its first definition.

    `definition`: text, valid_from and, when there are any, numerator, denominator, multiplier, baseline,
    baseline_year. Its rule of aggregation, unit and frequency stay for good. `key` given twice makes one.
    """
    owner = type(about).objects.select_for_update(no_key=True).get(pk=about.pk)  # the same form sent twice waits here
    kind_of_owner = owner._meta.model_name
    if key and (held := IndicatorDefinition.objects.filter(region=owner.region, key=key).first()):
        return held.indicator
    indicator = Indicator.objects.create(
        region=owner.region,
        code=_free_code(owner),
        name=name,
        kind=kind,
        unit=unit,
        direction=direction,
        aggregation=aggregation,
        frequency=frequency,
        source=source,
        responsible=responsible,
        invented=invented,
        order=owner.indicators.count() + 1,
        **{kind_of_owner: owner},
    )
    _define(indicator, 1, definition, key)
    facts = {"measures": owner.code, "unit": unit.code, "aggregation": str(aggregation), "frequency": str(frequency)}
    record(by=by, deed="strategy.indicator_created", about=indicator, **facts)
    return indicator


@transaction.atomic
def change_indicator(*, indicator: Indicator, seen_version: int, values: dict, by) -> Indicator:
    """Change what may change: the columns of CHANGEABLE. Raises: ChangedMeanwhile."""
    indicator = locked(indicator, seen_version)
    before = _told(indicator)
    for name in CHANGEABLE:
        setattr(indicator, name, values[name])
    _bump(indicator, *CHANGEABLE)
    record(by=by, deed="strategy.indicator_changed", about=indicator, changed=changed(before, _told(indicator)))
    return indicator


@transaction.atomic
def new_definition(*, indicator: Indicator, seen_version: int, values: dict, by) -> IndicatorDefinition:
    """Say that from a day on the indicator means something else: the series breaks there.

    `values` as `definition` of `create_indicator`, and `reason`. Raises: ChangedMeanwhile, DefinitionNotLater.
    """
    indicator = locked(indicator, seen_version)
    last = indicator.definitions.last()
    if last and values["valid_from"] <= last.valid_from:
        raise DefinitionNotLater(last.valid_from)
    _bump(indicator)
    row = _define(indicator, last.number + 1 if last else 1, values)
    facts = {"number": row.number, "valid_from": row.valid_from.isoformat()}
    record(by=by, deed="strategy.definition_added", about=indicator, reason=row.reason, **facts)
    return row


@transaction.atomic
def set_target(*, indicator: Indicator, seen_version: int, year: int, value: Decimal | None, by) -> Target | None:
    """Set, change or, with None, remove the target of a year. Raises: ChangedMeanwhile."""
    indicator = locked(indicator, seen_version)
    held = indicator.targets.filter(year=year).first()
    before = None if held is None else _plain(held.value)
    after = None if value is None else _plain(value)
    if before == after:
        return held
    _bump(indicator)
    if value is None:
        held.delete()
        held = None
    elif held:
        held.value = value
        held.save(update_fields=["value"])
    else:
        key = f"{indicator.code}-{year}"
        held = Target.objects.create(region=indicator.region, key=key, indicator=indicator, year=year, value=value)
    record(by=by, deed="strategy.target_set", about=indicator, changed={str(year): [before, after]})
    return held


@transaction.atomic
def enter_value(
    *,
    indicator: Indicator,
    year: int,
    evidence: str,
    today: date,
    now: datetime,
    part: int = 0,
    place: Place | None = None,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    precision: str = PrecisionChoice.EXACT,
    note: str = "",
    key: str = "",
    by,
) -> IndicatorValue:
    """Enter what was found for a period; `part` 0 is the whole year, no `place` the whole region.

    `key` given twice enters one value. Raises: WrongFigures, WrongPeriod, PeriodHasValue; nothing is saved then.
    """
    indicator = Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)  # the form sent again waits here
    if key and (held := indicator.values.filter(key=key).first()):
        return held
    _check_figures(indicator, figures := {"value": value, "numerator": numerator, "denominator": denominator})
    _check_period(indicator, year, part, today)
    _check_free(indicator, year, part, place)
    row = IndicatorValue.objects.create(
        region=indicator.region,
        key=key or f"wartosc-{secrets.token_hex(6)}",
        indicator=indicator,
        definition=definition_of(indicator, year, part),
        year=year,
        part=part,
        place=place,
        precision=precision,
        evidence=evidence,
        note=note,
        entered_by=by,
        entered_at=now,
        **figures,
    )
    record(by=by, deed="strategy.value_entered", about=indicator, **as_facts(row))
    return row


@transaction.atomic
def correct_value(*, value: IndicatorValue, figures: dict, reason: str, now: datetime, by) -> IndicatorValue:
    """Put a right value beside a wrong one, which stays and is marked superseded.

    `figures`: value or numerator and denominator, precision, evidence, note. Period, place, definition and key
    stay: it is the same fact. The same correction sent twice is made once.
    Raises: WrongFigures; ChangedMeanwhile, with the value in force, when somebody corrected it before.
    """
    indicator = Indicator.objects.select_for_update(no_key=True).get(pk=value.indicator_id)
    value = IndicatorValue.objects.get(pk=value.pk)
    _check_figures(indicator, figures)
    if value.superseded_at:
        follower = value.corrected_by
        if _same(follower, figures, reason, by):
            return follower
        raise ChangedMeanwhile(in_force(value))
    value.superseded_at = now
    value.save(update_fields=["superseded_at"])
    kept = ("region", "key", "indicator", "definition", "year", "part", "place")
    row = IndicatorValue.objects.create(
        corrects=value,
        reason=reason,
        entered_by=by,
        entered_at=now,
        **{name: getattr(value, name) for name in kept},
        **figures,
    )
    differs = changed(as_facts(value), as_facts(row))
    record(by=by, deed="strategy.value_corrected", about=indicator, reason=reason, changed=differs)
    return row


def in_force(value: IndicatorValue) -> IndicatorValue:
    """The value that stands today for the period of this one."""
    while follower := IndicatorValue.objects.filter(corrects_id=value.pk).first():
        value = follower
    return value


def definition_of(indicator: Indicator, year: int, part: int) -> IndicatorDefinition:
    """The definition that held at the end of a period; before the first one, the first."""
    end = end_of(Period(year, part), indicator.frequency)
    return indicator.definitions.filter(valid_from__lte=end).last() or indicator.definitions.first()


def as_facts(row: IndicatorValue) -> dict:
    """A value in words and numbers, for the record of deeds."""
    return {
        "year": row.year,
        "part": row.part,
        "place": row.place.code if row.place else None,
        "definition": row.definition.number,
        "precision": str(row.precision),
        "evidence": row.evidence,
        "note": row.note,
    } | {name: None if (held := getattr(row, name)) is None else _plain(held) for name in FIGURES}


def _bump(indicator: Indicator, *fields: str) -> None:
    """Whoever saw the indicator before sees now that it changed."""
    indicator.version += 1
    indicator.save(update_fields=[*fields, "version"])


def _define(indicator: Indicator, number: int, values: dict, key: str = "") -> IndicatorDefinition:
    key = key or f"{indicator.code}-d{number}"
    return IndicatorDefinition.objects.create(
        region=indicator.region, key=key, indicator=indicator, number=number, **values
    )


def _free_code(owner: Goal | Programme | Task) -> str:
    """A code that says what the indicator measures: that of the owner and a number."""
    root = f"{owner.code[:LONGEST_ROOT]}-w"
    taken = set(Indicator.objects.filter(region=owner.region, code__startswith=root).values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"{root}{number}") not in taken)


def _told(indicator: Indicator) -> dict:
    """The changeable columns, for the record of deeds."""
    facts = {name: getattr(indicator, name) for name in CHANGEABLE}
    facts["kind"], facts["direction"] = str(indicator.kind), str(indicator.direction)
    facts["responsible"] = indicator.responsible.code if indicator.responsible else None
    facts["ended_on"] = indicator.ended_on.isoformat() if indicator.ended_on else None
    return facts


def _check_figures(indicator: Indicator, figures: dict) -> None:
    ratio = figures["numerator"] is not None and figures["denominator"] is not None and figures["denominator"] > 0
    single = figures["numerator"] is None and figures["denominator"] is None and figures["value"] is not None
    if indicator.aggregation == Aggregation.RATIO:
        right = ratio and figures["value"] is None
    else:
        right = single
    if not right:
        raise WrongFigures


def _check_period(indicator: Indicator, year: int, part: int, today: date) -> None:
    parts = PARTS_PER_YEAR[indicator.frequency]
    if not 0 <= part <= (parts if parts > 1 else 0):
        raise WrongPeriod
    before = date(year - 1, 12, 31) if part <= 1 else end_of(Period(year, part - 1), indicator.frequency)
    if before >= today:
        raise WrongPeriod


def _check_free(indicator: Indicator, year: int, part: int, place: Place | None) -> None:
    if held := indicator.values.filter(year=year, part=part, place=place, superseded_at=None).first():
        raise PeriodHasValue(held)


def _same(row: IndicatorValue, figures: dict, reason: str, by) -> bool:
    """Whether a correction says just this."""
    return row.reason == reason and row.entered_by_id == by.pk and all(getattr(row, n) == v for n, v in figures.items())


def _plain(value: Decimal) -> str:
    """A number as one text, however many zeros it was written with."""
    return f"{Decimal(value).normalize():f}"
