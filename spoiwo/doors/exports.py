"""Files on their way out: formula-safe tables, and a declaration of what an export holds.

An `Export` names every field that stands in it; personal ones need a reason and a permission, protected ones a view
with a step-up besides, and what leaves with them is recorded first. The answer itself is made by `answers.py`.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from django.db import models
from django.http import HttpResponse

from spoiwo.audit.services import record_reading
from spoiwo.doors.answers import file_response
from spoiwo.doors.domain.files import XLSX, safe_name
from spoiwo.doors.errors import ExportRefused
from spoiwo.kernel.cells import WORKBOOK, csv_bytes, safe_cell
from spoiwo.kernel.privacy import Privacy, privacy_of

CSV, ZIP, PDF = "text/csv; charset=utf-8", "application/zip", "application/pdf"
TABLES = {"csv": CSV, "xlsx": XLSX}
LONGEST_TEXT = 32_767  # of a cell
PROTECTED = {Privacy.SPECIAL, Privacy.SECRET}


@dataclass(frozen=True)
class Export:
    """What one export holds: the fields of models by their names, and why and to whom what is personal may leave.

    Made at import, so that a declaration that is not allowed stops the start and every test. Raises: ExportRefused for
    a field without a class, a personal one without a reason and a permission, a protected one without `step_up`.
    `tests/test_exports.py` compares `permission` and `step_up` with what the view, named by its address, declares.
    """

    view: str
    fields: dict[type[models.Model], str]
    public: bool = False  # for everybody: public fields only
    personal: str = ""  # the reason why personal data leave
    permission: str = ""
    step_up: bool = False
    told: tuple[str, ...] = field(init=False, default=())  # the personal and protected fields

    def __post_init__(self) -> None:
        """Judge the declaration, then put it on the list."""
        told = [
            f"{model._meta.label_lower}.{name}"
            for model, names in self.fields.items()
            for name in names.split()
            if self._tells_of_people(model, name)
        ]
        object.__setattr__(self, "told", tuple(told))
        DECLARED[self.view] = self

    def _tells_of_people(self, model: type[models.Model], name: str) -> bool:
        """Raises: ExportRefused when the declaration does not allow the field."""
        model._meta.get_field(name)
        where, privacy = f"{self.view}: {model._meta.label}.{name}", privacy_of(model).get(name)
        if privacy is None:
            raise ExportRefused(f"{where} has no class")
        if privacy is Privacy.PUBLIC or (privacy is Privacy.INTERNAL and not self.public):
            return False
        if self.public:
            raise ExportRefused(f"{where} is {privacy}: a public export holds public fields only")
        if not self.personal.strip() or not self.permission:
            raise ExportRefused(f"{where} is {privacy}: an export of it needs a reason and a permission")
        if privacy in PROTECTED and not self.step_up:
            raise ExportRefused(f"{where} is {privacy}: an export of it needs a step-up")
        return True

    def response(
        self, *, name: str, content: bytes, media_type: str, by: models.Model | None = None,
        about: models.Model | None = None, rows: int = 0, purpose: str = "",
    ) -> HttpResponse:  # fmt: skip
        """The file. What tells of people leaves only after it is recorded who took how many rows of it, and why.

        Raises: ExportRefused when it is not said about what; PurposeMissing without a purpose.
        """
        if self.told:
            if about is None:
                raise ExportRefused(f"{self.view}: data of people leave about something")
            facts = {"export": self.view, "rows": rows, "file": safe_name(name)}
            record_reading(by=by, about=about, purpose=purpose, fields=self.told, deed="doors.export_made", **facts)
        return file_response(name=name, content=content, media_type=media_type, public=self.public)


DECLARED: dict[str, Export] = {}


def table_csv(headings: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """A table as CSV: texts made safe from formulas, whole numbers and None as they are."""
    body = ([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return csv_bytes([[safe_cell(heading) for heading in headings], *body])


def table_xlsx(headings: Sequence[str], rows: Iterable[Sequence], *, title: str) -> bytes:
    """A table as a workbook of one sheet; a text is a text, whatever it begins with."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        sheet, bold = book.add_worksheet(title[:31]), book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell[:LONGEST_TEXT])
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return target.getvalue()
