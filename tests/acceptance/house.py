"""One data directory and the console command that works on it, as a person at a terminal has them. No Django."""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from tests.plugin import ROOT

EXAMPLES = ROOT / "examples"
PACKAGE_2017 = EXAMPLES / "lubuskie-2017"
PACKAGE_2019 = EXAMPLES / "lubuskie-2019"
SECOND_REGION = ROOT / "tests" / "data" / "second-region"
FORMATS = ("html", "pdf", "docx", "xlsx", "csv", "json")
LONGEST = 120  # seconds one command may take on a busy machine
HARD_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009"), " ")

Row = dict[str, str]


@dataclass(frozen=True)
class Done:
    """What one command left: exit code and the two streams, with plain spaces."""

    code: int
    out: str
    err: str

    @cached_property
    def json(self):
        """Standard output read as one JSON document; fails when anything else stands there."""
        return json.loads(self.out)

    @property
    def all(self) -> str:
        """Both streams, for messages that may stand on either."""
        return f"{self.out}\n{self.err}"


class House:
    """A data directory; calling it runs `spoiwo` there."""

    def __init__(self, data: Path):
        self.data = data

    def __call__(self, *arguments: object, typed: str = "", **environment: str) -> Done:
        """Run one command to its end; whatever its exit code. `typed` is what the person types."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SPOIWO_")}
        clean |= {"SPOIWO_DATA_DIR": str(self.data), "SPOIWO_PLAIN_HTTP": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "spoiwo.config", *map(str, arguments)],
            cwd=ROOT,
            env=clean | environment,
            capture_output=True,
            input=typed.encode(),
            timeout=LONGEST,
            check=False,
        )
        return Done(done.returncode, _plain(done.stdout), _plain(done.stderr))

    def does(self, *arguments: object, typed: str = "", **environment: str) -> Done:
        """Run one command that has to succeed."""
        done = self(*arguments, typed=typed, **environment)
        assert done.code == 0, (arguments, done)
        return done

    def moved(self, to: Path) -> "House":
        """A copy of this house in another directory; what happens there does not happen here."""
        shutil.copytree(self.data, to)
        return House(to)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "spoiwo.sqlite3"

    def rows(self) -> str:
        """A digest of every row of every table."""
        digest = sha256()
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            for statement in connection.iterdump():
                digest.update(statement.encode())
        connection.close()
        return digest.hexdigest()

    def files(self) -> dict[str, str]:
        """Every other file of the data directory with a digest of its content."""
        return {
            path.relative_to(self.data).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.data.rglob("*"))
            if path.is_file() and not path.name.startswith(self.database.name)
        }


def _plain(raw: bytes) -> str:
    return raw.decode("utf-8").translate(HARD_SPACES)


def package(of: Path, to: Path, **changes: Callable[[list[Row]], object]) -> Path:
    """A copy of a year package; `money=f` lets `f` change the list of the rows of `money.csv` in place."""
    shutil.copytree(of, to)
    for table, change in changes.items():
        file = to / f"{table}.csv"
        with file.open(encoding="utf-8", newline="") as source:
            reader = csv.DictReader(source)
            columns, rows = reader.fieldnames, list(reader)
        change(rows)
        with file.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, columns)
            writer.writeheader()
            writer.writerows(rows)
    return to


def table(of: Path, name: str) -> list[Row]:
    """The rows of one table of a package."""
    with (of / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def grosze(amount: str) -> int:
    """Whole grosze of an amount as the packages write it: `90363,35`."""
    zlote, grosze_part = amount.split(",")
    return int(zlote) * 100 + int(grosze_part)


def amount(gr: int) -> str:
    """The other way round: 9036335 is `90363,35`."""
    return f"{gr // 100},{gr % 100:02}"


def by_grosz(key: str, step: int) -> Callable[[list[Row]], None]:
    """A change of package: the money line `key` becomes `step` grosze more."""

    def change(rows: list[Row]) -> None:
        (row,) = (row for row in rows if row["key"] == key)
        row["amount"] = amount(grosze(row["amount"]) + step)

    return change
