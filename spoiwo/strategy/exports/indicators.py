"""The list of indicators as CSV and XLSX: the columns of the screen. There is no row of sums: nothing here adds up."""

import io
from collections.abc import Iterable, Iterator
from fractions import Fraction

import xlsxwriter
from django.utils.translation import gettext as _

from spoiwo.doors.exports import Export
from spoiwo.kernel.cells import WORKBOOK, csv_bytes, safe_cell
from spoiwo.strategy.domain.numbers import PLACES, plain, rounded
from spoiwo.strategy.domain.periods import Period
from spoiwo.strategy.domain.status import way_to_target
from spoiwo.strategy.models import Indicator, IndicatorDefinition, IndicatorValue, Target
from spoiwo.strategy.services.indicator_words import period_in_words
from spoiwo.strategy.services.indicators import Judged

INDICATORS = Export(
    "indicators:export",
    {
        Indicator: "code name kind unit source responsible",
        IndicatorDefinition: "baseline baseline_year",
        IndicatorValue: "year part value precision",
        Target: "year value",
    },
)


def headings() -> list[str]:
    """The words above the columns."""
    return [
        _("Code"),
        _("Indicator"),
        _("What it measures"),
        _("Kind"),
        _("Unit"),
        _("Source of data"),
        _("Who gives the value"),
        _("Baseline"),
        _("Year of the baseline"),
        _("Target"),
        _("Year of the target"),
        _("Now"),
        _("How exact"),
        _("Period"),
        _("Way to the target, %"),
        _("Status"),
        _("Reason"),
    ]


def lines(found: Iterable[Judged]) -> Iterator[list]:
    """One list per indicator: texts, years, and figures as exact fractions; None where there is nothing."""
    for one in found:
        indicator, latest, target = one.indicator, one.latest, one.last_target
        goal = Fraction(target.value) if target else None
        way = way_to_target(one.baseline, goal, latest.amount if latest else None)
        period = period_in_words(Period(latest.year, latest.found.part), indicator.frequency) if latest else ""
        yield [
            indicator.code,
            indicator.name,
            str(one.about),
            indicator.get_kind_display(),
            indicator.unit.many,
            indicator.source,
            str(indicator.responsible or ""),
            one.baseline,
            one.definition.baseline_year if one.baseline is not None else None,
            goal,
            target.year if target else None,
            latest.amount if latest else None,
            exactness(one),
            period,
            None if way is None else way * 100,
            one.word,
            one.reason,
        ]


def exactness(one: Judged) -> str:
    """How exact the latest figure is, in words."""
    names = dict(one.indicator.values.model._meta.get_field("precision").choices)
    return str(names[str(one.latest.found.precision)]) if one.latest else ""


def indicators_csv(found: Iterable[Judged]) -> bytes:
    """UTF-8 with a byte order mark, semicolons and decimal commas, as Polish spreadsheets open it."""
    return csv_bytes([headings(), *([_cell(value) for value in line] for line in lines(found))])


def _cell(value: str | int | Fraction | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return plain(value)
    return safe_cell(value) if isinstance(value, str) else str(value)


def indicators_xlsx(found: Iterable[Judged]) -> bytes:
    """A workbook with one sheet; figures are numbers, missing ones empty cells."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        bold, figure = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.####"})
        sheet = book.add_worksheet(_("Indicators")[:31])
        sheet.write_row(0, 0, headings(), bold)
        sheet.freeze_panes(1, 2)
        for number, line in enumerate(lines(found), start=1):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif isinstance(value, Fraction):
                    sheet.write_number(number, column, rounded(value, PLACES), figure)
                elif value is not None:
                    sheet.write_number(number, column, value)
        sheet.autofit()
    return target.getvalue()
