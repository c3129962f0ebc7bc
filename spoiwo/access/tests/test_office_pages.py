"""The office that keeps the accounts: what its pages show, ask and refuse."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Invitation, Role, Substitution, User
from spoiwo.access.services.attempts import begin_attempt
from spoiwo.access.services.invitations import invite
from spoiwo.access.services.roles import give_role
from spoiwo.access.services.substitutions import begin_substitution
from spoiwo.audit.models import Record
from spoiwo.doors.once import FIELD
from tests.factories import PASSWORD, UserFactory
from tests.queries import queries_of
from tests.visitors import as_chosen, key_for, says, text_of, visitor

pytestmark = pytest.mark.django_db
REASON = "Powód zmyślony, dość długi"
DAY = timedelta(days=1)


@pytest.fixture
def office():
    """A browser of the administrator."""
    return visitor(UserFactory(roles=[Role.ADMINISTRATOR], full_name="Adam Zmyślony"))


@pytest.fixture
def zofia():
    """A person whose account is kept."""
    return UserFactory(full_name="Zofia Zmyślona", email="zofia@przyklad.example", roles=[Role.EDITOR])


def at(name, *args):
    """An address of the office of accounts."""
    return reverse(f"accounts:{name}", args=args)


def found(client, query=""):
    """E-mails in the list, in order."""
    page = client.get(at("list") + query)
    assert page.status_code == 200
    return [row.email for row in page.context["page"]]


def test_the_list_is_searched_by_name_e_mail_role_and_state(office, zofia):
    jan = UserFactory(full_name="Jan Wzorcowy", email="jan@przyklad.example", is_active=False)
    assert {zofia.email, jan.email} <= set(found(office))
    assert found(office, "?q=zmyślona") == [zofia.email]
    assert found(office, "?q=JAN@") == [jan.email]
    assert found(office, "?role=editor") == [zofia.email]
    assert jan.email not in found(office, "?stan=otwarte")
    assert found(office, "?stan=zamkniete") == [jan.email]
    assert found(office, "?q=nikt-taki") == []
    assert len(found(office, "?role=nie-ma-takiej")) == 3  # a question that cannot be understood narrows nothing


def test_the_list_asks_the_database_as_often_for_three_accounts_as_for_one(office, zofia):
    one = queries_of(office, at("list"))
    for _n in range(3):
        UserFactory(roles=[Role.EDITOR, Role.AUDITOR])
    assert queries_of(office, at("list")) == one


def test_the_page_of_an_account_asks_as_often_for_three_roles_as_for_one(office, zofia):
    one = queries_of(office, at("account", zofia.pk))
    for role in (Role.AUDITOR, Role.TREASURER, Role.DIRECTOR):
        give_role(user=zofia, role=role, since=timezone.localdate(), by=None)
    with_factor = queries_of(office, at("account", zofia.pk))
    assert with_factor <= one + 1  # whether a second factor is needed is now asked


@pytest.mark.parametrize("name", ["invitations", "substitutions"])
def test_lists_ask_as_often_for_three_rows_as_for_one(office, zofia, name):
    def fill(n):
        invite(email=f"osoba{n}@przyklad.example", roles=[], now=timezone.now(), link=str, by=UserFactory())
        days = {"since": timezone.localdate(), "until": timezone.localdate() + DAY}
        begin_substitution(absent=UserFactory(), substitute=UserFactory(), reason="Urlop", by=None, **days)

    fill(1)
    one = queries_of(office, at(name))
    fill(2)
    fill(3)
    assert queries_of(office, at(name)) == one


# Roles


def test_a_role_is_given_and_taken_with_dates_and_reason(office, zofia):
    today = timezone.localdate()
    facts = {"role": "auditor", "since": f"{today:%d.%m.%Y}", "until": "", "reason": REASON, "seen_version": "1"}
    done = office.post(at("role-give", zofia.pk), facts)
    assert (done.status_code, done.url) == (302, at("account", zofia.pk))
    row = zofia.role_assignments.get(role=Role.AUDITOR)
    assert (row.since, row.until, row.reason) == (today, None, REASON)
    assert text_of(office.get(at("account", zofia.pk))).count(at("role-take", zofia.pk, row.pk)) == 1
    taken = office.post(at("role-take", zofia.pk, row.pk), {"reason": REASON, "seen_version": "2"})
    assert taken.status_code == 302
    assert User.objects.get(pk=zofia.pk).current_roles == {Role.EDITOR}
    assert [r.deed for r in Record.objects.about(zofia).order_by("sequence")] == [
        "access.role_given",
        "access.role_taken",
    ]
    again = office.post(at("role-take", zofia.pk, row.pk), {"reason": REASON, "seen_version": "3"})
    assert again.status_code == 422
    assert says(again, "The role ended before; there is nothing to take.")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "cesarz"),
        ("role", ""),
        ("since", "31.02.2026"),
        ("until", "01.01.2020"),
        ("reason", "krótko"),
        ("reason", ""),
    ],
)
def test_what_cannot_be_understood_is_said_by_the_field_and_nothing_is_saved(office, zofia, field, value):
    facts = {"role": "auditor", "since": "16.03.2026", "until": "", "reason": REASON, "seen_version": "1"}
    refused = office.post(at("role-give", zofia.pk), facts | {field: value})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]
    assert zofia.role_assignments.count() == 1


def test_who_comes_second_sees_that_the_account_changed_and_may_go_on(office, zofia):
    give_role(user=zofia, role=Role.TREASURER, since=timezone.localdate(), by=None)
    facts = {"role": "auditor", "since": "16.03.2026", "until": "", "reason": REASON, "seen_version": "1"}
    conflict = office.post(at("role-give", zofia.pk), facts)
    assert conflict.status_code == 409
    assert zofia.role_assignments.count() == 2
    done = office.post(at("role-give", zofia.pk), as_chosen(conflict))
    assert done.status_code == 302
    assert zofia.role_assignments.count() == 3


def test_nobody_gives_a_role_to_themself(office):
    own = User.objects.get(full_name="Adam Zmyślony")
    facts = {"role": "director", "since": "16.03.2026", "until": "", "reason": REASON, "seen_version": "1"}
    refused = office.post(at("role-give", own.pk), facts)
    assert refused.status_code == 422
    assert says(refused, "Nobody gives a role to themself. Ask another administrator.")
    assert own.role_assignments.count() == 1


# Closing and helping


@pytest.mark.parametrize(
    ("name", "deed"),
    [
        ("close", "access.account_closed"),
        ("factor-reset", "access.second_factor_reset"),
        ("sessions-end", "access.sessions_ended"),
    ],
)
def test_what_is_done_to_an_account_needs_a_reason_and_is_recorded(office, zofia, name, deed):
    assert office.get(at(name, zofia.pk)).status_code == 200
    assert office.post(at(name, zofia.pk), {"reason": "", "seen_version": "1"}).status_code == 422
    assert not Record.objects.about(zofia).exists()
    done = office.post(at(name, zofia.pk), {"reason": REASON, "seen_version": "1"})
    assert (done.status_code, done.url) == (302, at("account", zofia.pk))
    record = Record.objects.about(zofia).get()
    assert (record.deed, record.reason) == (deed, REASON)
    assert office.post(at(name, zofia.pk), {"reason": REASON, "seen_version": "1"}).status_code == 409


def test_a_closed_account_is_opened_again(office, zofia):
    office.post(at("close", zofia.pk), {"reason": REASON, "seen_version": "1"})
    assert REASON in text_of(office.get(at("account", zofia.pk)))
    assert office.post(at("reopen", zofia.pk), {"reason": REASON, "seen_version": "2"}).status_code == 302
    assert User.objects.get(pk=zofia.pk).is_active


def test_the_last_administrator_is_told_why_the_account_stays(zofia):
    """Only a substitute can come so far: administrators with the role in force would be two."""
    last = UserFactory(roles=[Role.ADMINISTRATOR])
    today = timezone.localdate()
    begin_substitution(absent=last, substitute=zofia, since=today, until=today, reason="Urlop", by=None)
    client = visitor(User.objects.get(pk=zofia.pk))
    refused = client.post(at("close", last.pk), {"reason": REASON, "seen_version": "1"})
    assert refused.status_code == 422
    assert says(refused, "This is the last administrator. Give the role to somebody else first.")
    own = client.post(at("close", zofia.pk), {"reason": REASON, "seen_version": str(zofia.version)})
    assert says(own, "This is your own account. Ask another administrator.")
    assert not User.objects.filter(is_active=False).exists()


def test_an_account_that_waits_is_shown_and_let_go(office, zofia):
    for _try in range(5):
        begin_attempt(account=zofia.email, address="192.0.2.1", browser="", now=timezone.now())
    assert says(office.get(at("account", zofia.pk)), "Too many wrong passwords")
    office.post(at("unlock", zofia.pk))
    assert not says(office.get(at("account", zofia.pk)), "Too many wrong passwords")


# Invitations and substitutions


def test_a_person_is_invited_once_whoever_presses_twice(office):
    sent = {"email": "nowa@przyklad.example", "roles": ["editor", "auditor"], FIELD: key_for(office, at("invite"))}
    assert [office.post(at("invite"), sent).url for _press in range(2)] == [at("invitations")] * 2
    row = Invitation.objects.get()
    assert (row.email, row.roles) == ("nowa@przyklad.example", ["auditor", "editor"])
    assert "nowa@przyklad.example" in text_of(office.get(at("invitations")))
    assert office.post(at("invite"), {"email": "bez-malpy"}).status_code == 422
    assert office.post(at("invite"), {"email": "b@przyklad.example", "roles": ["cesarz"]}).status_code == 422
    assert Invitation.objects.count() == 1


def test_an_invitation_is_sent_again_and_withdrawn_from_the_list(office):
    row = invite(email="nowa@przyklad.example", roles=[], now=timezone.now(), link=str, by=UserFactory())
    before = row.token_hash
    assert office.post(at("invitation-again", row.pk), {"seen_version": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.token_hash != before
    stale = office.post(at("invitation-withdraw", row.pk), {"seen_version": "1"}, follow=True)
    assert says(stale, "Somebody used or changed this invitation meanwhile. The list shows how it stands.")
    for odd in ("", "x", "9" * 30):
        office.post(at("invitation-withdraw", row.pk), {"seen_version": odd})
    row.refresh_from_db()
    assert row.withdrawn_at is None
    office.post(at("invitation-withdraw", row.pk), {"seen_version": "2"})
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def days(first, last):
    """Days around today as a form writes them."""
    today = timezone.localdate()
    return {"since": f"{today + first * DAY:%d.%m.%Y}", "until": f"{today + last * DAY:%d.%m.%Y}"}


def test_a_substitute_is_named_and_the_substitution_ended(office, zofia):
    jan = UserFactory(full_name="Jan Wzorcowy")
    facts = {"absent": zofia.pk, "substitute": jan.pk, "reason": "Urlop"} | days(0, 5)
    assert office.post(at("substitution-new"), facts).url == at("substitutions")
    assert User.objects.get(pk=jan.pk).current_roles == {Role.EDITOR}
    row = Substitution.objects.get()
    assert "Jan Wzorcowy" in text_of(office.get(at("substitutions")))
    assert says(office.get(at("account", zofia.pk)), "Substitutions")
    office.post(at("substitution-end", row.pk), {"seen_version": "1"})
    assert User.objects.get(pk=jan.pk).current_roles == frozenset()
    again = office.post(at("substitution-end", row.pk), {"seen_version": "2"}, follow=True)
    assert says(again, "Somebody changed this substitution meanwhile. The list shows how it stands.")


def test_refusals_of_a_substitution_stand_by_the_field(office, zofia):
    jan, ewa = UserFactory(), UserFactory()
    begin_substitution(
        absent=zofia,
        substitute=jan,
        since=timezone.localdate(),
        until=timezone.localdate() + DAY,
        reason="Urlop",
        by=None,
    )
    own = User.objects.get(full_name="Adam Zmyślony")
    cases = [
        ({"absent": zofia.pk, "substitute": zofia.pk} | days(9, 9), "substitute"),
        ({"absent": zofia.pk, "substitute": ewa.pk} | days(0, 1), "since"),
        ({"absent": jan.pk, "substitute": ewa.pk} | days(0, 1), "substitute"),
        ({"absent": ewa.pk, "substitute": own.pk} | days(0, 1), "substitute"),
        ({"absent": ewa.pk, "substitute": jan.pk} | days(-9, -1), "until"),
        ({"absent": ewa.pk, "substitute": jan.pk} | days(5, 4), "until"),
        ({"absent": ewa.pk, "substitute": jan.pk} | days(0, 400), "until"),
        ({"absent": "", "substitute": jan.pk} | days(0, 1), "absent"),
    ]
    for facts, field in cases:
        refused = office.post(at("substitution-new"), facts | {"reason": "Urlop"})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field]), facts
    assert Substitution.objects.count() == 1


# One's own account


def test_ones_own_page_shows_roles_own_and_lent(zofia):
    jan = UserFactory(full_name="Jan Wzorcowy", roles=[Role.GMINA_REPORTER], password=PASSWORD)
    today = timezone.localdate()
    begin_substitution(absent=zofia, substitute=jan, since=today, until=today, reason="Urlop", by=None)
    page = text_of(visitor(User.objects.get(pk=jan.pk)).get(reverse("account_home")))
    assert "za: Zofia Zmyślona" in page
    assert str(Role.GMINA_REPORTER.label).replace("\u00a0", " ") in page


def test_ones_name_is_changed_under_the_lock(zofia):
    client = visitor(zofia)
    assert client.post(reverse("account_name"), {"full_name": "", "seen_version": "1"}).status_code == 422
    done = client.post(reverse("account_name"), {"full_name": "Zofia Nowa", "seen_version": "1"})
    assert (done.status_code, done.url) == (302, reverse("account_home"))
    conflict = client.post(reverse("account_name"), {"full_name": "Zofia Inna", "seen_version": "1"})
    assert conflict.status_code == 409
    assert {"Zofia Nowa", "Zofia Inna"} <= {text for text in ("Zofia Nowa", "Zofia Inna") if text in text_of(conflict)}
    client.post(reverse("account_name"), as_chosen(conflict, full_name="mine"))
    assert User.objects.get(pk=zofia.pk).full_name == "Zofia Inna"
