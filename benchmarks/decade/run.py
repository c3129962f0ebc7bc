"""`python -m benchmarks.decade.run`: ten years of lines; every answer is checked to the grosz first."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from benchmarks.check import WrongAnswer, different, not_shown
from benchmarks.decade import rows, table
from benchmarks.measure import summary
from benchmarks.place import Failed, copy_of, empty_house, python
from benchmarks.run import machine

LINES, BOOKS = 1_000_000, 20_000
QUICK_LINES, QUICK_BOOKS = 2_000, 1_200
REPEAT = 7
PAGES = {
    "task": ("spoiwo", "sql", "pandas", "duckdb"),
    "programme": ("spoiwo", "sql", "pandas", "duckdb"),
    "desk": ("spoiwo", "sql", "pandas", "duckdb"),
    "plan": ("spoiwo",),
}
IMPORT = ("spoiwo", "pandas", "python", "limit")


def main(argv: list[str] | None = None) -> int:
    """Fill, measure, check, tell. Codes: 0 measured, 1 a wrong answer or a step that failed."""
    parser = argparse.ArgumentParser(prog="benchmarks.decade.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="kilka tysięcy wierszy: sprawdza sam pomiar i odpowiedzi")
    parser.add_argument("--only", default="", metavar="NAZWA", help="tylko przypadki, których nazwa to zawiera")
    parser.add_argument("--plant", action="store_true", help="psuje jeden wiersz w bazie: pomiar ma to wykryć")
    parser.add_argument("--json", type=Path, metavar="PLIK")
    parser.add_argument("--docs", type=Path, metavar="PLIK")
    given = parser.parse_args(argv)
    try:
        cases = list(measured(given.quick, given.only, given.plant))
    except WrongAnswer as problem:
        print(f"ZŁA ODPOWIEDŹ, nie podaję żadnego czasu. {problem}", file=sys.stderr)
        return 1
    except Failed as problem:
        print(f"NIE UDAŁO SIĘ: {problem}", file=sys.stderr)
        return 1
    lines, books = (QUICK_LINES, QUICK_BOOKS) if given.quick else (LINES, BOOKS)
    found = {"machine": machine(), "lines": lines, "books": books, "quick": given.quick, "cases": cases}
    print(table.text(found))
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if given.docs:
        table.write_into(given.docs, found)
    return 0


def measured(quick: bool, only: str, plant: bool) -> Iterator[dict]:
    """Every case in a process of its own; in a quick run one for each engine."""
    lines, books = (QUICK_LINES, QUICK_BOOKS) if quick else (LINES, BOOKS)
    expected = rows.oracle(lines) | {"books": rows.books_oracle(books)}
    wanted = [(engine, question) for question, engines in PAGES.items() for engine in engines]
    wanted += [(engine, "books") for engine in IMPORT]
    wanted = [case for case in wanted if only in ":".join(case)]
    with empty_house(pages=True) as empty, copy_of(empty) as env, tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "ksiegi.csv", Path(folder) / "answer.json"
        file.write_bytes(rows.books_csv(books))
        python(env, "benchmarks.decade.fill", str(lines), *(["plant"] if plant else []))
        for engine, questions in tqdm(list(_processes(wanted, quick)), unit="przypadek", disable=None, leave=False):
            repeat = 1 if quick or questions == "books" else REPEAT
            python(env, "benchmarks.decade.child", engine, questions, str(repeat), str(out), str(file))
            for case in json.loads(out.read_text(encoding="utf-8")):
                check(engine, case["question"], case.pop("answers"), expected, file.stat().st_size)
                yield summary([case]) | {"engine": engine}


def _processes(wanted: list[tuple[str, str]], quick: bool) -> Iterator[tuple[str, str]]:
    """Each process: its engine and its questions, with commas between."""
    if not quick:
        yield from wanted
        return
    for engine in dict.fromkeys(engine for engine, _question in wanted):
        yield engine, ",".join(question for other, question in wanted if other == engine)


def check(engine: str, question: str, answers: list, expected: dict, size: int) -> None:
    """A page must show every sum; a rival must give the same ones, to the grosz. Raises: WrongAnswer."""
    right = expected["desk" if question == "plan" else question]
    for number, answer in enumerate(answers):
        if engine == "limit":
            problem = different(answer, {"bytes": size})
        elif engine == "spoiwo" and question != "books":
            problem = not_shown(answer, shown(question, right))
        else:
            problem = different(answer, right)
        if problem:
            raise WrongAnswer(f"{engine}, {question}, wywołanie {number + 1}: {problem}")


def shown(question: str, right: dict[str, int]) -> set[int]:
    """Amounts that a page must show to the grosz."""
    return {total for name, total in right.items() if question != "desk" or "programme" in name}


if __name__ == "__main__":
    sys.exit(main())
