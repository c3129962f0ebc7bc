"""From a statement with placeholders to a Polish sentence whose numbers are figures."""

import re
from dataclasses import dataclass
from decimal import Decimal

from spoiwo.kernel.polish import Noun, counted, plural_category
from spoiwo.kernel.precision import Precision

PEOPLE = Noun("osoba", "osoby", "osób", "osobę", "osobie", "osobach")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Count:
    """A value that sentences speak of: how many, of what, how exactly."""

    figure: str
    value: Decimal
    noun: Noun
    precision: Precision


def figure_id(*parts: object) -> str:
    """The identifier of a figure: lower-case parts joined by dots."""
    return ".".join(str(part).lower() for part in parts)


def segments(statement: str, own: str, counts: dict[str, Count]) -> list:
    """Split a statement into text and figures: `["Dofinansowano ", {"figure": …, "text": …}, "."]`.

    `own` is the key of the statement's own result; `counts` holds results by key and `<key>.people`.
    """
    parts, last = [], 0
    for found in _PLACEHOLDER.finditer(statement):
        _add(parts, statement[last : found.start()])
        _add(parts, _filled(found.group(1), own, counts))
        last = found.end()
    _add(parts, statement[last:])
    return parts


def quoted_keys(statement: str) -> set[str]:
    """Keys of other results that a statement speaks of; those need no sentence of their own."""
    names = {name.partition("?")[0].partition(":")[0] for name in _PLACEHOLDER.findall(statement)}
    return names - {"n", "people"}


def _add(parts: list, piece: object) -> None:
    if isinstance(piece, str) and parts and isinstance(parts[-1], str):
        parts[-1] += piece
    elif piece:
        parts.append(piece)


def _filled(placeholder: str, own: str, counts: dict[str, Count]) -> object:
    name, _, forms = placeholder.partition("?")
    name, _, case = name.partition(":")
    key = {"n": own, "people": f"{own}.people"}.get(name, name)
    count = counts[key]
    if forms:
        one, few, many = forms.split("|")
        about = count.precision is Precision.ABOUT
        return {"one": one, "few": few, "many": many}["many" if about else plural_category(count.value)]
    return {
        "figure": count.figure,
        "text": counted(count.value, count.noun, case=case or "nom", precision=count.precision),
    }
