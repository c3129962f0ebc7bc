"""Text in a table that no spreadsheet takes for a formula, whatever separator it opens the file with."""

import re

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
