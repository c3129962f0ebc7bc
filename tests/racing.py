"""Two people, or one who presses twice, at the same moment: each on a connection of their own, through the pages.

`python -m checks.races` runs the same races hundreds of times, over HTTP, on both databases.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.ledger.errors import PlanExceeded
from spoiwo.ledger.models import Entry, FiscalYear
from spoiwo.ledger.services.entries import enter_entry
from spoiwo.ledger.tests.planned import committed, kept_year, planned, said
from spoiwo.reports.models import Narrative
from spoiwo.strategy.models import Indicator, Strategy, StrategyVersion
from spoiwo.strategy.services import updating
from spoiwo.ui.conflict import opened
from tests.factories import (
    DefinitionFactory,
    DutyFactory,
    GoalFactory,
    IndicatorFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TaskFactory,
)
from tests.visitors import key_for, person, visitor

Send = Callable[[Client, str, dict], tuple[int, str]]
ALWAYS = {"from_year": 2000, "to_year": 2099}
DAY = date(2026, 3, 2)


@dataclass
class Outcome:
    """What came of many races of one kind: how many, and a sentence for each that went wrong."""

    kind: str
    races: int = 0
    faults: list[str] = field(default_factory=list)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of them at the same moment; their results in order, or what they raised."""
    start = Barrier(len(deeds))

    def done(deed):
        try:
            start.wait(30)
            return deed()
        except Exception as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as hands:
        return list(hands.map(done, deeds))


def through_django(client: Client, path: str, data: dict) -> tuple[int, str]:
    """Send a form within this process: status and where it leads."""
    twin = type(client)()
    twin.cookies = client.cookies.copy()
    response = twin.post(path, data)
    return response.status_code, response.headers.get("Location", "")


def over_http(port: int) -> Send:
    """Send a form to a server on a port of this machine, as a browser does, guard and all."""

    def send(client: Client, path: str, data: dict) -> tuple[int, str]:
        guard = client.cookies[settings.CSRF_COOKIE_NAME].value
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        body = urlencode({**data, "csrfmiddlewaretoken": guard}, doseq=True)
        line = HTTPConnection("localhost", port, timeout=60)
        head = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Host": f"localhost:{port}"}
        try:
            line.request("POST", path, body, head)
            response = line.getresponse()
            response.read()
            return response.status, response.headers.get("Location", "")
        finally:
            line.close()

    return send


def as_opened(client: Client, page: str) -> dict:
    """What the browser would send of the form on a page, as it was opened."""
    form = client.get(page).context["form"]
    shown = {bound.html_name: bound.value() for bound in form}
    held = {name: value for name, value in shown.items() if value not in (None, "", [], False)}
    return {name: getattr(value, "pk", value) for name, value in held.items()} | {"opened": opened(form)}


class House:
    """One house in which the races are run: a year with a plan, a strategy, a draft, a consultation, two people."""

    def __init__(self) -> None:
        self.strategy = StrategyFactory(**ALWAYS)
        self.year = kept_year(strategy=self.strategy)
        planned(self.year, 10**9)
        self.source = SourceFactory()
        self.officer, self.other = (visitor(person(*_working())) for _n in range(2))
        for client in (self.officer, self.other):
            key_for(client, "/")
        self.nobody = visitor()
        key_for(self.nobody, "/")
        self.number = 0

    def new(self) -> int:
        """A number that was not used yet."""
        self.number += 1
        return self.number


def _working() -> tuple[Role, ...]:
    return (Role.ROPS_OFFICER, Role.TREASURER, Role.DIRECTOR, Role.ADMINISTRATOR)


# --- two people change one record ------------------------------------------------------------------


@dataclass(frozen=True)
class Record:
    """A record that two people change: its row, the page of its form, the field, how it is read back."""

    page: str
    field: str
    read: Callable[[], str]
    more: dict = field(default_factory=dict)


def changeable(house: House) -> dict[str, Callable[[], Record]]:
    """Kinds of records with a form that changes them; each call makes a new one."""
    office = "strategy_office"
    return {
        "cel": lambda: _in_tree(GoalFactory(strategy=house.strategy), f"{office}:goal-change", "name"),
        "program": lambda: _in_tree(ProgrammeFactory(strategy=house.strategy), f"{office}:programme-change", "name"),
        "zadanie": lambda: _in_tree(TaskFactory(), f"{office}:task-change", "note"),
        "wskaźnik": lambda: _in_tree(indicator(), "indicators:change", "name"),
        "wpis rejestru": lambda: _entry(house),
        "termin ustawowy": _duty,
        "opis w sprawozdaniu": lambda: _narrative(house),
        "element projektu": lambda: _element(house),
    }


