"""What every engine has in common."""

from collections.abc import Callable

from benchmarks.oracle import DRILLS


class Engine:
    """Somebody who answers questions about one ledger.

    A question is a method without arguments named after it: `matrix`, `drill_cell`, `new_line`... Its result
    is what is timed; `answer_<question>` turns it into the form of benchmarks.oracle afterwards.
    """

    def __init__(self, lines: int) -> None:
        self.lines = lines

    def load(self) -> None:
        """Bring the rows where the engine wants them; timed apart."""

    def prepare(self, question: str) -> None:
        """What one question needs and its time does not include."""

    def before_each(self, question: str) -> None:
        """Put things back as they were before a run; not timed."""

    def after_all(self, question: str) -> None:
        """Leave the database as it was; not timed."""

    def server(self) -> int | None:
        """The database's process that works for this engine, if there is one."""
        return None

    def drill(self, where: dict) -> dict:
        """The first page of a figure's lines and their number."""
        raise NotImplementedError

    def work_of(self, question: str) -> Callable[[], object]:
        """The call that answers a question."""
        if question.startswith("drill."):
            where = DRILLS[question.removeprefix("drill.")]
            return lambda: self.drill(where)
        return getattr(self, question.replace(".", "_"))

    def answer(self, question: str, result: object) -> object:
        """A result in the form of benchmarks.oracle."""
        form = getattr(self, f"answer_{question.partition('.')[0]}", None)
        return form(result) if form else result
