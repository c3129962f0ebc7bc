"""A small language to say what shape a JSON document has, and the list of where it differs."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from spoiwo.kernel.money import LARGEST_GR
from spoiwo.reports.domain.verify.problem import Problem, shown

ENOUGH = 200  # after so many faults of shape the rest adds nothing

Check = Callable[[Any, str, list[Problem]], None]

_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


def _fault(problems: list[Problem], place: str, found: object, expected: str) -> None:
    if len(problems) < ENOUGH:
        problems.append(Problem("shape", "", place or "plik", shown(found), expected))


def text(value: Any, place: str, problems: list[Problem]) -> None:
    """Any text that can be written as UTF-8."""
    if not isinstance(value, str):
        _fault(problems, place, value, "tekst")
    elif not value.isascii() and _HALF_A_CHARACTER.search(value):
        _fault(problems, place, value, "tekst z samych pełnych znaków")


def whole(value: Any, place: str, problems: list[Problem]) -> None:
    """A whole number of a size that every reader of JSON keeps exact. True and 1.0 are not."""
    if isinstance(value, bool) or not isinstance(value, int):
        _fault(problems, place, value, "liczba całkowita")
    elif not -LARGEST_GR <= value <= LARGEST_GR:
        _fault(problems, place, value, "liczba całkowita w granicach")


def natural(value: Any, place: str, problems: list[Problem]) -> None:
    """A whole number of zero or more."""
    before = len(problems)
    whole(value, place, problems)
    if len(problems) == before and isinstance(value, int) and value < 0:
        _fault(problems, place, value, "liczba całkowita, co najmniej 0")


def decimal(value: Any, place: str, problems: list[Problem]) -> None:
    """A decimal number written as text: "240", "2.5"."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        _fault(problems, place, value, "liczba zapisana jako tekst, z kropką")


def flag(value: Any, place: str, problems: list[Problem]) -> None:
    """True or false."""
    if not isinstance(value, bool):
        _fault(problems, place, value, "tak albo nie")


def anything(value: Any, place: str, problems: list[Problem]) -> None:
    """Looked at elsewhere."""


def one_of(*values: object) -> Check:
    """One of the listed values, of the very same type."""

    def check(value: Any, place: str, problems: list[Problem]) -> None:
        if not any(type(value) is type(known) and value == known for known in values):
            _fault(problems, place, value, "jedno z: " + ", ".join(str(known) for known in values))

    return check


def or_null(inner: Check) -> Check:
    """The inner shape, or null."""

    def check(value: Any, place: str, problems: list[Problem]) -> None:
        if value is not None:
            inner(value, place, problems)

    return check


def list_of(inner: Check) -> Check:
    """A list of the inner shape."""

    def check(value: Any, place: str, problems: list[Problem]) -> None:
        if not isinstance(value, list):
            _fault(problems, place, value, "lista")
            return
        for i, item in enumerate(value):
            inner(item, f"{place}[{i}]", problems)

    return check


def map_of(inner: Check) -> Check:
    """An object with any text keys and values of the inner shape."""

    def check(value: Any, place: str, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            _fault(problems, place, value, "obiekt")
            return
        for key, item in value.items():
            text(key, f"{place}: klucz", problems)
            inner(item, f"{place}.{key}", problems)

    return check


def record(fields: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with these fields; others may stand beside them."""
    required = tuple(fields.items())
    extra = tuple((optional or {}).items())

    def check(value: Any, place: str, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            _fault(problems, place, value, "obiekt")
            return
        prefix = f"{place}." if place else ""
        for name, inner in required:
            if name in value:
                inner(value[name], prefix + name, problems)
            else:
                _fault(problems, prefix + name, None, "pole obecne w pliku")
        for name, inner in extra:
            if name in value:
                inner(value[name], prefix + name, problems)

    return check


def either(test: Callable[[Any], bool], first: Check, second: Check) -> Check:
    """The first shape where the test says so, else the second."""

    def check(value: Any, place: str, problems: list[Problem]) -> None:
        (first if test(value) else second)(value, place, problems)

    return check


def duplicates(values: Iterable[str]) -> list[str]:
    """Values that stand more than once, each named once, in order."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for value in values:
        if value in seen:
            twice[value] = None
        seen.add(value)
    return list(twice)
