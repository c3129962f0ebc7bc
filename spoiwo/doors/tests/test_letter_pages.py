"""Letters on the pages of the office: who sees them, what is shown, and what is not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.doors.domain.letters import LetterState
from spoiwo.doors.letters import send_letter
from spoiwo.doors.models import Letter
from spoiwo.doors.posting import send_waiting_letters
from tests.queries import queries_of
from tests.visitors import person, says, text_of, visitor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
LETTERS = reverse("doors:letters")


def write(to="anna@pokaz.example", **facts):
    """A letter written at ten."""
    with transaction.atomic():
        return send_letter(to=to, subject="Zaproszenie tajne", body="Treść tajna.", by=None, now=NOW, **facts)


def failed(sink):
    """A letter whose recipient nobody knows."""
    sink.refused = {"anna@": 550}
    letter = write()
    send_waiting_letters(NOW)
    return letter


def again(letter):
    """Where a letter is put back for sending."""
    return reverse("doors:letter-again", args=[letter.uid])


def test_the_administrator_sees_that_there_are_letters_and_nothing_of_what_they_say():
    write()
    page = text_of(visitor(Role.ADMINISTRATOR).get(LETTERS))
    assert "a•••@p•••.example" in page
    assert [word for word in ("anna@", "tajn") if word in page] == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_letters_are_nobody_elses_business(role):
    letter, client = write(), visitor(role)
    assert client.get(LETTERS).status_code == client.post(again(letter)).status_code == 403


def test_the_page_says_that_mail_is_not_set_up(settings):
    client = visitor(Role.ADMINISTRATOR)
    assert not says(client.get(LETTERS), "Mail is not set up")
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert says(client.get(LETTERS), "Mail is not set up")


def test_letters_are_counted_by_state_and_narrowed_to_one(sink):
    failed(sink)
    write("jan@pokaz.example", expires_after=timedelta(minutes=1))
    client = visitor(Role.ADMINISTRATOR)
    counts = {state: n for _words, n, state in client.get(LETTERS).context["counts"]}
    assert (counts[LetterState.WAITING], counts[LetterState.FAILED], counts[LetterState.SENT]) == (1, 1, 0)
    for state, shown in (("failed", ["a•••@p•••.example"]), ("waiting", ["j•••@p•••.example"]), ("sent", [])):
        page = client.get(LETTERS, {"state": state})
        assert [letter.recipient for letter in page.context["page"]] == shown
    assert len(client.get(LETTERS, {"state": "nonsense"}).context["page"]) == 2


def test_a_letter_that_was_not_sent_is_put_back_by_a_button_and_then_sent(sink):
    letter, client = failed(sink), visitor(Role.ADMINISTRATOR)
    assert again(letter) in text_of(client.get(LETTERS))
    page = client.post(again(letter), follow=True)
    assert says(page, "The letter waits for sending again.")
    assert again(letter) not in text_of(page)
    sink.refused = {}
    call_command("letters", "send")
    assert sink.recipients() == ["anna@pokaz.example"]


def test_a_letter_that_is_not_to_be_tried_says_so(sink):
    letter, client = write(), visitor(Role.ADMINISTRATOR)
    page = client.post(again(letter), follow=True)
    assert says(page, "This letter is no longer one that can be tried again.")
    assert Letter.objects.get().state == LetterState.WAITING


def test_no_letter_at_all_is_said_in_words():
    client = visitor(Role.ADMINISTRATOR)
    assert says(client.get(LETTERS), "No letter was written yet")
    assert says(client.get(LETTERS, {"state": "sent"}), "No letter is in this state")


def test_the_list_asks_as_often_for_one_letter_as_for_three(sink):
    client = visitor(person(Role.ADMINISTRATOR))
    failed(sink)
    one = queries_of(client, LETTERS)
    write()
    write("jan@pokaz.example")
    assert queries_of(client, LETTERS) == one


def test_the_command_says_what_was_done(sink, capsys):
    write()
    call_command("letters", "send")
    assert capsys.readouterr().out == "Wysłano 1\xa0list, nie wysłano 0\xa0listów, po terminie 0\xa0listów.\n"
    assert sink.recipients() == ["anna@pokaz.example"]
