"""Erasing a person: asked by the unit, decided by another person, kept to the day, gone for ever."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.persons.errors import AlreadyDecided, NamesThePerson, PersonErased, SamePerson, StillKept
from spoiwo.persons.models import NAMES, ErasureRequest, Person
from spoiwo.persons.services.erasure import ask_erasure, erase_person, finish_erasures, refuse_erasure, waiting_for
from spoiwo.persons.services.papers import add_paper
from spoiwo.persons.services.register import close_person
from spoiwo.vault.errors import Erased
from spoiwo.vault.services import erase, keyring, unsealed
from tests.registered import NOW, OPENING, TODAY, WRITTEN, care_officer, entered, pesel_of, unit
from tests.visitors import person, says, text_of, visitor

pytestmark = pytest.mark.django_db
REASON = "Wpisana dwa razy, zostaje druga sprawa."
KEPT_UNTIL = date(2031, 12, 31)


@pytest.fixture(autouse=True)
def papers_dir(settings, tmp_path):
    settings.PAPERS_DIR = tmp_path / "papers"


@pytest.fixture
def home():
    return unit()


@pytest.fixture
def officer(home):
    return care_officer(home)


@pytest.fixture
def dpo():
    return person(Role.DATA_PROTECTION_OFFICER)


def asked(row, by, ground="mistake", today=TODAY):
    return ask_erasure(person=row, ground=ground, reason=REASON, by=by, now=NOW, today=today)


def closed(home, officer):
    row = entered(home, by=officer)
    return close_person(person=row, seen_version=1, closed_on=TODAY, keep_until=KEPT_UNTIL, by=officer, now=NOW)


def files():
    return [path for path in settings.PAPERS_DIR.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, False), (1, True)])
def test_the_end_of_the_time_of_keeping_allows_an_erasure_from_the_day_after(home, officer, dpo, days, allowed):
    row, today = closed(home, officer), KEPT_UNTIL + timedelta(days=days)
    if allowed:
        request = asked(row, officer, "time_over", today)
        assert erase_person(request=request, by=dpo, now=NOW, today=today).erased_on == today
        return
    with pytest.raises(StillKept) as refusal:
        asked(row, officer, "time_over", today)
    assert refusal.value.until == KEPT_UNTIL


def test_the_day_is_asked_again_when_it_is_decided(home, officer, dpo):
    request = asked(closed(home, officer), officer, "time_over", KEPT_UNTIL + timedelta(days=1))
    with pytest.raises(StillKept):
        erase_person(request=request, by=dpo, now=NOW, today=KEPT_UNTIL)
    request.refresh_from_db()
    assert request.decided_at is None


def test_an_open_record_is_erased_only_on_another_ground(home, officer):
    row = entered(home, by=officer)
    with pytest.raises(StillKept) as refusal:
        asked(row, officer, "time_over", date(2099, 1, 1))
    assert refusal.value.until is None
    assert asked(row, officer, "objection").ground == "objection"


def test_an_erased_person_is_gone_from_values_fingerprints_papers_and_keys(home, officer, dpo):
    row = entered(home, by=officer, pesel=pesel_of())
    add_paper(person=row, kind="court", content=b"skan", media_type="application/pdf", by=officer, now=NOW)
    kept = Person.objects.get(pk=row.pk)  # as a backup of the database would bring it back
    erase_person(request=asked(row, officer), by=dpo, now=NOW, today=TODAY)
    held = Person.objects.get(pk=row.pk)
    assert [bool(getattr(held, name)) for name in NAMES] == [False] * len(NAMES)
    assert (held.last_name_index, held.pesel_index, held.birth_year, held.birth_month) == ("", "", None, None)
    assert (held.erased_on, held.case_number) == (TODAY, row.case_number)
    assert not Person.objects.with_pesel(pesel_of()).exists()
    assert files() == []
    with pytest.raises(Erased):
        unsealed(kept, ["last_name"])
    assert row.subject_id not in keyring().store.subjects()


def test_who_asked_does_not_carry_it_out(home):
    both = care_officer(home, roles=(Role.POWIAT_CARE_OFFICER, Role.DATA_PROTECTION_OFFICER))
    request = asked(entered(home, by=both), both)
    with pytest.raises(SamePerson):
        erase_person(request=request, by=both, now=NOW, today=TODAY)
    assert Person.objects.get().erased_on is None


def test_a_request_is_made_and_decided_once(home, officer, dpo):
    row = entered(home, by=officer)
    request = asked(row, officer)
    with pytest.raises(AlreadyDecided):
        asked(row, officer)
    refuse_erasure(request=request, answer="Sprawa nadal się toczy.", by=dpo, now=NOW)
    for decide in (
        lambda: refuse_erasure(request=request, answer=REASON, by=dpo, now=NOW),
        lambda: erase_person(request=request, by=dpo, now=NOW, today=TODAY),
    ):
        with pytest.raises(AlreadyDecided):
            decide()
    erase_person(request=asked(row, officer), by=dpo, now=NOW, today=TODAY)
    with pytest.raises(PersonErased):
        asked(row, officer)


def test_reasons_do_not_carry_the_person_into_the_record(home, officer, dpo):
    row = entered(home, by=officer)
    said = {"by": officer, "now": NOW, "today": TODAY}
    with pytest.raises(NamesThePerson):
        ask_erasure(person=row, ground="mistake", reason="Pani Żółw-Wymyślona prosi", **said)
    request = asked(row, officer)
    with pytest.raises(NamesThePerson):
        refuse_erasure(request=request, answer="Pani Żółw-Wymyślona czeka", by=dpo, now=NOW)


def test_an_interrupted_erasure_is_finished_later(home, officer, dpo):
    row = entered(home, by=officer)
    add_paper(person=row, kind="court", content=b"skan", media_type="application/pdf", by=officer, now=NOW)
    request = asked(row, officer)
    Person.objects.filter(pk=row.pk).update(erased_on=TODAY, closed_on=TODAY, keep_until=TODAY)
    ErasureRequest.objects.filter(pk=request.pk).update(done=True, decided_at=NOW, decided_by=dpo)
    assert finish_erasures(NOW) == "Dokończone usunięcia osób: 1."
    assert finish_erasures(NOW) == "Dokończone usunięcia osób: 0."
    row.subject.refresh_from_db()
    assert (row.subject.erased_at, row.subject.reason, files()) == (NOW, REASON, [])


def test_a_person_whom_a_backup_brings_back_opens_for_nobody_and_is_marked_again(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    erase(row.subject, reason=REASON, now=NOW, by=None)
    response = client.post(reverse("persons:open", args=[row.uid]), OPENING)
    assert response.status_code == 422
    assert says(response, "The data of this person was erased")
    assert not Record.objects.filter(reading=True).exists()
    assert finish_erasures(NOW) == "Dokończone usunięcia osób: 1."
    held = Person.objects.get()
    assert (held.erased_on, bool(held.last_name)) == (TODAY, False)
    assert Record.objects.filter(deed="persons.erased").get().reason == REASON


def test_papers_of_a_person_whom_a_backup_brings_back_go_too(home, officer):
    row = entered(home, by=officer)
    add_paper(person=row, kind="court", content=b"skan", media_type="application/pdf", by=officer, now=NOW)
    Person.objects.filter(pk=row.pk).update(erased_on=TODAY, closed_on=TODAY, keep_until=TODAY)
    erase(row.subject, reason=REASON, now=NOW, by=None)
    assert finish_erasures(NOW) == "Dokończone usunięcia osób: 1."
    assert files() == []


def test_the_pages_lead_from_the_request_to_the_erasure(home, officer, dpo):
    row = entered(home, by=officer)
    unit_side, dpo_side = visitor(officer), visitor(dpo)
    ask, decide = (reverse(f"persons:{name}", args=[row.uid]) for name in ("erasure-ask", "erasure"))
    page = reverse("persons:person", args=[row.uid])
    assert unit_side.post(ask, {"ground": "time_over", "reason": REASON}).status_code == 422
    assert unit_side.post(ask, {"ground": "mistake", "reason": "krótko"}).status_code == 422
    assert unit_side.post(ask, {"ground": "mistake", "reason": REASON}).url == page
    assert unit_side.post(ask, {"ground": "mistake", "reason": REASON}).status_code == 422
    assert unit_side.get(decide).status_code == 403
    assert REASON in text_of(dpo_side.get(page))
    assert dpo_side.post(decide, {"decision": "erase", "case_number": "inny"}).status_code == 422
    assert dpo_side.post(decide, {"decision": "refuse"}).status_code == 422
    done = dpo_side.post(decide, {"decision": "erase", "case_number": row.case_number.lower()}, follow=True)
    assert says(done, "The data of this person was erased")
    for name in ("open", "change", "close", "shield", "erasure-ask", "reopen", "caseworkers"):
        response = unit_side.post(reverse(f"persons:{name}", args=[row.uid]), OPENING)
        assert [text for text in WRITTEN.values() if text and text in response.content.decode()] == []
    assert says(unit_side.get(page), "The data of this person was erased")
    assert says(dpo_side.get(decide, follow=True), "No request to erase this person's data waits for a decision.")
    assert Record.objects.get(deed="persons.erased").by == dpo


def test_the_officer_may_refuse_and_the_unit_may_ask_again(home, officer, dpo):
    row = entered(home, by=officer)
    asked(row, officer)
    client = visitor(dpo)
    address = reverse("persons:erasure", args=[row.uid])
    assert client.post(address, {"decision": "refuse", "answer": "Pani Żółw-Wymyślona czeka"}).status_code == 422
    client.post(address, {"decision": "refuse", "answer": "Sprawa nadal się toczy."})
    request = ErasureRequest.objects.get()
    assert (request.done, request.answer, request.decided_by) == (False, "Sprawa nadal się toczy.", dpo)
    assert Person.objects.get().erased_on is None
    page = visitor(officer).get(reverse("persons:person", args=[row.uid]))
    assert says(page, "The erasure was refused")
    assert "Sprawa nadal się toczy." in text_of(page)


def test_an_erasure_asks_once_more_who_it_is(home, officer, dpo):
    row = entered(home, by=officer)
    asked(row, officer)
    client = visitor(dpo, proved=False)
    client.post(reverse("persons:erasure", args=[row.uid]), {"decision": "erase", "case_number": row.case_number})
    assert Person.objects.get().erased_on is None


def test_the_data_of_a_person_is_handed_out_with_a_request_and_recorded(home, officer, dpo):
    import io
    import json
    import zipfile

    row = entered(home, by=officer)
    client = visitor(dpo)
    address = reverse("persons:export", args=[row.uid])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Wniosek pani Żółw-Wymyślona"}).status_code == 422
    answer = client.post(address, {"reason": "Wniosek z 16 marca, znak PS.12.2026"})
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        held = json.loads(pack.read("dane.json"))
    rows = {part["code"]: part["rows"] for part in held["held"]}
    assert [text for text in WRITTEN.values() if text and text not in rows["persons"][0].values()] == []
    reading = Record.objects.get(deed="persons.exported")
    assert (reading.reading, reading.by, reading.facts["fields"]) == (True, dpo, sorted(NAMES))
    assert visitor(officer).post(address, {"reason": REASON}).status_code == 403
    assert visitor(dpo, proved=False).get(address).status_code == 302


def test_who_decides_is_told_in_the_menu_how_many_requests_wait_and_the_unit_is_not(home, officer, dpo):
    row = entered(home, by=officer)
    assert waiting_for(dpo) == 0
    request = asked(row, officer)
    assert (waiting_for(dpo), waiting_for(officer)) == (1, 0)
    refuse_erasure(request=request, answer="Potrzebna do innej sprawy.", by=dpo, now=NOW)
    assert waiting_for(dpo) == 0
