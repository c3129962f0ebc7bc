"""Reading amounts back from pages and files, by other means than those that wrote them."""

import csv
import io
import json
import re
import zipfile
from html import unescape

from benchmarks.oracle import with_subtotals

MINUS, NBSP, NARROW = "\u2212", "\u00a0", "\u202f"
AMOUNT = re.compile(rf"[{MINUS}-]?\d{{1,3}}(?:[{NBSP}{NARROW} ]\d{{3}})*,\d\d(?!\d)")
TAG = re.compile(r"<[^>]*>")
PDF_PAGES = 12  # the matrix stands at the beginning; the annex of a large year has hundreds of pages


def amounts(text: str) -> list[int]:
    """Every amount written for readers, in grosze, each once."""
    found = AMOUNT.findall(unescape(TAG.sub("\n", text)))
    return sorted({_grosze(amount) for amount in found})


def _grosze(amount: str) -> int:
    digits = int(re.sub(r"\D", "", amount))
    return -digits if amount[0] in f"{MINUS}-" else digits
