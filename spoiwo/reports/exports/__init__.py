"""The report in six formats, each made from its one document alone; the same content gives the same bytes."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from spoiwo.doors.domain.files import DOCX, XLSX
from spoiwo.doors.exports import PDF, ZIP
from spoiwo.reports.exports.chart import chart_svg
from spoiwo.reports.exports.csv import csv_files, render_csv
from spoiwo.reports.exports.docx import render_docx
from spoiwo.reports.exports.html import render_html
from spoiwo.reports.exports.json import render_json
from spoiwo.reports.exports.pdf import render_pdf
from spoiwo.reports.exports.words import clean
from spoiwo.reports.exports.xlsx import render_xlsx

__all__ = [
    "FORMATS",
    "chart_svg",
    "csv_files",
    "file_name",
    "render_all",
    "render_csv",
    "render_docx",
    "render_html",
    "render_json",
    "render_pdf",
    "render_xlsx",
]

FORMATS: dict[str, tuple[Callable[[dict], bytes], str, str]] = {
    "html": (render_html, "text/html; charset=utf-8", "html"),
    "pdf": (render_pdf, PDF, "pdf"),
    "docx": (render_docx, DOCX, "docx"),
    "xlsx": (render_xlsx, XLSX, "xlsx"),
    "csv": (render_csv, ZIP, "csv.zip"),
    "json": (render_json, "application/json", "json"),
}


def file_name(content: dict, format_: str) -> str:
    """What a file is called: `sprawozdanie-2019-wersja-1.pdf`, `sprawozdanie-2019-projekt.pdf`."""
    version = f"wersja-{content['version']}" if content["state"] == "final" else "projekt"
    return f"sprawozdanie-{content['year']}-{version}.{FORMATS[format_][2]}"


def render_all(content: dict, formats: Iterable[str] = tuple(FORMATS)) -> dict[str, bytes]:
    """Several formats at once. PDF is set in a thread of its own: Typst works without holding Python up."""
    wanted = list(dict.fromkeys(formats))
    ready = clean(content)
    if {"html", "pdf", "docx"} & set(wanted):
        chart_svg(ready)  # drawn before the threads part, which both use the picture
    with ThreadPoolExecutor(max_workers=1) as beside:
        pdf = beside.submit(render_pdf, ready) if "pdf" in wanted else None
        rest = [name for name in wanted if name != "pdf"]
        made = {name: FORMATS[name][0](content if name == "json" else ready) for name in rest}
        if pdf is not None:
            made["pdf"] = pdf.result()
    return {name: made[name] for name in wanted}
