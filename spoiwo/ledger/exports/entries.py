"""A year's lines as CSV and XLSX: the columns of the screen."""

import io
from collections.abc import Iterator
from decimal import Decimal

import xlsxwriter
from django.db import models
from django.utils.translation import gettext as _

from spoiwo.doors.exports import Export
from spoiwo.kernel.cells import WORKBOOK, csv_bytes, safe_cell
from spoiwo.kernel.money import zl_plain
from spoiwo.ledger.domain.raw import letters
from spoiwo.ledger.models import Document, Entry, Source, Tag
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.models import Programme, Task

ENTRIES = Export(
    "ledger:export",
    {
        Entry: "date description kind chapter paragraph case_sign state key amount_gr",
        **dict.fromkeys((Programme, Task, Source, Document, Tag, Organisation), "name"),
    },
)


def headings() -> list[str]:
    """The words above the columns."""
    return [
        _("Date"),
        _("Description"),
        _("Programme"),
        _("Task"),
        _("Source"),
        _("Kind"),
        _("Document"),
        _("Cross-cuts"),
        _("Chapter"),
        _("Paragraph"),
        _("Organisation"),
        _("Case sign"),
        _("State"),
        _("Key"),
        _("Amount, zł"),
    ]


def lines(rows: models.QuerySet) -> Iterator[list]:
    """One list per line; the last value is the amount in grosze."""
    related = rows.select_related("programme__strategy", "source", "document", "task", "organisation")
    for row in related.prefetch_related("tags").iterator(chunk_size=2000):
        yield [
            row.date.isoformat() if row.date else "",
            row.description,
            str(row.programme or ""),
            str(row.task or ""),
            row.source.name,
            row.get_kind_display(),
            row.document.name,
            "; ".join(tag.name for tag in row.tags.all()),
            row.chapter,
            row.paragraph,
            str(row.organisation or ""),
            row.case_sign,
            row.get_state_display(),
            row.key,
            row.amount_gr,
        ]


def entries_csv(rows: models.QuerySet) -> bytes:
    """UTF-8 with a byte order mark, semicolons and decimal commas, as Polish spreadsheets open it."""
    body = ([*map(safe_cell, texts), zl_plain(amount_gr)] for *texts, amount_gr in lines(rows))
    return csv_bytes([headings(), *body])


def entries_xlsx(rows: models.QuerySet) -> bytes:
    """A workbook whose last row is a live sum."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet(_("Lines")[:31])
        sheet.write_row(0, 0, headings(), bold)
        sheet.freeze_panes(1, 0)
        number = 0
        for number, (*texts, amount_gr) in enumerate(lines(rows), start=1):
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text)
            sheet.write_number(number, len(texts), Decimal(amount_gr) / 100, money)
        last = len(headings()) - 1
        letter = letters(last)
        sheet.write_string(number + 1, 0, _("Total"), bold)
        total = Decimal(rows.total_gr() or 0) / 100
        sheet.write_formula(number + 1, last, f"=SUM({letter}{min(2, number + 1)}:{letter}{number + 1})", money, total)
        sheet.autofit()
    return target.getvalue()
