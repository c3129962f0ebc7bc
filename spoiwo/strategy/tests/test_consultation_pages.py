"""A consultation as everybody meets it: no account, no script, no cookie but the one that guards the form."""

import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.doors import once
from spoiwo.places.models import Place
from spoiwo.strategy.domain.remarks import LONGEST_REMARK, MOST_IN_AN_HOUR
from spoiwo.strategy.errors import NotInTerm
from spoiwo.strategy.models import Consultation
from spoiwo.strategy.tests.drafting import (
    NEW,
    adopted,
    answered,
    changed,
    consulted,
    opened,
    planted,
    remarked,
    renamed,
    reported,
    withdrawn,
)
from spoiwo.ui.templatetags.ui import on_day
from tests.factories import ProgrammeFactory
from tests.queries import queries_of
from tests.visitors import Browser, key_for, says, text_of, visitor

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def address(name, *values):
    """A public address of consultations."""
    return reverse(f"consultations:{name}", args=values)


def days(start, end):
    """The first and the last day of a term, counted from today."""
    today = timezone.localdate()
    return {"opens": today + timedelta(days=start), "closes": today + timedelta(days=end)}


def term(draft, start, end):
    """A consultation of a draft, set on its first day or today."""
    around = days(start, end)
    return consulted(draft, on=min(around["opens"], timezone.localdate()), **around)


@pytest.fixture(autouse=True)
def nobody_has_sent_anything():
    """The count of remarks by connection begins anew."""
    cache.clear()


@pytest.fixture
def draft():
    """A draft with a new name of a programme."""
    return renamed(planted())


def another_draft():
    """A draft of another strategy, with a changed name."""
    programme = ProgrammeFactory()
    return changed(opened(programme.strategy), "programme", programme.code, name="Inna nazwa")


@pytest.fixture
def running(draft):
    """A consultation open until the end of today."""
    return term(draft, 0, 0)


def sent(**facts):
    """What a resident sends."""
    return {"sender_kind": "resident", "text": "Uwaga zmyślona"} | facts


# --- what is shown -------------------------------------------------------------------------------


def test_the_page_of_the_strategy_leads_to_a_running_consultation_and_to_no_other(draft):
    page = reverse("strategy:strategy", args=[draft.strategy.code])
    row = term(draft, 0, 0)
    assert f'href="{address("consultation", row.pk)}"' in text_of(visitor().get(page))
    Consultation.objects.update(**{f"{name}_on": day for name, day in days(-20, -1).items()})
    assert says(visitor().get(page), "A change of this strategy is being consulted") is False


def test_the_page_of_the_strategy_names_the_resolution_that_changed_it(draft):
    page = reverse("strategy:strategy", args=[draft.strategy.code])
    words = {"resolution": "XX/1/26", "day": on_day(draft.created_at.date())}
    assert says(visitor().get(page), "Changed by resolution %(resolution)s, binding from %(day)s.", **words) is False
    reported(consulted(draft))
    version = adopted(draft)
    words["day"] = on_day(version.binding_from)
    assert says(visitor().get(page), "Changed by resolution %(resolution)s, binding from %(day)s.", **words)


def test_a_draft_is_seen_by_nobody_before_its_consultation_opens(draft):
    row = term(draft, 1, 20)
    client = visitor()
    assert NEW not in text_of(client.get(address("consultations")))
    assert row.title not in text_of(client.get(address("consultations")))
    assert client.get(address("consultation", row.pk)).status_code == 404
    assert client.get(address("remark", row.pk)).status_code == 404
    assert client.post(address("remark", row.pk), sent()).status_code == 404


def test_everybody_reads_the_difference_word_by_word(running):
    response = visitor().get(address("consultation", running.pk))
    text = text_of(response)
    assert '<span class="hid">usunięto: </span><del>narkomanii</del>' in text
    assert '<span class="hid">wstawiono: </span><ins>uzależnieniom</ins>' in text
    assert f"{address('remark', running.pk)}?miejsce=programme%3AP4" in text
    assert not response.cookies


def test_what_was_consulted_is_shown_though_the_draft_changed_after(draft):
    row = term(draft, -20, -1)
    changed(draft, "goal", "C1", on=timezone.localdate(), name="Zmieniony po uwagach")
    text = text_of(visitor().get(address("consultation", row.pk)))
    assert "uzależnieniom" in text
    assert "Zmieniony po uwagach" not in text
    assert address("remark", row.pk) not in text


def test_the_report_shows_every_remark_with_its_answer_and_what_changed_since(draft):
    row = term(draft, -20, -1)
    for n, words in enumerate((EVIL, "a" * 500)):
        answered(remarked(row, words, on=row.opens_on), f"Odpowiedź {n} {EVIL}", decision="noted")
    changed(draft, "goal", "C1", on=timezone.localdate(), name="Zmieniony po uwagach")
    assert "Odpowiedź 0" not in text_of(visitor().get(address("consultation", row.pk)))
    reported(row, on=timezone.localdate())
    text = text_of(visitor().get(address("consultation", row.pk)))
    assert "Odpowiedź 0" in text
    assert "Odpowiedź 1" in text
    assert "Zmieniony" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert EVIL not in text


