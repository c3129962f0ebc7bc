"""Accounts are given by an administrator, once per e-mail, with a password worth the name."""

import pytest
from django.core.exceptions import ValidationError

from spoiwo.access.errors import AccountExists
from spoiwo.access.models import User
from spoiwo.access.services import open_account
from spoiwo.audit.models import Record
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def opened(**facts):
    """An account opened with these facts."""
    wanted = {"email": "Zofia@Przyklad.example", "full_name": "Zofia Zmyślona", "password": PASSWORD}
    return open_account(**{"by": None} | wanted | facts)


def test_an_account_is_opened_with_one_record():
    by = UserFactory()
    user = opened(by=by)
    assert (user.email, user.full_name, user.is_active) == ("zofia@przyklad.example", "Zofia Zmyślona", True)
    assert user.check_password(PASSWORD)
    (record,) = Record.objects.about(user)
    assert (record.deed, record.by, record.facts) == ("access.account_opened", by, {"email": user.email})


def test_the_record_of_an_account_does_not_hold_its_password():
    opened()
    assert PASSWORD not in str(Record.objects.values_list("facts", "reason", "about_label"))


def test_a_new_account_holds_no_role():
    assert opened().current_roles == frozenset()


@pytest.mark.parametrize("email", ["zofia@przyklad.example", "ZOFIA@PRZYKLAD.EXAMPLE"])
def test_a_second_account_with_the_same_e_mail_is_refused(email):
    opened()
    with pytest.raises(AccountExists):
        opened(email=email)
    assert User.objects.filter(email__iexact=email).count() == 1


@pytest.mark.parametrize("email", ["", "bez-malpy", "dwie@malpy@przyklad.example", "z odstepem@przyklad.example"])
def test_what_is_no_e_mail_opens_no_account(email):
    before = User.objects.count()
    with pytest.raises(ValidationError):
        opened(email=email)
    assert User.objects.count() == before


@pytest.mark.parametrize(
    "password",
    [
        "krotkie-has",  # eleven characters; twelve are needed
        "123456789012",
        "zofia zmyślona",  # the name of the person
        "qwerty123456",  # on the list of common ones
    ],
)
def test_a_weak_password_is_refused_and_leaves_no_account(password):
    with pytest.raises(ValidationError):
        opened(password=password)
    assert not User.objects.filter(email="zofia@przyklad.example").exists()
    assert not Record.objects.filter(deed="access.account_opened").exists()


def test_a_demonstration_account_may_have_the_password_printed_on_the_screen():
    assert opened(password="pokaz", invented=True).invented
