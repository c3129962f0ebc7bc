"""The same sums by those who could do them instead: SQL on the same database, pandas and DuckDB on the same rows."""

import csv
import io
import sqlite3
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas

from benchmarks.decade import rows
from benchmarks.decade.rival import Rival
from benchmarks.engines.sql import Database

OF_TASK = """SELECT y.year, s."order", SUM(e.amount_gr) FROM ledger_entry e JOIN ledger_fiscalyear y ON y.id = e.year_id
JOIN ledger_source s ON s.id = e.source_id JOIN strategy_{table} t ON t.id = e.{table}_id
WHERE t."order" = {p} GROUP BY y.year, s."order" """
OF_YEAR = """SELECT t."order", s."order", SUM(e.amount_gr) FROM ledger_{lines} e
JOIN ledger_fiscalyear y ON y.id = e.year_id JOIN ledger_source s ON s.id = e.source_id
JOIN strategy_programme t ON t.id = e.programme_id WHERE y.year = {p} {kind} GROUP BY t."order", s."order" """
WHOLE = """SELECT y.year, p."order" AS programme, t."order" AS task, s."order" AS source, e.amount_gr{more}
FROM ledger_{lines} e JOIN ledger_fiscalyear y ON y.id = e.year_id JOIN ledger_source s ON s.id = e.source_id
JOIN strategy_programme p ON p.id = e.programme_id JOIN strategy_task t ON t.id = e.task_id"""
KINDS = {"plan": "AND e.kind = 'plan'", "committed": "AND e.kind = 'commitment'"}


