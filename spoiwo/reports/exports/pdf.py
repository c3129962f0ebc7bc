"""PDF for print and for screen readers: PDF/UA-1 and PDF/A-2a together, set by Typst."""

import json
import re
from pathlib import Path

import typst

from spoiwo.reports.exports.annex import Annex
from spoiwo.reports.exports.chart import FONTS, chart_svg
from spoiwo.reports.exports.story import head, story
from spoiwo.reports.exports.words import clean, moment

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARDS = ["ua-1", "a-2a"]
MANY = 1000  # lines from which each programme begins a page, so that pages are laid out side by side
EM_PT = 7.0  # size of the annex's text
WIDTHS_PT = (28, 46, None, 92, 66)  # Lp., date, description, document, amount; the description takes the rest
TEXT_WIDTH_PT = 595.28 - 2 * 48.19
WIDE_LETTERS = frozenset("mwMWŚ@%—–…")
LONG_WORD = re.compile(r"\S{28,}")
BREAK = "\u200b"


def render_pdf(content: dict) -> bytes:
    """The report as PDF. The same content gives the same bytes."""
    content = clean(content)
    annex = Annex(content)
    blocks = story(content, annex)
    lines = len(content["records"]["entries"])
    at = moment(content)
    data = {
        "head": _broken(head(content)),
        "blocks": [_prepared(block) for block in blocks],
        "keywords": ["sprawozdanie", content["region"]["name"], str(content["year"])],
        "at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "large": lines >= MANY,
        "widths": WIDTHS_PT,
    }
    files = {"main.typ": TEMPLATE.read_bytes(), "data.json": json.dumps(data, ensure_ascii=False).encode()}
    svg = chart_svg(content)
    if svg is not None:
        files["chart.svg"] = svg.encode()
    return typst.compile(
        files, font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards=STANDARDS, timestamp=at
    )


def _prepared(block: dict) -> dict:
    """A block ready for the template: long words may break, rows know whether they fit one line."""
    if block["k"] != "records":
        return _broken(block)
    groups = []
    for group in block["groups"]:
        rows = [_broken(row) for row in group["rows"]]
        groups.append({
            "title": _broken(group["title"]), "sum": group["sum"], "part": group["programme"], "rows": rows,
            "fits": [_fits(row) for row in rows],
        })  # fmt: skip
    return block | {"groups": groups}


def _broken(value: object) -> object:
    """Let words that are longer than a column break; nothing else is changed."""
    if isinstance(value, str):
        return value if len(value) < 28 else LONG_WORD.sub(_breakable, value)
    if isinstance(value, dict):
        return {key: held if key in {"id", "f"} else _broken(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_broken(held) for held in value]
    return value


def _breakable(found: re.Match) -> str:
    word = found[0]
    return BREAK.join(word[i : i + 14] for i in range(0, len(word), 14))


def _fits(row: list[str]) -> bool:
    """Tell whether a line of money surely takes one line of print, by widths on the safe side."""
    own = [width for width in WIDTHS_PT if width is not None]
    room = (TEXT_WIDTH_PT - sum(own), WIDTHS_PT[3])
    return all(_width(text) <= width - 6 for text, width in zip(row[2:4], room, strict=True))


def _width(text: str) -> float:
    """At most how wide a text is in the annex, in points."""
    if len(text) * 0.45 * EM_PT > TEXT_WIDTH_PT or "\n" in text:
        return TEXT_WIDTH_PT * 2
    if text.isascii() and text.islower():
        return len(text) * 0.6 * EM_PT
    ems = sum(
        0.95 if char in WIDE_LETTERS else 0.7 if char.isupper() else 0.59 if char < "\u0250" else 1.1
        for char in text
    )
    return ems * EM_PT
