"""The accessibility declaration as rules: what was found, what the office has to say, and the status that follows.

Source: Act of 4 April 2019 on digital accessibility (Dz.U. 2023 item 1440), art. 10 and 12; technical conditions
of declarations, version 2.0 of 31 July 2024.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?[\d ]{9,20}")


class Standing(StrEnum):
    """How the site stands to the act; the three of the act, and the honest fourth."""

    NOT_EXAMINED = "not_examined"
    CONFORMS = "conforms"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True)
class Results:
    """What a run of the machine found: pages, how each was looked at, and the rules that were broken."""

    run_on: date
    tool: str
    pages: int
    looks: int  # pages times widths times colours
    faulty_pages: int
    widths: tuple[int, ...]
    themes: tuple[str, ...]
    violations: Mapping[str, int] = field(default_factory=dict)  # rule of axe: looks that broke it


@dataclass(frozen=True)
class Failure:
    """What is known not to be accessible, or not known to be: why, what to use instead, until when."""

    code: str
    what: Mapping[str, str]  # by language
    reason: Mapping[str, str]
    instead: Mapping[str, str]
    planned: date | None


@dataclass(frozen=True)
class App:
    """A mobile application of the office."""

    name: str
    url: str


@dataclass(frozen=True)
class Office:
    """What only the office can say; None where it has not said it."""

    entity: str | None = None
    site_url: str | None = None
    published_on: date | None = None
    updated_on: date | None = None
    prepared_on: date | None = None
    reviewed_on: date | None = None  # none before the first review
    contact: str | None = None
    email: str | None = None
    phone: str | None = None
    architecture: str | None = None
    communication: str | None = None
    apps: tuple[App, ...] | None = None


NEED_NOT_BE_SAID = {"reviewed_on"}
EXPECTED = {  # in the order of the page
    "entity": "a text", "site_url": "an address that begins with https://", "published_on": "a day as 2026-09-24",
    "updated_on": "a day as 2026-09-24", "prepared_on": "a day as 2026-09-24", "reviewed_on": "a day as 2026-09-24",
    "contact": "a text", "email": "an e-mail address", "phone": "a number of 9 digits or more",
    "apps": "a list of name and url, [] when there is none", "architecture": "a text", "communication": "a text",
}  # fmt: skip


def standing(results: Results | None, failures: tuple[Failure, ...]) -> Standing:
    """Tell the status from what was found; nobody types it.

    Source: the act, art. 10(4)(3); Decision (EU) 2018/1523: "not" when most of the site does not conform. House rule:
    what nobody has confirmed counts against full conformity.
    """
    if results is None or not results.pages:
        return Standing.NOT_EXAMINED
    if 2 * results.faulty_pages > results.pages:
        return Standing.NOT
    return Standing.PARTLY if results.violations or results.faulty_pages or failures else Standing.CONFORMS


def review_due(last: date) -> date:
    """The day by which a declaration made or reviewed on a day has to be reviewed: the next 31 March.

    Source: the act, art. 11(1).
    """
    this_year = date(last.year, 3, 31)
    return this_year if last < this_year else date(last.year + 1, 3, 31)


def missing(office: Office) -> list[str]:
    """Names of what the office still has to say, in the order of the page."""
    return [name for name in EXPECTED if name not in NEED_NOT_BE_SAID and getattr(office, name) is None]


def read_results(found: Mapping | None) -> Results | None:
    """The results as the run wrote them; None when there was no run.

    Raises: KeyError, TypeError or ValueError when the file was written by hand and does not hold.
    """
    if found is None:
        return None
    return Results(
        run_on=date.fromisoformat(found["run_on"]),
        tool=found["tool"],
        pages=found["pages"],
        looks=found["looks"],
        faulty_pages=found["faulty_pages"],
        widths=tuple(found["widths"]),
        themes=tuple(found["themes"]),
        violations=dict(sorted(found["violations"].items())),
    )


def read_failures(rows: list[Mapping]) -> tuple[Failure, ...]:
    """Known failures; every one says all in both languages."""
    return tuple(
        Failure(
            code=row["code"],
            what=row["what"],
            reason=row["reason"],
            instead=row["instead"],
            planned=date.fromisoformat(row["planned"]) if row["planned"] else None,
        )
        for row in rows
    )


def read_office(found: object) -> tuple[Office, list[str]]:
    """What the office said, and the names of what it said in a way that cannot be used."""
    if not isinstance(found, dict):
        return Office(), list(EXPECTED)
    said, unusable = {}, sorted(set(found) - set(EXPECTED))
    for name in EXPECTED:
        if found.get(name) in (None, ""):
            continue
        said[name] = _value(name, found[name])
        if said[name] is None:
            unusable.append(name)
    return Office(**said), unusable


def _value(name: str, given: object) -> object:
    """One thing as the office wrote it; None when it is not what is expected."""
    if name == "apps":
        return _apps(given)
    if not isinstance(given, str) or not given.strip():
        return None
    text = given.strip()
    if name.endswith("_on"):
        return _day(text)
    fits = {"site_url": _is_address, "email": ADDRESS.fullmatch, "phone": PHONE.fullmatch}.get(name, bool)
    return text if fits(text) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "https" and bool(parts.hostname)


def _apps(given: object) -> tuple[App, ...] | None:
    if not isinstance(given, list):
        return None
    apps = []
    for row in given:
        name, url = (row.get("name"), row.get("url")) if isinstance(row, dict) else (None, None)
        if not isinstance(name, str) or not name.strip() or not isinstance(url, str) or not _is_address(url):
            return None
        apps.append(App(name.strip(), url))
    return tuple(apps)
