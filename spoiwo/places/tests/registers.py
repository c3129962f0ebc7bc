"""Registers of places for tests: the shipped one with a few rows changed."""

import csv
from pathlib import Path

from spoiwo.places.services import COLUMNS, SHIPPED_REGISTER

Rows = dict[str, dict[str, str]]


def shipped() -> Rows:
    """The shipped register by code."""
    with SHIPPED_REGISTER.open(encoding="utf-8", newline="") as source:
        return {row["code"]: row for row in csv.DictReader(source)}


def written(path: Path, rows: Rows | list[dict[str, str]]) -> Path:
    """A register as a file."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows.values() if isinstance(rows, dict) else rows)
    return path


def unit(code: str, name: str, **facts: str) -> dict[str, str]:
    """One row of a register; the level follows the length of the code."""
    level = {2: "voivodeship", 4: "powiat", 7: "gmina"}.get(len(code), "gmina")
    row = {"code": code, "level": level, "kind": level, "name": name, "parent_code": code[:-3], "seat": name}
    return row | {"lat": "", "lon": ""} | facts
