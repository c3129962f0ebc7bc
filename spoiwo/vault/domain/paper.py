"""Master keys on paper: lines that a person can type again, each with its check digits.

A line is "1.2 3F8A 91C0 77DE 12AB = 5C": which key, which of its four lines, sixteen digits, and a check over all of
it; the last line checks the whole page. A slip of a finger, two lines changed about and a missing line are told apart.
"""

import hashlib
import re

from spoiwo.kernel.sealing import KEY_BYTES
from spoiwo.vault.domain.masters import Masters
from spoiwo.vault.errors import PaperWrong

LINES, DIGITS = 4, 16  # of a key; hexadecimal
ROOTS = {"I": "index", "B": "index_before", "D": "house"}
LINE = re.compile(
    r"^(?P<name>[0-9]{1,6}|[IBD])\.(?P<part>[1-4])(?P<digits>(?: [0-9A-F]{4}){4}) = (?P<check>[0-9A-F]{2})$"
)
WHOLE = re.compile(r"^= (?P<current>[0-9]{1,6}) (?P<check>[0-9A-F]{8})$")


def on_paper(masters: Masters) -> list[str]:
    """The lines of the page; what stands around them is for people."""
    named = {str(number): key for number, key in sorted(masters.keys.items())}
    named |= {name: key for name, root in ROOTS.items() if (key := getattr(masters, root))}
    lines = [_line(name, part, key.hex().upper()) for name, key in named.items() for part in range(1, LINES + 1)]
    return [*lines, f"= {masters.current} {_check(str(masters.current), *lines, size=8)}"]


def _line(name: str, part: int, key: str) -> str:
    digits = key[(part - 1) * DIGITS : part * DIGITS]
    spaced = " ".join(digits[start : start + 4] for start in range(0, DIGITS, 4))
    return f"{name}.{part} {spaced} = {_check(name, str(part), digits, size=2)}"


def _check(*parts: str, size: int) -> str:
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:size].upper()


def from_paper(text: str) -> Masters:
    """The master keys of a page that was typed again; lines of other shapes are words for people.

    Raises: PaperWrong, with the line that does not agree or the key that is not whole.
    """
    parts: dict[str, dict[int, str]] = {}
    lines, end = [], None
    for number, typed in enumerate(text.upper().splitlines(), start=1):
        line = " ".join(typed.split())
        if found := LINE.match(line):
            digits = found["digits"].replace(" ", "")
            if found["check"] != _check(found["name"], found["part"], digits, size=2):
                raise PaperWrong(line=number)
            parts.setdefault(found["name"], {})[int(found["part"])] = digits
            lines.append(line)
        elif found := WHOLE.match(line):
            end = found
        elif re.match(r"^(?:[0-9]+|[IBD])\.[0-9]|^=", line):
            raise PaperWrong(line=number)
    return _whole(parts, lines, end)


def _whole(parts: dict[str, dict[int, str]], lines: list[str], end: re.Match | None) -> Masters:
    keys = {}
    for name, held in parts.items():
        if set(held) != set(range(1, LINES + 1)):
            raise PaperWrong(key=name)
        keys[name] = bytes.fromhex("".join(held[part] for part in range(1, LINES + 1)))
    if end is None or end["check"] != _check(end["current"], *lines, size=8):
        raise PaperWrong()
    roots = {root: keys.pop(name, None) for name, root in ROOTS.items()}
    numbered = {int(name): key for name, key in keys.items()}
    whole = numbered.get(int(end["current"])) and roots["index"] and roots["house"]
    if not whole or any(len(key) != KEY_BYTES for key in numbered.values()):
        raise PaperWrong()
    return Masters(int(end["current"]), numbered, roots["index"], roots["house"], roots["index_before"])