def _by_source_and_programme(name: str, found: list[tuple]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for programme, source, amount_gr in found:
        rows.add(sums, f"{name} source {int(source)}", int(amount_gr))
        rows.add(sums, f"{name} programme {int(programme)}", int(amount_gr))
    return sums


class PlainSql(Rival):
    """Grouping in the house's own database, opened anew for every run."""

    def load(self) -> None:
        self.database = Database()
        self.database.open()

    def before_each(self) -> None:
        self.database.close()
        self.database.open()

    def task(self) -> dict[str, int]:
        return self._of("task", rows.TASK)

    def programme(self) -> dict[str, int]:
        return self._of("programme", rows.PROGRAMME)

    def _of(self, table: str, order: int) -> dict[str, int]:
        found = self.database.ask(OF_TASK.replace("{table}", table), order)
        return {f"{year} {source}": int(total) for year, source, total in found}

    def desk(self) -> dict[str, int]:
        sums = {}
        for name, lines in (("spent", "entry"), ("plan", "planentry"), ("committed", "planentry")):
            question = OF_YEAR.replace("{lines}", lines).replace("{kind}", KINDS.get(name, ""))
            sums |= _by_source_and_programme(name, self.database.ask(question, rows.YEAR))
        return sums


def _frames() -> tuple[pandas.DataFrame, pandas.DataFrame]:
    database = Database()
    database.open()
    question = WHOLE.replace("{lines}", "entry").replace("{more}", "")
    spent = pandas.DataFrame(database.ask(question), columns=["year", "programme", "task", "source", "amount_gr"])
    question = WHOLE.replace("{lines}", "planentry").replace("{more}", ", e.kind")
    plan = pandas.DataFrame(
        database.ask(question), columns=["year", "programme", "task", "source", "amount_gr", "kind"]
    )
    database.close()
    return spent, plan


class Pandas(Rival):
    """Frames in memory, made of the same rows."""

    def load(self) -> None:
        self.spent, self.plan = _frames()

    def task(self) -> dict[str, int]:
        return self._of(self.spent["task"] == rows.TASK)

    def programme(self) -> dict[str, int]:
        return self._of(self.spent["programme"] == rows.PROGRAMME)

    def _of(self, chosen: pandas.Series) -> dict[str, int]:
        found = self.spent[chosen].groupby(["year", "source"])["amount_gr"].sum()
        return {f"{year} {source}": int(total) for (year, source), total in found.items()}

    def desk(self) -> dict[str, int]:
        plan = self.plan[self.plan["year"] == rows.YEAR]
        frames = {"spent": self.spent[self.spent["year"] == rows.YEAR], "plan": plan[plan["kind"] == "plan"],
                  "committed": plan[plan["kind"] == "commitment"]}  # fmt: skip
        sums = {}
        for name, frame in frames.items():
            found = frame.groupby(["programme", "source"])["amount_gr"].sum()
            sums |= _by_source_and_programme(name, [(p, s, total) for (p, s), total in found.items()])
        return sums

    def books(self, path: Path) -> dict[str, int]:
        """Read the file, drop repeated numbers, put the rows into a table of SQLite, group them."""
        frame = pandas.read_csv(path, sep=";", dtype=str).drop_duplicates("Numer")
        digits = frame["Kwota"].str.replace("\u00a0", "").str.replace(",", ".")
        frame["amount_gr"] = [int(Decimal(text) * 100) for text in digits]
        with sqlite3.connect(path.with_suffix(".sqlite3")) as base:
            base.execute("PRAGMA synchronous=FULL")
            frame.to_sql("entry", base, if_exists="replace", index=False)
        found = frame.groupby(["Rozdział", "Paragraf"])["amount_gr"].sum()
        return {f"{chapter} {paragraph}": int(total) for (chapter, paragraph), total in found.items()}


class DuckDb(Rival):
    """A table in memory, one thread."""

    def load(self) -> None:
        self.base = duckdb.connect(":memory:", config={"threads": "1"})
        spent, plan = _frames()
        for name, frame in (("spent", spent), ("plan", plan)):
            self.base.register("arrays", {c: frame[c].to_numpy() for c in frame.columns})
            self.base.execute(f"CREATE TABLE {name} AS SELECT * FROM arrays")
            self.base.unregister("arrays")

    def task(self) -> dict[str, int]:
        return self._of("task", rows.TASK)

    def programme(self) -> dict[str, int]:
        return self._of("programme", rows.PROGRAMME)

    def _of(self, column: str, order: int) -> dict[str, int]:
        question = f"SELECT year, source, SUM(amount_gr) FROM spent WHERE {column} = ? GROUP BY year, source"
        return {
            f"{year} {source}": int(total) for year, source, total in self.base.execute(question, [order]).fetchall()
        }

    def desk(self) -> dict[str, int]:
        sums = {}
        for name, table, kind in (("spent", "spent", ""), ("plan", "plan", "AND kind = 'plan'"),
                                  ("committed", "plan", "AND kind = 'commitment'")):  # fmt: skip
            question = f"""SELECT programme, source, SUM(amount_gr) FROM {table} WHERE year = ? {kind}
                GROUP BY programme, source"""
            sums |= _by_source_and_programme(name, self.base.execute(question, [rows.YEAR]).fetchall())
        return sums


class PlainPython(Rival):
    """A loop over the file with the csv module: what a careful clerk's script does."""

    def books(self, path: Path) -> dict[str, int]:
        """Read the file and add up; nothing is stored."""
        sums: dict[str, int] = {}
        seen: set[str] = set()
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"):
            if row["Numer"] not in seen:
                seen.add(row["Numer"])
                amount_gr = int(row["Kwota"].replace("\u00a0", "").replace(",", ""))
                rows.add(sums, f"{row['Rozdział']} {row['Paragraf']}", amount_gr)
        return sums


class Limit(Rival):
    """What nobody can do without: the bytes of the file, read and written once."""

    def books(self, path: Path) -> dict[str, int]:
        """Read the file and write it to a disk with fsync."""
        import os

        content = path.read_bytes()
        with path.with_suffix(".copy").open("wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        return {"bytes": len(content)}


RIVALS = {"sql": PlainSql, "pandas": Pandas, "duckdb": DuckDb, "python": PlainPython, "limit": Limit}
