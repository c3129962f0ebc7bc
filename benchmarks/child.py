"""One process that does the work of one case and says how it went; started by benchmarks.run."""

import argparse
import gc
import json
from dataclasses import asdict
from pathlib import Path

from benchmarks import cases
from benchmarks.engines import ENGINES, engine_of
from benchmarks.engines.base import Engine
from benchmarks.measure import Measurement, Run, busy, peak_bytes, repeated, timed


def main() -> None:
    """Answer the questions and write answers and measurements to a file."""
    parser = argparse.ArgumentParser(prog="benchmarks.child")
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("questions", nargs="+")
    parser.add_argument("--size", choices=[size.name for size in cases.SIZES], required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    size = next(size for size in (cases.QUICK if given.quick else cases.SIZES) if size.name == given.size)
    engine = engine_of(given.engine, size.lines)
    start = peak_bytes()
    _, load = timed(engine.load, None)
    found = [_measured(engine, question, size, load, start) for question in given.questions]
    given.out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _measured(engine: Engine, question: str, size: cases.Size, load: Run, start: int) -> dict:
    """One question: a call that is told apart, the counted calls, and all their answers."""
    engine.prepare(question)
    gc.collect()
    work, server = engine.work_of(question), engine.server()
    results, first = [], None
    once = question in cases.ONCE or size.repeat == 1
    if not once:
        engine.before_each(question)
        result, first = timed(work, server)
        results.append(result)
    counted, runs = repeated(
        work,
        before=lambda: engine.before_each(question),
        repeat=1 if once else size.repeat,
        budget_s=size.budget_s,
        server=server,
    )
    peak, load_average = peak_bytes(), busy()
    measurement = Measurement(load, first or runs[0], runs, start, peak, load_average)
    answers = [engine.answer(question, result) for result in [*results, *counted]]
    engine.after_all(question)
    return {"question": question, "answers": answers} | asdict(measurement)


if __name__ == "__main__":
    main()
