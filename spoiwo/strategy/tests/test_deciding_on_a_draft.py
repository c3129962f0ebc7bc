"""Who decides on a draft that somebody changed meanwhile is shown the change first."""

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.strategy.tests.drafting import changed, planted, renamed
from tests.visitors import as_chosen, person, text_of, visitor

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
