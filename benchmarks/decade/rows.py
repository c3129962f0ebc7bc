"""Ten years of invented lines, the same ones every time, and the sums that they have, by plain Python.

A line is (number, year, programme, task, source, amount in grosze, day, chapter, paragraph). Every year has a
plan and commitments by task and source. The sums are added up here, apart from every engine.
"""

import random
from collections.abc import Iterator
from typing import NamedTuple

SEED = 20261127
YEARS = tuple(range(2017, 2027))
PROGRAMMES, PER_PROGRAMME, SOURCES = 8, 5, 4
TASKS = PROGRAMMES * PER_PROGRAMME
CHAPTERS = ("85217", "85295", "85311", "85395", "85504", "85508", "85509", "85153", "85154", "85205")
PARAGRAPHS = ("2360", "2820", "4170", "4210", "4300", "4307", "4309", "6050")
REFUNDS = 0.04
# What is asked of the pages: one task, its programme, and the latest year.
TASK, PROGRAMME, YEAR = 7, 1, 2026
BOOKS_YEAR = 2025  # a year without a plan: a plan would refuse what it does not hold


class Line(NamedTuple):
    """One payment, or a refund below zero."""

    number: int
    year: int
    programme: int
    task: int
    source: int
    amount_gr: int
    day: int
    chapter: str
    paragraph: str


class Planned(NamedTuple):
    """The plan of one task from one source in one year, and what of it is committed."""

    year: int
    programme: int
    task: int
    source: int
    plan_gr: int
    committed_gr: int


def lines(count: int) -> Iterator[Line]:
    """The ledger, year by year, each with its tenth of the lines."""
    draw = random.Random(SEED).random
    per_year = count // len(YEARS)
    number = 0
    for year in YEARS:
        for _line in range(per_year):
            task = int(draw() * TASKS)
            amount_gr = 1 + int(draw() ** 4 * 50_000_00)
            if draw() < REFUNDS:
                amount_gr = -amount_gr
            yield Line(
                number, year, task // PER_PROGRAMME, task, int(draw() * SOURCES), amount_gr, int(draw() * 364),
                CHAPTERS[int(draw() * len(CHAPTERS))], PARAGRAPHS[int(draw() * len(PARAGRAPHS))],
            )  # fmt: skip
            number += 1


def plans(count: int) -> Iterator[Planned]:
    """A plan wide enough for the lines, and commitments below it."""
    draw = random.Random(SEED + 1).random
    room = max(count // len(YEARS) // (TASKS * SOURCES), 1) * 50_000_00
    for year in YEARS:
        for task in range(TASKS):
            for source in range(SOURCES):
                plan_gr = room + int(draw() * room)
                yield Planned(year, task // PER_PROGRAMME, task, source, plan_gr, int(plan_gr * draw() * 0.2))


def oracle(count: int) -> dict[str, dict[str, int]]:
    """Question → name of a sum → grosze."""
    task: dict[str, int] = {}
    programme: dict[str, int] = {}
    spent: dict[str, int] = {}
    for line in lines(count):
        if line.task == TASK:
            add(task, f"{line.year} {line.source}", line.amount_gr)
        if line.programme == PROGRAMME:
            add(programme, f"{line.year} {line.source}", line.amount_gr)
        if line.year == YEAR:
            add(spent, f"spent source {line.source}", line.amount_gr)
            add(spent, f"spent programme {line.programme}", line.amount_gr)
    for row in plans(count):
        if row.year == YEAR:
            add(spent, f"plan source {row.source}", row.plan_gr)
            add(spent, f"plan programme {row.programme}", row.plan_gr)
            add(spent, f"committed source {row.source}", row.committed_gr)
            add(spent, f"committed programme {row.programme}", row.committed_gr)
    return {"task": task, "programme": programme, "desk": spent}


def add(sums: dict[str, int], name: str, amount_gr: int) -> None:
    """Add an amount under a name."""
    sums[name] = sums.get(name, 0) + amount_gr


# --- the file of the accounting system -----------------------------------------------------------------

HEADINGS = ("Numer", "Data", "Dowód", "Treść", "Rozdział", "Paragraf", "Kwota")


def books(count: int) -> list[tuple[str, str, str, str, str, str, int]]:
    """Rows of a file of the accounting system, each under a number of its own."""
    draw = random.Random(SEED + 2).random
    found: list[tuple[str, str, str, str, str, str, int]] = []
    for number in range(count):
        month, day = 1 + int(draw() * 12), 1 + int(draw() * 28)
        found.append((
            f"FK/{number:06d}", f"{BOOKS_YEAR}-{month:02d}-{day:02d}", f"Faktura pokazowa {number % 700}/{BOOKS_YEAR}",
            f"Zapis pokazowy {number}", CHAPTERS[int(draw() * len(CHAPTERS))],
            PARAGRAPHS[int(draw() * len(PARAGRAPHS))], 1 + int(draw() ** 4 * 50_000_00),
        ))  # fmt: skip
    return found


def books_csv(count: int) -> bytes:
    """The same as a file: semicolons, Polish amounts, UTF-8."""
    text = [";".join(HEADINGS)]
    for *cells, amount_gr in books(count):
        whole = f"{amount_gr // 100:,}".replace(",", "\u00a0")
        text.append(";".join([*cells, f"{whole},{amount_gr % 100:02d}"]))
    return ("\n".join(text) + "\n").encode()


def books_oracle(count: int) -> dict[str, int]:
    """Chapter and paragraph → grosze."""
    sums: dict[str, int] = {}
    for _number, _day, _paper, _text, chapter, paragraph, amount_gr in books(count):
        add(sums, f"{chapter} {paragraph}", amount_gr)
    return sums
