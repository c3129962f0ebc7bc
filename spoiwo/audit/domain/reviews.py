"""What the weekly review of readings looks for: rules with their thresholds, as data.

Sources: trust.md section 5 (own family name, after hours, many files a day, a unit never assigned); the decisions on
hospitals whose logs existed and were not reviewed (Haga 2019, OLVG 2021). The thresholds are the house's own proposal.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from spoiwo.kernel.canonical import fingerprint
from spoiwo.kernel.days import is_working

WORK_BEGINS, WORK_ENDS = time(6), time(20)
OPENED_WITHIN = timedelta(minutes=15)  # a search after which something was opened so soon led somewhere
DAYS_TO_SIGN = 14  # after the end of the week


class Kind(StrEnum):
    """What an event of the record is for the review."""

    READING = "reading"
    LISTING = "listing"  # read without opening: it stood in a list of what was found
    SEARCH = "search"
    EXPORT = "export"
    REFUSAL = "refusal"


@dataclass(frozen=True)
class Event:
    """One entry of the record that the review looks at; `at` by the clock of the office, `count` of refusals so far."""

    sequence: int
    at: datetime
    by_id: int | None
    by_name: str
    deed: str
    about_type: str
    about_id: str
    kind: Kind
    page: str = ""
    count: int = 1


@dataclass(frozen=True)
class Hit:
    """What a rule found: one person, one day, how many, and the entries it is made of."""

    rule: str
    by_id: int | None
    by_name: str
    day: str  # ISO
    count: int
    sequences: list[int] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its name within the week."""
        return f"{self.rule}-{self.by_id or 0}-{self.day}"


@dataclass(frozen=True)
class Week:
    """A week from Monday to Sunday, numbered as in ISO 8601."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Sunday."""
        return self.first + timedelta(days=6)

    @property
    def code(self) -> str:
        """As it stands in addresses and in the database: "2026-W09"."""
        return f"{self.year}-W{self.number:02}"

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been signed by now."""
        return today > self.last + timedelta(days=DAYS_TO_SIGN)


def week_of(day: date) -> Week:
    """The week a day lies in."""
    year, number, _weekday = day.isocalendar()
    return Week(year, number)


def read_week(code: str) -> Week:
    """A week from its code. Raises: ValueError."""
    year, _w, number = code.partition("-W")
    if not (len(year) == 4 and len(number) == 2 and (year + number).isascii() and (year + number).isdigit()):
        raise ValueError(code)
    week = Week(int(year), int(number))
    if week_of(week.first) != week:  # fromisocalendar refuses a week that the year does not have
        raise ValueError(code)
    return week


Groups = dict[tuple[int | None, date], list[Event]]


def by_person_and_day(events: Iterable[Event], *kinds: Kind) -> Groups:
    """Events of these kinds, in groups of one person and one day."""
    groups: Groups = defaultdict(list)
    for event in events:
        if event.kind in kinds:
            groups[event.by_id, event.at.date()].append(event)
    return groups


def many_opened(day: list[Event], limit: int) -> tuple[int, list[Event]]:
    """More than so many different records opened in a day."""
    opened = len({(event.about_type, event.about_id) for event in day})
    return (opened, day) if opened > limit else (0, [])


def after_hours(day: list[Event], limit: int) -> tuple[int, list[Event]]:
    """Openings before six, from eight in the evening, on a Saturday, a Sunday or a holiday."""
    late = [event for event in day if not _in_hours(event.at)]
    return (len(late), late) if len(late) > limit else (0, [])


def _in_hours(at: datetime) -> bool:
    return is_working(at.date()) and WORK_BEGINS <= at.time() < WORK_ENDS


def idle_searches(day: list[Event], limit: int) -> tuple[int, list[Event]]:
    """Searches after which nothing was opened: somebody tries out names."""
    openings = [event.at for event in day if event.kind is Kind.READING]
    idle = [
        event
        for event in day
        if event.kind is Kind.SEARCH and not any(event.at <= at <= event.at + OPENED_WITHIN for at in openings)
    ]
    return (len(idle), idle) if len(idle) > limit else (0, [])


def exports(day: list[Event], limit: int) -> tuple[int, list[Event]]:
    """Protected data taken out as a file."""
    return (len(day), day) if len(day) > limit else (0, [])


def many_refusals(day: list[Event], limit: int) -> tuple[int, list[Event]]:
    """Protected pages that were refused; the record holds the attempts 1, 2, 4, 8 … of each page."""
    most: dict[str, int] = defaultdict(int)
    for event in day:
        most[event.page] = max(most[event.page], event.count)
    refused = sum(most.values())
    return (refused, day) if refused > limit else (0, [])


@dataclass(frozen=True)
class Rule:
    """One question: which events it looks at, more than how many of them are a hit, and how they are counted."""

    code: str
    limit: int
    kinds: tuple[Kind, ...]
    find: Callable[[list[Event], int], tuple[int, list[Event]]]


RULES = (
    Rule("many-opened", 30, (Kind.READING,), many_opened),
    Rule("after-hours", 0, (Kind.READING, Kind.LISTING), after_hours),
    Rule("idle-searches", 10, (Kind.SEARCH, Kind.READING), idle_searches),
    Rule("exports", 0, (Kind.EXPORT,), exports),
    Rule("many-refusals", 10, (Kind.REFUSAL,), many_refusals),
)


def hits_of(events: list[Event], rules: Iterable[Rule] = RULES) -> list[Hit]:
    """What the rules find among the events of a week, in the order of rules, persons and days."""
    hits = []
    for rule in rules:
        for found in by_person_and_day(events, *rule.kinds).values():
            count, entries = rule.find(found, rule.limit)
            if count:
                hits.append(hit_of(rule.code, entries, count))
    return hits


def hit_of(code: str, entries: list[Event], count: int | None = None) -> Hit:
    """A hit made of entries of one person and one day."""
    first = entries[0]
    sequences = [event.sequence for event in entries]
    return Hit(code, first.by_id, first.by_name, first.at.date().isoformat(), count or len(entries), sequences)


def hits_of_signal(code: str, events: list[Event], found: Iterable[int]) -> list[Hit]:
    """The numbers that a room above returned, as hits by person and day; what is not among the events is left out."""
    wanted = set(found)
    groups = by_person_and_day((event for event in events if event.sequence in wanted), *Kind)
    return [hit_of(code, entries) for entries in groups.values()]


def digest_of(hits: Iterable[Hit]) -> str:
    """The fingerprint of what was found, for the person who signs it."""
    return fingerprint([vars(hit) for hit in hits])
