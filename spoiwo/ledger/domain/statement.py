"""The sentence of a result: text with placeholders for counted numbers, taken apart.

`{n}` the result's own number with its noun, `{n:acc}` `{n:gen}` `{n:loc}` in another case,
`{n?one|few|many}` a word that agrees with the number, `{people}` the people reached,
`{key}` and `{key:case}` the number of another result.
"""

import re
from dataclasses import dataclass

CASES = ("nom", "acc", "gen", "loc")
OWN, PEOPLE = "n", "people"
RESERVED_KEYS = {OWN, PEOPLE}
_BRACES = re.compile(r"\{([^{}]*)\}")
_COUNT = re.compile(r"(?P<key>[A-Za-z0-9][A-Za-z0-9_-]*)(?::(?P<case>[a-z]+))?", re.ASCII)


@dataclass(frozen=True)
class Words:
    """Text as it stands."""

    text: str


@dataclass(frozen=True)
class Count:
    """A number with its noun; `key` None is the result's own."""

    key: str | None
    case: str = "nom"


@dataclass(frozen=True)
class Agreeing:
    """A word that agrees with the result's own number."""

    one: str
    few: str
    many: str


@dataclass(frozen=True)
class People:
    """The number of people reached."""


Part = Words | Count | Agreeing | People


class BadStatement(ValueError):
    """A sentence that cannot be taken apart; `placeholder` is the wrong piece, `expected` is Polish."""

    def __init__(self, placeholder: str, expected: str) -> None:
        super().__init__(f"{placeholder}: {expected}")
        self.placeholder, self.expected = placeholder, expected


def parse_statement(text: str) -> list[Part]:
    """The sentence as parts, in order. Raises BadStatement."""
    parts: list[Part] = []
    end = 0
    for braces in _BRACES.finditer(text):
        parts += _words(text[end : braces.start()])
        parts.append(_placeholder(braces[1]))
        end = braces.end()
    return parts + _words(text[end:])


def _words(text: str) -> list[Part]:
    """Plain text; a single brace in it is a slip of the pen."""
    for brace in "{}":
        if brace in text:
            raise BadStatement(brace, "znacznik w parze nawiasów, np. {n}")
    return [Words(text)] if text else []


def _placeholder(inside: str) -> Part:
    """What stands between braces."""
    if inside.startswith(f"{OWN}?"):
        forms = inside[2:].split("|")
        if len(forms) != 3 or not all(form.strip() for form in forms):
            raise BadStatement(f"{{{inside}}}", "trzy formy rozdzielone kreską: {n?jeden|kilka|wiele}")
        return Agreeing(*forms)
    count = _COUNT.fullmatch(inside)
    if inside == PEOPLE:
        return People()
    if not count or count["key"] == PEOPLE or count["case"] not in (None, *CASES):
        allowed = "{n}, {n:acc}, {n:gen}, {n:loc}, {n?jeden|kilka|wiele}, {people}, {inny-klucz}"
        raise BadStatement(f"{{{inside}}}", f"znacznik: {allowed}")
    key = None if count["key"] == OWN else count["key"]
    return Count(key, count["case"] or "nom")