def _in_tree(row: models.Model, page: str, name: str) -> Record:
    read = type(row).objects.filter(pk=row.pk).values_list(name, flat=True)
    return Record(reverse(page, args=[row.code]), name, lambda: read.get(), {"reason": "wyścig"})


def indicator() -> Indicator:
    """An indicator of a task, with its definition."""
    row = IndicatorFactory(programme=None, task=TaskFactory())
    DefinitionFactory(indicator=row)
    return row


def draft_of(strategy: Strategy) -> StrategyVersion:
    """The draft of a strategy, opened when there is none."""
    held = strategy.versions.filter(state="draft").first()
    return held or updating.open_draft(strategy=strategy, title="Wyścig", now=timezone.now(), by=None)


def _entry(house: House) -> Record:
    row = enter_entry(year=house.year, amount_gr=1, **said(date=date(2026, 3, 1)))
    read = Entry.objects.filter(pk=row.pk).values_list("description", flat=True)
    page = reverse("ledger:entry-change", args=[house.year.year, row.pk])
    return Record(page, "description", lambda: read.get(), {"reason": "wyścig"})


def _duty() -> Record:
    row = DutyFactory()
    read = type(row).objects.filter(pk=row.pk).values_list("name", flat=True)
    return Record(
        reverse("duties:change", args=[2026, row.code]), "name", lambda: read.get(), {"reason": "Wyścig zmyślony."}
    )


def _narrative(house: House) -> Record:
    read = Narrative.objects.filter(year=house.year, programme=None).values_list("text", flat=True)
    return Record(reverse("report-office:narrative-year", args=[house.year.year]), "text", lambda: read.get())


def _element(house: House) -> Record:
    draft = draft_of(house.strategy)
    code = f"W-{house.new()}"
    updating.add_element(draft=draft, kind="goal", code=code, values={"name": "Cel"}, on=DAY, by=None)

    def read() -> str:
        content = StrategyVersion.objects.get(pk=draft.pk).content
        return next(row["name"] for row in content["goals"] if row["code"] == code)

    return Record(reverse("updating:element", args=[draft.pk, "goal", code]), "name", read)


def race_to_change(house: House, kind: str, races: int, send: Send = through_django) -> Outcome:
    """Two people open one record and save at the same moment: one is saved, the other is told."""
    outcome = Outcome(kind)
    for _n in range(races):
        record = changeable(house)[kind]()
        words = [f"Wersja pierwsza {house.new()}", f"Wersja druga {house.new()}"]
        sent = [
            as_opened(client, record.page) | record.more | {record.field: text}
            for client, text in zip((house.officer, house.other), words, strict=True)
        ]
        found = at_once(
            lambda first=sent[0], page=record.page: send(house.officer, page, first),
            lambda second=sent[1], page=record.page: send(house.other, page, second),
        )
        outcome.races += 1
        statuses = [one[0] if isinstance(one, tuple) else repr(one) for one in found]
        if sorted(map(str, statuses)) != ["302", "409"] or record.read() != words[statuses.index(302)]:
            outcome.faults.append(f"{kind}: {statuses}, zapisano {record.read()!r}")
    return outcome


# --- more is asked for than there is ---------------------------------------------------------------


def oversell(requests: int, places: int, hands: int) -> tuple[int, int, int]:
    """So many requests for money of which there is enough for so many: how many got it, were refused, and what is left.

    `hands` is how many of them are under way at the same moment.
    """
    year = FiscalYear.objects.filter(year=2031).first() or _year_of_races()
    source = SourceFactory(code=f"z-{year.plan_entries.count()}")
    planned(year, places * 10_00, source=source, date=date(2031, 1, 2))

    def ask(_n: int) -> str:
        try:
            committed(FiscalYear.objects.get(pk=year.pk), 10_00, source=source, date=date(2031, 2, 1))
            return "got"
        except PlanExceeded:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        found = list(pool.map(ask, range(requests)))
    rows = year.plan_entries.filter(source=source)
    left_gr = places * 10_00 - sum(row.amount_gr for row in rows.filter(kind="commitment"))
    return found.count("got"), found.count("refused"), left_gr


def _year_of_races() -> FiscalYear:
    from tests.factories import YearFactory

    return YearFactory(year=2031, keeps_plan=True, strategy=StrategyFactory(**ALWAYS))


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """A result and the seconds it took."""
    began = time.perf_counter()
    return work(), time.perf_counter() - began
