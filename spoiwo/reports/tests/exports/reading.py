"""Every format read back to plain text by a program that is not ours."""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import docx
import openpyxl
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader


def plain(text: str) -> str:
    """Text with every run of spaces made one plain space; break marks of long words taken out."""
    return re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\u00a0", " ").replace("\u202f", " "))


def pdf_text(data: bytes) -> str:
    return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def docx_text(data: bytes) -> str:
    """All text of the body in order, tables included."""
    document = docx.Document(io.BytesIO(data))
    parts = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            parts.append(block.text)
        elif isinstance(block, Table):
            parts += [" ".join(cell.text for cell in row.cells) for row in block.rows]
    return plain("\n".join(parts))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.inside:
            self.words.append(data)


def html_parsed(data: bytes) -> tuple[str, list[tuple[str, dict]]]:
    """(text, start tags with attributes)"""
    parser = _Words()
    parser.feed(data.decode())
    return plain("".join(parser.words)), parser.tags


def xlsx_text(data: bytes) -> str:
    """Values of all cells as a viewer shows them; money with two decimals and a comma."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return plain("\n".join(_cell(value) for value in cells))


def _cell(value: object) -> str:
    return f"{value:,.2f}".replace(",", " ").replace(".", ",") if isinstance(value, float) else str(value)


def csv_tables(data: bytes) -> dict[str, list[dict]]:
    """Rows of the tables in the ZIP, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def text_of(name: str, data: bytes) -> str:
    """The text of a file of any format."""
    match name:
        case "pdf":
            return pdf_text(data)
        case "docx":
            return docx_text(data)
        case "html":
            return html_parsed(data)[0]
        case "xlsx":
            return xlsx_text(data)
        case "csv":
            tables = csv_tables(data)
            return plain("\n".join(" ".join(row.values()) for rows in tables.values() for row in rows))
    return plain(json.dumps(json.loads(data), ensure_ascii=False))
