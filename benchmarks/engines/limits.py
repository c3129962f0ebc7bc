"""What the machine itself allows: nobody can sum columns faster than their bytes can be read."""

import os
import tempfile
from pathlib import Path

import numpy

from benchmarks import rows
from benchmarks.engines.base import Engine
from benchmarks.engines.sql import Database

BLOCK = 1 << 20


class Limits(Engine):
    """Reading, once and in order, what a matrix cannot do without."""

    def load(self) -> None:
        """Two columns of whole numbers in memory; a file as long as the index the matrix is read from."""
        found = [(line.amount_gr, line.source) for line in rows.lines(self.lines)]
        self.columns = [numpy.array(column, dtype="int64") for column in zip(*found, strict=True)]
        self.index_bytes = _index_bytes()

    def memory(self) -> int:
        """Add up both columns: every byte passes the processor once."""
        return int(sum(int(column.sum()) for column in self.columns))

    def pages(self) -> int:
        """Read the index's bytes from the operating system's memory, not from the disk."""
        read, left = 0, self.index_bytes
        handle = os.open(self.file, os.O_RDONLY)
        try:
            while block := os.read(handle, min(BLOCK, left)):
                read, left = read + len(block), left - len(block)
        finally:
            os.close(handle)
        return read

    def prepare(self, question: str) -> None:
        """The file to read: as many bytes as the index has."""
        if question == "pages":
            handle, self.file = tempfile.mkstemp(dir=os.environ["SPOIWO_DATA_DIR"])
            with os.fdopen(handle, "wb") as target:
                target.write(os.urandom(self.index_bytes))

    def after_all(self, question: str) -> None:
        """Delete the file."""
        if question == "pages":
            Path(self.file).unlink()

    def answer_memory(self, result: int) -> dict:
        """How many bytes were read, and the amounts' sum as a proof that they were."""
        source_sum = int(self.columns[1].sum())
        return {"bytes": sum(column.nbytes for column in self.columns), "sum": result - source_sum}

    def answer_pages(self, result: int) -> dict:
        """How many bytes were read, and how many the index has."""
        return {"bytes": result, "index_bytes": self.index_bytes}


def _index_bytes() -> int:
    """The size of the covering index of the matrix, for the whole table."""
    database = Database()
    database.open()
    if database.url:
        size = database.ask("SELECT pg_relation_size('entry_matrix')")[0][0]
    else:
        size = database.ask("SELECT SUM(pgsize) FROM dbstat WHERE name = 'entry_matrix'")[0][0]
    database.close()
    return int(size)
