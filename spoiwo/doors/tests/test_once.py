"""A form that creates is taken once, whoever sends it twice; and nothing typed is lost when its key does not fit."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.test import RequestFactory

from spoiwo.audit.models import Record
from spoiwo.audit.services import record
from spoiwo.doors.models import Submission
from spoiwo.doors.once import FIELD, GOOD_FOR, given_back, new_key, once
from spoiwo.vault.retention import rule_of
from spoiwo.vault.services.keeping import kept_on
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/proba/"
ANNA, EWA = "a" * 32, "b" * 32  # cookies that guard the forms of two browsers


def visit(data=None, *, user=None, browser=ANNA, address=PAGE):
    """A request of a page, or with `data` of its form."""
    request = RequestFactory().get(address) if data is None else RequestFactory().post(address, data)
    request.user, request.META["CSRF_COOKIE"] = user or AnonymousUser(), browser
    return request


@once
def creating(request):
    """Create a row for a text that holds something; without one say what is wrong; lead away from "nic"."""
    text = request.POST.get("text", "")
    if text == "nie ma":
        raise Http404
    if not text:
        return HttpResponse("Napisz tekst.", status=422)
    if text == "nic":
        return given_back(HttpResponseRedirect("/zamkniete/"))
    row = OrganisationFactory(name=text)
    return HttpResponseRedirect(f"/gotowe/{row.pk}/")


def made():
    """Names of what was created."""
    from spoiwo.organisations.models import Organisation

    return list(Organisation.objects.order_by("pk").values_list("name", flat=True))


def test_the_same_form_sent_twice_creates_one_row_and_is_answered_the_same():
    sent = {"text": "Fundacja", FIELD: new_key(visit())}
    first, second = creating(visit(sent)), creating(visit(sent))
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == first.url
    assert made() == ["Fundacja"]
    row = Submission.objects.get()
    assert (row.address, row.result, row.by) == (PAGE, first.url, None)


def test_two_pages_opened_are_two_forms():
    for _n in range(2):
        creating(visit({"text": "Fundacja", FIELD: new_key(visit())}))
    assert made() == ["Fundacja", "Fundacja"]


def test_reading_the_page_takes_no_key():
    assert creating(visit()).status_code == 422
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("text", ["", "nic"])
def test_a_refused_form_is_corrected_and_sent_again_with_its_key(text):
    key = new_key(visit())
    refused = creating(visit({"text": text, FIELD: key}))
    assert refused.status_code == (302 if text else 422)
    assert Submission.objects.count() == 0
    assert creating(visit({"text": "Fundacja", FIELD: key})).url.startswith("/gotowe/")
    assert made() == ["Fundacja"]


def test_a_page_that_is_not_found_gives_the_key_back():
    key = new_key(visit())
    with pytest.raises(Http404):
        creating(visit({"text": "nie ma", FIELD: key}))
    assert Submission.objects.count() == 0
    creating(visit({"text": "Fundacja", FIELD: key}))
    assert made() == ["Fundacja"]


def test_what_was_recorded_beside_a_refused_form_stays():
    """A page that shows personal data records who read it; a fault in a field does not take that back."""
    about = OrganisationFactory()

    @once
    def reading(request):
        record(by=None, deed="proba.read", about=about)
        return HttpResponse("Popraw pole.", status=422)

    reading(visit({FIELD: new_key(visit())}))
    assert Record.objects.filter(deed="proba.read").count() == 1


def wrong_keys():
    """Keys that open nothing here, each with what is wrong with it."""
    anna, ewa = UserFactory(), UserFactory()
    mine = new_key(visit(user=anna))
    return anna, {
        "missing": "",
        "forged": mine[:-1] + ("a" if mine[-1] != "a" else "b"),
        "hers": new_key(visit(user=ewa)),
        "of nobody": new_key(visit()),
        "of another page": new_key(visit(user=anna, address="/inna/")),
        "signed for something else": signing.TimestampSigner(salt="inne").sign("x"),
    }


@pytest.mark.parametrize(
    "what", ["missing", "forged", "hers", "of nobody", "of another page", "signed for something else"]
)
def test_a_key_that_does_not_fit_saves_nothing_and_loses_nothing(what):
    anna, keys = wrong_keys()
    sent = {"text": 'Fundacja "Róża"', "cele": ["1", "2"], "password": "tajne", FIELD: keys[what]}
    answer = creating(visit(sent, user=anna))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert made() == []
    assert 'name="text" value="Fundacja &quot;Róża&quot;"' in page
    assert page.count('name="cele"') == 2
    assert "tajne" not in page
    key = page.split(f'name="{FIELD}" value="')[1].split('"')[0]
    assert creating(visit({"text": "Fundacja", FIELD: key}, user=anna)).status_code == 302


def test_a_key_of_one_browser_is_nothing_in_another():
    """Else a page that two visitors got from one cache would lead the second to what the first has sent."""
    sent = {"text": "Fundacja", FIELD: new_key(visit(browser=ANNA))}
    assert creating(visit(sent, browser=ANNA)).status_code == 302
    assert creating(visit(sent, browser=EWA)).status_code == 409
    assert made() == ["Fundacja"]


def test_a_key_is_good_for_a_day_and_a_used_one_finds_its_result_later_too(monkeypatch):
    fresh, used = new_key(visit()), new_key(visit())
    first = creating(visit({"text": "Fundacja", FIELD: used}))
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + GOOD_FOR.total_seconds() + 2)
    assert creating(visit({"text": "Spóźniona", FIELD: fresh})).status_code == 409
    assert creating(visit({"text": "Fundacja", FIELD: used})).url == first.url
    assert made() == ["Fundacja"]


def test_the_key_of_a_form_that_goes_elsewhere_is_made_for_that_address():
    page = visit(address="/lista/")
    hidden = Template("{% load ui %}{% sent_once '/proba/' %}").render(Context({"request": page}))
    key = hidden.split('value="')[1].split('"')[0]
    assert creating(visit({"text": "Fundacja", FIELD: key})).status_code == 302


def test_old_submissions_are_forgotten_long_after_the_life_of_every_key():
    line = next(row for row in kept_on(date(2026, 5, 10)) if row.code == "submissions")
    assert line.period.days == 7
    rule = rule_of("submissions")
    for n, at in enumerate((datetime(2026, 5, 3, 12, tzinfo=UTC), datetime(2026, 5, 4, 12, tzinfo=UTC))):
        Submission.objects.create(key=str(n), address=PAGE, result="/", at=at)
    assert rule.removed(rule.found(date(2026, 5, 3))) == 1
    assert Submission.objects.get().key == "1"
    assert timedelta(days=7) > 2 * GOOD_FOR
