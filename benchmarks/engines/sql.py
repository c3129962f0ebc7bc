"""Plain SQL on the same database, by its own driver, without Django; also the source of rows for the others."""

import os
import sqlite3
from pathlib import Path

import psycopg

from benchmarks import oracle, rows
from benchmarks.engines.base import Engine

CELLS = """SELECT programme_id, source_id, SUM(amount_gr), COUNT(*) FROM ledger_entry
WHERE year_id = {p} GROUP BY programme_id, source_id"""
CROSS_CUTS = """SELECT t.tag_id, SUM(e.amount_gr), COUNT(*) FROM ledger_entry_tags t
JOIN ledger_entry e ON e.id = t.entry_id WHERE e.year_id = {p} GROUP BY t.tag_id"""
OF_CELL = "FROM ledger_entry e WHERE e.year_id = {p} AND e.programme_id = {p} AND e.source_id = {p}"
OF_TAG = "FROM ledger_entry e JOIN ledger_entry_tags t ON t.entry_id = e.id WHERE e.year_id = {p} AND t.tag_id = {p}"
OF_YEAR = "FROM ledger_entry e WHERE e.year_id = {p}"
FIRST_PAGE = "SELECT e.key, e.amount_gr {of} ORDER BY e.date, e.id LIMIT 100"
LINES = "SELECT id, key, programme_id, source_id, amount_gr, date FROM ledger_entry WHERE year_id = {p} ORDER BY id"
TAGGED = "SELECT entry_id, tag_id FROM ledger_entry_tags"
COPY_OF_FIRST = """INSERT INTO ledger_entry (year_id, key, programme_id, source_id, kind, amount_gr, date,
description, document_id, state, entered_at, version, chapter, paragraph, case_sign, reason)
SELECT year_id, {p}, {p}, {p}, {p}, {p}, date, description, document_id, state, entered_at, 1, '', '', '', ''
FROM ledger_entry WHERE id = (SELECT MIN(id) FROM ledger_entry)"""


class Database:
    """One connection by the driver, with the same settings as the house has."""

    def __init__(self) -> None:
        self.url = os.environ.get("SPOIWO_DATABASE_URL", "")
        self.connection = None
        self.mark = "%s" if self.url else "?"

    def open(self) -> None:
        """Connect."""
        if self.url:
            self.connection = psycopg.connect(self.url)
            return
        self.connection = sqlite3.connect(Path(os.environ["SPOIWO_DATA_DIR"]) / "spoiwo.sqlite3")
        for setting in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536"):
            self.connection.execute(f"PRAGMA {setting}")

    def close(self) -> None:
        """Hang up, if connected."""
        if self.connection:
            self.connection.close()
            self.connection = None

    def ask(self, sql: str, *values) -> list[tuple]:
        """All rows of a question."""
        return self.connection.execute(sql.replace("{p}", self.mark), values).fetchall()

    def do(self, sql: str, *values) -> None:
        """One change, committed."""
        self.connection.execute(sql.replace("{p}", self.mark), values)
        self.connection.commit()

    def server(self) -> int | None:
        """The server's process of this connection."""
        return self.connection.info.backend_pid if self.url and self.connection else None


class Names:
    """Primary keys of the house's tables ↔ indexes of the invented ledger."""

    def __init__(self, database: Database) -> None:
        ask = database.ask
        self.year = ask("SELECT id FROM ledger_fiscalyear WHERE year = {p}", rows.YEAR)[0][0]
        self.programmes = _indexes(ask('SELECT id FROM strategy_programme ORDER BY "order"'))
        self.sources = _indexes(ask('SELECT id FROM ledger_source ORDER BY "order"'))
        codes = dict(ask("SELECT code, id FROM ledger_tag"))
        self.tags = {codes[code]: code for code in rows.TAGS}
        self.programme_pks, self.source_pks = list(self.programmes), list(self.sources)
        self.tag_pks = [codes[code] for code in rows.TAGS]

    def sums(self, cells: list[tuple], tags: list[tuple]) -> oracle.Sums:
        """Rows (programme, source, sum, count) and (tag, sum, count) in the form of the oracle."""
        return oracle.with_subtotals(
            {(self.programmes.get(p), self.sources[s]): (total, count) for p, s, total, count in cells},
            {self.tags[tag]: (total, count) for tag, total, count in tags},
        )


def _indexes(found: list[tuple]) -> dict[int, int]:
    return {pk: index for index, (pk,) in enumerate(found)}


def whole_ledger() -> tuple[Names, list[tuple], list[tuple]]:
    """Every line and every tag of a line, read once from the house's own database."""
    database = Database()
    database.open()
    names = Names(database)
    found = names, database.ask(LINES, names.year), database.ask(TAGGED)
    database.close()
    return found


class PlainSql(Engine):
    """The same questions in SQL. With SQLite every run opens the database anew, as every request of the house does."""

    def load(self) -> None:
        """Learn the primary keys."""
        self.database = Database()
        self.database.open()
        self.names = Names(self.database)
        self.entered = 0

    def before_each(self, question: str) -> None:
        """Forget what SQLite keeps in memory."""
        if not self.database.url:
            self.database.close()

    def after_all(self, question: str) -> None:
        """Take out the lines that were entered."""
        if self.entered:
            self.database.do("DELETE FROM ledger_entry WHERE key LIKE {p}", "sql-%")

    def server(self) -> int | None:
        """The server's process."""
        return self.database.server()

    def _ask(self, sql: str, *values) -> list[tuple]:
        if self.database.connection is None:
            self.database.open()
        return self.database.ask(sql, *values)

    def matrix(self) -> oracle.Sums:
        """Two groupings; rows, columns and the whole are added up from the cells."""
        return self.names.sums(self._ask(CELLS, self.names.year), self._ask(CROSS_CUTS, self.names.year))

    def drill(self, where: dict) -> dict:
        """A count and the first page."""
        of, values = OF_YEAR, [self.names.year]
        if "tag" in where:
            of, values = OF_TAG, [*values, self.names.tag_pks[where["tag"]]]
        elif where:
            cell = [self.names.programme_pks[where["programme"]], self.names.source_pks[where["source"]]]
            of, values = OF_CELL, [*values, *cell]
        found = self._ask(FIRST_PAGE.replace("{of}", of), *values)
        return {"rows": [list(row) for row in found], "count": self._ask(f"SELECT COUNT(*) {of}", *values)[0][0]}

    def new_line(self) -> oracle.Sums:
        """Enter, commit, and every sum again."""
        line = rows.extra_lines(self.entered + 1, self.lines)[-1]
        self.entered += 1
        names = self.names
        self._do(COPY_OF_FIRST, f"sql-{self.entered}", names.programme_pks[line.programme],
                 names.source_pks[line.source], "payment", line.amount_gr)  # fmt: skip
        return self.matrix()

    def _do(self, sql: str, *values) -> None:
        if self.database.connection is None:
            self.database.open()
        self.database.do(sql, *values)
