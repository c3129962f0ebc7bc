"""Who looked at a person's data: by name for the office, by role for the person themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.audit.services import who_looked
from spoiwo.audit.words import in_words
from spoiwo.persons.domain.grounds import read
from spoiwo.persons.models import FIELDS, PURPOSES, Person
from spoiwo.persons.services.opening import IN_SEARCH, OPENED


@dataclass(frozen=True)
class Reading:
    """One reading in the words of the screen; `who` is a name, or the roles when names are left out."""

    at: datetime
    who: str
    what: str
    purpose: str
    words: str
    fields: list[str]


@dataclass(frozen=True)
class Readings:
    """The latest readings of a person, how many there are in all, and where the older ones begin."""

    rows: list[Reading]
    count: int
    people: int
    more_before: int | None


def readings_of(person: Person, *, with_names: bool, before: int | None = None, many: int = 200) -> Readings:
    """Who looked at a person's data, the latest first.

    Without names it is for the person: that and why their data was read they may know; who of the staff it was only
    when they need it for their rights. Source: Court of Justice of the EU, C-579/21, 22 June 2023.
    """
    looked = who_looked(person, before=before, many=many)
    rows = [_in_words(row, with_names) for row in looked.rows]
    return Readings(rows, looked.count, looked.people, looked.more_before)


def last_opened(persons: Iterable[Person]) -> dict[int, datetime]:
    """When each of these persons was last opened by anybody; one query for all."""
    rows = Record.objects.about_any(persons).filter(deed__in=OPENED).order_by()
    return {int(key): at for key, at in rows.values_list("about_id").annotate(Max("at"))}


def _in_words(row: Record, with_names: bool) -> Reading:
    code, words = ("", "") if row.reason == IN_SEARCH else read(row.reason)
    purpose = str(PURPOSES.get(code, "")) if code else ""
    known = [name for name in FIELDS if name in row.facts.get("fields", [])]
    fields = [str(FIELDS[name]) for name in known]
    roles = ", ".join(str(Role(role).label) for role in row.roles.split() if role in set(Role))
    return Reading(row.at, row.by_name if with_names else roles, in_words(row.deed), purpose, words, fields)