def test_an_adopted_and_a_withdrawn_version_say_so(draft):
    row = term(draft, -20, -1)
    reported(row, on=timezone.localdate())
    adopted(draft, on=timezone.localdate())
    assert says(visitor().get(address("consultation", row.pk)), "The version is adopted")
    other = term(another_draft(), 0, 5)
    withdrawn(other.strategy_version, on=timezone.localdate())
    response = visitor().get(address("consultation", other.pk))
    assert says(response, "The draft was withdrawn")
    assert says(visitor().get(address("consultations")), "withdrawn")
    assert address("remark", other.pk) not in text_of(response)


# --- sending a remark ----------------------------------------------------------------------------


def test_a_resident_sends_a_remark_with_one_cookie_and_gets_a_receipt(running):
    client = Client(enforce_csrf_checks=True)
    form = client.get(address("remark", running.pk), {"miejsce": "programme:P4"})
    assert set(client.cookies) == {"spoiwo_csrf"}
    assert "<script" not in text_of(form)
    assert form.context["form"]["element"].value() == "programme:P4"
    token = client.cookies["spoiwo_csrf"].value
    once_key = re.search(f'name="{once.FIELD}" value="([^"]+)"', text_of(form)).group(1)
    data = sent(element="programme:P4", csrfmiddlewaretoken=token) | {once.FIELD: once_key}
    response = client.post(address("remark", running.pk), data)
    assert (response.status_code, response.url) == (302, address("receipt", running.pk, running.remarks.get().key))
    receipt = client.get(response.url)
    assert "Uwaga zmyślona" in text_of(receipt)
    assert "noindex" in text_of(receipt)
    assert says(receipt, "Your remark has number %(number)s", number=1)
    assert set(client.cookies) == {"spoiwo_csrf"}
    row = running.remarks.get()
    assert (row.element_label, row.sender, row.place) == (f"4. {NEW}", "", None)


def test_without_the_guard_of_the_form_nothing_is_taken(running):
    assert Client(enforce_csrf_checks=True).post(address("remark", running.pk), sent()).status_code == 403
    assert running.remarks.count() == 0


def test_the_same_form_sent_twice_is_one_remark_and_one_receipt(running):
    client = visitor()
    data = sent() | {once.FIELD: key_for(client, address("remark", running.pk))}
    first, second = (client.post(address("remark", running.pk), data) for _n in range(2))
    assert first.url == second.url
    assert running.remarks.count() == 1


@pytest.mark.parametrize("key", ["1", "a/b", "uwaga-1", "uwaga-" + "A" * 24])
def test_nobody_chooses_the_address_of_a_receipt(running, key):
    response = visitor().post(address("remark", running.pk), sent(key=key))
    assert response.status_code == 302
    assert response.url == address("receipt", running.pk, running.remarks.get().key)
    assert running.remarks.get().key != key


def test_a_text_of_millions_of_marks_is_refused_at_once(running):
    started = time.perf_counter()
    text = "a" + "\u0300\u0316" * 400_000
    response = visitor().post(address("remark", running.pk), sent(text=text))
    assert response.status_code == 422
    assert says(
        response,
        "The remark has %(found)d characters, and at most %(most)d are taken. Shorten it or send two.",
        found=len(text),
        most=LONGEST_REMARK,
    )
    assert time.perf_counter() - started < 10  # putting the marks in order would take half an hour


def test_a_withdrawn_draft_takes_no_remark_though_its_term_runs(running):
    withdrawn(running.strategy_version, on=timezone.localdate())
    response = visitor().post(address("remark", running.pk), sent())
    assert (response.status_code, response.url) == (302, address("consultation", running.pk))
    assert running.remarks.count() == 0
    running.refresh_from_db()
    with pytest.raises(NotInTerm), transaction.atomic():
        remarked(running, on=running.opens_on)


def test_a_receipt_opens_only_to_who_knows_its_address(running):
    row = remarked(running, key="uwaga-tajna", on=running.opens_on)
    assert visitor().get(address("receipt", running.pk, "uwaga-tajna")).status_code == 200
    assert visitor().get(address("receipt", running.pk, str(row.pk))).status_code == 404
    assert visitor().get(address("receipt", running.pk + 1, "uwaga-tajna")).status_code == 404


def test_a_receipt_tells_the_answer_once_the_report_is_published(draft):
    row = term(draft, -20, -1)
    answered(remarked(row, key="uwaga-1", on=row.opens_on), "Dopisaliśmy.")
    page = address("receipt", row.pk, "uwaga-1")
    assert "Dopisaliśmy." not in text_of(visitor().get(page))
    reported(row, on=timezone.localdate())
    assert "Dopisaliśmy." in text_of(visitor().get(page))


def place(level):
    """A powiat or a gmina of the region."""
    return Place.objects.of_region("08").valid_on(timezone.localdate()).level(level).first()


