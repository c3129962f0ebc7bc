"""Opening a person's data for a purpose, and finding a person by exact name or number. Both are recorded first."""

from datetime import date
from itertools import pairwise

from django.db import transaction

from spoiwo.audit.services import record, record_readings
from spoiwo.kernel.pesel import pesel_in
from spoiwo.persons.domain.grounds import Purpose, written
from spoiwo.persons.errors import NamesThePerson, PersonErased
from spoiwo.persons.models import Person
from spoiwo.vault.errors import Erased
from spoiwo.vault.services import fingerprints_of, open_values

OPENED = ("persons.opened", "persons.address_opened", "persons.paper_opened", "persons.exported")
SHOWN = 50  # persons found at once; a search is exact, so more are a family name that is very common
SOUGHT = {"last_name": "with_last_name", "pesel": "with_pesel"}
IN_SEARCH = "wyszukiwanie"


def open_person(*, person: Person, names: list[str], purpose: str, words: str, by) -> dict[str, str]:
    """The texts of the named fields, opened for a purpose; the reading is recorded in the same transaction.

    Raises: NamesThePerson when the words of the purpose would carry the person's name or number into the record;
    PersonErased; PurposeMissing, VaultClosed.
    """
    refuse_names(person, words)
    if person.erased_on:
        raise PersonErased
    deed = "persons.address_opened" if set(names) <= set(person.guarded) else "persons.opened"
    try:
        return open_values(person, names, by=by, purpose=written(Purpose(purpose), words), deed=deed)
    except Erased:  # a backup brought the row back; the key is gone for ever
        raise PersonErased from None


def refuse_names(person: Person, words: str) -> None:
    """Words that will stand in the record of deeds for ever. Raises: NamesThePerson."""
    if pesel_in(words):
        raise NamesThePerson
    said = words.split()
    for word in (*said, *("".join(pair) for pair in pairwise(said))):
        for name in ("last_name", "pesel"):
            held = getattr(person, f"{name}_index")
            if held and held in fingerprints_of(Person, name, word):
                raise NamesThePerson


@transaction.atomic
def search_persons(*, by_field: str, text: str, by, on: date) -> list[Person]:
    """Persons of one's own unit, open to oneself, with exactly this last name or PESEL; at most SHOWN.

    That the text belongs to a case is a reading of it: each person found has it in their record. What was sought is
    written down nowhere.
    """
    rows = getattr(Person.objects.identifiable_by(by, on), SOUGHT[by_field])(text)
    found = list(rows.select_related("unit")[:SHOWN])
    record(by=by, deed="persons.searched", about=by, fields=[by_field], found=len(found))
    record_readings(by=by, about=found, purpose=IN_SEARCH, fields=[by_field], deed="persons.found")
    return found
