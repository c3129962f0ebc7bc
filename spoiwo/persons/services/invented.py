"""Persons of the demonstration: none of them exists, and every record says so.

They have no PESEL: a number with a right check digit could be somebody's, and the form takes no other.
"""

from datetime import date, datetime

from django.db import transaction

from spoiwo.organisations.models import Organisation
from spoiwo.persons.domain.grounds import Basis, Purpose
from spoiwo.persons.models import Person
from spoiwo.persons.services.caseworkers import assign_caseworker
from spoiwo.persons.services.opening import open_person
from spoiwo.persons.services.register import add_person, close_person

NOTE = "Osoba zmyślona na potrzeby pokazu; nie istnieje."
ADDRESS = "ulica Nieistniejąca {}, 00-000 Zmyślin"
CONTACT = "telefon zmyślony, wewn. {}"
SHIELDED, OPENED, RUN_EVERY = 2, 0, 2
# first name, last name, day of birth, ground, since, closed on, kept until
PERSONS = (
    ("Kaja", "Zmyślona-Nibylas", "2014-05-17", Basis.FOSTER_CARE, date(2025, 2, 3), None, None),
    ("Borys", "Zmyślony-Nibylas", "2017-09-02", Basis.FOSTER_CARE, date(2025, 2, 3), None, None),
    ("Ida", "Zmyślona-Pustelnik", "2010-12-30", Basis.VIOLENCE, date(2026, 6, 22), None, None),
    ("Leon", "Zmyślony-Wzorek", "2023-01-14", Basis.FOSTER_CARE, date(2026, 9, 7), None, None),
    ("Nina", "Zmyślona-Wzorek", "2007-03-28", Basis.LEAVING_CARE, date(2024, 4, 15), None, None),
    ("Olaf", "Zmyślony-Przykład", "1984-07-11", Basis.SUPPORT, date(2026, 1, 12), None, None),
    ("Ewa", "Zmyślona-Sen", "2005-10-19", Basis.LEAVING_CARE, date(2020, 3, 2), date(2026, 5, 29), date(2036, 12, 31)),
    ("Tymon", "Zmyślony-Dawny", "", Basis.OTHER, date(2014, 8, 4), date(2019, 6, 28), date(2024, 12, 31)),
)


@transaction.atomic
def enter_invented_persons(*, unit: Organisation, by, now: datetime) -> list[Person]:
    """Fill an empty register of a unit with eight invented persons; doing it again changes nothing."""
    if unit.persons.exists():
        return []
    entered = []
    for number, (first, last, born_on, basis, since, closed_on, keep_until) in enumerate(PERSONS):
        values = {"first_name": first, "last_name": last, "born_on": born_on, "notes": NOTE}
        values |= {"address": ADDRESS.format(number + 1), "contact": CONTACT.format(number + 1)}
        facts = {"basis": basis, "since": since, "shielded": number == SHIELDED, "by": by, "now": now}
        person = add_person(unit=unit, values=values, invented=True, **facts)
        if closed_on:
            days = {"closed_on": closed_on, "keep_until": keep_until}
            person = close_person(person=person, seen_version=person.version, by=by, now=now, **days)
        elif number % RUN_EVERY == 0:
            assign_caseworker(person=person, user=by, on=now.date(), by=by)
        entered.append(person)
    first = entered[OPENED]
    open_person(person=first, names=first.open_together, purpose=Purpose.CASE, words="", by=by)
    return entered
