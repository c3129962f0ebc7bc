"""The pages of one line: entering, reading, changing, checking, and two people at once."""

import re

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.doors import once
from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.entries import check_entry
from spoiwo.ui.conflict import opened
from tests.factories import UserFactory
from tests.visitors import as_chosen, key_for, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
OFFICER, TREASURER, DIRECTOR = Role.ROPS_OFFICER, Role.TREASURER, Role.DIRECTOR


def address(name, *values):
    """The address of a page of 2019."""
    return reverse(f"ledger:{name}", args=[2019, *values])


def written(year, **facts):
    """What a person writes into the form of a new line of own funds."""
    own = year.entries.get(key="2019-p4-own")
    data = {
        "description": "Dotacja dla fundacji", "programme": str(own.programme_id), "source": str(own.source_id),
        "kind": "payment", "amount_gr": "1 234,50", "document": "Umowa 7/2019",
    }  # fmt: skip
    return data | facts


def as_shown(response):
    """What the browser would send back for the form on a page."""
    shown = {bound.name: bound.value() for bound in response.context["form"] if bound.value() not in (None, "", [])}
    return shown | {"opened": opened(response.context["form"])}


# --- a new line ----------------------------------------------------------------------------------


def test_a_line_is_entered_and_the_page_says_what_it_did_to_the_difference(lubuskie):
    officer = person(OFFICER)
    response = visitor(officer).post(address("entry-new"), written(lubuskie, amount_gr="83 194,60"), follow=True)
    entry = lubuskie.entries.latest("pk")
    assert response.redirect_chain == [(address("entry", entry.pk), 302)]
    assert (entry.amount_gr, entry.entered_by, entry.document.name) == (83_194_60, officer, "Umowa 7/2019")
    assert "83 194,60 zł" in text_of(response)
    assert "0,00 zł" in text_of(response)
    assert Record.objects.about(entry).get().by == officer


def test_the_same_form_sent_twice_enters_one_line(lubuskie):
    client = visitor(OFFICER)
    sent = written(lubuskie, **{once.FIELD: key_for(client, address("entry-new"))})
    first, second = client.post(address("entry-new"), sent), client.post(address("entry-new"), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert lubuskie.entries.count() == 11


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"amount_gr": "1 234,567"}, "amount_gr"),
        ({"amount_gr": "-5"}, "amount_gr"),
        ({"amount_gr": ""}, "amount_gr"),
        ({"description": ""}, "description"),
        ({"document": ""}, "document"),
        ({"source": ""}, "source"),
        ({"date": "2018-12-31"}, "date"),
    ],
)
def test_a_faulty_line_comes_back_with_the_fault_by_its_field_and_all_that_was_written(lubuskie, facts, field):
    response = visitor(OFFICER).post(address("entry-new"), written(lubuskie, **facts))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    text = text_of(response)
    assert "govuk-error-summary" in text
    assert f'aria-describedby="id_{field}' in text or f"id_{field}" in text
    shown = as_shown(response)
    assert shown.get("document", "") == written(lubuskie, **facts)["document"]
    assert lubuskie.entries.count() == 10


def test_what_is_written_into_a_line_stays_text(lubuskie):
    facts = {"description": "<script>alert(1)</script>", "document": '"><b>'}
    response = visitor(OFFICER).post(address("entry-new"), written(lubuskie, **facts), follow=True)
    assert "<script>alert" not in text_of(response)
    assert "&lt;script&gt;" in text_of(response)
    assert "<script>alert" not in text_of(visitor(OFFICER).get(address("entries")))


def test_a_form_without_the_token_of_its_page_is_refused(lubuskie):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(person(OFFICER))
    assert client.post(address("entry-new"), written(lubuskie)).status_code == 403
    assert lubuskie.entries.count() == 10


# --- one line ------------------------------------------------------------------------------------


def test_the_page_of_a_line_shows_it_with_its_history(lubuskie):
    entry = lubuskie.entries.get(key="2019-p5-own")
    text = text_of(visitor(Role.AUDITOR).get(address("entry", entry.pk)))
    for words in ("35 000,00 zł", "2019-p5-own", entry.document.name, "Organizacje pozarządowe", "5. "):
        assert words in text
    assert address("entry-change", entry.pk) not in text  # an auditor changes nothing


@pytest.mark.parametrize("page", ["entry", "entry-change", "entry-check"])
@pytest.mark.parametrize("pk", [0, 10**12, 10**30])
def test_a_line_that_is_not_there_is_not_found(lubuskie, page, pk):
    client = visitor(person(OFFICER, TREASURER))
    send = client.post if page == "entry-check" else client.get
    assert send(address(page, pk)).status_code == 404


def test_a_line_of_another_year_is_not_found_under_this_one(lubuskie):
    from tests.factories import EntryFactory, YearFactory

    other = EntryFactory(year=YearFactory(year=2018))
    assert visitor(OFFICER).get(address("entry", other.pk)).status_code == 404


@pytest.mark.parametrize("year", [1, 2018, 99999, 10**20])
def test_a_year_that_is_not_there_is_not_found(lubuskie, year):
    for name in ("entries", "entry-new", "reconciliation"):
        assert visitor(DIRECTOR).get(reverse(f"ledger:{name}", args=[year])).status_code == 404


# --- changing ------------------------------------------------------------------------------------


