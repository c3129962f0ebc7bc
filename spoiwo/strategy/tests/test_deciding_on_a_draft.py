"""Who decides on a draft that somebody changed meanwhile is shown the change first."""

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.strategy.tests.drafting import AFTER, OPENS, changed, consulted, planted, renamed, reported, withdrawn
from tests.visitors import as_chosen, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
OFFICER = Role.ROPS_OFFICER


def address(name, *values):
    """The address of a page of the office."""
    return reverse(f"updating:{name}", args=values)


@pytest.fixture
def draft():
    """A draft with a new name of the programme."""
    return renamed(planted())


@pytest.mark.parametrize("page", ["withdraw", "consultation-new"])
def test_a_draft_that_changed_under_the_eyes_of_who_decides_on_it_is_shown_again(draft, page):
    client, today = visitor(OFFICER), timezone.localdate().isoformat()
    sent = {"reason": "Zmieniła się ustawa.", "title": "K", "about": "Nazwa.", "opens_on": today, "closes_on": today}
    sent["seen_version"] = draft.version
    changed(draft, "programme", "P4", name="Nazwa jeszcze inna", by=person(OFFICER, full_name="Anna Zmyślona"))
    response = client.post(address(page, draft.pk), sent)
    assert response.status_code == 409
    assert [words in text_of(response) for words in ("Anna Zmyślona", "Nazwa jeszcze inna")] == [True, True]
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert client.post(address(page, draft.pk), as_chosen(response)).status_code == 302
    draft.refresh_from_db()
    assert draft.state == {"withdraw": "withdrawn", "consultation-new": "consulted"}[page]


def resolution(draft, **facts):
    """What a director sends about the resolution."""
    data = {"adopting_body": "Sejmik", "resolution": "XX/1/26", "adopted_on": "16.04.2026", "binding_from": "1.01.2099"}
    return data | {"seen_version": draft.version} | facts


FORMS = {
    "withdraw": ([], {"reason": "Zmieniła się ustawa."}),
    "adopt": ([], {"resolution": "XX/1/26", "adopting_body": "Sejmik"}),
    "element": (["programme", "P4"], {"name": "Moja nazwa programu", "short_name": "Moja"}),
}


@pytest.mark.parametrize(("page", "values", "typed"), [(page, *facts) for page, facts in FORMS.items()])
def test_who_sends_a_form_of_a_draft_that_somebody_withdrew_is_told_who_and_when(draft, page, values, typed):
    withdrawn(draft, on=AFTER, by=person(OFFICER, full_name="Anna Zmyślona"), reason="Uchwała niepotrzebna.")
    response = visitor(Role.DIRECTOR if page == "adopt" else OFFICER).post(
        address(page, draft.pk, *values), typed | {"seen_version": 2}
    )
    assert response.status_code == 409
    assert says(response, "The draft has moved on meanwhile. Nothing was changed.")
    told = ("Anna Zmyślona", "Uchwała niepotrzebna.", *typed.values())
    assert [words for words in told if words not in text_of(response)] == []
    draft.refresh_from_db()
    assert (draft.state, draft.withdrawn_on) == ("withdrawn", AFTER)


def test_who_withdraws_a_draft_that_was_adopted_meanwhile_is_told_by_whom(draft):
    reported(consulted(draft, on=OPENS))
    draft.refresh_from_db()
    visitor(person(Role.DIRECTOR, full_name="Anna Zmyślona")).post(address("adopt", draft.pk), resolution(draft))
    sent = {"reason": "Zmieniła się ustawa.", "seen_version": draft.version}
    response = visitor(OFFICER).post(address("withdraw", draft.pk), sent)
    assert (response.status_code, "Anna Zmyślona" in text_of(response)) == (409, True)
    draft.refresh_from_db()
    assert (draft.state, draft.resolution) == ("adopted", "XX/1/26")


def test_who_adopts_a_draft_that_moved_meanwhile_reads_it_once_more_and_adopts_it(draft):
    reported(consulted(draft, on=OPENS))
    draft.refresh_from_db()
    client = visitor(Role.DIRECTOR)
    response = client.post(address("adopt", draft.pk), resolution(draft, seen_version=draft.version - 1))
    assert (response.status_code, says(response, "Somebody changed the draft meanwhile")) == (409, True)
    again = {bound.html_name: bound.value() for bound in response.context["form"]}
    assert client.post(address("adopt", draft.pk), again).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "adopted"
