"""Every address of the house, walked: who is let in is what the view declares, and each answer has its headers.

Here a part of the matrix is walked at each run; all of it by `python -m checks.matrix`.
"""

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from spoiwo.access.audience import all_views, audience_of
from spoiwo.access.headers import TABLE as HEADERS
from spoiwo.access.models import Role
from tests.matrix import heads
from tests.matrix.addresses import doors
from tests.matrix.furnished import furnished
from tests.matrix.personas import LET_IN, PERSONAS, REFUSED, Persona, relations_of
from tests.matrix.walking import METHODS, asked, layers_for, met, walk
from tests.visitors import person, visitor

VIEWS = all_views()
# These need a secret of one visitor, a row that the walk does not make, or a service beside the house.
WITHOUT_A_PAGE = {
    "account_reset_password_from_key", "ledger:import-plan", "books:mapping", "books:plan", "socialaccount_login_error",
    "openid_connect_login", "openid_connect_callback", "doors:letter-again", "account_invitation", "accounts:role-take",
    "audit:review", "audit:review-hit", "api:api-root", "health:metrics", "health:ready", "mfa_edit_webauthn",
    "mfa_remove_webauthn", "mfa_view_recovery_codes",
}  # fmt: skip
# What is really asked at each run, view by view; for all others the visitor stops behind the door.
WHOLE = {"nobody in particular": METHODS, "treasurer": ("get", "post"), "head of the unit": ("get",)}
# The methods that knock at the door at each run: all for some, one for the rest.
KNOCKS = {"account without a role": ("post", "put", "options"), "closed account": METHODS}
READ_BY_MACHINES = {"health:alive", "health:ready", "health:metrics"}  # answered before any layer


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """Something real behind every door."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        from django.conf import settings

        patch.setattr(settings, "RENDERED_DIR", tmp_path_factory.mktemp("rendered"))
        patch.setattr(settings, "PAPERS_DIR", tmp_path_factory.mktemp("papers"))
        with furnished() as house:
            yield house


@pytest.mark.parametrize(("route", "name", "view"), VIEWS, ids=[name or route for route, name, _view in VIEWS])
def test_every_view_declares_who_may_use_it_and_has_a_name(route, name, view):
    assert audience_of(view, name).kind in {"public", "signed_in", "permission", "operations"}
    assert name


def test_a_view_that_reaches_some_rows_only_says_which_and_a_row_by_a_random_number_is_never_all():
    silent = [door.name for door in doors() if door.route.startswith("biuro/osoby/<uuid") and not door.rows]
    assert silent == []
    assert {door.rows for door in doors()} == {"", "visible", "identifiable", "assignable", "answerable", "kept"}


def test_every_permission_that_a_view_names_is_a_rule():
    from rules.permissions import permissions

    named = {door.asks(method).permission for door in doors() for method in METHODS} - {""}
    assert named <= set(permissions)
    assert len(named) > 5


def test_nothing_of_the_office_is_open_to_the_public():
    opened = {door.name for door in doors() if door.route.startswith("biuro/") and door.who.kind != "permission"}
    assert opened == set()


def test_what_the_public_may_open_is_as_long_as_this_list():
    public = {door.name for door in doors() if door.who.kind == "public" and not door.route.startswith("konto/")}
    rooms = {name.split(":")[0] for name in public}
    assert rooms == {
        "reports", "strategy", "portal", "year-package", "money", "published", "consultations", "health",
    }  # fmt: skip


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("persona", PERSONAS, ids=[persona.name for persona in PERSONAS])
def test_the_doors_open_for_whom_they_are_declared_with_the_headers_of_their_class(house, persona):
    whole = WHOLE.get(persona.name, ())
    knocks = [method for method in KNOCKS.get(persona.name, ("post",)) if method not in whole]
    known = persona.name in set(Role)  # how a role is asked for is walked with those who are something else beside
    found = walk(house, persona, whole=whole, doors_only=knocks, known=known)
    assert found.mismatches == []
    assert found.wrong_heads == []
    assert found.cells > 200 * (len(whole) + len(knocks))


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ROPS_OFFICER, Role.DIRECTOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_a_view_sends_away_nobody_whom_its_door_let_in(house, role):
    """The doors inside: pages that refuse by themselves, asked for by those who may come."""
    (persona,) = [one for one in PERSONAS if one.name == role.value]
    found = walk(house, persona, whole=("post",))
    assert found.mismatches == []


def careful(user, token):
    """A browser of this person that carries a token, of a house that asks for it as it does outside tests."""
    client = visitor(user)
    client.handler.enforce_csrf_checks = True
    client.cookies[settings.CSRF_COOKIE_NAME] = token
    client.get(reverse("portal:help"))  # the layers are set up at the first request
    return client


def refused_as_forged(client, door, token):
    """What a door says of a form with this token, or with none; the API takes JSON and says it by its status alone."""
    if door.operations:
        head = {"X-CSRFToken": token} if token else {}
        response = Client.post(client, door.address("1"), "{}", content_type="application/json", headers=head)
        return "of the API" if response.status_code == 403 else ""
    response = Client.post(client, door.address("1"), {"csrfmiddlewaretoken": token} if token else {})
    return getattr(response, "forged", "")


@pytest.mark.django_db
def test_a_form_without_the_token_of_its_browser_is_refused_at_every_door(settings):
    settings.CSRF_FAILURE_VIEW = "tests.matrix.walking.forged"
    user, own = person(*Role), get_random_string(32)
    whole = careful(user, own)  # the API looks for the token by itself, so it is really asked
    with layers_for(user, stop=True):
        client = careful(user, own)
    said = {token: set() for token in ("", get_random_string(32), own)}
    for door in doors():
        if door.name not in READ_BY_MACHINES and (not door.operations or "post" in dict(door.operations)):
            for token, found in said.items():
                found.add(refused_as_forged(whole if door.operations else client, door, token))
    assert list(said.values()) == [
        {"CSRF token missing.", "of the API"},
        {"CSRF token from POST incorrect.", "of the API"},
        {""},
    ]


def test_what_asks_for_no_token_takes_no_form():
    for name in READ_BY_MACHINES:
        assert Client().post(reverse(name)).status_code == 405


@pytest.mark.django_db
def test_every_page_of_the_walk_is_really_there(house):
    client, missing = visitor(person(*Role)), {}
    for door in doors():
        if relations_of(door) == ("",):
            response = asked(client, "get", door.address(house.pk))
            if response.status_code not in {200, 302, 405}:
                missing[door.label] = response.status_code
    # nothing is settled in 2017, and the number is no document of that year
    known = WITHOUT_A_PAGE | {"ledger:withdraw", "books:document", "books:paper"}
    assert {name: status for name, status in missing.items() if name not in known} == {}


def test_the_matrix_finds_a_door_that_stands_open():
    """The comparison itself: what it says of an answer that should not have been given."""
    (door,) = [door for door in doors() if door.name == "persons:open"]
    assert met(HttpResponse(status=200), door, REFUSED) == LET_IN
    assert met(HttpResponse(status=500), door, LET_IN) == "broken"


def test_a_header_too_many_too_few_or_different_is_a_fault():
    (door,) = [door for door in doors() if door.name == "portal:help"]
    right = {**heads.EVERYWHERE, **heads.TABLE["public page"][0]}
    assert heads.head_faults(HttpResponse(headers=right), door, personal=False) == ("public page", [])
    for wrong in ({"Server": "gunicorn/27"}, {"X-Powered-By": "Django"}, {"Vary": "Accept-Encoding"}):
        assert len(heads.head_faults(HttpResponse(headers=right | wrong), door, personal=False)[1]) == 1
    less = {name: value for name, value in right.items() if name != "Content-Security-Policy"}
    assert len(heads.head_faults(HttpResponse(headers=less), door, personal=False)[1]) == 1


def test_the_table_by_hand_has_a_row_for_every_class_of_the_house():
    by_hand = {row.removesuffix(" seen by somebody") for row in heads.TABLE} | {"static file"}
    assert by_hand == {row.name for row in HEADERS}


@pytest.mark.django_db
def test_what_a_request_of_the_walk_changed_is_taken_back(house):
    client = visitor(person(Role.EDITOR))
    asked(client, "post", "/konto/wyloguj/")
    assert client.get("/biuro/").status_code == 200
    assert not transaction.get_connection().needs_rollback


def test_the_personas_cover_every_role_and_every_way_of_not_having_one():
    assert {role for persona in PERSONAS for role in persona.roles if len(persona.roles) == 1} >= set(Role)
    assert Persona("x", frozenset({Role.DIRECTOR}), ended=True).may("reports.finalise") is False
