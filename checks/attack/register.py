"""A house whose protected register is full of canaries, with a visitor of every kind."""

import io
from dataclasses import dataclass, field
from datetime import date

import pikepdf
from django.db import transaction
from django.utils import timezone

from checks.attack.canaries import Canary, canaries_of, written_of
from spoiwo.access.models import Invitation, KnownBrowser, Role, RoleAssignment, Substitution, User, Visit
from spoiwo.audit.services import Deed, record_all
from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.import_year import import_year
from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.organisations.models import Membership, Organisation
from spoiwo.persons.models import NAMES, Person
from spoiwo.persons.services.caseworkers import assign_caseworker
from spoiwo.persons.services.erasure import ask_erasure
from spoiwo.persons.services.papers import add_paper
from spoiwo.persons.services.register import add_person
from spoiwo.reports.services.versions import finalise
from tests.consulting import consulted
from tests.factories import (
    LONG_AGO,
    DefinitionFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    PlanEntryFactory,
    UserFactory,
)
from tests.imported import EXAMPLES
from tests.matrix.personas import CARE, OTHER, OWN, OWN_CASE, PERSONAS, SHIELDED, Persona, made
from tests.registered import NOW, care_officer, unit
from tests.sequences import later_numbers

FROM_ELSEWHERE = Persona("care officer of another unit", frozenset({CARE}))
EVERYBODY = [*PERSONAS, FROM_ELSEWHERE]
FAR = date(2099, 12, 31)
LEAST = 8  # so many persons stand in every relation to an officer


@dataclass
class House:
    """Units, accounts, and persons by number; `typed` and `changed` are numbers of words that nobody saved."""

    pk: str
    home: Organisation
    elsewhere: Organisation
    users: dict[str, User | None]
    persons: dict[int, Person] = field(default_factory=dict)
    typed: int = 0
    changed: int = 0
    entered: int = 0  # comes in by the form
    aside: int = 0  # of a package that waits

    @property
    def canaries(self) -> list[Canary]:
        """Every word that is looked for."""
        return [one for number in range(self.aside + 1) for one in canaries_of(number)]

    def unit_of(self, persona: Persona) -> Organisation:
        """For whom a care officer works."""
        return self.elsewhere if persona == FROM_ELSEWHERE else self.home

    def relation(self, persona: Persona, number: int) -> str:
        """How a person stands to a visitor, by the rules of this table alone."""
        at_home = number % 2 == 0
        if at_home != (persona != FROM_ELSEWHERE):
            return OTHER
        if number >= self.typed or number % 4 < 2:
            return OWN
        return OWN_CASE if number % 8 >= 6 else SHIELDED

    def samples(self, persona: Persona) -> dict[str, int]:
        """One person for every relation."""
        return {self.relation(persona, number): number for number in sorted(self.persons, reverse=True)}

    def row(self, number: int) -> dict[str, str]:
        """The parameters of the addresses of a person."""
        person = self.persons[number]
        facts = {"uid": person.uid, "paper": person.papers.first().uid, "pk": person.caseworkers.last().pk}
        return {name: str(value) for name, value in facts.items()}

    def kept_row(self, relation: str) -> dict[str, str]:
        """The parameters of the addresses of an organisation."""
        at = self.home if relation == OWN else self.elsewhere
        return {"pk": str(at.pk), "user": str(at.memberships.filter(user__is_active=True).first().user_id)}


