"""The second factor: asked of roles with personal data, sealed in the database, each code good once."""

import time
from base64 import b32decode
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings as house
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.api import Knock
from spoiwo.access.audience import may
from spoiwo.access.factors import HouseFactors
from spoiwo.access.models import Attempt, KnownBrowser, Role
from spoiwo.access.services.accounts import reset_second_factor
from spoiwo.access.services.factors import has_second_factor, lacks_second_factor, use_step
from spoiwo.audit.models import Record
from spoiwo.doors.posting import send_waiting_letters
from spoiwo.kernel.sealing import SealBroken
from tests.factories import PASSWORD, UserFactory
from tests.visitors import SECRET, give_second_factor, prove, says, visitor

pytestmark = pytest.mark.django_db
EMAIL = "zofia@przyklad.example"


def code_of(secret=SECRET, steps=0):
    """What the app shows now, or so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def director():
    """A director with an app."""
    user = UserFactory(email=EMAIL, roles=[Role.DIRECTOR], password=PASSWORD)
    give_second_factor(user)
    return user


def half_way(client=None):
    """A browser in which the password was right and the code is asked for."""
    client = client or Client()
    response = client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, reverse("mfa_authenticate"))
    return client


def is_in(client):
    """Whether the browser carries a session of somebody."""
    return "_auth_user_id" in client.session


# Who needs one


@pytest.mark.parametrize("role", Role)
def test_roles_with_personal_data_or_money_need_one_and_no_others(role):
    needing = {
        Role.POWIAT_CARE_OFFICER, Role.FOSTER_OFFICER, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR, Role.DIRECTOR,
        Role.TREASURER, Role.AUDITOR,
    }  # fmt: skip
    assert set(Role.values) >= house.SECOND_FACTOR_ROLES
    assert lacks_second_factor(UserFactory(roles=[role])) is (role in needing)


@pytest.mark.parametrize(
    ("invented", "trial", "lacks"),
    [(False, True, True), (True, True, False), (True, False, True), (False, False, True)],
)
def test_only_a_demonstration_account_in_a_trial_is_let_off(settings, invented, trial, lacks):
    settings.TRIAL = trial
    assert lacks_second_factor(UserFactory(roles=[Role.DIRECTOR], invented=invented)) is lacks


def without_factor(role=Role.DIRECTOR, **facts):
    """A signed-in person in a role, without a second factor."""
    client = Client()
    user = UserFactory(roles=[role], **facts)
    client.force_login(user)
    prove(client, user, "password")
    return client


@pytest.mark.parametrize("name", ["access:desk", "ledger:import", "account_home", "account_change_password"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_it_every_page_leads_to_setting_it_up(name, method):
    response = getattr(without_factor(), method)(reverse(name))
    assert (response.status_code, response.url) == (302, reverse("mfa_index"))


def test_the_page_says_why_and_the_pages_that_set_it_up_open():
    client = without_factor()
    assert says(client.get(reverse("mfa_index")), "Set up a second factor before you go on")
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "account_session", "account_logout"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get(reverse("portal:help")).status_code == 200  # what everybody may read


def test_a_demonstration_account_is_told_that_it_is_let_off():
    client = without_factor(invented=True)
    words = "This is a demonstration account in a trial: it works without a second factor."
    words += " In real work your role would need one."
    assert client.get(reverse("access:desk")).status_code == 200
    assert says(client.get(reverse("mfa_index")), words)
    assert says(client.get(reverse("account_home")), words)


def test_recovery_codes_alone_are_no_second_factor():
    user = UserFactory(roles=[Role.DIRECTOR])
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "", "used_mask": 0})
    assert not has_second_factor(user)


def test_a_program_without_a_second_factor_is_refused_and_not_led(rf):
    request = rf.get("/api/")
    door = Knock(may("access.enter_office"))
    request.user = UserFactory(roles=[Role.EDITOR])
    assert door.authenticate(request, None) == request.user
    request.user = UserFactory(roles=[Role.DIRECTOR])
    with pytest.raises(PermissionDenied):
        door.authenticate(request, None)
    give_second_factor(request.user)
    assert door.authenticate(request, None) == request.user


# Setting up


def test_an_app_is_added_with_recovery_codes_that_are_shown_once():
    client = without_factor(email=EMAIL)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert b"data:" not in page.content
    assert b"<svg" in page.content
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 200
    assert says(wrong, "This code does not open. A code of an app works once and for half a minute.")
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    codes = done.context["unused_codes"]
    assert len(set(codes)) == 10
    assert codes[0] in done.content.decode()
    again = client.get(reverse("mfa_view_recovery_codes"))
    assert [code for code in codes if code in again.content.decode()] == []
    assert client.get(reverse("access:desk")).status_code == 200
    assert Record.objects.get(deed="access.factor_added").facts == {"kind": "totp"}


def test_the_owner_is_told_by_letter_about_a_factor_added():
    client = without_factor(email=EMAIL)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    send_waiting_letters(timezone.now())
    assert [letter.to for letter in mail.outbox] == [[EMAIL]]
    assert secret not in mail.outbox[0].body


def test_secrets_lie_sealed_and_open_only_with_the_key_of_the_house(director, settings, tmp_path):
    stored = str(Authenticator.objects.get(user=director).data)
    assert SECRET not in stored
    assert decrypt(Authenticator.objects.get(user=director).data["secret"]) == SECRET
    assert encrypt(SECRET) != encrypt(SECRET)
    sealed = encrypt(SECRET)
    settings.KEYS_DIR = tmp_path / "inne"
    with pytest.raises(SealBroken):
        HouseFactors().decrypt(sealed)


def test_setting_up_asks_for_a_proof_when_the_sign_in_was_long_ago():
    client = Client()
    user = UserFactory(roles=[Role.DIRECTOR], password=PASSWORD)
    client.force_login(user)
    prove(client, user, seconds_ago=3600)
    response = client.get(reverse("mfa_activate_totp"))
    wanted = reverse("mfa_activate_totp")
    assert response.url == f"{reverse('account_reauthenticate')}?next={quote(wanted, safe='')}"
    back = client.post(response.url, {"password": PASSWORD})
    assert back.url == wanted
    assert client.get(wanted).status_code == 200


# Signing in


def test_password_and_code_open_and_the_browser_is_known_only_then(director):
    client = half_way()
    assert not is_in(client)
    assert not KnownBrowser.objects.exists()
    response = client.post(reverse("mfa_authenticate"), {"code": code_of()})
    assert (response.status_code, response.url) == (302, reverse("access:desk"))
    assert is_in(client)
    assert KnownBrowser.objects.filter(user=director).count() == 1
    assert Record.objects.get(deed="access.signed_in").facts == {"way": "password totp"}


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(director, steps, opens):
    client = half_way()
    client.post(reverse("mfa_authenticate"), {"code": code_of(steps=steps)})
    assert is_in(client) is opens


def test_a_code_opens_once_also_in_another_process(director):
    code = code_of()
    first, second = half_way(), half_way()
    first.post(reverse("mfa_authenticate"), {"code": code})
    cache.clear()  # another process knows nothing of what this one remembers
    refused = second.post(reverse("mfa_authenticate"), {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)
    assert says(refused, "This code does not open. A code of an app works once and for half a minute.")


def test_a_step_that_was_passed_does_not_come_back(director):
    app = Authenticator.objects.get(user=director)
    assert [use_step(authenticator=app, step=step) for step in (10, 10, 9, 11)] == [True, False, False, True]


def test_secrets_of_factors_are_long_and_never_the_same():
    secrets = [generate_totp_secret() for _ in range(200)]
    assert {len(b32decode(secret)) for secret in secrets} == {20}  # 160 bits, as long as the digest
    users = [UserFactory() for _ in range(20)]
    lists = [RecoveryCodes.activate(user).get_unused_codes() for user in users]
    codes = [code for some in lists for code in some]
    assert {len(some) for some in lists} == {10}
    assert all(code.isdigit() and len(code) >= 8 for code in codes)  # 26 bits; ASVS asks for 20
    assert len(set(secrets)) == 200
    assert len(set(codes)) > len(codes) - 3  # of a hundred million two may meet, three never do


def test_a_recovery_code_opens_once(director):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(director).generate_codes()[3]
    first = half_way()
    first.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(first)
    second = half_way()
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_in(second)
    second.post(reverse("mfa_authenticate"), {"code": code_of()})
    assert is_in(second)


def test_wrong_codes_are_counted_and_the_sixth_is_not_looked_at(director):
    client = half_way()
    for _try in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    refused = client.post(reverse("mfa_authenticate"), {"code": code_of()})
    assert not is_in(client)
    assert says(refused, "Too many failed login attempts. Try again later.")
    assert Attempt.objects.filter(counter="code").count() == 5


def test_the_second_step_is_nobodys_without_the_first():
    response = Client().get(reverse("mfa_authenticate"))
    assert (response.status_code, response.url) == (302, reverse("account_login"))


# Removing


def test_the_last_factor_of_a_person_who_needs_one_stays(director):
    client = visitor(director)
    page = client.post(reverse("mfa_deactivate_totp"))
    assert says(page, "Your role needs a second factor. Add another one before you remove this one.")
    assert has_second_factor(director)


def test_who_does_not_need_one_may_remove_it():
    user = UserFactory(roles=[Role.EDITOR])
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(SECRET)})
    client = visitor(user)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not has_second_factor(user)
    assert Record.objects.about(user).get().deed == "access.factor_removed"


def test_the_office_takes_away_lost_factors_with_a_reason_and_ends_the_sessions(director):
    client = visitor(director)
    by = UserFactory()
    assert reset_second_factor(user=director, reason="Zgubiony telefon", by=by) == 1
    assert client.get(reverse("access:desk")).status_code == 302
    record = Record.objects.about(director).filter(deed="access.second_factor_reset").get()
    assert (record.by, record.reason, record.facts) == (by, "Zgubiony telefon", {"kinds": ["totp"]})
