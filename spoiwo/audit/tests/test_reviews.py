"""The weekly review as it is looked through and signed; what is refused is counted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.audit.domain.reviews import Kind, digest_of, read_week, week_of
from spoiwo.audit.errors import AlreadySigned, HitsChanged, WeekNotOver
from spoiwo.audit.models import Record, Refusal, Review
from spoiwo.audit.services import verify_chain
from spoiwo.audit.services.refusals import count_refusal
from spoiwo.audit.services.reviews import (
    events_of,
    find_hits,
    first_week,
    overdue_weeks,
    sign_review,
    signed_hits,
    verify_reviews,
    weeks_to_sign,
)
from spoiwo.audit.tests.reading import LATER, NIGHT, WEEK, read
from spoiwo.audit.watching import Signal, is_protected, register_signal, watch_deeds, watch_pages
from tests.factories import UserFactory
from tests.queries import queries_of
from tests.visitors import person, text_of, visitor

ADDRESS = "/biuro/dziennik/przeglad/"


@pytest.fixture
def reader():
    """Somebody who reads."""
    return person(Role.ROPS_OFFICER, full_name="Anna Zmyślona")


def sign(officer, week=WEEK, **changed):
    """Sign as the page does."""
    facts = {"remarks": "Sprawdzono z kierownikiem.", "seen_digest": digest_of(find_hits(week)), "now": LATER}
    return sign_review(week=week, by=officer, **(facts | changed))


@pytest.mark.django_db
def test_the_events_of_a_week_are_its_readings_and_the_deeds_that_rooms_named(reader):
    watch_deeds(Kind.SEARCH, "tests.searched")
    inside = read(reader) + read(reader, deed="tests.searched", reading=False)
    read(reader, deed="tests.changed", reading=False)
    read(reader, at=datetime(2026, 3, 15, 22, 59, 59, tzinfo=UTC))  # a minute before Monday in Warsaw
    inside += read(reader, at=datetime(2026, 3, 15, 23, 0, tzinfo=UTC))
    inside += read(reader, at=datetime(2026, 3, 22, 22, 59, 59, tzinfo=UTC))
    read(reader, at=datetime(2026, 3, 22, 23, 0, tzinfo=UTC))
    assert [event.sequence for event in events_of(WEEK)] == inside
    assert [event.kind for event in events_of(WEEK)] == [Kind.READING, Kind.SEARCH, Kind.READING, Kind.READING]
    assert events_of(WEEK)[0].at.hour == 23


@pytest.mark.django_db
def test_questions_of_other_rooms_are_asked_too(reader):
    register_signal(Signal("tests-name", "Nazwisko jak własne", lambda events: [events[0].sequence]))
    at_noon = read(reader, at=datetime(2026, 3, 17, 11, 0, tzinfo=UTC), times=2)
    try:
        hits = find_hits(WEEK)
    finally:
        register_signal(Signal("tests-name", "", lambda events: []))
    assert [(hit.rule, hit.sequences) for hit in hits] == [("tests-name", at_noon[:1])]


@pytest.mark.django_db
def test_weeks_are_to_sign_from_the_first_reading_to_the_last_week_that_is_over(reader):
    assert first_week() is None
    assert weeks_to_sign(date(2026, 4, 7)) == []
    read(reader)
    assert first_week() == WEEK
    assert [week.number for week in weeks_to_sign(date(2026, 4, 5))] == [12, 13]
    assert [week.number for week in weeks_to_sign(date(2026, 4, 6))] == [12, 13, 14]
    assert [week.number for week in overdue_weeks(date(2026, 4, 6))] == [12]
    sign(person(Role.DATA_PROTECTION_OFFICER))
    assert [week.number for week in weeks_to_sign(date(2026, 4, 6))] == [13, 14]
    assert overdue_weeks(date(2026, 4, 6)) == []


@pytest.mark.django_db
def test_a_signature_keeps_what_was_found_and_stands_in_the_record(reader):
    entries, officer = read(reader, times=2), person(Role.DATA_PROTECTION_OFFICER)
    review = sign(officer)
    (hit,) = signed_hits(review)
    assert (hit.rule, hit.sequences, hit.by_name) == ("after-hours", entries, "Anna Zmyślona")
    assert (review.signed_by, review.signed_at, review.week) == (officer, LATER, "2026-W12")
    row = Record.objects.about(review).get()
    assert (row.deed, row.reason) == ("audit.review_signed", "Sprawdzono z kierownikiem.")
    assert row.facts == {"hits": 1, "digest": review.digest}
    assert list(verify_reviews()) == list(verify_chain()) == []


@pytest.mark.django_db
def test_a_week_is_signed_once_when_it_is_over_and_as_it_was_seen(reader):
    read(reader)
    officer = person(Role.DATA_PROTECTION_OFFICER)
    with pytest.raises(WeekNotOver):
        sign(officer, now=datetime(2026, 3, 22, 22, 59, tzinfo=UTC))
    seen = digest_of(find_hits(WEEK))
    read(reader)
    with pytest.raises(HitsChanged):
        sign(officer, seen_digest=seen)
    assert Review.objects.count() == 0
    sign(officer, now=datetime(2026, 3, 22, 23, 0, tzinfo=UTC))
    with pytest.raises(AlreadySigned):
        sign(officer)
    assert Record.objects.filter(deed="audit.review_signed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_once_one_does():
    reader, officers = UserFactory(), [person(Role.DATA_PROTECTION_OFFICER) for _n in range(2)]
    with transaction.atomic():
        read(reader)
    seen = digest_of(find_hits(WEEK))

    def attempt(officer) -> str:
        try:
            return sign(officer, seen_digest=seen).week
        except AlreadySigned:
            return "signed before"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(attempt, officers)) == ["2026-W12", "signed before"]
    assert Review.objects.count() == 1
    assert list(verify_chain()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows.update(hits=[]),
        lambda rows: rows.update(digest="f" * 64),
        lambda rows: rows.update(hits=[], digest=digest_of([])),
        lambda rows: rows.update(hits=[{"rule": "x"}]),
        lambda rows: rows.update(hits="x"),
        lambda rows: rows.delete(),
    ],
    ids=["hits", "digest", "both", "shape", "kind", "gone"],
)
def test_a_signed_week_changed_past_the_house_is_found(reader, spoil):
    read(reader)
    sign(person(Role.DATA_PROTECTION_OFFICER))
    spoil(Review.objects.all())
    assert len(list(verify_reviews())) == 1


# Refused attempts


@pytest.mark.django_db
def test_a_hundred_attempts_are_one_row_and_seven_entries(reader):
    for _n in range(100):
        count_refusal(by=reader, view="persons:person", status=404, now=NIGHT)
    row = Refusal.objects.get()
    assert (row.count, row.day, row.status) == (100, date(2026, 3, 17), 404)
    counts = [entry.facts["count"] for entry in Record.objects.filter(deed="audit.refused").order_by("sequence")]
    assert counts == [1, 2, 4, 8, 16, 32, 64]
    assert list(verify_chain()) == []


@pytest.mark.django_db
def test_refusals_of_another_day_page_or_person_are_counted_apart(reader):
    for by, view, now in [
        (reader, "persons:person", NIGHT), (reader, "persons:person", NIGHT + timedelta(days=1)),
        (reader, "persons:paper", NIGHT), (UserFactory(), "persons:person", NIGHT),
    ]:  # fmt: skip
        count_refusal(by=by, view=view, status=403, now=now)
    assert list(Refusal.objects.values_list("count", flat=True)) == [1] * 4


@pytest.mark.parametrize(("view", "protected"), [
    ("audit:records", True), ("tests:one", True), ("tests:other", False), ("rooms:any", True), ("", False),
    ("help", False),
])  # fmt: skip
def test_rooms_say_whose_refusals_are_counted(view, protected):
    watch_pages("tests:one", "rooms:*")
    assert is_protected(view) is protected


@pytest.mark.django_db
def test_a_signed_in_person_who_is_refused_is_counted_and_a_stranger_is_not():
    officer = person(Role.ROPS_OFFICER)
    assert visitor(officer).get("/biuro/dziennik/").status_code == 403
    assert visitor().get("/biuro/dziennik/").status_code == 302
    assert visitor(officer).get("/biuro/pakiet/nie-ma/").status_code == 404  # not a protected page
    (row,) = Refusal.objects.all()
    assert (row.by, row.view, row.status, row.count) == (officer, "audit:records", 403, 1)
    entry = Record.objects.get(deed="audit.refused")
    assert entry.facts == {"page": "audit:records", "status": 403, "count": 1}
    assert (entry.roles, len(entry.address_hash)) == ("rops_officer", 32)


@pytest.mark.django_db
def test_what_is_not_there_is_counted_as_well():
    auditor = person(Role.AUDITOR)
    assert visitor(auditor).get(f"{ADDRESS}2026-W12/").status_code == 404
    assert Refusal.objects.get().view == "audit:review"


@pytest.mark.django_db
def test_a_refusal_that_cannot_be_counted_stays_a_refusal(caplog):
    client = visitor(Role.ROPS_OFFICER)
    client.get("/biuro/")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_refusal RENAME TO audit_refusal_away")
    try:
        response = client.get("/biuro/dziennik/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_refusal_away RENAME TO audit_refusal")
    assert response.status_code == 403
    assert "could not be counted" in caplog.text


# Pages


@pytest.fixture
def officer():
    """The data-protection officer."""
    return person(Role.DATA_PROTECTION_OFFICER, full_name="Iwona Zmyślona")


def page_of(week):
    return f"{ADDRESS}{week.code}/"


@pytest.mark.django_db
def test_a_week_is_looked_through_and_signed_on_its_page(reader, officer):
    entries, client = read(reader, times=3), visitor(officer)
    assert "2026-W12" in client.get(ADDRESS).content.decode()
    page = client.get(page_of(WEEK))
    assert page.status_code == 200
    assert "Anna Zmyślona" in text_of(page)
    hit = client.get(f"{page_of(WEEK)}after-hours-{reader.pk}-2026-03-17/")
    assert [row.sequence for row in hit.context["records"]] == entries
    sent = {"remarks": "Dyżur, uzgodniono z kierownikiem.", "seen_digest": page.context["digest"]}
    assert client.post(f"{page_of(WEEK)}podpis/", sent).url == page_of(WEEK)
    signed = text_of(client.get(page_of(WEEK)))
    assert "Iwona Zmyślona" in signed
    assert "Dyżur, uzgodniono z kierownikiem." in signed
    assert "<form" not in signed.split("<main")[1].split("</main")[0]
    assert "Dyżur" in text_of(client.get(ADDRESS))
    again = client.post(f"{page_of(WEEK)}podpis/", sent, follow=True)
    assert "Iwona Zmyślona" in text_of(again)
    assert Review.objects.count() == 1


@pytest.mark.django_db
def test_without_words_a_week_is_not_signed_and_what_was_found_is_still_there(reader, officer):
    read(reader)
    client = visitor(officer)
    digest = client.get(page_of(WEEK)).context["digest"]
    response = client.post(f"{page_of(WEEK)}podpis/", {"remarks": "ok", "seen_digest": digest})
    assert response.status_code == 422
    assert "Anna Zmyślona" in text_of(response)
    assert Review.objects.count() == 0


@pytest.mark.django_db
def test_finds_that_changed_meanwhile_are_shown_before_signing_and_the_words_are_kept(reader, officer):
    read(reader)
    client = visitor(officer)
    digest = client.get(page_of(WEEK)).context["digest"]
    read(reader)
    sent = {"remarks": "Sprawdzono z kierownikiem.", "seen_digest": digest}
    response = client.post(f"{page_of(WEEK)}podpis/", sent)
    assert response.status_code == 409
    assert "Sprawdzono z kierownikiem." in text_of(response)
    assert Review.objects.count() == 0
    assert client.post(f"{page_of(WEEK)}podpis/", sent | {"seen_digest": response.context["digest"]}).status_code == 302
    assert Review.objects.count() == 1


@pytest.mark.django_db
def test_this_week_is_shown_and_cannot_be_signed_yet(reader, officer):
    now = timezone.now()
    read(reader, at=now)
    week, client = week_of(timezone.localdate()), visitor(officer)
    page = client.get(page_of(week))
    assert page.status_code == 200
    assert "seen_digest" not in page.content.decode()
    sent = {"remarks": "Za wcześnie, ale spróbuję.", "seen_digest": page.context["digest"]}
    assert client.post(f"{page_of(week)}podpis/", sent).status_code == 422
    assert Review.objects.count() == 0


@pytest.mark.django_db
def test_the_auditor_looks_and_does_not_sign(reader):
    read(reader)
    client = visitor(Role.AUDITOR)
    assert "seen_digest" not in client.get(page_of(WEEK)).content.decode()
    assert client.post(f"{page_of(WEEK)}podpis/", {}).status_code == 403


@pytest.mark.django_db
def test_who_stands_in_the_finds_is_told_so(officer):
    read(officer)
    page = visitor(officer).get(page_of(WEEK))
    assert page.context["own"] is True


@pytest.mark.django_db
def test_a_signed_week_that_was_changed_past_the_house_says_so(reader, officer):
    read(reader)
    sign(officer)
    client = visitor(officer)
    assert client.get(page_of(WEEK)).context["broken"] is False
    Review.objects.update(hits=[])
    assert client.get(page_of(WEEK)).context["broken"] is True


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["2026-W11", "2099-W01", "2026-W60", "nic"])
def test_a_week_without_a_review_is_not_there(reader, officer, code):
    read(reader)
    assert visitor(officer).get(f"{ADDRESS}{code}/").status_code == 404
    assert visitor(officer).get(f"{page_of(WEEK)}nie-ma/").status_code == 404


@pytest.mark.django_db
def test_a_week_with_three_finds_asks_as_often_as_with_one(reader, officer):
    client = visitor(officer)
    read(reader)
    one = queries_of(client, page_of(WEEK)), queries_of(client, ADDRESS)
    read(UserFactory())
    read(UserFactory())
    assert (queries_of(client, page_of(WEEK)), queries_of(client, ADDRESS)) == one


@pytest.mark.django_db
def test_weeks_that_nobody_signed_in_time_stand_on_the_desk(reader):
    client = visitor(Role.AUDITOR)
    assert "tile-unsigned" not in client.get(reverse("access:desk")).content.decode()
    read(reader)
    assert "tile-unsigned" in client.get(reverse("access:desk")).content.decode()
    assert read_week("2026-W12") in overdue_weeks(timezone.localdate())
