"""Two people, or one who presses twice, at the same moment: each on a connection of their own, through the pages.

`python -m checks.races` runs the same races hundreds of times, over HTTP, on both databases.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from http.client import HTTPConnection
from threading import Barrier

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import resolve

from spoiwo.access.audience import all_views
from spoiwo.access.models import Role, User
from spoiwo.audit import models as audit
from spoiwo.doors import once
from spoiwo.ledger.errors import PlanExceeded
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.tests.planned import committed, kept_year, planned
from spoiwo.organisations.models import Organisation
from spoiwo.ui.conflict import opened
from tests.factories import SourceFactory, StrategyFactory, YearFactory
from tests.registered import care_officer, unit
from tests.visitors import client_user, key_for, person, prove, visitor

Send = Callable[[Client, str, dict], tuple[int, str]]
ALWAYS = {"from_year": 2000, "to_year": 2099}


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
    response = twin.post(path, with_files(data))
    return response.status_code, response.headers.get("Location", "")


def with_files(data: dict) -> dict:
    """A form with its files: each sending reads its own from the beginning."""
    files = {name: SimpleUploadedFile(f"{name}.png", value) for name, value in data.items() if isinstance(value, bytes)}
    return data | files


def over_http(port: int) -> Send:
    """Send a form to a server on a port of this machine, as a browser does, guard and all."""

    def send(client: Client, path: str, data: dict) -> tuple[int, str]:
        guard = client.cookies[settings.CSRF_COOKIE_NAME].value
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        body = encode_multipart(BOUNDARY, with_files(data) | {"csrfmiddlewaretoken": guard})
        line = HTTPConnection("localhost", port, timeout=60)
        head = {"Cookie": cookies, "Content-Type": MULTIPART_CONTENT, "Host": f"localhost:{port}"}
        try:
            line.request("POST", path, body, head)
            response = line.getresponse()
            response.read()
            return response.status, response.headers.get("Location", "")
        finally:
            line.close()

    return send


def as_opened(client: Client, page: str, asking: dict | None = None) -> dict:
    """What the browser would send of the form on a page, as it was opened; `asking`: what is asked before it opens."""
    form = (client.post(page, asking) if asking else client.get(page)).context["form"]
    shown = {bound.html_name: bound.value() for bound in form}
    held = {name: value for name, value in shown.items() if value not in (None, "", [], False)}
    return {name: getattr(value, "pk", value) for name, value in held.items()} | {"opened": opened(form)}


class House:
    """One house in which the races are run: a year with a plan, a strategy, a unit with its register, and people."""

    def __init__(self) -> None:
        self.strategy = StrategyFactory(**ALWAYS)
        self.year = kept_year(strategy=self.strategy)
        planned(self.year, 10**9)
        self.source = SourceFactory()
        self.number = 0
        self.browsers: list[Client] = []
        self.officer, self.other = (self.browser(person(*_working())) for _n in range(2))
        self.nobody = self.browser()

    def browser(self, who: User | None = None) -> Client:
        """A browser of somebody, with the cookie that guards forms."""
        client = visitor(who)
        key_for(client, "/")
        self.browsers.append(client)
        return client

    @cached_property
    def unit(self) -> Organisation:
        """The unit that keeps the register."""
        return unit()

    @cached_property
    def carers(self) -> tuple[Client, Client]:
        """Two people of the unit who work with the register."""
        return tuple(self.browser(care_officer(self.unit)) for _n in range(2))

    @cached_property
    def guards(self) -> tuple[Client, Client]:
        """Two data-protection officers."""
        return tuple(self.browser(person(Role.DATA_PROTECTION_OFFICER)) for _n in range(2))

    def new(self) -> int:
        """A number that was not used yet."""
        self.number += 1
        return self.number

    def prove(self) -> None:
        """Everybody proves again who they are: long races take longer than a proof is good for."""
        for client in self.browsers:
            if user := key_holder(client):
                prove(client, user)


def _working() -> tuple[Role, ...]:
    return (Role.ROPS_OFFICER, Role.TREASURER, Role.DIRECTOR, Role.ADMINISTRATOR)


def key_holder(client: Client) -> User | None:
    """Who is signed in, if anybody."""
    user = client_user(client)
    return user if user.is_authenticated else None


# --- what the house says can be raced --------------------------------------------------------------


def declared(kind: str) -> set[str]:
    """The addresses, by name, of every view of the house that says it is one of `kind`: changes or once."""
    return {name for _route, name, view in all_views() if getattr(view, "sending", None) and view.sending.kind == kind}


def _goes_to(page: str, kind: str) -> list[str]:
    """A fault when the page of a race is not the one that the race is named after."""
    there = resolve(page.partition("?")[0]).view_name
    return [] if there == kind else [f"{kind}: wyścig idzie pod adres {there}"]


def reasons(row: models.Model, deed: str) -> str:
    """The reasons of all deeds of one kind about a row: of two that were done both would be told."""
    return ", ".join(audit.Record.objects.about(row).filter(deed=deed).values_list("reason", flat=True))


def times(row: models.Model, deed: str) -> str:
    """How many times a deed was done to a row."""
    return str(audit.Record.objects.about(row).filter(deed=deed).count())


# --- two people change one record ------------------------------------------------------------------


@dataclass(frozen=True)
class Shared:
    """A record that two people change: the page of its form, the field each fills in anew, how it is read back.

    `words`: what each of the two writes, when it is not a sentence. `more`: what else both fill in. `asking`: what the
    page asks before it shows the form. `hands`: who the two are, when not the officers. `refused`: how the second may
    be answered: with the page of both versions (409), or, where nothing was typed or the state allows no choice, by a
    page that tells how the record stands (302).
    `button`: there is no page with a form; without a `field` the deed is counted. `other_page`: where the second one
    does it, when each has a page of their own. `one_state`: both want the same, a closed account for example, so that
    the words of the first stay even when the second chooses their own.
    """

    page: str
    field: str
    read: Callable[[], str]
    more: dict = field(default_factory=dict)
    asking: dict = field(default_factory=dict)
    words: tuple[str, str] | None = None
    hands: tuple[Client, Client] | None = None
    refused: tuple[int, ...] = (409,)
    button: bool = False
    other_page: str = ""
    one_state: bool = False

    def typed_by(self, house: House) -> tuple[tuple[str, str], list[dict]]:
        """What should be read back of each of the two, and what their browsers send."""
        words = self.words or (f"Wersja pierwsza {house.new()}", f"Wersja druga {house.new()}")
        words = words if self.field else ("1", "1")
        begun = [{} if self.button else as_opened(client, page, self.asking) for client, page in self.of(house)]
        fields = [{self.field: text} if self.field else {} for text in words]
        return words, [held | self.more | typed for held, typed in zip(begun, fields, strict=True)]

    def of(self, house: House) -> list[tuple[Client, str]]:
        """The two people, each with their page."""
        hands = self.hands or (house.officer, house.other)
        return list(zip(hands, (self.page, self.other_page or self.page), strict=True))

    def is_kept(self, statuses: list[object], words: tuple[str, str]) -> bool:
        """Whether one was saved and the other refused, and what is read back is of the one that was saved."""
        if 302 not in statuses:
            return False
        other = statuses[1 - statuses.index(302)]
        if other == 302:
            return 302 in self.refused and self.read() in words
        return other in self.refused and self.read() == words[statuses.index(302)]


def race_to_change(
    house: House, kind: str, make: Callable[[], Shared], races: int, send: Send = through_django
) -> Outcome:
    """Two people open one record and save at the same moment: one is saved, the other is told."""
    outcome = Outcome(kind)
    house.prove()
    for _n in range(races):
        shared = make()
        words, sent = shared.typed_by(house)
        found = at_once(
            *[
                lambda client=client, page=page, data=data: send(client, page, data)
                for (client, page), data in zip(shared.of(house), sent, strict=True)
            ]
        )
        outcome.races += 1
        outcome.faults += _goes_to(shared.page, kind)
        statuses = [one[0] if isinstance(one, tuple) else repr(one) for one in found]
        if not shared.is_kept(statuses, words):
            outcome.faults.append(f"{kind}: {statuses}, zapisano {shared.read()!r}")
    return outcome


# --- one form is sent twice ------------------------------------------------------------------------


@dataclass(frozen=True)
class Making:
    """A form that creates: its page, what is typed, and how the rows it makes are counted."""

    page: str
    typed: dict
    count: Callable[[], int]
    client: Client


def race_to_create(
    house: House, kind: str, make: Callable[[], Making], races: int, send: Send = through_django
) -> Outcome:
    """The same form twice at the same moment: one row, and both answers lead to it."""
    outcome = Outcome(kind)
    house.prove()
    for _n in range(races):
        made = make()
        data = made.typed | {once.FIELD: key_for(made.client, made.page)}
        found = at_once(*[lambda made=made, data=data: send(made.client, made.page, data)] * 2)
        outcome.races += 1
        outcome.faults += _goes_to(made.page, kind)
        alike = isinstance(found[0], tuple) and found[0] == found[1] and found[0][0] == 302
        if not alike or made.count() != 1:
            outcome.faults.append(f"{kind}: {found}, wierszy {made.count()}")
    return outcome


def counted(model: type[models.Model], **facts) -> Callable[[], int]:
    """How many rows there are of these facts, asked when the race is over."""
    rows = model.objects.filter(**facts)
    return lambda: rows.count()


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
    return YearFactory(year=2031, keeps_plan=True, strategy=StrategyFactory(**ALWAYS))


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """A result and the seconds it took."""
    began = time.perf_counter()
    return work(), time.perf_counter() - began
