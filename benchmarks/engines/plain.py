"""The independent sum: the oracle itself, timed."""

from benchmarks import oracle, rows
from benchmarks.engines.base import Engine


class PlainPython(Engine):
    """Lines in a list of Python tuples; every sum added up on its own in whole numbers of any size."""

    def load(self) -> None:
        """Make the lines anew: the database takes no part."""
        self.rows = list(rows.lines(self.lines))

    def matrix(self) -> dict:
        """All sums, each from the lines."""
        return oracle.matrix(self.rows)

    def drill(self, where: dict) -> dict:
        """Filter, sort, cut."""
        return oracle.drill(self.rows, where)

    def new_line(self) -> dict:
        """One more line, then every sum again."""
        self.rows.append(rows.extra_lines(len(self.rows) - self.lines + 1, self.lines)[-1])
        return self.matrix()
