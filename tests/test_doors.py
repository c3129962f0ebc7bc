"""Every address of the house, walked: who is let in is what the view declares, whatever the method."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.audience import Audience, all_views, audience_of, may
from spoiwo.access.models import Role
from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.reports.services.versions import finalise
from tests.consulting import REMARK, consulted
from tests.factories import DefinitionFactory, IndicatorFactory, IndicatorValueFactory, PlanEntryFactory
from tests.imported import EXAMPLES, imported
from tests.visitors import person, visitor

VIEWS = all_views()
NAMES = [name for _route, name, _view in VIEWS]
# These need a secret of one visitor.
WITHOUT_A_PAGE = {"ledger:import-plan", "books:mapping", "books:plan", "account_reset_password_from_key"}
SAMPLES = {
    "year": "2017", "version": "1", "figure": "total.declared", "format": "json", "key": "2017-razem",
    "token": "nie-ma-takiego", "uidb36": "1", "code": "2014-2020",
}  # fmt: skip
OTHERS = {
    "strategy:programme": {"code": "2014-P1"},
    "strategy:lineage": {"code": "2014-P1"},
    "strategy:task": {"code": "2014-p2-zaz"},
    **{f"strategy_office:goal{act}": {"code": "2014-C1"} for act in ("", "-change", "-end")},
    **{f"strategy_office:programme{act}": {"code": "2014-P1"} for act in ("", "-change", "-end")},
    **{f"strategy_office:succession-{act}": {"code": "2014-P1", "other": "2014-P2"} for act in ("new", "remove")},
    **{f"strategy_office:task{act}": {"code": "2014-p2-zaz"} for act in ("", "-change", "-end")},
    "account_reset_password_from_key": {"key": "nie-ma"},
    "ledger:export": {"format": "csv"},
    "exports:download": {"format": "rb28s"},
    "ledger:accept": {"year": "2019", "key": "2019-own"},
    "ledger:explain": {"year": "2019", "key": "2019-own"},
    "ledger:entry": {"year": "2019"},
    "ledger:entry-change": {"year": "2019"},
    "ledger:entry-check": {"year": "2019"},
    "plan:export": {"format": "csv"},
    "plan:close": {"month": "1"},
    **{f"plan:{name}": {"year": "2019"} for name in ("line", "pay", "release", "correct", "refund", "correct-entry")},
    "strategy:indicator": {"code": "w-1"},
    "indicators:export": {"format": "csv"},
    **{
        f"indicators:{name}": {"code": "w-1"}
        for name in ("indicator", "change", "definition", "target", "enter", "correct")
    },
    **{f"updating:element{act}": {"kind": "goal", "code": "2014-C1"} for act in ("", "-drop")},
    "updating:element-new": {"kind": "goal"},
    "consultations:receipt": {"key": REMARK},
    "report-office:narrative": {"code": "2014-P1"},
    **{f"duties:{name}": {"year": "2026", "code": "ozps-sejmik"} for name in ("duty", "done", "undone", "change")},
}
# Pages that many may read and fewer may send: the view refuses the rest with a page that says why.
SENT_BY = {"report-office:draft": may("reports.finalise")}
TO_SIGN_IN, REFUSED, LET_IN = "to sign in", "refused", "let in"


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """2017 final, 2019 with open differences that the public may see; the pk of a payment and a commitment of 2019."""
    with (
        django_db_blocker.unblock(),
        imported(EXAMPLES / "lubuskie-2017", EXAMPLES / "lubuskie-2019"),
    ):
        finalise(year=find_year(2017), by=None, now=timezone.localtime())
        show_before_final(year=find_year(2019), shown=True, by=None)
        entry = Entry.objects.get(key="2019-eu")
        PlanEntryFactory(pk=entry.pk, year=entry.year, kind="commitment")  # under the same number, as all that follows
        indicator = IndicatorFactory(code="w-1", region="08", programme=entry.year.strategy.programmes.first())
        definition = DefinitionFactory(indicator=indicator)
        IndicatorValueFactory(pk=entry.pk, definition=definition)
        consulted("2014-2020", entry.pk, "2014-C1")
        yield str(entry.pk)


def address(route, name, pk):
    """The address of a view, its parameters filled with what is there."""
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", route)
    values = SAMPLES | {"pk": pk, "remark": pk} | OTHERS.get(name, {})
    return reverse(name, kwargs={parameter: values[parameter] for parameter in wanted})


def expected(who: Audience, user):
    """What a declaration means for a visitor."""
    if who.admits(user):
        return LET_IN
    return REFUSED if user.is_authenticated else TO_SIGN_IN


def met(response):
    """What happened to the visitor."""
    if response.status_code == 403:
        return REFUSED
    sent_away = response.status_code == 302 and response.url.startswith(reverse("account_login") + "?next=")
    return TO_SIGN_IN if sent_away else LET_IN


@pytest.mark.parametrize(("route", "name", "view"), VIEWS, ids=[name or route for route, name, _view in VIEWS])
def test_every_view_declares_who_may_use_it_and_has_a_name(route, name, view):
    assert audience_of(view, name).kind in {"public", "signed_in", "permission"}
    assert name


def test_every_permission_that_a_view_names_is_a_rule():
    from rules.permissions import permissions

    named = {audience_of(view, name).permission for _route, name, view in VIEWS} - {""}
    assert named <= set(permissions)
    assert len(named) > 5


def test_nothing_of_the_office_is_open_to_the_public():
    opened = {
        route
        for route, name, view in VIEWS
        if route.startswith("biuro/") and audience_of(view, name).kind != "permission"
    }
    assert opened == set()


def test_what_the_public_may_open_is_as_long_as_this_list():
    public = {name for _route, name, view in VIEWS if audience_of(view, name).kind == "public"}
    rooms = {name.split(":")[0] for name in public}
    known = {"reports", "strategy", "portal", "year-package", "money", "published", "consultations"}
    assert rooms == known | {name for name in public if name.startswith("account_")}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [None, *Role, "closed"])
def test_the_doors_open_for_whom_they_are_declared(house, role, method, settings, tmp_path):
    settings.RENDERED_DIR = tmp_path
    if role == "closed":
        user = person(Role.DIRECTOR, is_active=False)
    else:
        user = person(role) if role else None
    client = visitor(user)
    asked = client.get(reverse("portal:help")).wsgi_request.user
    found, declared = {}, {}
    for route, name, view in VIEWS:
        if name == "account_logout" and method == "post":
            continue  # would end the visit
        response = getattr(client, method)(address(route, name, house))
        found[name] = met(response)
        who = audience_of(view, name)
        declared[name] = expected(who, asked)
        if method == "post" and name in SENT_BY and declared[name] == LET_IN:
            declared[name] = expected(SENT_BY[name], asked)
    assert found == declared


@pytest.mark.django_db
def test_every_page_of_the_walk_is_really_there(house, settings, tmp_path):
    settings.RENDERED_DIR = tmp_path
    client = visitor(person(*Role))
    missing = {}
    for route, name, _view in VIEWS:
        response = client.get(address(route, name, house))
        if response.status_code not in {200, 302, 405}:
            missing[name] = response.status_code
    # nothing is settled in 2017, and the number is no document of that year
    assert missing.keys() <= WITHOUT_A_PAGE | {"ledger:withdraw", "books:document", "books:paper"}


@pytest.mark.django_db
def test_a_page_of_the_office_is_stored_by_nobody(house, settings, tmp_path):
    settings.RENDERED_DIR = tmp_path
    client = visitor(person(*Role))
    careless = []
    for route, name, view in VIEWS:
        if audience_of(view, name).kind != "public":
            response = client.get(address(route, name, house))
            if "no-store" not in response.headers.get("Cache-Control", ""):
                careless.append(name)
    assert careless == []
