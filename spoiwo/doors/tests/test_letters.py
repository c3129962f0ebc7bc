"""Letters: one recipient each, queued with the change, sealed while they wait, sent once, and lost never."""

import smtplib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from spoiwo.audit.models import Record
from spoiwo.audit.services import verify_chain
from spoiwo.doors import letters, posting
from spoiwo.doors.domain.letters import PAUSES, LetterState, Problem, check_address, masked, next_try
from spoiwo.doors.errors import LetterChanged, LetterRefused
from spoiwo.doors.letters import content_of, recipient_index, send_letter, try_again
from spoiwo.doors.models import Letter
from spoiwo.doors.posting import send_waiting_letters
from spoiwo.kernel.sealing import SealBroken
from spoiwo.vault.fields import Sealed
from tests.factories import UserFactory

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
PESEL = "440514" + "01359"
MINUTE = timedelta(minutes=1)


def write(to="anna@pokaz.example", **facts):
    """A letter written at ten."""
    with transaction.atomic():
        return send_letter(
            **{"to": to, "subject": "Zaproszenie", "body": "Dzień dobry.", "by": None, "now": NOW} | facts
        )


# --- writing -------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "to",
    [
        "", "anna", "anna@", "@pokaz.example", "anna@pokaz.example,jan@pokaz.example",
        "anna@pokaz.example;jan@pokaz.example", "anna@pokaz.example jan@pokaz.example",
        "anna@pokaz.example\nBcc: jan@pokaz.example", "anna@pokaz.example\r\nCc: x@y.example", "anna@pokaz.example\n",
        "Anna <anna@pokaz.example>", "a@b@c.example", "anna@pokaz..example", "ż@pokaz.example",
        "a" * 65 + "@pokaz.example", "a@" + "b" * 250 + ".example",
    ],
)  # fmt: skip
def test_a_letter_has_exactly_one_recipient_and_no_header_in_disguise(to):
    with pytest.raises(LetterRefused) as refusal:
        write(to)
    assert refusal.value.part == "recipient"
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"subject": "Temat\nBcc: jan@pokaz.example"}, "subject"), ({"subject": "a\rb"}, "subject"),
        ({"subject": " "}, "subject"), ({"subject": "a" * 201}, "subject"), ({"subject": "a\u2028b"}, "subject"),
        ({"body": " "}, "body"), ({"body": "a\0b"}, "body"), ({"html": ""}, "body"), ({"body": "a" * 200_001}, "body"),
        ({"body": f"Sprawa osoby {PESEL}."}, "text"), ({"subject": PESEL}, "text"), ({"html": f"<p>{PESEL}"}, "text"),
        ({"body": f"Adres: {Sealed(b'x')}"}, "text"),
    ],
)  # fmt: skip
def test_a_letter_that_would_do_harm_is_refused_without_repeating_it(facts, part):
    with pytest.raises(LetterRefused) as refusal:
        write(**facts)
    assert refusal.value.part == part
    assert PESEL not in str(refusal.value)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("body", [f"a{PESEL}b" + "c" * 51, f"5d7a3c0e-0000-4000-8000-{PESEL}a", "tel. 44051401358"])
def test_a_fingerprint_or_another_number_is_no_pesel(body):
    assert write(body=body).pk


@pytest.mark.parametrize("name", ["to", "subject", "body", "html"])
def test_a_letter_takes_plain_text_and_no_sealed_value(name):
    with pytest.raises(TypeError) as refusal:
        write(**{name: Sealed(b"tajne")})
    assert str(refusal.value) == f"{name}: a letter is written in plain text, found Sealed"


def test_a_room_can_name_what_must_not_leave_in_a_letter(monkeypatch):
    monkeypatch.setattr(letters, "_checks", [])
    letters.forbid(lambda text: "numer sprawy" if "PCPR/7" in text else "")
    with pytest.raises(LetterRefused) as refusal:
        write(body="Sprawa PCPR/7 czeka.")
    assert str(refusal.value) == "text: expected without numer sprawy"
    assert write(body="Sprawa czeka.").pk


def test_a_letter_is_queued_with_its_change_or_not_at_all():
    with transaction.atomic():
        send_letter(to="anna@pokaz.example", subject="a", body="b", by=None)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not Record.objects.filter(deed="doors.letter_written").exists()


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_not_written_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        send_letter(to="anna@pokaz.example", subject="a", body="b", by=None)