def test_a_powiat_and_an_organisation_say_who_they_are(running):
    powiat = place("powiat")
    visitor().post(address("remark", running.pk), sent(sender_kind="powiat", place=powiat.pk))
    visitor().post(address("remark", running.pk), sent(sender_kind="ngo", sender="Fundacja Zmyślona"))
    assert [(row.place, row.sender) for row in running.remarks.order_by("pk")] == [
        (powiat, ""), (None, "Fundacja Zmyślona")
    ]  # fmt: skip


NO_NAMES = "You chose “resident”: clear this field, we do not collect names of persons."
TRACE = "Found: %(found)s. Take it out: remarks are published, and we do not collect data of persons."
TOO_LONG = "The remark has %(found)d characters, and at most %(most)d are taken. Shorten it or send two."


@pytest.mark.parametrize(
    ("facts", "message", "found"),
    [
        ({"text": ""}, "Write the remark.", ""),
        ({"text": " \x07 \u202e "}, "Write the remark.", ""),
        ({"text": "a" * (LONGEST_REMARK + 1)}, TOO_LONG, LONGEST_REMARK + 1),
        ({"text": "Piszcie: jan@poczta.example"}, TRACE, "jan@poczta.example"),
        ({"sender_kind": ""}, "Choose on whose behalf you send the remark.", ""),
        ({"sender_kind": "powiat"}, "Choose the powiat.", ""),
        ({"sender_kind": "gmina"}, "Choose the gmina.", ""),
        ({"sender_kind": "ngo"}, "Write the name of the organisation or institution.", ""),
        ({"sender": "Jan Zmyślony"}, NO_NAMES, ""),
        ({"website": "http://reklama.example"}, "Leave this field empty: it is there to stop machines.", ""),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_field_and_nothing_typed_is_lost(running, facts, message, found):
    response = visitor().post(address("remark", running.pk), sent(**facts))
    assert response.status_code == 422
    assert says(response, message, found=found, most=LONGEST_REMARK)
    assert response.context["form"]["text"].value() == sent(**facts)["text"]
    assert running.remarks.count() == 0


def test_the_longest_remark_is_taken(running):
    assert visitor().post(address("remark", running.pk), sent(text="ż" * LONGEST_REMARK)).status_code == 302
    assert running.remarks.get().text == "ż" * LONGEST_REMARK


def test_a_zero_byte_and_a_place_that_is_not_there_are_refused(running):
    client = visitor()
    assert client.post(address("remark", running.pk), sent(text="a\x00b")).status_code == 422
    assert client.post(address("remark", running.pk), sent(element="goal:nie-ma")).status_code == 422
    assert client.post(address("remark", running.pk), sent(sender_kind="powiat", place="999999")).status_code == 422
    gmina = place("gmina")
    assert client.post(address("remark", running.pk), sent(sender_kind="powiat", place=gmina.pk)).status_code == 422
    assert running.remarks.count() == 0


def test_hostile_words_are_shown_as_words(running):
    response = visitor().post(address("remark", running.pk), sent(text=f"{EVIL}\u202e odwrócone"), follow=True)
    text = text_of(response)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; odwrócone" in text
    assert EVIL not in text


def test_a_flood_is_told_to_wait_and_others_are_heard(running):
    page = address("remark", running.pk)
    flood, other = (Browser(REMOTE_ADDR=ip) for ip in ("192.0.2.1", "192.0.2.2"))
    for n in range(MOST_IN_AN_HOUR):
        assert flood.post(page, sent(text=f"Uwaga {n}")).status_code == 302
    refused = flood.post(page, sent())
    assert refused.status_code == 429
    assert says(refused, "Many remarks came from your connection within an hour. Send this one a little later.")
    assert other.post(page, sent()).status_code == 302
    assert running.remarks.count() == MOST_IN_AN_HOUR + 1


def test_after_the_term_the_form_leads_back_to_the_consultation(draft):
    row = term(draft, -20, -1)
    response = visitor().post(address("remark", row.pk), sent())
    assert (response.status_code, response.url) == (302, address("consultation", row.pk))
    assert row.remarks.count() == 0


# --- regions, queries ----------------------------------------------------------------------------


def test_another_regions_consultation_is_not_shown_here(running, settings):
    settings.REGION = "08"
    client = visitor()
    assert client.get(address("consultation", running.pk)).status_code == 200
    settings.REGION = "14"
    assert client.get(address("consultation", running.pk)).status_code == 404


def test_without_a_consultation_the_list_says_so():
    assert says(visitor().get(address("consultations")), "There was no consultation yet")


def test_the_list_asks_as_often_for_three_consultations_as_for_one(running):
    one = queries_of(visitor(), address("consultations"))
    for _n in range(2):
        term(another_draft(), 0, 0)
    assert Consultation.objects.count() == 3
    assert queries_of(visitor(), address("consultations")) == one


def test_a_consultation_asks_as_often_for_three_remarks_as_for_one(draft):
    row = term(draft, -20, -1)
    answered(remarked(row, on=row.opens_on))
    page = address("consultation", row.pk)
    one = queries_of(visitor(), page)
    for n in range(2):
        answered(remarked(row, f"Uwaga {n}", on=row.opens_on))
    reported(row, on=timezone.localdate())
    assert queries_of(visitor(), page) == one
