"""Wrong tries are counted where every process sees them, and strangers cannot close an officer's door."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.domain.attempts import LIMITS, WINDOW, address_group
from spoiwo.access.errors import TooManyAttempts
from spoiwo.access.models import Attempt, KnownBrowser, Role
from spoiwo.access.services.attempts import (
    begin_attempt,
    begin_letter,
    forget_attempts,
    remember_browser,
    stopped_until,
    unlock,
)
from spoiwo.audit.models import Record
from spoiwo.vault.tasks import remove_daily
from tests.factories import PASSWORD, UserFactory
from tests.visitors import says

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EMAIL = "zofia@przyklad.example"


def tried(many, *, account=EMAIL, address="192.0.2.1", browser="", now=NOW, code=False):
    """How many of so many tries were let through."""
    done = 0
    for _try in range(many):
        try:
            begin_attempt(account=account, address=address, browser=browser, now=now, code=code)
        except TooManyAttempts:
            continue
        done += 1
    return done


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("", "unknown"),
        ("nie adres", "unknown"),
    ],
)
def test_an_address_is_one_ipv4_or_one_network_of_ipv6(address, group):
    assert address_group(address) == group


def test_an_account_may_be_tried_five_times_in_a_quarter_of_an_hour():
    assert tried(7) == LIMITS["account"] == 5
    assert tried(1, address="198.51.100.9") == 0  # from elsewhere neither
    assert tried(1, account="inna@przyklad.example") == 1
    assert tried(1, now=NOW + WINDOW - SECOND) == 0
    assert tried(1, now=NOW + WINDOW) == 1


def test_the_case_of_an_e_mail_makes_no_other_account():
    assert tried(5) == 5
    assert tried(1, account=f" {EMAIL.upper()} ") == 0


def test_a_refused_try_does_not_prolong_the_wait():
    tried(5)
    tried(3, now=NOW + WINDOW / 2)
    assert Attempt.objects.filter(counter="account").count() == 5
    assert tried(1, now=NOW + WINDOW) == 1


def test_an_address_may_try_fifty_times_whatever_the_accounts():
    assert sum(tried(1, account=f"osoba{n}@przyklad.example") for n in range(60)) == LIMITS["address"] == 50
    assert tried(1, account="jeszcze@przyklad.example", address="198.51.100.9") == 1


def test_a_right_try_is_taken_back():
    for _try in range(20):
        forget_attempts(begin_attempt(account=EMAIL, address="192.0.2.1", browser="", now=NOW))
    assert not Attempt.objects.exists()


def test_tries_of_others_do_not_touch_a_known_browser_and_it_has_a_limit_of_its_own():
    user = UserFactory(email=EMAIL)
    remember_browser(user=user, browser="znak", label="Firefox, Linux", now=NOW)
    tried(60)
    assert tried(7, browser="znak") == LIMITS["browser"]
    remember_browser(user=user, browser="znak", label="Firefox, Linux", now=NOW)  # she signed in with a key
    assert tried(1, browser="znak") == 1


def test_a_browser_known_to_one_account_is_a_stranger_to_another():
    remember_browser(user=UserFactory(email=EMAIL), browser="znak", label="?", now=NOW)
    other = UserFactory(email="inna@przyklad.example")
    tried(5, account=other.email)
    assert tried(1, account=other.email, browser="znak") == 0


def test_codes_are_counted_apart_from_passwords():
    assert tried(5) == 5
    assert tried(6, code=True) == LIMITS["code"]


def test_letters_are_counted_apart_and_few():
    for _letter in range(3):
        begin_letter(account=EMAIL, address="192.0.2.1", now=NOW)
    with pytest.raises(TooManyAttempts):
        begin_letter(account=EMAIL, address="192.0.2.1", now=NOW)
    assert tried(1) == 1


def test_neither_address_nor_e_mail_can_be_read_and_a_day_later_all_is_gone():
    tried(1)
    stored = str(list(Attempt.objects.values_list("counter", "key")))
    assert "192.0.2.1" not in stored
    assert "zofia" not in stored
    begun = timezone.now()
    tried(1, now=begun)
    remove_daily(begun)
    assert Attempt.objects.count() == 2  # those of this day; the others were of long ago


def test_the_office_sees_until_when_an_account_waits_and_ends_it():
    user, by = UserFactory(email=EMAIL), UserFactory()
    tried(4)
    assert stopped_until(user, NOW) is None
    tried(1)
    assert stopped_until(user, NOW) == NOW + WINDOW
    assert unlock(user=user, by=by) == 5
    assert stopped_until(user, NOW) is None
    record = Record.objects.about(user).get()
    assert (record.deed, record.by, record.facts) == ("access.account_unlocked", by, {"attempts": 5})


# Through the page


@pytest.fixture
def officer():
    """An officer on duty."""
    return UserFactory(email=EMAIL, roles=[Role.ROPS_OFFICER], password=PASSWORD)


def sign_in(client, password=PASSWORD, address="203.0.113.5"):
    """Send the form of the sign-in page from an address."""
    facts = {"login": EMAIL, "password": password}
    return client.post(reverse("account_login"), facts, REMOTE_ADDR=address)


def is_in(client):
    """Whether the browser carries a session of somebody."""
    return "_auth_user_id" in client.session


def test_a_thousand_failures_of_strangers_do_not_keep_the_officer_out_of_her_browser(officer):
    hers = Client()
    assert sign_in(hers).status_code == 302
    hers.post(reverse("account_logout"))
    assert not is_in(hers)
    for n in range(10):
        answer = sign_in(Client(), password=f"zgadywane-{n}", address=f"198.51.100.{n}")
        assert answer.status_code == 200
    for n in range(990):  # through the page in checks/lockout.py
        tried(1, address=f"198.51.{n % 99}.{n // 99}", now=timezone.now())
    assert says(answer, "Too many failed login attempts. Try again later.")
    unknown = Client()
    sign_in(unknown, address="203.0.113.77")
    assert not is_in(unknown)  # the right password from an unknown browser has to wait
    sign_in(hers)
    assert is_in(hers)


def test_the_sign_of_a_browser_is_read_by_no_script_and_taken_from_nobody(officer, client):
    response = sign_in(client)
    cookie = response.cookies[settings.BROWSER_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] > 300 * 24 * 3600
    assert KnownBrowser.objects.get(user=officer).browser not in cookie.value
    thief = Client()
    thief.cookies[settings.BROWSER_COOKIE_NAME] = "x" + cookie.value
    for _try in range(5):
        sign_in(Client(), password="zgadywane")
    sign_in(thief)
    assert not is_in(thief)


def test_a_browser_is_not_known_before_the_second_factor(officer, client):
    sign_in(client, password="zgadywane")
    assert not KnownBrowser.objects.exists()
    assert settings.BROWSER_COOKIE_NAME not in client.cookies
