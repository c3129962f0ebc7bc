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
MANY = 1000  # lines of money from which the annex is a list
LONG_WORD = re.compile(r"[^\s\-–]{28,}")  # a line may end after a hyphen anyway
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
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
        "blocks": _broken(blocks),
        "keywords": ["sprawozdanie", content["region"]["name"], str(content["year"])],
        "at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "large": lines >= MANY,
    }
    files = {"main.typ": TEMPLATE.read_bytes(), "data.json": json.dumps(data, ensure_ascii=False).encode()}
    svg = chart_svg(content)
    if svg is not None:
        files["chart.svg"] = svg.encode()
    return typst.compile(
        files, font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards=STANDARDS, timestamp=at
    )


def _broken(value: object) -> object:
    """Let words that are longer than a column break; nothing else is changed."""
    if isinstance(value, str):
        return value if len(value) < 28 else LONG_WORD.sub(_breakable, value)
    if isinstance(value, dict):
        return {key: held if key in {"id", "f", "cell"} else _broken(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_broken(held) for held in value]
    return value


def _breakable(found: re.Match) -> str:
    word = found[0]
    if FINGERPRINT.fullmatch(word):
        return word  # is copied and compared; its line has room for it
    return BREAK.join(word[i : i + 14] for i in range(0, len(word), 14))
