"""Years as they come in by the real door, kept for a whole module of tests, and packages changed a little."""

import csv
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from spoiwo.ledger.services.import_year import import_year
from tests.plugin import ROOT

EXAMPLES = ROOT / "examples"
SECOND_REGION = ROOT / "tests" / "data" / "second-region"
Rows = list[dict[str, str]]


@contextmanager
def imported(*packages: Path) -> Iterator[None]:
    """Read packages in and take everything back at the end; tests inside roll back to here."""
    with transaction.atomic():
        for path in packages:
            import_year(path=path, by=None)
        yield
        transaction.set_rollback(True)


def changed_copy(package: Path, target: Path, **edits: Callable[[Rows], Rows | None]) -> Path:
    """A copy of a package whose tables are edited: `money=lambda rows: rows[1:]`; None keeps the list."""
    shutil.copytree(package, target)
    for table, edit in edits.items():
        file = target / f"{table}.csv"
        with file.open(encoding="utf-8", newline="") as source:
            reader = csv.DictReader(source)
            header, rows = reader.fieldnames, list(reader)
        edited = edit(rows)
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows if edited is None else edited)
    return target


def without(package: Path, target: Path, *tables: str) -> Path:
    """A copy of a package without some of its tables."""
    shutil.copytree(package, target)
    described = target / "datapackage.json"
    content = json.loads(described.read_text(encoding="utf-8"))
    content["resources"] = [row for row in content["resources"] if row["name"] not in tables]
    for row in content["resources"]:
        keys = row["schema"].get("foreignKeys", [])
        row["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] not in tables]
    described.write_text(json.dumps(content), encoding="utf-8")
    for table in tables:
        (target / f"{table}.csv").unlink()
    return target


def without_columns(package: Path, table: str, *columns: str) -> None:
    """Take columns out of a table of a copied package."""
    file = package / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    kept = [name for name in rows[0] if name not in columns]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, kept, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def zipped(package: Path, target: Path) -> Path:
    """A package as one archive."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(package.iterdir()):
            archive.write(file, file.name)
    return target


def put(key: str, /, **cells: str) -> Callable[[Rows], None]:
    """An edit that puts cells into the row with this key or code."""

    def edit(rows: Rows) -> None:
        (row,) = [row for row in rows if key in (row.get("key"), row.get("code"))]
        row |= cells

    return edit
