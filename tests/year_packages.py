"""The year packages of the examples and of the tests, read for comparison. No Django."""

import csv
from collections import defaultdict
from decimal import Decimal

from examples import describe
from spoiwo.kernel.money import parse_zl
from spoiwo.kernel.polish import Noun, counted
from spoiwo.kernel.precision import Precision
from spoiwo.ledger.domain.statement import Agreeing, Count, People, Words, parse_statement

PACKAGES = {folder.name: folder for folder in describe.PACKAGES}
REAL = ("lubuskie-2017", "lubuskie-2019")
LUBUSKIE = (*REAL, "lubuskie-demo", "lubuskie-2026")
PEOPLE = Noun("osoba", "osoby", "osób")


def rows(package: str, table: str) -> list[dict[str, str]]:
    """The rows of one table of a package; none when the package lacks the table."""
    file = PACKAGES[package] / f"{table}.csv"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def by_key(package: str, table: str, column: str) -> dict[str, str]:
    """One column of a table by the key or code of its rows."""
    return {row.get("key") or row["code"]: row[column] for row in rows(package, table)}


def signed_gr(line: dict[str, str]) -> int:
    """Whole grosze of a money line; a refund counts as minus."""
    return parse_zl(line["amount"]) * (-1 if line["kind"] == "refund" else 1)


def computed(package: str) -> dict[tuple[str, ...], int]:
    """What the money lines of a package add up to, by every scope a declared total can have."""
    sums: dict[tuple[str, ...], int] = defaultdict(int)
    for line in rows(package, "money"):
        gr = signed_gr(line)
        sums["grand",] += gr
        sums["source", line["source"]] += gr
        if line["programme"]:
            sums["programme", line["programme"]] += gr
        sums["cell", line["programme"], line["source"]] += gr
        for tag in filter(None, line["tags"].split(";")):
            sums["tag", tag] += gr
    return dict(sums)


def declared(package: str) -> dict[tuple[str, ...], int]:
    """The declared totals of a package under the same keys."""
    return {
        (row["scope"], *filter(None, (row["programme"], row["source"], row["tag"]))): parse_zl(row["amount"])
        for row in rows(package, "declared")
    }


def said(package: str) -> dict[str, str]:
    """The sentences of a package as they read, with plain spaces."""
    results = {row["key"]: row for row in rows(package, "results")}
    nouns = {
        row.pop("code"): Noun(**{form: text or None for form, text in row.items()}) for row in rows(package, "units")
    }

    def number(row: dict[str, str], case: str) -> str:
        value = Decimal(row["value"].replace(",", "."))
        return counted(value, nouns[row["unit"]], case=case, precision=Precision(row["precision"]))

    def spoken(row: dict[str, str], part) -> str:
        match part:
            case Words(text):
                return text
            case Count(key, case):
                return number(results[key] if key else row, case)
            case Agreeing(one, few, many):
                value = Decimal(row["value"])
                about = row["precision"] == "about"
                return many if about else counted(value, Noun(one, few, many)).split("\u00a0")[-1]
            case People():
                return counted(int(row["people"]), PEOPLE)
        raise AssertionError(part)

    return {
        key: "".join(spoken(row, part) for part in parse_statement(row["statement"])).replace("\u00a0", " ")
        for key, row in results.items()
    }
