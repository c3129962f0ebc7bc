"""Accounts, organisations, the protected register: what two people change and what is sent twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Invitation, Role, Substitution, User
from spoiwo.access.services.accounts import close_account
from spoiwo.access.services.invitations import invite
from spoiwo.access.services.substitutions import begin_substitution
from spoiwo.audit.domain.reviews import digest_of, week_of
from spoiwo.audit.models import Record, Review
from spoiwo.audit.services import Deed, record_all
from spoiwo.audit.services.reviews import find_hits
from spoiwo.doors.tests.samples import png
from spoiwo.organisations.models import Kind
from spoiwo.persons.models import Caseworker, Person
from spoiwo.persons.services.register import close_person
from spoiwo.vault.services import unsealed
from tests.factories import LONG_AGO, MembershipFactory, OrganisationFactory, UserFactory
from tests.racing import House, Making, Shared, counted, key_holder, reasons, times
from tests.registered import NOW, OPENING, TODAY, entered
from tests.visitors import person


def changeable_people(house: House) -> dict[str, Callable[[], Shared]]:
    """The forms about people that change a record, by the name of their address."""
    return {
        "account_name": lambda: _own_name(house),
        "accounts:role-give": _role_given,
        "accounts:role-take": _role_taken,
        "accounts:close": lambda: _act(UserFactory(), "close", "access.account_closed", one_state=True),
        "accounts:reopen": lambda: _act(_closed_account(), "reopen", "access.account_reopened", one_state=True),
        "accounts:factor-reset": lambda: _act(UserFactory(), "factor-reset", "access.second_factor_reset"),
        "accounts:sessions-end": lambda: _act(UserFactory(), "sessions-end", "access.sessions_ended"),
        "accounts:invitation-again": lambda: _invited(house, "invitation-again", "access.invitation_sent_again"),
        "accounts:invitation-withdraw": lambda: _invited(house, "invitation-withdraw", "access.invitation_withdrawn"),
        "accounts:substitution-end": _substitution_ended,
        "organisations:close": _member_closed,
        "organisations:caring": lambda: _caring(house),
        "audit:review-sign": lambda: _review(house),
        "persons:change": lambda: _identity(house, "change"),
        "persons:change-address": lambda: _identity(house, "change-address", shielded=True),
        "persons:close": lambda: _person_closed(house),
        "persons:reopen": lambda: _person_reopened(house),
        "persons:shield": lambda: _person_shielded(house),
    }


def creating_people(house: House) -> dict[str, Callable[[], Making]]:
    """The forms about people that create, by the name of their address; each call makes one, ready to be sent."""
    return {
        "accounts:invite": lambda: _invitation(house, reverse("accounts:invite"), roles=[Role.EDITOR.value]),
        "accounts:substitution-new": lambda: _substitution(house),
        "organisations:invite": lambda: _invitation(
            house, reverse("organisations:invite", args=[_foundation().pk]), roles=[Role.NGO_REPORTER.value]
        ),
        "persons:new": lambda: _person(house),
        "persons:paper-new": lambda: _paper(house),
        "persons:erasure-ask": lambda: _erasure(house),
    }


# --- accounts ----------------------------------------------------------------------------------------


def _own_name(house: House) -> Shared:
    user = person(Role.ROPS_OFFICER)
    windows = (house.browser(user), house.browser(user))  # the name is one's own: one person in two browsers

    def read() -> str:
        return User.objects.get(pk=user.pk).full_name

    return Shared(reverse("account_name"), "full_name", read, hands=windows)


def _act(user: User, page: str, deed: str, *args: int, **facts) -> Shared:
    """What the office does to an account for a reason."""
    address = reverse(f"accounts:{page}", args=[user.pk, *args])
    return Shared(address, "reason", lambda: reasons(user, deed), **facts)


def _role_given() -> Shared:
    user = UserFactory()

    def read() -> str:
        return ", ".join(user.role_assignments.values_list("reason", flat=True))

    page = reverse("accounts:role-give", args=[user.pk])
    return Shared(page, "reason", read, {"role": Role.EDITOR.value}, one_state=True)


def _role_taken() -> Shared:
    user = person(Role.EDITOR)
    return _act(user, "role-take", "access.role_taken", user.role_assignments.get().pk, one_state=True)


def _closed_account() -> User:
    user = UserFactory()
    return close_account(user=user, reason="Koniec umowy", seen_version=user.version, now=timezone.now(), by=None)


def _pressed(row: Invitation | Substitution, about, page: str, deed: str) -> Shared:
    """A button beside a row of a list: nothing is typed, and the list shows how the row stands."""
    seen = {"seen_version": row.version}
    address = reverse(f"accounts:{page}", args=[row.pk])
    return Shared(address, "", lambda: times(about, deed), seen, refused=(302,), button=True)


def _invited(house: House, page: str, deed: str) -> Shared:
    facts = {"email": f"z{house.new()}@przyklad.example", "roles": [Role.EDITOR], "now": timezone.now()}
    row = invite(**facts, link=str, by=None)
    return _pressed(row, row, page, deed)


def _substitution_ended() -> Shared:
    today = timezone.localdate()
    days = {"since": today - timedelta(days=1), "until": today + timedelta(days=9)}
    row = begin_substitution(absent=UserFactory(), substitute=UserFactory(), reason="Urlop", by=None, **days)
    return _pressed(row, row.absent, "substitution-end", "access.substitution_ended")


def _foundation():
    return OrganisationFactory(kind=Kind.NGO)


def _member_closed() -> Shared:
    row = MembershipFactory(organisation=_foundation(), user=person(Role.NGO_REPORTER))
    page = reverse("organisations:close", args=[row.organisation_id, row.user_id])
    return Shared(page, "reason", lambda: reasons(row.user, "access.account_closed"), one_state=True)


def _caring(house: House) -> Shared:
    row = MembershipFactory(organisation=house.unit, user=person(Role.POWIAT_CARE_OFFICER))
    page = reverse("organisations:caring", args=[row.organisation_id, row.user_id])

    def read() -> str:
        deeds = Record.objects.about(row.organisation).filter(facts__user=str(row.user))
        return ", ".join(deeds.values_list("reason", flat=True))

    return Shared(page, "reason", read, {"cares": "on"}, refused=(302,))  # the second is told that it is so already


def _invitation(house: House, page: str, **typed) -> Making:
    email = f"n{house.new()}@przyklad.example"
    return Making(page, {"email": email, **typed}, counted(Invitation, email=email), house.officer)


def _substitution(house: House) -> Making:
    absent, today = UserFactory(), timezone.localdate()
    typed = {"absent": absent.pk, "substitute": UserFactory().pk, "since": today, "until": today, "reason": "Urlop"}
    return Making(reverse("accounts:substitution-new"), typed, counted(Substitution, absent=absent), house.officer)


# --- the weekly review -------------------------------------------------------------------------------


def _review(house: House) -> Shared:
    reader, at = UserFactory(), datetime(2025, 12, 3, 9, 0, tzinfo=UTC) - timedelta(weeks=house.new())
    reading = Deed("tests.opened", reader, {"fields": ["street"]}, "cel", reading=True)
    with transaction.atomic():
        record_all(by=reader, deeds=[reading], at=at)
    week = week_of(timezone.localtime(at).date())
    read = Review.objects.filter(week=week.code).values_list("remarks", flat=True)
    seen = {"seen_digest": digest_of(find_hits(week))}
    return Shared(
        reverse("audit:review-sign", args=[week.code]), "remarks", lambda: read.get(), seen,
        hands=house.guards, refused=(302,), button=True,
    )  # fmt: skip


# --- the protected register --------------------------------------------------------------------------


def _kept(house: House, *, shielded: bool = False) -> Person:
    """A person of the unit, whose case both of its people run."""
    row = entered(house.unit, shielded=shielded)
    for client in house.carers:
        Caseworker.objects.create(person=row, user=key_holder(client), since=LONG_AGO)
    return row


def _at(page: str, row: Person) -> str:
    return reverse(f"persons:{page}", args=[row.uid])


def _identity(house: House, page: str, *, shielded: bool = False) -> Shared:
    row = _kept(house, shielded=shielded)

    def read() -> str:
        return unsealed(Person.objects.get(pk=row.pk), ["address"])["address"]

    return Shared(_at(page, row), "address", read, asking=OPENING, hands=house.carers)


def _person_closed(house: House) -> Shared:
    row = _kept(house)

    def read() -> str:
        return str(Person.objects.get(pk=row.pk).keep_until)

    return Shared(_at("close", row), "keep_until", read, words=("2071-12-31", "2072-12-31"), hands=house.carers)


def _person_reopened(house: House) -> Shared:
    row = _kept(house)
    days = {"closed_on": TODAY, "keep_until": date(2071, 12, 31)}
    close_person(person=row, seen_version=row.version, by=None, now=NOW, **days)
    return _for_a_reason(house, row, "reopen", "persons.reopened")


def _person_shielded(house: House) -> Shared:
    return _for_a_reason(house, _kept(house), "shield", "persons.shielded")


def _for_a_reason(house: House, row: Person, page: str, deed: str, **facts) -> Shared:
    return Shared(_at(page, row), "reason", lambda: reasons(row, deed), hands=house.carers, **facts)


def _carer(house: House) -> Client:
    return house.carers[0]


def _person(house: House) -> Making:
    name = f"Wymyślona-{house.new()}"
    typed = {"unit": house.unit.pk, "last_name": name, "basis": "foster_care", "since": "16.03.2026"}
    return Making(_new_person(), typed, lambda: Person.objects.with_last_name(name).count(), _carer(house))


def _new_person() -> str:
    return reverse("persons:new")


def _paper(house: House) -> Making:
    row = _kept(house)
    return Making(_at("paper-new", row), {"kind": "court", "file": png()}, lambda: row.papers.count(), _carer(house))


def _erasure(house: House) -> Making:
    row = _kept(house)
    typed = {"ground": "mistake", "reason": "Wpisano przez pomyłkę."}
    return Making(_at("erasure-ask", row), typed, lambda: row.erasures.count(), _carer(house))
