"""One process that answers one question and says how it went; started by benchmarks.decade.run."""

import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path

import django

from benchmarks.measure import Measurement, busy, peak_bytes, repeated, timed

BUDGET_S = 20.0


def main() -> None:
    """ENGINE QUESTION REPEAT OUT FILE: answers and measurements to OUT; FILE is the accounting system's."""
    name, question, repeat, out, file = sys.argv[1:]
    engine = _engine(name)
    start = peak_bytes()
    _, load = timed(engine.load, None)
    work = getattr(engine, question)
    call = (lambda: work(Path(file))) if question == "books" else work
    gc.collect()
    answers, first = [], None
    if question != "books":
        engine.before_each()
        result, first = timed(call, None)
        answers.append(result)
    counted, runs = repeated(call, before=engine.before_each, repeat=int(repeat), budget_s=BUDGET_S, server=None)
    found = Measurement(load, first or runs[0], runs, start, peak_bytes(), busy())
    answers += counted
    if name == "spoiwo" and question != "books":
        from benchmarks.decade.house import amounts_of

        answers = [amounts_of(page) for page in answers]
    Path(out).write_text(json.dumps({"question": question, "answers": answers} | asdict(found)), encoding="utf-8")


def _engine(name: str):
    if name == "spoiwo":
        django.setup()
        from benchmarks.decade.house import Spoiwo

        return Spoiwo()
    from benchmarks.decade.rivals import RIVALS  # not in the house's process: pandas would count as its memory

    return RIVALS[name]()


if __name__ == "__main__":
    main()