def test_what_waits_is_sealed_and_bound_to_its_row():
    by = UserFactory()
    letter = write(by=by, about=by, html="<p>Dzień dobry.</p>")
    kept = Letter.objects.get()
    assert (kept.recipient, kept.state, kept.by) == ("a•••@p•••.example", LetterState.WAITING, by)
    assert (kept.about_type, kept.about_id) == ("access.user", str(by.pk))
    assert content_of(kept) == {
        "to": "anna@pokaz.example", "subject": "Zaproszenie", "body": "Dzień dobry.", "html": "<p>Dzień dobry.</p>",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM doors_letter")
        row = b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
    assert not [text for text in (b"anna@", b"Zaproszenie", b"Dzie") if text in row]
    record = Record.objects.get(deed="doors.letter_written")
    assert (record.by, record.facts) == (by, {"letter_about": f"access.user {by.pk}"})
    other = write("jan@pokaz.example")
    other.content = letter.content
    with pytest.raises(SealBroken):
        content_of(other)


def test_letters_to_an_address_are_found_by_its_fingerprint_whatever_the_case():
    write("Anna@Pokaz.example")
    write("ann@apokaz.example")
    assert Letter.objects.filter(recipient_index=recipient_index("anna@pokaz.example")).count() == 1


@pytest.mark.parametrize(
    ("address", "shown"),
    [("anna@pokaz.example", "a•••@p•••.example"), ("a@b.c.example", "a•••@b•••.example"), ("x@localhost", "x•••@l•••")],
)
def test_an_address_is_shown_in_part(address, shown):
    assert masked(check_address(address)) == shown


# --- sending -------------------------------------------------------------------------------------


def test_a_letter_is_sent_to_its_recipient_and_nobody_else_and_then_forgotten(sink):
    letter = write(html="<p>Dzień dobry.</p>")
    write("jan@pokaz.example")
    assert send_waiting_letters(NOW) == "Wysłano 2\xa0listy, nie wysłano 0\xa0listów, po terminie 0\xa0listów."
    assert sink.recipients() == ["anna@pokaz.example", "jan@pokaz.example"]
    text = sink.taken[0][1]
    assert f"Message-ID: <{letter.uid}@pokaz.example>" in text
    assert "jan@" not in text
    assert "Auto-Submitted: auto-generated" in text
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.ended_at, bool(letter.content)) == (LetterState.SENT, 1, NOW, False)
    assert send_waiting_letters(NOW + MINUTE).startswith("Wysłano 0")
    assert len(sink.taken) == 2
    assert Record.objects.filter(deed="doors.letter_sent").count() == 2
    assert list(verify_chain()) == []


def test_one_recipient_refused_stops_nobody_and_the_log_is_who_was_written_to(sink):
    sink.refused = {"osoba-7@": 550, "osoba-9@": 451}
    for number in range(30):
        write(f"osoba-{number}@pokaz.example")
    send_waiting_letters(NOW)
    sent = Letter.objects.filter(state=LetterState.SENT).values_list("recipient_index", flat=True)
    assert set(sent) == {recipient_index(address) for address in sink.recipients()}
    assert len(sent) == 28
    refused = {(row.state, row.problem) for row in Letter.objects.exclude(state=LetterState.SENT)}
    assert refused == {(LetterState.FAILED, Problem.RECIPIENT), (LetterState.WAITING, Problem.LATER)}
    sink.refused = {}
    send_waiting_letters(NOW + MINUTE)
    assert sorted(sink.recipients()) == sorted(f"osoba-{n}@pokaz.example" for n in range(30) if n != 7)


def test_a_server_that_does_not_answer_loses_nothing_and_uses_up_no_try(settings, sink):
    settings.EMAIL_PORT = 1  # nobody listens there
    letter = write()
    send_waiting_letters(NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.problem, letter.attempts) == (LetterState.WAITING, Problem.NO_SERVER, 0)
    settings.EMAIL_PORT = sink.port
    send_waiting_letters(NOW + 2 * MINUTE)
    assert sink.recipients() == ["anna@pokaz.example"]


def test_without_a_mail_server_letters_wait_and_it_is_said(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    write()
    assert send_waiting_letters(NOW) == "Poczta nie jest ustawiona: czeka 1\xa0list."
    assert Letter.objects.get().state == LetterState.WAITING


def test_a_letter_that_breaks_off_is_tried_with_growing_pauses_under_the_same_number_and_then_no_more(sink):
    sink.cut_after_taking = True
    letter, now = write(), NOW
    for pause in PAUSES:
        send_waiting_letters(now)
        letter.refresh_from_db()
        assert (letter.state, letter.next_try_at, letter.perhaps_twice) == (LetterState.WAITING, now + pause, True)
        send_waiting_letters(now + pause - timedelta(seconds=1))  # too early: nothing happens
        now += pause
    assert letter.attempts == len(PAUSES)
    send_waiting_letters(now)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.FAILED, len(PAUSES) + 1)
    same = [text for _to, text in sink.taken if f"Message-ID: <{letter.uid}@" in text]
    assert len(same) == len(sink.taken) == len(PAUSES) + 1


