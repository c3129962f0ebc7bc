"""A session ends after a time without use and after ten hours, takes a new key with every change, and can be ended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as house
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.domain.visits import Limits, browser_label
from spoiwo.access.models import Role, User, Visit
from spoiwo.access.services.accounts import change_password
from spoiwo.access.services.roles import give_role, take_role
from spoiwo.access.services.visits import end_sessions, limits_of
from spoiwo.access.tasks import forget_ended_visits
from spoiwo.access.visiting import FACTS
from spoiwo.audit.models import Record
from tests.factories import PASSWORD, UserFactory
from tests.visitors import says, text_of, visitor

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 3, 16, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LIMITS = Limits(idle=30 * MINUTE, absolute=timedelta(hours=10))


@pytest.mark.parametrize(
    ("used_after", "now_after", "over"),
    [
        (0, 29, False),
        (0, 30, True),  # nothing for half an hour
        (20, 49, False),
        (20, 50, True),
        (595, 599, False),
        (595, 600, True),  # ten hours altogether
        (0, -2, True),  # a clock that went back
    ],
)
def test_a_session_ends_without_use_and_in_any_case_after_ten_hours(used_after, now_after, over):
    assert LIMITS.over(BEGAN, BEGAN + used_after * MINUTE, BEGAN + now_after * MINUTE) is over


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("curl/8.5", "?"),
        ("", "?"),
    ],
)
def test_a_browser_is_called_as_its_owner_would_call_it(agent, label):
    assert browser_label(agent) == label


@pytest.mark.parametrize(("role", "minutes"), [(Role.DIRECTOR, 30), (Role.POWIAT_CARE_OFFICER, 30), (Role.EDITOR, 120)])
def test_roles_with_personal_data_rest_shorter(role, minutes):
    assert limits_of(UserFactory(roles=[role])) == Limits(minutes * MINUTE, timedelta(hours=10))


def aged(client, *, began=0, used=0):
    """The same session, begun and used so many minutes earlier."""
    session = client.session
    held = session[FACTS]
    session[FACTS] = [held[0] - began * 60, held[1] - used * 60, held[2]]
    session.save()
    return client


@pytest.mark.parametrize(
    ("role", "began", "used", "goes_on"),
    [
        (Role.DIRECTOR, 29, 29, True),
        (Role.DIRECTOR, 31, 31, False),
        (Role.EDITOR, 31, 31, True),
        (Role.EDITOR, 121, 121, False),
        (Role.EDITOR, 601, 1, False),
    ],
)
def test_a_page_opens_or_leads_to_signing_in(role, began, used, goes_on):
    client = aged(visitor(role), began=began, used=used)
    response = client.get(reverse("access:desk"))
    assert response.status_code == (200 if goes_on else 302)
    if not goes_on:
        assert response.url == f"{reverse('account_login')}?next={reverse('access:desk')}"
        assert "_auth_user_id" not in client.session
        words = "Your session ended, after a time without use or after ten hours. What you had saved stays saved."
        assert says(client.get(response.url), words)


def test_what_was_typed_into_a_session_that_ended_is_shown_and_not_saved():
    user = UserFactory(roles=[Role.EDITOR], full_name="Zofia Zmyślona")
    client = aged(visitor(user), began=130, used=130)
    sent = {"full_name": "Zofia Nowa <b>", "seen_version": "1", "password1": "tajne-haslo-9"}
    response = client.post(reverse("account_name"), sent)
    assert response.status_code == 403
    assert "Zofia Nowa &lt;b&gt;" in text_of(response)
    assert "tajne-haslo-9" not in text_of(response)
    assert says(response, "Your session ended before you sent the form")
    assert User.objects.get(pk=user.pk).full_name == "Zofia Zmyślona"


def test_a_session_that_does_not_say_when_it_began_is_over():
    client = visitor(Role.EDITOR)
    session = client.session
    del session[FACTS]
    session.save()
    assert client.get(reverse("access:desk")).status_code == 302


def test_every_page_says_until_when_and_prolongs():
    client = aged(visitor(Role.DIRECTOR), used=25)
    page = text_of(client.get(reverse("access:desk")))
    until = timezone.localtime(timezone.now() + 30 * MINUTE)
    shown = [f"Sesja do {(until + shift * MINUTE):%H.%M}" for shift in (-1, 0)]
    assert any(words in page for words in shown)
    assert 'data-left="1800"' in page or 'data-left="1799"' in page
    assert 'data-warn="180"' in page


def test_the_page_of_the_session_prolongs_it_without_a_script_and_leads_back():
    client = aged(visitor(Role.DIRECTOR), used=28)
    page = client.get(reverse("account_session") + "?dalej=/biuro/lata/")
    assert 'href="/biuro/lata/"' in text_of(page)
    assert timezone.now().timestamp() - client.session[FACTS][1] < 5
    assert 'href="https://zly' not in text_of(client.get(reverse("account_session") + "?dalej=https://zly.example/"))


def test_the_database_is_asked_once_a_minute_when_a_session_was_used():
    client = signed_in("zofia@przyklad.example")
    Visit.objects.update(seen_at=BEGAN)
    client.get(reverse("access:desk"))
    assert Visit.objects.get().seen_at == BEGAN
    aged(client, used=2).get(reverse("access:desk"))
    assert Visit.objects.get().seen_at > BEGAN


# Keys


def signed_in(email, *roles):
    """A browser in which a person signed in through the page; the person is made when there is none."""
    if not User.objects.filter(email=email).exists():
        UserFactory(email=email, roles=list(roles or (Role.EDITOR,)), password=PASSWORD)
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
    assert client.post(reverse("account_login"), {"login": email, "password": PASSWORD}).status_code == 302
    return client


def test_signing_in_takes_a_new_key():
    client = Client()
    client.post(reverse("account_login"), {"login": "nikt@przyklad.example", "password": "zgadywane"})
    client.get(reverse("mfa_login_webauthn"), HTTP_ACCEPT="application/json")
    before = client.session.session_key
    UserFactory(email="zofia@przyklad.example", password=PASSWORD)
    client.post(reverse("account_login"), {"login": "zofia@przyklad.example", "password": PASSWORD})
    assert before
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_a_role_given_or_taken_gives_the_session_a_new_key_and_it_goes_on():
    client = signed_in("zofia@przyklad.example")
    user, keys = User.objects.get(), []
    assert client.get(reverse("access:desk")).status_code == 200
    keys.append(client.session.session_key)
    given = give_role(user=user, role=Role.ROPS_OFFICER, since=timezone.localdate(), by=None)
    assert client.get(reverse("ledger:import")).status_code == 200
    keys.append(client.session.session_key)
    assert client.get(reverse("ledger:import")).status_code == 200
    assert client.session.session_key == keys[-1]  # once for each change
    take_role(assignment=given, on=timezone.localdate(), reason="Zmiana zakresu", seen_version=None, by=None)
    assert client.get(reverse("ledger:import")).status_code == 403
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert Visit.objects.get().session_key == keys[-1]
    assert not client.session.exists(keys[0])


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one():
    here, there = signed_in("zofia@przyklad.example"), signed_in("zofia@przyklad.example")
    new = "zupelnie-nowe-haslo"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get(reverse("access:desk")).status_code == 200
    assert there.get(reverse("access:desk")).status_code == 302


def test_a_password_set_by_letter_ends_every_session():
    client = signed_in("zofia@przyklad.example")
    user = User.objects.get()
    change_password(user=user, password="zupelnie-nowe-haslo", by=user)
    assert client.get(reverse("access:desk")).status_code == 302
    assert not Visit.objects.exists()


# The list


def test_the_person_sees_where_they_are_signed_in_and_ends_the_others():
    here, there = signed_in("zofia@przyklad.example"), signed_in("zofia@przyklad.example")
    page = text_of(here.get(reverse("account_home")))
    assert page.count("Firefox, Linux") >= 2
    response = here.post(reverse("account_end_others"), follow=True)
    assert says(response, "%(n)d other session ended.", n=1) or "Zakończono 1 inną sesję." in text_of(response)
    assert here.get(reverse("access:desk")).status_code == 200
    assert there.get(reverse("access:desk")).status_code == 302
    assert Visit.objects.get().session_key == here.session.session_key
    assert Record.objects.get(deed="access.sessions_ended").facts == {"sessions": 1}


def test_one_session_is_ended_and_nobody_elses():
    here, there = signed_in("zofia@przyklad.example"), signed_in("zofia@przyklad.example")
    other = signed_in("inna@przyklad.example")
    theirs = Visit.objects.get(session_key=there.session.session_key)
    assert other.post(reverse("account_end_one", args=[theirs.pk])).status_code == 404
    assert there.post(reverse("account_end_one", args=[theirs.pk])).status_code == 404  # this very one: sign out
    assert here.post(reverse("account_end_one", args=[theirs.pk])).status_code == 302
    assert there.get(reverse("access:desk")).status_code == 302
    assert here.get(reverse("access:desk")).status_code == 200


def test_signing_out_takes_the_session_from_the_list():
    client = signed_in("zofia@przyklad.example")
    key = client.session.session_key
    client.post(reverse("account_logout"))
    assert not Visit.objects.exists()
    assert not client.session.exists(key)


def test_a_browser_is_forgotten_by_its_owner_only():
    client, other = signed_in("zofia@przyklad.example"), signed_in("inna@przyklad.example")
    row = User.objects.get(email="zofia@przyklad.example").browsers.get()
    assert other.post(reverse("account_forget_browser", args=[row.pk])).status_code == 404
    assert client.post(reverse("account_forget_browser", args=[row.pk])).status_code == 302
    assert not User.objects.get(email="zofia@przyklad.example").browsers.exists()


def test_the_office_ends_all_sessions_at_once():
    first, second = signed_in("zofia@przyklad.example"), signed_in("zofia@przyklad.example")
    assert end_sessions(user=User.objects.get(), reason="Zgubiony laptop", by=None) == 2
    assert [client.get(reverse("access:desk")).status_code for client in (first, second)] == [302, 302]


def test_rows_of_sessions_that_are_over_go():
    signed_in("zofia@przyklad.example")
    now = timezone.now()
    assert forget_ended_visits(now) == "Sesje zdjęte z listy, bo się skończyły: 0."
    assert forget_ended_visits(now + house.SESSION_LIMIT + MINUTE) == "Sesje zdjęte z listy, bo się skończyły: 1."
