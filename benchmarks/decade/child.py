"""One process that answers one question, or several, and says how it went; started by benchmarks.decade.run."""

import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path

import django

from benchmarks.measure import Measurement, busy, peak_bytes, repeated, timed

BUDGET_S = 20.0


def main() -> None:
    """ENGINE QUESTIONS REPEAT OUT FILE: answers and measurements to OUT; FILE is the accounting system's."""
    name, questions, repeat, out, file = sys.argv[1:]
    engine = _engine(name)
    start = peak_bytes()
    _, load = timed(engine.load, None)
    cases = [_answered(engine, name, question, int(repeat), Path(file)) for question in questions.split(",")]
    told = [{"question": question, "answers": answers} | asdict(Measurement(load, *found, start, peak_bytes(), busy()))
            for question, answers, found in cases]  # fmt: skip
    Path(out).write_text(json.dumps(told), encoding="utf-8")


def _answered(engine, name: str, question: str, repeat: int, file: Path) -> tuple[str, list, tuple]:
    """A question, its answers, and how long the first and the others took."""
    work = getattr(engine, question)
    call = (lambda: work(file)) if question == "books" else work
    gc.collect()
    answers, first = [], None
    if question != "books":
        engine.before_each()
        result, first = timed(call, None)
        answers.append(result)
    counted, runs = repeated(call, before=engine.before_each, repeat=repeat, budget_s=BUDGET_S, server=None)
    answers += counted
    if name == "spoiwo" and question != "books":
        from benchmarks.decade.house import amounts_of

        answers = [amounts_of(page) for page in answers]
    return question, answers, (first or runs[0], runs)


def _engine(name: str):
    if name == "spoiwo":
        django.setup()
        from benchmarks.decade.house import Spoiwo

        return Spoiwo()
    from benchmarks.decade.rivals import RIVALS  # not in the house's process: pandas would count as its memory

    return RIVALS[name]()


if __name__ == "__main__":
    main()
