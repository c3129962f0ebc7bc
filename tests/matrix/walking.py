"""The walk itself: one request for each cell, what was met, and the whole set of headers it came with."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseForbidden
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from spoiwo.config import urls
from spoiwo.doors.once import FIELD
from tests.matrix.addresses import Door, doors
from tests.matrix.furnished import House
from tests.matrix.heads import head_faults
from tests.matrix.personas import (
    HIDDEN,
    LET_IN,
    REFUSED,
    SENT_BY,
    TO_PROVE,
    TO_SET_UP,
    TO_SIGN_IN,
    Persona,
    browser_of,
    relations_of,
    should_meet,
)
from tests.visitors import key_for

CARRYING = {"post", "put", "patch"}
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
BROKEN = "broken"
REDIRECTS = {301, 302, 303, 307, 308}
PROOFS = ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")


@dataclass
class Findings:
    """How many cells were walked, and those where something else happened than was declared."""

    cells: int = 0
    mismatches: list[str] = field(default_factory=list)
    heads: Counter = field(default_factory=Counter)
    wrong_heads: list[str] = field(default_factory=list)

    def add(self, others: "Findings") -> None:
        """Take in what another walk found."""
        self.cells += others.cells
        self.mismatches += others.mismatches
        self.heads += others.heads
        self.wrong_heads += others.wrong_heads


def walk(
    house: House,
    persona: Persona,
    *,
    whole: Iterable[str] = (),
    doors_only: Iterable[str] = (),
    known: bool = False,
) -> Findings:
    """Every door as one persona, each request taken back before the next.

    With the methods of `whole` the view is really asked; with those of `doors_only` the visitor stops behind the door,
    except where the door is inside: at rows, at operations of the API and at pages that refuse by themselves.
    `known`: at the door the person is asked for once, through every layer, and not again for each knock.
    """
    whole, doors_only = tuple(whole), tuple(doors_only)
    findings = Findings()
    with plain_refusals():
        clients = _clients(persona, house.users[persona.name], known)
        for door in doors():
            inside = bool(door.rows or door.operations or door.name in SENT_BY)
            for relation in relations_of(door):
                address = door.address(house.pk, house.row(persona.name, door.rows, relation))
                for method in (*whole, *doors_only):
                    client = clients["whole" if method in whole else "inside" if inside else "door"]
                    keyed = method == "post" and (door.rows or door.name in SENT_BY)
                    sent = {"data": {FIELD: key_for(client, address)}} if keyed else {}
                    if door.operations and method in CARRYING:
                        sent = {"content_type": "application/json"}
                    _compare(findings, door, persona, method, relation, asked(client, method, address, **sent))
    return findings


def _clients(persona: Persona, user, known: bool) -> dict[str, Client]:
    """Three browsers of one person: through everything, to the views, and only to the doors."""
    whole = browser_of(persona, user)
    person = whole.get(reverse("portal:help")).wsgi_request.user if known else None
    clients = {"whole": whole}
    for name, stop in (("inside", False), ("door", True)):
        with layers_for(person, stop=stop):
            clients[name] = browser_of(persona, user)
            clients[name].get("/")  # the layers are set up at the first request
    return clients


@contextmanager
def layers_for(person, *, stop: bool) -> Iterator[None]:
    """Browsers that make their first request here know the person already, or meet no view, or both."""
    layers = [*settings.MIDDLEWARE, "tests.matrix.walking.BehindTheDoor" if stop else ""]
    if person is not None:
        layers = [KNOWN.get(layer, layer) for layer in layers]
        ThePerson.person = person
    with override_settings(MIDDLEWARE=[layer for layer in layers if layer]):
        yield


class ThePerson(MiddlewareMixin):
    """The person whom every layer has asked for already."""

    person = None

    def process_request(self, request) -> None:
        """Known."""
        request.user = self.person


KNOWN = {
    "django.contrib.auth.middleware.AuthenticationMiddleware": "tests.matrix.walking.ThePerson",
    "spoiwo.access.middleware.VisitMiddleware": "",
    "spoiwo.access.circumstances.CircumstancesMiddleware": "",
}


class BehindTheDoor(MiddlewareMixin):
    """Whoever comes so far was let in."""

    def process_view(self, request, view, args, kwargs) -> HttpResponse:
        """Instead of the view."""
        response = HttpResponse("inside")
        response.behind_the_door = True
        return response


@contextmanager
def plain_refusals() -> Iterator[None]:
    """A refusal is one however it looks; its page has tests of its own and would take most of the time."""
    urls.handler403 = refusal
    try:
        yield
    finally:
        del urls.handler403


def refusal(request, exception) -> HttpResponse:
    """403 without a page."""
    return HttpResponseForbidden()


def forged(request, reason="") -> HttpResponse:
    """403 for a form that is not from a page of ours, without a page."""
    response = HttpResponseForbidden()
    response.forged = reason
    return response


def _compare(findings, door, persona, method, relation, response) -> None:
    cell = " · ".join(filter(None, (door.label, method, persona.name, relation)))
    wanted = should_meet(door, persona, method, relation)
    found = met(response, door, wanted)
    findings.cells += 1
    if found != wanted:
        findings.mismatches.append(f"{cell}: {found}, should be {wanted} ({response.status_code})")
    if getattr(response, "behind_the_door", False):
        return  # no view has answered
    row, faults = head_faults(response, door, personal=persona.known or persona.closed)
    findings.heads[row] += 1
    findings.wrong_heads += [f"{cell}: {fault}" for fault in faults]


def asked(client: Client, method: str, address: str, **sent: object) -> HttpResponse:
    """One request with what is sent; what it changed, in the house and in the browser, is taken back."""
    cookies, before = SimpleCookie(client.cookies.output(header="", sep=";")), transaction.savepoint()
    try:
        response = getattr(client, method)(address, **sent)
        if response.streaming:
            list(response.streaming_content)
        return response
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(before)
        client.cookies = cookies


def met(response: HttpResponse, door: Door, wanted: str) -> str:
    """What happened to the visitor."""
    status = response.status_code
    if status >= 500 and not door.name.startswith("health:"):  # a house of invented old letters is not ready
        return BROKEN
    if status == 403:
        return REFUSED
    if status == 401 and door.operations:
        return TO_SIGN_IN
    if status == 404 and door.rows:
        return HIDDEN
    if status == 405 and wanted == HIDDEN:
        return HIDDEN  # refused before anybody looks for the row
    if status in REDIRECTS:
        return _led_away(response.headers["Location"], door, wanted)
    return LET_IN


def _led_away(address: str, door: Door, wanted: str) -> str:
    if address.startswith(reverse("account_login") + "?next=") and door.name != "account_login":
        return TO_SIGN_IN
    if address == reverse("mfa_index") and wanted == TO_SET_UP:
        return TO_SET_UP
    if door.who.step_up and address.startswith(tuple(reverse(name) for name in PROOFS)):
        return TO_PROVE
    return LET_IN
