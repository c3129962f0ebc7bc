"""Indicators as tests of the room need them: one with a way from 100 in 2020 to 200 in 2030."""

from datetime import UTC, date, datetime
from decimal import Decimal

from spoiwo.places.models import Place
from spoiwo.strategy.models import Indicator
from spoiwo.strategy.services.measuring import create_indicator, enter_value, set_target
from tests.factories import TaskFactory, UnitFactory

TODAY = date(2026, 2, 1)
NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
MEANING = {"text": "Liczba szkoleń, które się odbyły.", "valid_from": date(2020, 1, 1)}
RATIO = MEANING | {"numerator": "osoby objęte", "denominator": "mieszkańcy", "multiplier": 100}


def created(by, *, about=None, definition=None, targets=None, **facts) -> Indicator:
    """An indicator with a baseline of 100 in 2020 and a target of 200 in 2030, unless said otherwise."""
    ratio = facts.get("aggregation") == "ratio"
    meaning = definition or (RATIO if ratio else MEANING | {"baseline": Decimal(100), "baseline_year": 2020})
    wanted = {
        "name": "Rodziny zawodowe", "kind": "result", "unit": UnitFactory(), "direction": "rise",
        "aggregation": "last", "frequency": "yearly", "source": "karta działania",
    }  # fmt: skip
    row = create_indicator(about=about or TaskFactory(), definition=meaning, by=by, **wanted | facts)
    for year, value in (targets if targets is not None else {2030: 200}).items():
        row.refresh_from_db()
        set_target(indicator=row, seen_version=row.version, year=year, value=Decimal(value), by=by)
    row.refresh_from_db()
    return row


def entered(row, by, value=None, *, year=2025, **facts):
    """A value with evidence."""
    figure = {"value": None if value is None else Decimal(str(value))}
    wanted = {"evidence": "Lista obecności", "today": TODAY, "now": NOW}
    return enter_value(indicator=row, year=year, by=by, **wanted | figure | facts)


def figures(value=None, **facts):
    """What a correction brings."""
    wanted = {"value": None if value is None else Decimal(str(value)), "numerator": None, "denominator": None}
    return wanted | {"precision": "exact", "evidence": "Lista obecności", "note": ""} | facts


def gmina(code) -> Place:
    """A gmina of the register as it is today."""
    return Place.objects.get(code=code, valid_to=None)
