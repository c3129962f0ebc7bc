"""The six files of one report, each read by a program that knows nothing of Spoiwo. No Django."""

import csv
import json
import re
import zipfile
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
from lxml import html
from openpyxl.cell import Cell
from pypdf import PdfReader

from tests.acceptance.house import HARD_SPACES

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NO_AMOUNT = "brak kwoty"


def plain(text: str) -> str:
    """The text with every kind of blank made one space, the minus sign a hyphen."""
    return re.sub(r"\s+", " ", text.translate(HARD_SPACES).replace("\u2212", "-").replace("\u00ad", "")).strip()


def zlote(gr: int) -> str:
    """An amount as people read it, without the unit: 902504977 is `9 025 049,77`."""
    whole, rest = divmod(abs(gr), 100)
    return f"{'-' if gr < 0 else ''}{whole:,}".replace(",", " ") + f",{rest:02}"


class Editions:
    """The folder that `spoiwo report --format all --out` filled."""

    def __init__(self, folder: Path):
        self.folder = folder

    def file(self, kind: str) -> Path:
        """The one file of a format; of the two CSV files the one with the figures."""
        (file,) = (file for file in self.folder.glob(f"*.{kind}") if not file.stem.endswith("-pozycje"))
        return file

    @cached_property
    def json(self) -> dict:
        """The report as data."""
        return json.loads(self.file("json").read_text(encoding="utf-8"))

    @cached_property
    def pages(self) -> list[str]:
        """The text of every page of the PDF."""
        return [plain(page.extract_text()) for page in PdfReader(self.file("pdf")).pages]

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The web page, parsed."""
        return html.document_fromstring(self.file("html").read_bytes())

    def text(self, kind: str) -> str:
        """All text of a format, numbers of cells as people read them; without the `[12]` that lead to the annex."""
        return re.sub(r" ?\[\d+\](?= ?[.,:;])|\[\d+\] ?", "", self._text(kind))

    def _text(self, kind: str) -> str:
        match kind:
            case "html":
                return plain(" ".join(part for part in self.tree.body.itertext()))
            case "pdf":
                return " ".join(self.pages)
            case "docx":
                return "\n".join(self._paragraphs(root) for root in self._word_parts())
            case "json":
                return plain(json.dumps(self.json, ensure_ascii=False))
            case _:
                return "\n".join(" | ".join(row) for row in self.rows(kind))

    def rows(self, kind: str) -> list[list[str]]:
        """Every table row of a format as the texts of its cells; of a PDF its lines."""
        match kind:
            case "html":
                return [[plain(cell.text_content()) for cell in row.xpath("./th|./td")] for row in self.tree.iter("tr")]
            case "docx":
                return [
                    [self._paragraphs(cell) for cell in row.findall(f"{WORD}tc")]
                    for root in self._word_parts()
                    for row in root.iter(f"{WORD}tr")
                ]
            case "xlsx":
                return [[_cell(cell) for cell in row] for sheet in self.workbook for row in sheet]
            case "csv":
                return [[_read(cell) for cell in row] for row in self.csv_rows()]
            case "pdf":
                reader = PdfReader(self.file("pdf"))
                return [[plain(line)] for page in reader.pages for line in page.extract_text().splitlines()]
        raise AssertionError(kind)

    def csv_rows(self) -> list[list[str]]:
        """The rows of both CSV files, the figures and their lines, as they stand."""
        rows = []
        for file in sorted(self.folder.glob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as source:
                rows += list(csv.reader(source))
        return rows

    @cached_property
    def csv_figures(self) -> dict[str, dict[str, str]]:
        """The rows of the CSV of figures by the identifier of the figure."""
        with self.file("csv").open(encoding="utf-8-sig", newline="") as source:
            return {row["id"]: row for row in csv.DictReader(source)}

    def has_money(self, kind: str, gr: int) -> bool:
        """Whether the amount stands in the file, not as a part of a longer number."""
        if kind == "json":
            return any(figure["kind"] == "money" and figure["value"] == gr for figure in self.json["figures"].values())
        return bool(re.search(rf"(?<![\d-])(?<!\d )(?<!- ){re.escape(zlote(gr))}(?!\d)", self.text(kind)))

    @cached_property
    def workbook(self) -> openpyxl.Workbook:
        """The workbook with the values a reader sees before any recalculation."""
        return openpyxl.load_workbook(self.file("xlsx"), data_only=True)

    @cached_property
    def formulas(self) -> openpyxl.Workbook:
        """The workbook with its formulas."""
        return openpyxl.load_workbook(self.file("xlsx"))

    def _word_parts(self) -> list[ElementTree.Element]:
        with zipfile.ZipFile(self.file("docx")) as archive:
            names = [name for name in archive.namelist() if re.match(r"word/(document|header|footer|footnotes)", name)]
            return [ElementTree.fromstring(archive.read(name)) for name in names if name.endswith(".xml")]

    @staticmethod
    def _paragraphs(root: ElementTree.Element) -> str:
        return plain(
            " ".join(
                "".join(text.text or "" for text in paragraph.iter(f"{WORD}t")) for paragraph in root.iter(f"{WORD}p")
            )
        )


def _cell(cell: Cell) -> str:
    """A cell of a workbook as its reader sees it: an amount with its grosze, a count without."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, int | float) and "0.00" in cell.number_format and "%" not in cell.number_format:
        return zlote(round(cell.value * 100))
    return plain(str(cell.value))


def _read(cell: str) -> str:
    """A cell of a CSV file: `9025049,77` as `9 025 049,77`."""
    if re.fullmatch(r"-?\d+,\d\d", cell):
        return zlote(int(cell.replace(",", "")))
    return plain(cell)
