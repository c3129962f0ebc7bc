"""A link opens one account once within a week; its token is kept nowhere, and those that do not open look alike."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.domain.invitations import GOOD_FOR, InvitationState
from spoiwo.access.errors import AccountExists, AnotherPerson, InvitationGone, OwnAccount
from spoiwo.access.models import Invitation, Role, User
from spoiwo.access.services.invitations import (
    accept,
    accept_with_account,
    find_invitation,
    invite,
    send_again,
    withdraw,
)
from spoiwo.audit.models import Record
from spoiwo.doors.posting import send_waiting_letters
from spoiwo.kernel.changes import ChangedMeanwhile
from tests.factories import PASSWORD, UserFactory
from tests.visitors import says, text_of, visitor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EMAIL = "zofia@przyklad.example"
GONE = "The invitation was used, withdrawn or is older than a week. Ask who invited you for a new one."


class Sent:
    """An invitation that was sent, and the token of its link."""

    def __init__(self, *roles, email=EMAIL, now=NOW, by=None):
        self.tokens = []
        self.by = by or UserFactory(roles=[Role.ADMINISTRATOR])
        self.row = invite(email=email, roles=list(roles), now=now, link=self.link, by=self.by)

    def link(self, token):
        self.tokens.append(token)
        return f"https://spoiwo.example/konto/zaproszenie/{token}/"

    @property
    def token(self):
        return self.tokens[-1]


def accepted(sent, now=NOW, password=PASSWORD, token=""):
    """Accept it as a new person."""
    return accept(token=token or sent.token, full_name="Zofia Zmyślona", password=password, now=now)


def test_an_invitation_opens_an_account_with_its_roles():
    sent = Sent(Role.EDITOR, Role.AUDITOR)
    user = accepted(sent)
    assert (user.email, user.full_name, user.current_roles) == (EMAIL, "Zofia Zmyślona", {Role.EDITOR, Role.AUDITOR})
    assert user.check_password(PASSWORD)
    sent.row.refresh_from_db()
    assert (sent.row.account, sent.row.state(NOW)) == (user, InvitationState.ACCEPTED)
    record = Record.objects.get(deed="access.invitation_accepted")
    assert (record.by, record.facts) == (user, {"roles": ["auditor", "editor"]})


def test_only_the_hash_of_the_token_is_kept():
    sent = Sent()
    assert sent.row.token_hash == hashlib.sha256(sent.token.encode()).hexdigest()
    assert len(sent.token) >= 43
    stored = str(list(Invitation.objects.values())) + str(list(Record.objects.values_list("facts", "about_label")))
    assert sent.token not in stored


def test_the_letter_has_the_link_and_nobody_else_gets_it():
    sent = Sent(Role.EDITOR, now=timezone.now())
    send_waiting_letters(timezone.now())
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert f"https://spoiwo.example/konto/zaproszenie/{sent.token}/" in letter.body


@pytest.mark.parametrize(("after", "opens"), [(GOOD_FOR - SECOND, True), (GOOD_FOR, False), (GOOD_FOR + SECOND, False)])
def test_it_is_good_for_seven_days(after, opens):
    sent = Sent()
    if opens:
        assert find_invitation(sent.token, now=NOW + after) == sent.row
        return
    assert sent.row.state(NOW + after) == InvitationState.EXPIRED
    with pytest.raises(InvitationGone):
        accepted(sent, now=NOW + after)


def test_it_opens_once():
    sent = Sent()
    accepted(sent)
    with pytest.raises(InvitationGone):
        accepted(sent)
    assert User.objects.filter(email=EMAIL).count() == 1


def test_a_weak_password_leaves_no_account_and_the_invitation_open():
    sent = Sent()
    with pytest.raises(ValidationError):
        accepted(sent, password="krótkie")
    assert not User.objects.filter(email=EMAIL).exists()
    assert find_invitation(sent.token, now=NOW) == sent.row


def test_sent_again_it_has_another_link_and_a_new_week():
    sent = Sent()
    old = sent.token
    send_again(invitation=sent.row, seen_version=1, now=NOW + GOOD_FOR, link=sent.link, by=sent.by)
    assert sent.token != old
    with pytest.raises(InvitationGone):
        find_invitation(old, now=NOW)
    assert find_invitation(sent.token, now=NOW + 2 * GOOD_FOR - SECOND) == sent.row


def test_withdrawn_it_opens_nothing():
    sent = Sent()
    withdraw(invitation=sent.row, seen_version=1, now=NOW, by=sent.by)
    with pytest.raises(InvitationGone):
        accepted(sent)
    with pytest.raises(InvitationGone):
        send_again(invitation=sent.row, seen_version=2, now=NOW, link=sent.link, by=sent.by)


def test_two_who_change_it_do_not_overwrite_each_other():
    sent = Sent()
    send_again(invitation=sent.row, seen_version=1, now=NOW, link=sent.link, by=sent.by)
    with pytest.raises(ChangedMeanwhile):
        withdraw(invitation=sent.row, seen_version=1, now=NOW, by=sent.by)


def test_a_person_with_an_account_takes_the_roles_to_it():
    user, other = UserFactory(email="Zofia@Przyklad.example"), UserFactory()
    sent = Sent(Role.EDITOR)
    with pytest.raises(AccountExists):
        accepted(sent)
    with pytest.raises(AnotherPerson):
        accept_with_account(token=sent.token, user=other, now=NOW)
    accept_with_account(token=sent.token, user=user, now=NOW)
    assert User.objects.get(pk=user.pk).own_roles == {Role.EDITOR}


def test_nobody_invites_themself():
    by = UserFactory(email=EMAIL)
    with pytest.raises(OwnAccount):
        Sent(Role.ADMINISTRATOR, by=by)
    assert not Invitation.objects.exists()


# Pages


def test_the_link_opens_a_form_and_the_form_an_account():
    sent = Sent(Role.EDITOR, now=timezone.now())
    client, address = Client(), reverse("account_invitation", args=[sent.token])
    page = client.get(address)
    assert page.status_code == 200
    assert EMAIL in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]
    facts = {"full_name": "Zofia Zmyślona", "password": PASSWORD, "again": PASSWORD}
    for wrong in ({"again": "inne-haslo-123"}, {"password": "krótkie", "again": "krótkie"}, {"full_name": ""}):
        refused = client.post(address, facts | wrong)
        assert refused.status_code == 422
        assert not User.objects.filter(email=EMAIL).exists()
        assert PASSWORD not in text_of(refused)
    done = client.post(address, facts)
    assert (done.status_code, done.url) == (302, reverse("account_login"))
    assert User.objects.get(email=EMAIL).check_password(PASSWORD)
    assert client.get(address).status_code == 404


def test_every_link_that_does_not_open_gets_the_same_page():
    used, old, withdrawn = (
        Sent(email="a@przyklad.example"),
        Sent(email="b@przyklad.example"),
        Sent(email="c@przyklad.example"),
    )
    accepted(used)
    withdraw(invitation=withdrawn.row, seen_version=1, now=NOW, by=withdrawn.by)
    pages = set()
    for token in (used.token, old.token, withdrawn.token, "nie-ma-takiego", "x" * 200):
        for method in ("get", "post"):
            response = getattr(Client(), method)(reverse("account_invitation", args=[token]))
            pages.add((response.status_code, text_of(response).replace(token, "").replace("x" * 200, "")))
            assert says(response, GONE)
    assert len({status for status, _page in pages}) == 1
    assert len({page.split("<main", 1)[1].split("<footer", 1)[0] for _status, page in pages}) == 1


def test_a_person_with_an_account_is_asked_to_sign_in_and_accepts():
    user = UserFactory(email=EMAIL, password=PASSWORD)
    sent = Sent(Role.EDITOR, now=timezone.now())
    address = reverse("account_invitation", args=[sent.token])
    assert f"{reverse('account_login')}?next=" in text_of(Client().get(address))
    assert Client().post(address).status_code == 200  # nobody is signed in: the same page
    refused = visitor(UserFactory()).post(address)
    assert refused.status_code == 422
    done = visitor(user).post(address)
    assert (done.status_code, done.url) == (302, reverse("account_home"))
    assert User.objects.get(pk=user.pk).own_roles == {Role.EDITOR}
