"""A unit with care officers and persons of its register, every one of them invented."""

from datetime import UTC, date, datetime

from spoiwo.access.models import Role, User
from spoiwo.kernel.pesel import WEIGHTS
from spoiwo.organisations.models import Kind, Organisation
from spoiwo.persons.models import Person
from spoiwo.persons.services.register import add_person
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 16)
WRITTEN = {
    "first_name": "Zenobia",
    "last_name": "Żółw-Wymyślona",
    "pesel": "",
    "born_on": "2014-05-17",
    "address": "ulica Nieistniejąca 7, Zmyślin",
    "contact": "600 000 001 (numer zmyślony)",
    "notes": "Uwaga wymyślona na potrzeby próby.",
}


def pesel_of(born_on: date = date(1801, 5, 17), serial: int = 1) -> str:
    """A PESEL with the right check digit of a day on which nobody who had one was born; made, never written down."""
    century = {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}[born_on.year // 100]
    digits = f"{born_on.year % 100:02}{born_on.month + century:02}{born_on.day:02}{serial:04}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return digits + str((10 - total % 10) % 10)


def unit(**facts) -> Organisation:
    """A powiat family support centre."""
    return OrganisationFactory(**{"kind": Kind.PCPR} | facts)


def care_officer(*units: Organisation, roles: tuple[Role, ...] = (Role.POWIAT_CARE_OFFICER,), **facts) -> User:
    """A care officer who runs the cases of these units."""
    user = UserFactory(roles=list(roles))
    for one in units:
        MembershipFactory(organisation=one, user=user, **{"cares": True} | facts)
    return user


def entered(at: Organisation, *, by: User | None = None, shielded: bool = False, **values) -> Person:
    """A person of the register, entered on 16 March 2026."""
    facts = {"basis": "foster_care", "since": TODAY, "by": by, "now": NOW, "shielded": shielded}
    return add_person(unit=at, values=WRITTEN | values, **facts)


OPENING = {"purpose": "sprawa", "words": ""}
