"""Signing in, asking for a password and inviting say the same, and do as much, whether there is an account or not."""

import time

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.doors.models import Letter
from spoiwo.doors.posting import send_waiting_letters
from tests.factories import PASSWORD, UserFactory
from tests.visitors import text_of

pytestmark = pytest.mark.django_db
THERE, NOT_THERE = "zofia@przyklad.example", "nikt-taki@przyklad.example"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    algorithm = "counting"
    count = 0

    def encode(self, password, salt):
        type(self).count += 1
        return super().encode(password, salt)


@pytest.fixture
def hashes(settings):
    """How many hashes a deed takes."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    hashers.get_hashers.cache_clear()

    def counted(deed):
        before = CountingHasher.count
        deed()
        return CountingHasher.count - before

    yield counted
    hashers.get_hashers.cache_clear()


@pytest.fixture
def people(hashes):
    """An officer, a closed account, and one that only a service opens."""
    UserFactory(email=THERE, roles=[Role.EDITOR], password=PASSWORD)
    UserFactory(email="zamkniete@przyklad.example", password=PASSWORD, is_active=False)
    only_service = UserFactory(email="usluga@przyklad.example")
    only_service.set_unusable_password()
    only_service.save()


ACCOUNTS = [THERE, NOT_THERE, "zamkniete@przyklad.example", "usluga@przyklad.example"]


def sent(name, facts):
    """A form sent by a fresh browser."""
    return Client().post(reverse(name), facts)


def main_of(response, email):
    """What the page says, without the address that was typed and the secret of the form."""
    page = text_of(response).replace(email, "…")
    return page.split("<main", 1)[1].split("<footer", 1)[0].split("csrfmiddlewaretoken", 1)[0]


def test_a_wrong_password_gets_one_answer_for_one_hash_whatever_the_account(people, hashes):
    answers = []

    def wrong(email):
        answers.append((email, sent("account_login", {"login": email, "password": "zgadywane-haslo-1"})))

    assert {email: hashes(lambda email=email: wrong(email)) for email in ACCOUNTS} == dict.fromkeys(ACCOUNTS, 1)
    assert {response.status_code for _email, response in answers} == {200}
    assert len({main_of(response, email) for email, response in answers}) == 1


def test_too_many_tries_get_one_answer_whatever_the_account_and_no_hash(people, hashes):
    for email in (THERE, NOT_THERE):
        for _try in range(5):
            sent("account_login", {"login": email, "password": "zgadywane-haslo-1"})
    answers = []

    def once_more(email):
        answers.append((email, sent("account_login", {"login": email, "password": PASSWORD})))

    assert [hashes(lambda email=email: once_more(email)) for email in (THERE, NOT_THERE)] == [0, 0]
    assert len({(response.status_code, main_of(response, email)) for email, response in answers}) == 1


def test_asking_for_a_password_gets_one_answer_and_takes_one_time(people, settings):
    answers, took = [], []
    for email in ACCOUNTS:
        began = time.monotonic()
        answers.append(sent("account_reset_password", {"email": email}))
        took.append(time.monotonic() - began)
    assert len({(response.status_code, response.url) for response in answers}) == 1
    assert min(took) >= settings.RESET_ANSWER_AFTER.total_seconds()
    pages = {text_of(Client().get(response.url)) for response in answers}
    assert len(pages) == 1


def test_only_an_open_account_gets_the_letter_and_few_of_them(people, settings):
    settings.RESET_ANSWER_AFTER = settings.RESET_ANSWER_AFTER * 0
    for email in ACCOUNTS:
        sent("account_reset_password", {"email": email})
    send_waiting_letters(timezone.now())
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([THERE, "usluga@przyklad.example"])
    for _more in range(5):
        answer = sent("account_reset_password", {"email": THERE})
    assert answer.status_code == 302
    assert Letter.objects.count() == 4  # three for one account in a quarter of an hour, one for the other


def test_a_link_that_does_not_open_costs_no_hash(people, hashes):
    facts = {"full_name": "X", "password": PASSWORD, "again": PASSWORD}

    def sent_to_nowhere():
        assert Client().post(reverse("account_invitation", args=["nie-ma"]), facts).status_code == 404

    assert hashes(sent_to_nowhere) == 0
