"""What the weekly review of readings asks of the register: one's own family name, and cases that others run."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from spoiwo.audit.domain.reviews import Event, Kind
from spoiwo.audit.watching import Signal, register_signal, watch_deeds, watch_pages
from spoiwo.persons.models import Caseworker, Person
from spoiwo.persons.querysets import PersonQuerySet
from spoiwo.vault.services import fingerprints_of

ABOUT = Person._meta.label_lower


def own_family_name(events: list[Event]) -> Iterable[int]:
    """Openings of persons who bear the family name of who opened them; compared by fingerprints, no name is opened."""
    openings = _openings(events)
    readers = get_user_model().objects.in_bulk({event.by_id for event in openings})
    marks = {pk: _marks_of(str(reader)) for pk, reader in readers.items()}
    names = dict(_persons_of(openings).values_list("pk", "last_name_index"))
    for event in openings:
        held = names.get(int(event.about_id))
        if held and held in marks.get(event.by_id, ()):
            yield event.sequence


def _marks_of(full_name: str) -> set[str]:
    """Fingerprints of what in a name can be a family name: each word after the first, and each of its parts."""
    _first, *rest = full_name.split()
    words = {part for word in rest for part in (word, *word.split("-"))} | {" ".join(rest)}
    return {mark for word in words for mark in fingerprints_of(Person, "last_name", word)}


def not_assigned(events: list[Event]) -> Iterable[int]:
    """Openings of persons whose case somebody else ran that day."""
    openings = _openings(events)
    cases: dict[int, list[Caseworker]] = defaultdict(list)
    for case in Caseworker.objects.filter(person__in=_persons_of(openings)):
        cases[case.person_id].append(case)
    for event in openings:
        day = event.at.date()
        held = [case.user_id for case in cases[int(event.about_id)] if _ran_on(case, day)]
        if held and event.by_id not in held:
            yield event.sequence


def _ran_on(case: Caseworker, day: date) -> bool:
    return case.since <= day and (case.ended_on is None or day < case.ended_on)


def _openings(events: list[Event]) -> list[Event]:
    return [event for event in events if event.about_type == ABOUT and event.kind is Kind.READING and event.by_id]


def _persons_of(openings: list[Event]) -> PersonQuerySet:
    return Person.objects.filter(pk__in={int(event.about_id) for event in openings})


watch_pages("persons:*")
watch_deeds(Kind.SEARCH, "persons.searched")
watch_deeds(Kind.LISTING, "persons.found")
register_signal(Signal("own-family-name", _("Own family name"), own_family_name))
register_signal(Signal("not-assigned", _("Cases that somebody else runs"), not_assigned))
