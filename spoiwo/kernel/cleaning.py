"""Text that goes into a log, without what looks like a person: e-mail, PESEL, telephone, bank account, what was asked.

A name cannot be recognised, so a log never holds a text that a person wrote: this is the second fence, not the first.
"""

import re

GONE = "[…]"
_EMAIL = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_QUERY = re.compile(r"\?[^\s\"'<>]+")
# Eleven signs of a PESEL, nine of a telephone, twenty-six of an account, written together or in groups.
_DIGITS = re.compile(r"(?<![\w.])\(?\+?\d(?:[ \u00a0()-]{0,2}\d){8,27}(?!\w)")


def without_persons(text: str) -> str:
    """The text with e-mail addresses, long numbers and queries of addresses taken out."""
    for pattern in (_EMAIL, _QUERY, _DIGITS):
        text = pattern.sub(GONE, text)
    return text
