"""The sweep: every page as everybody, what is sent and typed, then everything that was left behind."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from checks.attack.allowed import Visit, is_allowed, is_aside
from checks.attack.canaries import Searcher, written_of
from checks.attack.register import House, scan_of
from spoiwo.access.logs import JsonLines, PlainLines
from spoiwo.access.models import Role
from spoiwo.doors.once import FIELD
from spoiwo.persons.models import NAMES, Person
from spoiwo.persons.views import opening
from tests.matrix.addresses import Door, doors
from tests.matrix.personas import OWN, OWN_CASE, Persona, browser_of, relations_of
from tests.registered import OPENING
from tests.visitors import key_for

LEFT_OUT = {"account_logout"}  # would end the visit
PACKED = "br, gzip"
REASON = {"reason": "Wniosek zmyślony 7/2026."}


@dataclass
class Sweep:
    """What was looked through and what was found where it must not stand."""

    house: House
    searcher: Searcher
    searched: Counter = field(default_factory=Counter)
    seen: Counter = field(default_factory=Counter)  # where words were found that may stand there
    leaks: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)  # of places with a leak
    statuses: Counter = field(default_factory=Counter)
    logged: StringIO = field(default_factory=StringIO)

    def look(self, kind: str, content: bytes | str, where: str = "", *, asked=frozenset()) -> None:
        """Search something in which no word may stand but those that were asked for by its address."""
        self.searched[kind] += 1
        for hit in sorted(self.searcher.found_in(content), key=str):
            if (hit.person, hit.field) in asked:
                self.seen["adres, o który zapytano"] += 1
            elif is_aside(self.house, kind, hit):
                self.seen["paczka, która czeka"] += 1
            else:
                self._found(kind, where, hit)

    def look_at_answer(self, response: HttpResponse, visit: Visit) -> None:
        """Search an answer: its headers and cookies, and its body, in which some words may stand."""
        self.statuses[response.status_code] += 1
        where = f"{visit.view} {visit.method} {visit.status} · {visit.persona.name}"
        heads = "\n".join([*(f"{name}: {value}" for name, value in response.items()), response.cookies.output()])
        self.look("nagłówki odpowiedzi", heads, where)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        kind = "pliki do pobrania" if "Content-Disposition" in response.headers else "strony i odpowiedzi API"
        kind = "strony błędów" if response.status_code >= 400 else kind
        self.searched[kind] += 1
        for hit in sorted(self.searcher.found_in(body, response.headers.get("Content-Encoding", "")), key=str):
            if is_allowed(self.house, visit, hit):
                self.seen[visit.view] += 1
            else:
                self._found(kind, where, hit)

    def _found(self, kind: str, where: str, hit) -> None:
        self.kinds.add(kind)
        place = " · ".join(filter(None, (kind, where, hit.part)))
        self.leaks.append(f"{place}: {hit.field} osoby {hit.person} ({hit.form})")


@contextmanager
def listening(sweep: Sweep) -> Iterator[None]:
    """Write down every line that the house would write on a server and at a terminal."""
    root, observed = logging.getLogger(), logging.getLogger("spoiwo.access.observing")
    before, level = root.handlers[:], observed.level
    handlers = [logging.StreamHandler(sweep.logged) for _form in range(2)]
    for handler, form in zip(handlers, (JsonLines(), PlainLines()), strict=True):
        handler.setFormatter(form)
    root.handlers[:] = handlers
    observed.setLevel(logging.INFO)
    try:
        yield
    finally:
        observed.setLevel(level)
        root.handlers[:] = before


class Visitor:
    """A browser of one persona whose every answer is searched."""

    def __init__(self, sweep: Sweep, persona: Persona) -> None:
        self.sweep, self.persona, self.house = sweep, persona, sweep.house
        self.client: Client = browser_of(persona, sweep.house.users[persona.name])
        self.cookies = self.client.cookies.output(header="", sep=";")

    def get(self, name: str, address: str, typed=frozenset(), **query: str) -> HttpResponse:
        """Ask for a page."""
        client, packed = self.client, {}
        if self.house.users[self.persona.name] is None:  # a browser without any cookie, whom the public cache serves
            client, packed = Client(raise_request_exception=False), {"HTTP_ACCEPT_ENCODING": PACKED}
        return self._seen(client.get(address, query, **packed), name, "get", typed=typed)

    def post(self, name: str, address: str, sent: dict, *, about=None, typed=frozenset()) -> HttpResponse:
        """Send a form, with the key its page would hold."""
        sent = {FIELD: key_for(self.client, address)} | sent
        return self._seen(self.client.post(address, sent), name, "post", about, typed)

    def post_nothing(self, name: str, address: str) -> None:
        """Send an empty form; what it changed is taken back."""
        with transaction.atomic():
            response = self.client.post(address, {FIELD: key_for(self.client, address)})
            transaction.set_rollback(True)
        self.client.cookies.load(self.cookies)
        self._seen(response, name, "post")

    def person(self, name: str, number: int, sent: dict, typed=frozenset()) -> HttpResponse:
        """Send something to a page of a person of the register."""
        row = self.house.row(number)
        parameters = {"uid": row["uid"]} | ({"paper": row["paper"]} if name == "paper" else {})
        address = reverse(f"persons:{name}", kwargs=parameters)
        return self.post(f"persons:{name}", address, sent, about=number, typed=typed)

    def _seen(self, response: HttpResponse, name: str, method: str, about=None, typed=frozenset()) -> HttpResponse:
        visit = Visit(self.persona, name, method, response.status_code, about, frozenset(typed))
        self.sweep.look_at_answer(response, visit)
        return response


def crawl(sweep: Sweep, persona: Persona, *, first: int = 0, step: int = 1) -> None:
    """Every address by GET and by an empty POST; then every person asked for, every file of a person, and nonsense.

    With a step only each of so many doors, and all of the register.
    """
    visitor, house = Visitor(sweep, persona), sweep.house
    for number, door in enumerate(doors()):
        if door.name in LEFT_OUT or (number % step != first % step and not door.name.startswith("persons:")):
            continue
        for address in _addresses(door, house, persona):
            visitor.get(door.name, address)
            visitor.post_nothing(door.name, address)
    if persona.known:
        for number in house.persons:
            for name in ("open", "address", "change", "change-address", "paper"):
                visitor.person(name, number, OPENING)
        for number in house.samples(persona).values():
            visitor.person("export", number, REASON)
            visitor.get("persons:readings", reverse("persons:readings", args=[house.row(number)["uid"]]), dla="osoby")
    nonsense(visitor)


def _addresses(door: Door, house: House, persona: Persona) -> list[str]:
    if not door.rows:
        return [door.address(house.pk)]
    if door.rows == "kept":
        return [door.address(house.pk, house.kept_row(relation)) for relation in relations_of(door)]
    return [door.address(house.pk, house.row(number)) for number in house.samples(persona).values()]


def nonsense(visitor: Visitor) -> None:
    """Words in addresses that nobody answers to, in queries, and in an address that wants an identifier."""
    written = written_of(visitor.house.typed)
    typed = {(visitor.house.typed, name) for name in NAMES}
    for start in ("/", "/biuro/osoby/", "/en/", "/api/v1/"):
        visitor.get("-", f"{start}{written['last_name']}/", typed, szukaj=written["pesel"])
    visitor.get("portal:home", "/", typed, szukaj=written["pesel"], nazwa=written["last_name"])
    visitor.get("strategy:task", f"/zadania/{written['last_name']}/", typed, nazwa=written["address"])


def day_of_work(sweep: Sweep, officer: Persona) -> None:
    """A care officer enters, mistypes, searches, opens, collides with a colleague and adds a paper."""
    visitor, house = Visitor(sweep, officer), sweep.house
    mine = house.samples(officer)
    _enter(visitor, house)
    first, stranger = written_of(mine[OWN]), written_of(1)
    for number, written in ((mine[OWN], first), (1, stranger), (house.typed, written_of(house.typed))):
        for name in ("last_name", "pesel"):
            sent, typed = {name: written[name]}, {(number, name)}
            visitor.post("persons:search", reverse("persons:search"), sent, typed=typed)
    for name in ("last_name", "pesel"):
        named = OPENING | {"words": f"rozmowa: {first[name]}"}
        visitor.person("open", mine[OWN], named, typed={(mine[OWN], name)})
        reason = {"ground": "mistake", "reason": f"Pomyłka we wpisie: {first[name]}"}
        visitor.person("erasure-ask", mine[OWN], reason, typed={(mine[OWN], name)})
    visitor.person("open", mine[OWN], OPENING | {"purpose": ""})
    visitor.person("paper", mine[OWN], OPENING)
    visitor.person("address", mine[OWN_CASE], OPENING)
    _collide(visitor, mine[OWN])
    word = written_of(house.typed)["paper"]
    scan = SimpleUploadedFile(f"{word}.pdf", scan_of(house.typed), "application/pdf")
    visitor.person("paper-new", mine[OWN], {"kind": "court", "file": scan})
    with mock.patch.object(opening, "open_person", broken):
        visitor.person("open", mine[OWN], OPENING)


def broken(person: Person, **facts) -> dict:
    """A fault of our own that has everything in its hands."""
    held = {name: text for name, text in written_of(0).items() if name in NAMES}
    raise RuntimeError(f"cannot open {held}")


def _enter(visitor: Visitor, house: House) -> None:
    typed = written_of(house.typed)
    sent = {name: typed[name] for name in NAMES} | {"born_on": "", "basis": "support", "unit": house.home.pk}
    back = {(house.typed, name) for name in NAMES}
    visitor.post("persons:new", reverse("persons:new"), sent | {"since": "wczoraj"}, typed=back)
    entered = written_of(house.entered)
    sent |= {name: entered[name] for name in NAMES} | {"born_on": "", "since": "16.03.2026"}
    address = reverse("persons:new")
    response = visitor.post("persons:new", address, sent)
    if response.status_code != 302:
        raise AssertionError(f"a person could not be entered: {response.status_code}")
    known = {(house.entered, name) for name in NAMES}
    visitor.post("persons:new", address, sent, typed=known)  # the number is known by now


def _collide(visitor: Visitor, number: int) -> None:
    """The form of a change comes back with both versions; nothing is saved."""
    response = visitor.person("change", number, OPENING)
    form = response.context["form"]
    changed = written_of(visitor.house.changed)
    sent = {bound.html_name: bound.value() or "" for bound in form} | {
        "since": "16.03.2026",
        "born_on": "",
        "pesel": "",
    }
    sent |= {"last_name": changed["last_name"], "address": changed["address"], "seen_version": "1"}
    Person.objects.filter(pk=visitor.house.persons[number].pk).update(version=2)
    back = {(visitor.house.changed, name) for name in NAMES} | {(number, name) for name in NAMES}
    response = visitor.person("change", number, sent, typed=back)
    if response.status_code != 409:
        raise AssertionError(f"no conflict came about: {response.status_code}")
    visitor.person("change", number, sent | {"since": "wczoraj", "seen_version": "2"}, typed=back)


def strangers(sweep: Sweep, nobody: Persona, clerk: Persona) -> None:
    """Words typed where nobody expects them: signing in, a new password, a package of a year."""
    house = sweep.house
    typed = written_of(house.typed)
    back = {(house.typed, name) for name in NAMES}
    visitor = Visitor(sweep, nobody)
    mail = f"{typed['last_name']}@przyklad.example"
    for name, sent in (
        ("account_login", {"login": mail, "password": typed["pesel"]}),
        ("account_reset_password", {"email": mail}),
    ):
        visitor.post(name, reverse(name), sent, typed=back)
    visitor = Visitor(sweep, clerk)
    kept = written_of(house.aside)
    package = SimpleUploadedFile(f"{kept['last_name']}.zip", f"PK\x03\x04 {kept['address']}".encode())
    response = visitor.post("ledger:import", reverse("ledger:import"), {"package": package})
    if response.status_code != 302:
        raise AssertionError(f"the package does not wait: {response.status_code}")
    own = {(house.aside, name) for name in NAMES}
    visitor.get("ledger:import-plan", response.headers["Location"], own)


def first_of(personas: list[Persona], role: Role) -> Persona:
    """The persona that has just this role."""
    return next(one for one in personas if one.roles == {role} and one.known and one.factor and not one.head)