def seeded(persons: int, personas: list[Persona]) -> House:
    """Two years, something behind every door, and so many persons: half of another unit, half shielded."""
    if persons < LEAST:
        raise ValueError(f"fewer than {LEAST} persons do not stand in every relation")
    house = House(_behind_every_door(), unit(), unit(), {})
    house.users = {persona.name: made(persona, house.unit_of(persona)) for persona in personas}
    officers = {True: care_officer(house.home), False: care_officer(house.elsewhere)}
    for number in range(persons):
        at_home = number % 2 == 0
        at = house.home if at_home else house.elsewhere
        house.persons[number] = _person(number, at, officers[at_home])
        if number % 8 >= 6:
            for persona in personas:
                if CARE in persona.roles and persona.known and not persona.ended and house.unit_of(persona) == at:
                    user = house.users[persona.name]
                    assign_caseworker(person=house.persons[number], user=user, on=NOW.date(), by=None)
    house.typed, house.changed = persons, persons + 1
    house.entered = persons + 2 + persons % 2  # an even number: of the home unit
    house.aside = house.entered + 1
    return house


def _behind_every_door() -> str:
    for name in ("lubuskie-2017", "lubuskie-2019"):
        import_year(path=EXAMPLES / name, by=None)
    taken = Deed("doors.export_made", find_year(2017), {}, "cel zmyślony", reading=True)
    with transaction.atomic():
        record_all(by=None, deeds=[taken], at=NOW)  # something for the weekly review
    finalise(year=find_year(2017), by=None, now=timezone.localtime())
    show_before_final(year=find_year(2019), shown=True, by=None)
    entry = Entry.objects.get(key="2019-eu")
    PlanEntryFactory(pk=entry.pk, year=entry.year, kind="commitment")  # under the same number, as all that follows
    indicator = IndicatorFactory(code="w-1", region="08", programme=entry.year.strategy.programmes.first())
    IndicatorValueFactory(pk=entry.pk, definition=DefinitionFactory(indicator=indicator))
    consulted("2014-2020", entry.pk, "2014-C1")
    _kept_account(entry.pk)
    later_numbers()
    return str(entry.pk)


def _kept_account(number: int) -> None:
    """An account with a role, an organisation, a substitute, an invitation, a session and a browser: one number."""
    user = User.objects.filter(pk=number).first() or UserFactory(pk=number)
    one = Organisation.objects.filter(pk=number).first() or OrganisationFactory(pk=number)
    RoleAssignment.objects.create(pk=number, user=user, role=Role.NGO_REPORTER, since=LONG_AGO)
    Membership.objects.create(organisation=one, user=user, since=LONG_AGO)
    Substitution.objects.create(pk=number, absent=user, substitute=UserFactory(), since=LONG_AGO, until=FAR, reason="–")
    facts = {"email": "zaproszona@przyklad.example", "token_hash": "0" * 64, "invited_at": NOW, "expires_at": NOW}
    Invitation.objects.create(pk=number, **facts)
    Visit.objects.create(pk=number, user=user, session_key="nie-ma-takiej", label="?", began_at=NOW, seen_at=NOW)
    KnownBrowser.objects.create(pk=number, user=user, browser="0" * 64, label="?", since=NOW, seen_at=NOW)


def _person(number: int, at: Organisation, officer: User) -> Person:
    """A person with a paper, a caseworker, and a request to be erased."""
    written, shielded = written_of(number), number % 4 >= 2
    facts = {"basis": "violence", "since": NOW.date(), "shielded": shielded, "by": None, "now": NOW}
    person = add_person(unit=at, values={name: written[name] for name in NAMES}, **facts)
    scan = {"content": scan_of(number), "media_type": "application/pdf", "by": None, "now": NOW}
    add_paper(person=person, kind="court", **scan)
    assign_caseworker(person=person, user=officer, on=NOW.date(), by=None)
    words = {"ground": "mistake", "reason": "Wpis zmyślony.", "by": officer, "now": NOW, "today": NOW.date()}
    ask_erasure(person=person, **words)
    return person


def scan_of(number: int) -> bytes:
    """A PDF of one page that says the word of a person's paper."""
    book, out = pikepdf.new(), io.BytesIO()
    page = book.add_blank_page()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = book.make_stream(f"BT /F1 12 Tf 72 720 Td ({written_of(number)['paper']}) Tj ET".encode())
    book.save(out, compress_streams=True)
    return out.getvalue()
