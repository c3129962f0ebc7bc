"""`python -m benchmarks.run`: fill ledgers, measure, check every answer to the grosz, and only then tell."""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from benchmarks import cases, oracle, rows, table
from benchmarks.check import WrongAnswer, check
from benchmarks.fill import PLANTS
from benchmarks.measure import summary
from benchmarks.place import Failed, copy_of, empty_house, python

PACKAGES = ("Django", "pandas", "duckdb", "numpy", "typst")


def main(argv: list[str] | None = None) -> int:
    """Measure all sizes. Codes: 0 measured, 1 a wrong answer or a step that failed."""
    given = _parser().parse_args(argv)
    started = time.monotonic()
    try:
        found = measured(given)
    except WrongAnswer as problem:
        print(f"ZŁA ODPOWIEDŹ, nie podaję żadnego czasu. {problem}", file=sys.stderr)
        return 1
    except Failed as problem:
        print(f"NIE UDAŁO SIĘ: {problem}", file=sys.stderr)
        return 1
    found |= {"machine": machine(), "seconds": round(time.monotonic() - started), "quick": given.quick}
    print(table.text(found))
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if given.docs:
        table.write_into(given.docs, found)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="kilkaset wierszy: sprawdza sam pomiar i odpowiedzi")
    parser.add_argument("--json", type=Path, metavar="PLIK", help="wszystkie pomiary do pliku")
    parser.add_argument("--docs", type=Path, metavar="PLIK", help="tabele między znacznikami w pliku Markdown")
    parser.add_argument("--only", metavar="NAZWA", default="", help="tylko przypadki, których nazwa to zawiera")
    parser.add_argument("--plant", choices=PLANTS, help="psuje jeden wiersz w bazie: pomiar ma to wykryć")
    return parser


def measured(given: argparse.Namespace) -> dict:
    """All sizes, each in a house of its own."""
    sizes = cases.QUICK if given.quick else cases.SIZES
    database = "PostgreSQL" if os.environ.get("SPOIWO_DATABASE_URL") else "SQLite"
    result: dict = {"database": database, "sizes": {}}
    chosen = [process for size in sizes for process in _chosen(size, given.only)]
    pages = any(name.startswith(("page.", "figure.")) for _engine, questions in chosen for name in questions)
    steps = 2 * len(sizes) + len(chosen)
    with tqdm(total=steps, unit="krok", disable=None, leave=False) as bar, empty_house(pages=pages) as house:
        for size in sizes:
            bar.set_description(f"{size.lines} wierszy: właściwe odpowiedzi")
            expected = oracle.answers(rows.lines(size.lines))
            if problems := oracle.fit_for_purpose(expected):
                raise WrongAnswer("; ".join(problems))
            bar.update()
            facts = {"lines": size.lines, "float_drift_gr": expected["float_drift_gr"]}
            result["sizes"][size.name] = facts | _of_size(size, house, expected, given, bar)
    return result


def _chosen(size: cases.Size, only: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (engine, kept)
        for engine, questions in cases.processes(size)
        if (kept := tuple(name for name in questions if only in f"{engine}:{name}"))
    ]


def _of_size(size: cases.Size, house: dict, expected: dict, given: argparse.Namespace, bar: tqdm) -> dict:
    with copy_of(house) as env, tempfile.TemporaryDirectory(prefix="spoiwo-bench-answers-") as answers:
        bar.set_description(f"{size.lines} wierszy: napełnianie bazy")
        began = time.monotonic()
        _fill(env, size, expected, given.plant, Path(answers))
        found, filled = [], time.monotonic() - began
        bar.update()
        for engine, questions in _chosen(size, given.only):
            bar.set_description(f"{size.lines} wierszy: {engine} {questions[0]}")
            found += _of_process(env, size, engine, questions, expected, given.quick, Path(answers))
            bar.update()
    return {"fill_s": round(filled, 1), "cases": found}


def _fill(env: dict, size: cases.Size, expected: dict, fault: str | None, folder: Path) -> None:
    sums = folder / "expected.json"
    sums.write_text(json.dumps(expected["matrix"]), encoding="utf-8")
    planted = ["--plant", fault] if fault else []
    python(env, "benchmarks.fill", str(size.lines), str(sums), *planted)


def _of_process(env, size: cases.Size, engine: str, questions, expected: dict, quick: bool, folder: Path) -> list[dict]:
    """The cases that one process answers, or several such processes one after another."""
    out = folder / "answer.json"
    options = ["--size", size.name, "--out", str(out), *(["--quick"] if quick else [])]
    found: dict[str, list[dict]] = {name: [] for name in questions}
    for _time in range(cases.times(size, questions)):
        python(env, "benchmarks.child", engine, *questions, *options)
        for case in json.loads(out.read_text(encoding="utf-8")):
            check(engine, case["question"], case.pop("answers"), expected)
            found[case["question"]].append(case)
    return [summary(found[name]) | {"engine": engine, "size": size.name} for name in questions]


def machine() -> dict:
    """What it was measured on; no names of hosts."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory / (1 << 30)),
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "day": time.strftime("%Y-%m-%d"),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    sys.exit(main())
