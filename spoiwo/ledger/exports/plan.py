"""A year's plan and execution by pocket as CSV and XLSX: the columns of the screen."""

import io
from collections.abc import Iterator
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from spoiwo.doors.exports import Export
from spoiwo.kernel.cells import WORKBOOK, csv_bytes, safe_cell
from spoiwo.kernel.money import zl_plain
from spoiwo.ledger.domain.raw import letters
from spoiwo.ledger.models import Entry, PlanEntry, Source
from spoiwo.ledger.services.plan import PlanSummary, Standing
from spoiwo.strategy.models import Programme, Task

PLAN = Export(
    "plan:export",
    {
        **dict.fromkeys((Entry, PlanEntry), "amount_gr chapter paragraph"),
        **dict.fromkeys((Programme, Task, Source), "name"),
    },
)

TEXTS = 5  # columns before the amounts


def headings() -> list[str]:
    """The words above the columns."""
    texts = [_("Programme"), _("Task"), _("Source"), _("Chapter"), _("Paragraph")]
    amounts = [_("Plan"), _("Changes of plan"), _("Committed"), _("Spent"), _("Left"), _("Forecast of the year's end")]
    return texts + amounts


def amounts(standing: Standing) -> list[int | None]:
    """The columns of amounts, in grosze."""
    first = [standing.initial_gr, standing.changes_gr, standing.committed_gr]
    return [*first, standing.spent_gr, standing.left_gr, standing.forecast_gr]


def lines(summary: PlanSummary) -> Iterator[tuple[list[str], list[int | None]]]:
    """Texts and amounts of every pocket."""
    for row in summary.rows:
        programme = str(row.programme or summary.year.outside_label)
        yield [programme, str(row.task or ""), row.source.name, row.chapter, row.paragraph], amounts(row.standing)


def plan_csv(summary: PlanSummary) -> bytes:
    """UTF-8 with a byte order mark, semicolons and decimal commas; no amount is an empty cell."""
    body = (
        [*map(safe_cell, texts), *("" if gr is None else zl_plain(gr) for gr in found)]
        for texts, found in lines(summary)
    )
    return csv_bytes([headings(), *body])


def plan_xlsx(summary: PlanSummary) -> bytes:
    """A workbook whose last row holds live sums."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet(_("Plan and execution")[:31])
        sheet.write_row(0, 0, headings(), bold)
        sheet.freeze_panes(1, 0)
        number = 0
        for number, (texts, found) in enumerate(lines(summary), start=1):
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text)
            for column, gr in enumerate(found, start=TEXTS):
                if gr is not None:
                    sheet.write_number(number, column, Decimal(gr) / 100, money)
        sheet.write_string(number + 1, 0, _("Total"), bold)
        for column, gr in enumerate(amounts(summary.total), start=TEXTS):
            letter = letters(column)
            formula = f"=SUM({letter}{min(2, number + 1)}:{letter}{number + 1})"
            sheet.write_formula(number + 1, column, formula, money, Decimal(gr or 0) / 100)
        sheet.autofit()
    return target.getvalue()
