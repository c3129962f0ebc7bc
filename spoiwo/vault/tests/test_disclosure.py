"""Giving a person what is held about them."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from spoiwo.access.models import Invitation, Role, Substitution
from spoiwo.audit.models import Record
from spoiwo.audit.services import record
from spoiwo.doors.letters import send_letter
from spoiwo.organisations.models import Membership
from spoiwo.vault import holdings as registry
from spoiwo.vault.errors import NothingSought, PurposeMissing
from spoiwo.vault.holdings import Holding
from spoiwo.vault.models import Disclosure
from spoiwo.vault.services import export_person
from spoiwo.vault.services.disclosure import officer_of, sought_index
from tests.factories import OrganisationFactory, UserFactory
from tests.visitors import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
EMAIL = "zdzislawa@przyklad.example"


@pytest.fixture
def officer():
    """A data-protection officer."""
    return person(Role.DATA_PROTECTION_OFFICER)


def given(officer, **whose):
    """What the file holds, as JSON, HTML and text."""
    _row, content = export_person(by=officer, purpose="wniosek osoby", now=NOW, **whose)
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert pack.namelist() == ["dane.json", "dane.html", "dane.txt"]
        texts = [pack.read(name).decode() for name in pack.namelist()]
    return json.loads(texts[0]), *texts[1:]


def rows_of(held, code):
    """The rows of one kind."""
    return next(part["rows"] for part in held["held"] if part["code"] == code)


def test_an_account_is_given_with_all_that_rooms_hold(officer):
    user = UserFactory(email=EMAIL, full_name="Zdzisława <Zmyślona>", roles=[Role.EDITOR])
    other = UserFactory(full_name="Obca Osoba")
    Membership.objects.create(
        user=user, organisation=OrganisationFactory(name="Fundacja Zmyślona"), since=date(2026, 1, 1)
    )
    Substitution.objects.create(
        absent=user, substitute=other, since=date(2026, 5, 1), until=date(2026, 5, 2), reason="urlop"
    )
    Invitation.objects.create(email=EMAIL.upper(), token_hash="t", invited_at=NOW, expires_at=NOW)
    send_letter(to=EMAIL, subject="Temat", body="Treść listu", by=None, now=NOW)
    record(by=user, deed="tests.done", about=other)
    record(by=other, deed="tests.unrelated", about=other)
    held, html, text = given(officer, email=f"  {EMAIL.upper()} ")
    assert held["about"] == {"email": EMAIL, "subject": "", "at": "2026-11-02T12:00:00+00:00"}
    (account,) = rows_of(held, "account")
    assert {EMAIL, "Zdzisława <Zmyślona>", True} <= {
        value for value in account.values() if isinstance(value, str | bool)
    }
    counts = {part["code"]: len(part["rows"]) for part in held["held"]}
    assert counts | {"deeds": 0} == {
        "account": 1, "account_browsers": 0, "account_invitations": 1, "account_roles": 2, "deeds": 0, "letters": 1,
        "organisations": 1, "remarks": 0,
    } | {code: 0 for code in counts if code.startswith("persons")}  # fmt: skip
    assert "tests.done" in str(rows_of(held, "deeds"))
    assert "tests.unrelated" not in str(held)
    assert "Treść listu" not in str(held)
    assert "Zdzisława &lt;Zmyślona&gt;" in html
    assert "Fundacja Zmyślona" in text


def test_somebody_unknown_gets_an_answer_that_says_so(officer):
    held, html, _text = given(officer, email="nikt@przyklad.example")
    assert [part for part in held["held"] if part["rows"]] == []
    assert "<h2>" in html


def test_the_giving_is_recorded_without_saying_whose_data_it_was(officer):
    UserFactory(email=EMAIL)
    row, content = export_person(email=EMAIL, by=officer, purpose="wniosek osoby", now=NOW)
    deed = Record.objects.get(deed="vault.person_exported")
    assert (deed.by, deed.reason, deed.about_id) == (officer, "wniosek osoby", str(row.pk))
    assert deed.facts == {"found": row.found, "digest": row.digest}
    assert EMAIL not in f"{deed.facts} {deed.about_label} {row.found} {row.sought}"
    assert Disclosure.objects.filter(sought=sought_index(EMAIL)).get() == row
    assert str(row.pk) in str(row)
    assert len(content) > 100


@pytest.mark.parametrize(
    ("whose", "purpose", "refusal"),
    [
        ({"email": EMAIL}, " ", PurposeMissing),
        ({}, "cel", NothingSought),
        ({"email": "  "}, "cel", NothingSought),
    ],
)
def test_nothing_is_given_without_a_purpose_or_a_person(officer, whose, purpose, refusal):
    with pytest.raises(refusal):
        export_person(by=officer, purpose=purpose, now=NOW, **whose)
    assert not Disclosure.objects.exists()


def test_a_room_is_asked_about_a_person_of_the_register_and_its_values_become_plain(officer, monkeypatch):
    monkeypatch.setattr(registry, "_holdings", {})
    subject, asked_of = uuid4(), []

    def found(asked):
        asked_of.append((asked.subject, asked.email, asked.purpose, asked.by))
        return [{"dzień": date(2026, 1, 2), "chwila": NOW, "lista": (1, "dwa"), "nic": None, "inne": 1.5}]

    registry.register_holding(Holding("a", "Rejestr", found))
    registry.register_holding(Holding("a", "Rejestr", found))
    held, _html, text = given(officer, subject=subject)
    assert asked_of == [(subject, "", "wniosek osoby", officer)]
    assert rows_of(held, "a") == [
        {"dzień": "2026-01-02", "chwila": NOW.isoformat(), "lista": [1, "dwa"], "nic": None, "inne": "1.5"}
    ]
    assert str(subject) in text
    assert "dzień: 2.01.2026\r\nchwila: 2.11.2026, 13.00\r\nlista: 1, dwa\r\nnic: –\r\ninne: 1.5\r\n" in text


def test_a_room_that_fails_leaves_no_giving(officer, monkeypatch):
    monkeypatch.setattr(registry, "_holdings", {})
    registry.register_holding(Holding("a", "Rejestr", lambda asked: 1 / 0))
    with pytest.raises(ZeroDivisionError):
        export_person(email=EMAIL, by=officer, purpose="cel", now=NOW)
    assert not Disclosure.objects.exists()


def test_only_an_officer_of_data_protection_gives_from_the_command_line(officer):
    assert officer_of(officer.email.upper()) == officer
    assert [officer_of(email) for email in ("", "nikt@przyklad.example", person(Role.DIRECTOR).email)] == [None] * 3
