"""Packages that can be read but hold one wrong thing each."""

from spoiwo.ledger.domain.faults import Fault
from spoiwo.ledger.tests.intake.packages import Tables, good, package_files, write_folder
from tests.hostile.case import Case


def with_column(name: str, heading: str, value: str) -> Tables:
    """The package with one more column at the end of a table, filled in the first row."""
    tables = good()
    tables[name] = [
        [*row, heading if number == 0 else value if number == 1 else ""] for number, row in enumerate(tables[name])
    ]
    return tables


def renamed(name: str, heading: str, other: str) -> Tables:
    """The package with one heading changed."""
    tables = good()
    tables[name][0] = [other if cell == heading else cell for cell in tables[name][0]]
    return tables


def circle_of_predecessors() -> Tables:
    """p-1 comes after p-2, p-2 after p-0, p-0 after p-1."""
    tables = good()
    rows, index = tables["programmes"], tables["programmes"][0].index("predecessors")
    rows[1][index], rows[2][index], rows[3][index] = "p-2", "p-0", "p-1; dawny-1"
    return tables


def without_table(name: str) -> Tables:
    """The package without a table."""
    tables = good()
    del tables[name]
    return tables


def with_table(name: str, rows: list[list[object]]) -> Tables:
    """The package with a table more, or another one of that name."""
    return good() | {name: rows}


def content_case(name: str, tables: Tables, fault: Fault) -> Case:
    """A folder that can be read and holds one wrong thing."""
    return Case(name, lambda folder: write_folder(folder / "rok", package_files(tables)), fault)
