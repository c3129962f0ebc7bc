"""Tables for spreadsheets: text that none of them takes for a formula, whatever separator it opens the file with."""

import csv
import io
import re
from collections.abc import Iterable

# Options of a workbook written by xlsxwriter: it is made in memory, and no text becomes a formula or a link.
WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

# What a spreadsheet takes for the beginning of a formula, at the start of a cell; some pass over spaces before it.
_STARTS = "=+\\-@\t\r"
_FIRST = re.compile(rf"^(?=\s*[{_STARTS}])")
# A file with commas opened as one with semicolons (or the other way round) is cut inside our texts; a new cell
# that would begin with a formula gets the same apostrophe. A number after the sign is only a number.
# A run of separators and spaces is looked at once, from its beginning: the time grows with the text, not its square.
_INSIDE = re.compile(r"(?<![;,|\"\s])([^\S\t\n\r]*+[;,|\t\n\r\"][;,|\"\s]*+)(?=[=@]|[+-](?!\d))")


def safe_cell(text: str | None) -> str:
    """The text with an apostrophe before everything that a spreadsheet would calculate; nothing gives "".

    Source: OWASP, CSV injection: cells beginning with = + - @ tab or carriage return, also behind a separator.
    """
    return _FIRST.sub("'", _INSIDE.sub(r"\1'", text)) if text else ""


def csv_bytes(rows: Iterable[Iterable], *, delimiter: str = ";", mark: bool = True) -> bytes:
    """Rows as a CSV file in UTF-8. Semicolons and the byte order mark are how Polish spreadsheets open it.

    Texts of people go through `safe_cell` before; numbers and days stay as they are.
    """
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8")
