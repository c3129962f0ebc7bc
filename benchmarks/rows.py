"""The ledger that is measured: invented lines, the same ones every time."""

import random
from collections.abc import Iterator
from typing import NamedTuple

SEED = 20261121
YEAR = 2025
PROGRAMMES, SOURCES, TASKS, DOCUMENTS, PLACES, BODIES = 8, 4, 40, 300, 40, 50
TAGS = ("ngo", "seniorzy", "rodzina")
EMPTY_CELL = (7, 2)  # no line at all: "no amount" must not become 0
ZERO_CELL = (6, 3)  # a payment and its refund: the sum is 0, and there are two lines
OUTSIDE_SHARE, REFUND_SHARE, TAG_SHARE, SECOND_TAG_SHARE = 0.08, 0.04, 0.15, 0.02
LARGEST_USUAL_GR = 200_000_000
# A mistaken transfer of the second day, sent back on the last but one. Between the two a sum kept in floats
# is too large to hold a grosz, so floats give a wrong total at every size; whole grosze do not.
MISTAKEN_GR, MISTAKEN_CELL = 999_999_999_999_999, (0, 0)
LAST_DAY = 364


class Line(NamedTuple):
    """One line of money. `programme`: index or None (outside programmes); `amount_gr` carries the sign."""

    key: str
    programme: int | None
    source: int
    task: int | None
    amount_gr: int
    day: int
    document: int
    place: int | None
    body: int | None
    tags: tuple[int, ...]
    description: str


def lines(count: int) -> Iterator[Line]:
    """The first `count` lines of the ledger, in the order in which they were entered."""
    draw = random.Random(SEED).random
    fixed = _fixed(count)
    for number in range(count):
        programme, source, day, amount_gr = fixed.get(number) or _usual(draw)
        yield _line(draw, number, programme, source, day, amount_gr)


def extra_lines(count: int, entered: int) -> list[Line]:
    """Lines that are entered one by one after a ledger of `entered` lines."""
    draw = random.Random(SEED + 1).random
    return [_line(draw, entered + number, 1, 1, 180, 12_345_67 + number) for number in range(count)]


def _fixed(count: int) -> dict[int, tuple[int | None, int, int, int]]:
    """Lines that must be there at every size: number → programme, source, day, amount."""
    return {
        0: (*MISTAKEN_CELL, 1, MISTAKEN_GR),
        count // 3: (*ZERO_CELL, 90, 1_234_57),
        count // 2: (*ZERO_CELL, 270, -1_234_57),
        count - 1: (*MISTAKEN_CELL, LAST_DAY - 1, -MISTAKEN_GR),
    }


def _usual(draw) -> tuple[int | None, int, int, int]:
    programme: int | None = int(draw() * PROGRAMMES)
    source = int(draw() * SOURCES)
    if draw() < OUTSIDE_SHARE or (programme, source) in (EMPTY_CELL, ZERO_CELL):
        programme = None
    amount_gr = 1 + int(draw() ** 4 * LARGEST_USUAL_GR)  # many small, few large
    return programme, source, int(draw() * LAST_DAY), -amount_gr if draw() < REFUND_SHARE else amount_gr


def _line(draw, number: int, programme: int | None, source: int, day: int, amount_gr: int) -> Line:
    per_programme = TASKS // PROGRAMMES
    chance = draw()
    tags = (int(chance / TAG_SHARE * len(TAGS)),) if chance < TAG_SHARE else ()
    if tags and chance < SECOND_TAG_SHARE:
        tags = (0, 1)
    detail = int(draw() * 1_000_000)
    return Line(
        key=f"k{number:07d}",
        programme=programme,
        source=source,
        task=None if programme is None or detail % 5 == 0 else programme * per_programme + detail % per_programme,
        amount_gr=amount_gr,
        day=day,
        document=detail % DOCUMENTS,
        place=detail % PLACES if detail % 3 == 0 else None,
        body=detail % BODIES if detail % 4 == 0 else None,
        tags=tags,
        description=f"Pozycja pokazowa {number:07d}",
    )
