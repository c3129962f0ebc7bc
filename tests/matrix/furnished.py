"""A house with something behind every door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone

from spoiwo.access.models import User
from spoiwo.audit.services import Deed, record_all
from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.organisations.models import Organisation
from spoiwo.persons.models import Person
from spoiwo.persons.services.caseworkers import assign_caseworker
from spoiwo.persons.services.erasure import ask_erasure
from spoiwo.persons.services.papers import add_paper
from spoiwo.reports.services.versions import finalise
from tests.consulting import consulted
from tests.factories import DefinitionFactory, IndicatorFactory, IndicatorValueFactory, PlanEntryFactory, UserFactory
from tests.imported import EXAMPLES, imported
from tests.matrix.personas import CARE, OTHER, OWN, OWN_CASE, PERSONAS, SHIELDED, made
from tests.registered import NOW, care_officer, entered, unit
from tests.sequences import later_numbers

LOOKED_AT = datetime(2026, 3, 17, 12, tzinfo=UTC)


@dataclass
class House:
    """The number of the rows that have one, two units, the accounts of the personas, and a register of persons."""

    pk: str
    unit: Organisation
    elsewhere: Organisation
    users: dict[str, User | None]
    rows: dict[str, dict[str, Person]]  # persona or "" -> relation -> person

    def row(self, persona: str, rows: str, relation: str) -> dict[str, str]:
        """The parameters of an address of one protected row."""
        if not relation:
            return {}
        if rows == "kept":
            at = self.unit if relation == OWN else self.elsewhere
            return {"pk": str(at.pk), "user": str(at.memberships.filter(user__is_active=True).first().user_id)}
        person = self.rows.get(persona, self.rows[""])[relation]
        facts = {"uid": person.uid, "paper": person.papers.get().uid, "pk": person.caseworkers.last().pk}
        return {name: str(value) for name, value in facts.items()}


@contextmanager
def furnished() -> Iterator[House]:
    """2017 final, 2019 with open differences that the public may see, and a protected register."""
    with imported(EXAMPLES / "lubuskie-2017", EXAMPLES / "lubuskie-2019"):
        taken = Deed("doors.export_made", find_year(2017), {}, "cel zmyślony", reading=True)
        record_all(by=None, deeds=[taken], at=LOOKED_AT)  # something for the weekly review
        finalise(year=find_year(2017), by=None, now=timezone.localtime())
        show_before_final(year=find_year(2019), shown=True, by=None)
        entry = Entry.objects.get(key="2019-eu")
        PlanEntryFactory(pk=entry.pk, year=entry.year, kind="commitment")  # under the same number, as all that follows
        indicator = IndicatorFactory(code="w-1", region="08", programme=entry.year.strategy.programmes.first())
        IndicatorValueFactory(pk=entry.pk, definition=DefinitionFactory(indicator=indicator))
        consulted("2014-2020", entry.pk, "2014-C1")
        _account(entry.pk)
        home, elsewhere = unit(), unit()
        users = {persona.name: made(persona, home) for persona in PERSONAS}
        yield House(str(entry.pk), home, elsewhere, users, _register(home, elsewhere, users))


def _account(number: int) -> None:
    """An account under this number; who comes after gets a later one."""
    if not User.objects.filter(pk=number).exists():
        UserFactory(pk=number)
    later_numbers()


def _register(home: Organisation, elsewhere: Organisation, users: dict) -> dict[str, dict[str, Person]]:
    """Persons of the own unit, of another, shielded; and for each care officer a shielded one in an own case."""
    rows = {"": {OWN: _person(home), OTHER: _person(elsewhere), SHIELDED: _person(home, shielded=True)}}
    rows[""][OWN_CASE] = _person(home, shielded=True)
    for persona in PERSONAS:
        if CARE in persona.roles and persona.known and not persona.ended:
            case = _person(home, users[persona.name], shielded=True)
            rows[persona.name] = rows[""] | {OWN_CASE: case}
    return rows


def _person(at: Organisation, *users: User, shielded: bool = False) -> Person:
    """A person with a paper, a request to be erased, and a case run by a colleague and by these."""
    colleague = care_officer(at)
    person = entered(at, shielded=shielded)
    add_paper(person=person, kind="court", content=b"zmyslone", media_type="application/pdf", by=None, now=NOW)
    for user in (colleague, *users):
        assign_caseworker(person=person, user=user, on=NOW.date(), by=None)
    words = {"ground": "mistake", "reason": "Wpis zmyślony.", "by": colleague, "now": NOW, "today": NOW.date()}
    ask_erasure(person=person, **words)
    return person
