"""`spoiwo accounts`: one thing to one account, from the server, with a reason and a record."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from spoiwo.access.models import Attempt, Role, User
from spoiwo.access.services.attempts import begin_attempt
from spoiwo.audit.models import Record
from tests.factories import UserFactory
from tests.visitors import give_second_factor

pytestmark = pytest.mark.django_db
EMAIL, REASON = "zofia@przyklad.example", "Powód zmyślony"


@pytest.fixture
def zofia():
    """A director with an app, beside an administrator."""
    UserFactory(roles=[Role.ADMINISTRATOR], email="adam@przyklad.example", full_name="Adam Zmyślony")
    user = UserFactory(email=EMAIL, full_name="Zofia Zmyślona", roles=[Role.DIRECTOR])
    give_second_factor(user)
    return user


def said(*words):
    """What the command says."""
    out = StringIO()
    call_command("accounts", *words, stdout=out)
    return out.getvalue().strip()


def test_accounts_are_listed_with_roles_and_factor(zofia):
    assert said("list").splitlines() == [
        "adam@przyklad.example  Adam Zmyślony: administrator",
        "zofia@przyklad.example  Zofia Zmyślona: dyrektor ROPS, 2FA",
    ]


def test_an_account_is_unlocked(zofia):
    begin_attempt(account=EMAIL, address="192.0.2.1", browser="", now=timezone.now())
    assert said("unlock", EMAIL.upper()) == "zofia@przyklad.example: ta osoba może znów próbować się zalogować."
    assert not Attempt.objects.filter(counter="account").exists()


def test_a_lost_factor_is_removed_and_sessions_end(zofia):
    said("reset-second-factor", EMAIL, "--reason", REASON)
    assert not Authenticator.objects.filter(user=zofia).exists()
    said("end-sessions", EMAIL, "--reason", REASON)
    assert User.objects.get(pk=zofia.pk).session_epoch == 2
    deeds = [(row.deed, row.by, row.reason) for row in Record.objects.about(zofia).order_by("sequence")]
    assert deeds == [("access.second_factor_reset", None, REASON), ("access.sessions_ended", None, REASON)]


def test_an_account_is_closed_and_opened(zofia):
    said("close", EMAIL, "--reason", REASON)
    assert not User.objects.get(pk=zofia.pk).is_active
    assert said("list").splitlines()[1].endswith("zamknięte")
    said("reopen", EMAIL, "--reason", REASON)
    assert User.objects.get(pk=zofia.pk).is_active


@pytest.mark.parametrize(
    "words",
    [
        ("unlock", "nikt@przyklad.example"),
        ("close", EMAIL),  # without a reason
        ("close", "adam@przyklad.example", "--reason", REASON),  # the last administrator
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(zofia, words):
    before = Record.objects.count()
    with pytest.raises((CommandError, SystemExit)):
        said(*words)
    assert (Record.objects.count(), User.objects.filter(is_active=False).count()) == (before, 0)