def test_a_line_is_changed_with_a_reason_and_the_history_shows_both_values(lubuskie):
    entry, client = lubuskie.entries.get(key="2019-p4-own"), visitor(OFFICER)
    form = as_shown(client.get(address("entry-change", entry.pk)))
    response = client.post(
        address("entry-change", entry.pk), form | {"amount_gr": "16 805,41", "reason": "pomyłka"}, follow=True
    )
    entry.refresh_from_db()
    assert (entry.amount_gr, entry.version) == (16_805_41, 2)
    assert "16 805,40 zł" in text_of(response)
    assert "16 805,41 zł" in text_of(response)
    assert "pomyłka" in text_of(response)


def test_a_change_without_a_reason_is_refused(lubuskie):
    entry, client = lubuskie.entries.get(key="2019-p4-own"), visitor(OFFICER)
    form = as_shown(client.get(address("entry-change", entry.pk)))
    assert client.post(address("entry-change", entry.pk), form).status_code == 422
    entry.refresh_from_db()
    assert entry.version == 1


def test_of_two_people_the_second_sees_both_versions_and_overwrites_nothing(lubuskie):
    entry = lubuskie.entries.get(key="2019-p4-own")
    anna, jan = visitor(OFFICER), visitor(TREASURER)
    page = address("entry-change", entry.pk)
    of_anna, of_jan = as_shown(anna.get(page)), as_shown(jan.get(page))
    jan.post(page, of_jan | {"amount_gr": "111,11", "reason": "po rozmowie"})
    response = anna.post(page, of_anna | {"amount_gr": "222,22", "reason": "pomyłka"})
    assert response.status_code == 409
    assert says(response, "Somebody changed this record meanwhile")
    assert [(row.name, row.now, row.mine, row.both) for row in response.context["found"]] == [
        ("amount_gr", "111,11\u00a0zł", "222,22\u00a0zł", True)
    ]
    assert 'value="222,22"' in text_of(response)
    entry.refresh_from_db()
    assert (entry.amount_gr, entry.version) == (111_11, 2)
    assert Record.objects.about(entry).filter(deed="ledger.entry_changed").count() == 1


def test_sending_the_refused_form_again_is_refused_again_until_a_version_is_chosen(lubuskie):
    entry, client = lubuskie.entries.get(key="2019-p4-own"), visitor(OFFICER)
    page = address("entry-change", entry.pk)
    form = as_shown(client.get(page)) | {"amount_gr": "222,22", "reason": "pomyłka"}
    Entry.objects.filter(pk=entry.pk).update(version=2, amount_gr=1)
    refused = client.post(page, form)
    again = client.post(page, as_chosen(refused))
    assert (refused.status_code, again.status_code) == (409, 409)
    assert says(again, "In one field or more nothing is chosen yet.")
    chosen = client.post(page, as_chosen(again, amount_gr="mine"))
    assert chosen.status_code == 302
    entry.refresh_from_db()
    assert (entry.amount_gr, entry.version) == (222_22, 3)


@pytest.mark.parametrize("seen", ["", "abc", "-1", "²"])
def test_a_form_that_does_not_say_what_it_saw_changes_nothing(lubuskie, seen):
    entry, client = lubuskie.entries.get(key="2019-p4-own"), visitor(OFFICER)
    page = address("entry-change", entry.pk)
    typed = {"amount_gr": "5", "reason": "pomyłka", "seen_version": seen}
    response = client.post(page, as_shown(client.get(page)) | typed)
    assert response.status_code in {409, 422}
    entry.refresh_from_db()
    assert entry.version == 1


# --- checking ------------------------------------------------------------------------------------


def check(client, entry, seen="1"):
    """Press "Mark as checked"."""
    return client.post(address("entry-check", entry.pk), {"seen_version": seen}, follow=True)


def test_the_treasurer_checks_a_line_from_its_page(lubuskie):
    entry, treasurer = lubuskie.entries.get(key="2019-p4-own"), person(TREASURER)
    client = visitor(treasurer)
    assert address("entry-check", entry.pk) in text_of(client.get(address("entry", entry.pk)))
    response = check(client, entry)
    assert says(response, "Marked as checked.")
    entry.refresh_from_db()
    assert (entry.state, entry.checked_by) == ("checked", treasurer)
    assert address("entry-check", entry.pk) not in text_of(client.get(address("entry", entry.pk)))


def test_the_treasurer_does_not_check_what_they_entered(lubuskie):
    treasurer = person(TREASURER)
    Entry.objects.filter(key="2019-p4-own").update(entered_by=treasurer)
    entry = lubuskie.entries.get(key="2019-p4-own")
    assert says(check(visitor(treasurer), entry), "You entered this line; another person checks it.")
    entry.refresh_from_db()
    assert entry.state == "entered"


@pytest.mark.parametrize("seen", ["", "0", "2", "x", "²", "9" * 50])
def test_a_line_is_not_checked_by_who_saw_another_version(lubuskie, seen):
    entry = lubuskie.entries.get(key="2019-p4-own")
    response = check(visitor(TREASURER), entry, seen)
    assert says(response, "The line changed while you were looking at it. Check it again.")
    entry.refresh_from_db()
    assert entry.state == "entered"


def test_a_checked_line_is_marked_in_the_list(lubuskie):
    before = text_of(visitor(OFFICER).get(address("entries")))
    entry = lubuskie.entries.get(key="2019-p4-own")
    check_entry(entry=entry, seen_version=1, by=UserFactory())
    after = text_of(visitor(OFFICER).get(address("entries")))
    label = str(Entry(state="checked").get_state_display())
    assert len(re.findall(rf">\s*{label}\s*<", after)) == len(re.findall(rf">\s*{label}\s*<", before)) + 1