@pytest.mark.parametrize(
    ("facts", "state", "problem"),
    [
        ({"refused_senders": 550}, LetterState.WAITING, Problem.SENDER),
        ({"refused_texts": 554}, LetterState.FAILED, Problem.CONTENT),
        ({"refused_texts": 452}, LetterState.WAITING, Problem.LATER),
    ],
)
def test_why_a_letter_was_not_taken_is_noted_in_our_words(sink, facts, state, problem):
    for name, code in facts.items():
        setattr(sink, name, code)
    letter = write()
    send_waiting_letters(NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.problem, letter.attempts) == (state, problem, 1)
    assert bool(letter.content)


def test_a_letter_whose_time_has_passed_is_not_sent(sink):
    letter = write(expires_after=timedelta(hours=1))
    other = write("jan@pokaz.example", expires_after=timedelta(hours=1, seconds=1))
    send_waiting_letters(NOW + timedelta(hours=1))
    letter.refresh_from_db()
    other.refresh_from_db()
    assert (letter.state, bool(letter.content), other.state) == (LetterState.EXPIRED, False, LetterState.SENT)
    assert sink.recipients() == ["jan@pokaz.example"]


def test_a_letter_in_the_hand_of_a_process_that_died_is_sent_again_and_says_so(sink):
    letter = write()
    assert posting._claimed(letter.pk, NOW).attempts == 1
    assert posting._claimed(letter.pk, NOW) is None  # nobody else takes it
    send_waiting_letters(NOW + 14 * MINUTE)
    assert sink.taken == []
    send_waiting_letters(NOW + 15 * MINUTE)
    letter.refresh_from_db()
    assert (letter.state, letter.perhaps_twice, sink.recipients()) == (LetterState.SENT, True, ["anna@pokaz.example"])


def test_a_letter_that_cannot_be_opened_stops_nobody(sink):
    broken, whole = write(), write("jan@pokaz.example")
    Letter.objects.filter(pk=broken.pk).update(content=Sealed(whole.content.blob))
    send_waiting_letters(NOW)
    broken.refresh_from_db()
    assert (broken.state, broken.problem) == (LetterState.WAITING, Problem.UNEXPECTED)
    assert sink.recipients() == ["jan@pokaz.example"]


def test_a_person_may_try_again_what_could_not_be_sent_as_long_as_it_is_kept(sink):
    sink.refused = {"anna@": 550}
    letter, by = write(), UserFactory()
    send_waiting_letters(NOW)
    sink.refused = {}
    assert try_again(letter=letter, by=by, now=NOW + MINUTE).attempts == 0
    with pytest.raises(LetterChanged):
        try_again(letter=letter, by=by, now=NOW + MINUTE)
    send_waiting_letters(NOW + MINUTE)
    assert sink.recipients() == ["anna@pokaz.example"]
    assert Record.objects.get(deed="doors.letter_tried_again").by == by


def test_the_text_of_a_letter_that_could_not_be_sent_is_kept_for_thirty_days(sink):
    sink.refused = {"anna@": 550}
    letter = write()
    send_waiting_letters(NOW)
    send_waiting_letters(NOW + timedelta(days=30, seconds=-1))
    letter.refresh_from_db()
    assert letter.can_be_tried
    send_waiting_letters(NOW + timedelta(days=30))
    letter.refresh_from_db()
    assert not letter.can_be_tried
    with pytest.raises(LetterChanged):
        try_again(letter=letter, by=None, now=NOW + timedelta(days=30))


def test_the_words_of_a_mail_server_stand_in_no_log(sink, caplog):
    sink.refused = {"anna@": 550}
    write()
    send_waiting_letters(NOW)
    assert "anna" not in caplog.text


@pytest.mark.parametrize(
    ("raised", "problem"),
    [
        (smtplib.SMTPRecipientsRefused({}), Problem.LATER), (smtplib.SMTPNotSupportedError(), Problem.RECIPIENT),
        (smtplib.SMTPServerDisconnected(), Problem.BROKEN_OFF), (smtplib.SMTPHeloError(501, b"x"), Problem.LATER),
        (TimeoutError(), Problem.BROKEN_OFF), (UnicodeError(), Problem.UNEXPECTED),
    ],
)  # fmt: skip
def test_every_way_in_which_sending_fails_has_a_name(raised, problem):
    from django.core.mail.backends.base import BaseEmailBackend

    class Failing(BaseEmailBackend):
        def send_messages(self, messages):
            raise raised

    assert posting._post(write(), Failing()) == problem


def test_a_letter_is_tried_as_often_as_there_are_pauses_and_once_more():
    assert next_try(len(PAUSES), NOW) == NOW + PAUSES[-1]
    assert next_try(len(PAUSES) + 1, NOW) is None
