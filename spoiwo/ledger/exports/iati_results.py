"""Indicators of a year as results of an IATI activity: baseline, target and what was found."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from xml.etree.ElementTree import Element, SubElement

from spoiwo.ledger.exports.facts import written
from spoiwo.ledger.services.facts import Row, YearFacts

RESULT_TYPES = {"output": "1", "result": "2"}
UNIT, PERCENTAGE = "1", "2"
PLACES = Decimal("0.0001")


def add_results(activity: Element, facts: YearFacts, indicators: list[Row], narrative: Callable) -> None:
    """One result for each indicator that has a value of the whole region and year, or a target."""
    for indicator in indicators:
        values = [row for row in facts.tables["values"] if row["indicator"] == indicator["code"]]
        whole = next((row for row in values if row["part"] == 0 and not row["place"]), None)
        target = next((row for row in facts.tables["targets"] if row["indicator"] == indicator["code"]), None)
        if whole or target:
            _result(activity, facts, indicator, whole, target, narrative)


def _result(activity, facts: YearFacts, indicator: Row, whole: Row | None, target: Row | None, narrative) -> None:
    definition = _definition(facts, indicator, whole)
    summed = "1" if indicator["aggregation"] == "sum" else "0"
    kind = {"type": RESULT_TYPES[indicator["kind"]], "aggregation-status": summed}
    result = SubElement(activity, "result", kind)
    narrative(SubElement(result, "title"), indicator["name"])
    rising = "0" if indicator["direction"] == "fall" else "1"
    measure = PERCENTAGE if definition and definition["multiplier"] == 100 else UNIT
    element = SubElement(result, "indicator", {"measure": measure, "ascending": rising, "aggregation-status": summed})
    narrative(SubElement(element, "title"), indicator["name"])
    if definition:
        narrative(SubElement(element, "description"), definition["text"])
        if definition["baseline"] is not None:
            baseline = {"year": str(definition["baseline_year"]), "value": written(definition["baseline"])}
            SubElement(element, "baseline", baseline)
    period = SubElement(element, "period")
    SubElement(period, "period-start", {"iso-date": f"{facts.year}-01-01"})
    SubElement(period, "period-end", {"iso-date": f"{facts.year}-12-31"})
    if target:
        SubElement(period, "target", {"value": written(target["value"])})
    if whole:
        SubElement(period, "actual", {"value": written(found(whole, definition))})


def _definition(facts: YearFacts, indicator: Row, whole: Row | None) -> Row | None:
    """The meaning under which the value was found; without a value the latest one."""
    if whole:
        return facts.by_code("definitions")[whole["definition"]]
    rows = [row for row in facts.tables["definitions"] if row["indicator"] == indicator["code"]]
    return max(rows, key=lambda row: row["number"], default=None)


def found(row: Row, definition: Row) -> Decimal:
    """The value; of a ratio numerator times multiplier by denominator, a half rounds away from zero."""
    if row["value"] is not None:
        return row["value"]
    return (row["numerator"] * definition["multiplier"] / row["denominator"]).quantize(PLACES, ROUND_HALF_UP)
