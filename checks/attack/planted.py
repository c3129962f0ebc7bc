"""Five faults planted while the sweep runs, not in the product: a sweep that cannot find them proves nothing."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from unittest import mock

from django.urls import reverse

from checks.attack.canaries import written_of
from checks.attack.remains import (
    search_backup,
    search_database,
    search_letters,
    search_log,
    search_rows,
    write_letters,
)
from checks.attack.sweeping import Sweep, Visitor, listening
from spoiwo.doors.exports import table_csv, table_xlsx
from spoiwo.ledger.views import exports
from spoiwo.persons.models import Person
from spoiwo.persons.services import opening as services
from spoiwo.persons.views import lists, opening
from spoiwo.vault.services import unsealed
from tests.matrix.personas import OWN, Persona
from tests.registered import OPENING


@dataclass(frozen=True)
class Plant:
    """A fault, what somebody does meanwhile, and the kinds of places where its words must be found."""

    name: str
    fault: Callable
    act: Callable
    found_in: frozenset[str]


def name_of(person: Person) -> str:
    """What a careless programmer would write."""
    return unsealed(person, ["last_name"])["last_name"]


@contextmanager
def name_in_a_list() -> Iterator[None]:
    """Rows of the list of cases tell the name instead of the number."""
    rows = lists.case_rows

    def careless(persons, **facts):
        found = rows(persons, **facts)
        for row in found:
            row.person.case_number = name_of(row.person)
        return found

    with mock.patch.object(lists, "case_rows", careless):
        yield


@contextmanager
def name_in_a_log() -> Iterator[None]:
    """An opening of data is logged with the name."""
    opened = opening.open_person

    def careless(**facts):
        values = opened(**facts)
        logging.getLogger("spoiwo.persons").warning("opened %s", values["last_name"])
        return values

    with mock.patch.object(opening, "open_person", careless):
        yield


@contextmanager
def address_in_an_export() -> Iterator[None]:
    """A file of the year has a column that nobody declared."""
    addresses = [[unsealed(person, ["address"])["address"]] for person in Person.objects.all()]
    careless = dict(exports.FORMATS)
    careless["xlsx"] = replace(careless["xlsx"], write=lambda facts: table_xlsx(["Adres"], addresses, title="Rok"))
    careless["rb28s"] = replace(careless["rb28s"], write=lambda facts: table_csv(["Adres"], addresses))
    with mock.patch.object(exports, "FORMATS", careless):
        yield


@contextmanager
def name_in_a_subject() -> Iterator[None]:
    """A person is shown by name, so a letter about the case is as well."""
    with mock.patch.object(Person, "__str__", name_of):
        yield


@contextmanager
def name_in_the_database() -> Iterator[None]:
    """What was sought is written into the record of deeds."""
    written = services.record

    def careless(*, deed, about, by, **facts):
        sought = written_of(0)["last_name"]
        return written(deed=deed, about=about, by=by, **facts, sought=sought)

    with mock.patch.object(services, "record", careless):
        yield


def looked_at_the_list(visitor: Visitor) -> None:
    """The list of cases, as somebody who sees no names."""
    visitor.get("persons:list", reverse("persons:list"))


def opened_somebody(visitor: Visitor) -> None:
    """A person of the own unit."""
    visitor.person("open", visitor.house.samples(visitor.persona)[OWN], OPENING)
    search_log(visitor.sweep)


def took_files(visitor: Visitor) -> None:
    """The files of a year."""
    for form in ("xlsx", "rb28s"):
        visitor.get("exports:download", reverse("exports:download", args=[2019, form]))


def wrote_letters(visitor: Visitor) -> None:
    """Letters about cases, sent at once."""
    write_letters(visitor.house)
    search_letters(visitor.sweep)


def searched_for_somebody(visitor: Visitor) -> None:
    """A search, then what it left behind."""
    number = visitor.house.samples(visitor.persona)[OWN]
    sent = {"last_name": written_of(number)["last_name"]}
    visitor.post("persons:search", reverse("persons:search"), sent, typed={(number, "last_name")})
    search_rows(visitor.sweep)
    search_database(visitor.sweep)
    search_backup(visitor.sweep)


PLANTS = (
    Plant("nazwisko na liście", name_in_a_list, looked_at_the_list, frozenset({"strony i odpowiedzi API"})),
    Plant("nazwisko w logu", name_in_a_log, opened_somebody, frozenset({"wiersze logu"})),
    Plant("adres w eksporcie", address_in_an_export, took_files, frozenset({"pliki do pobrania"})),
    Plant(
        "nazwisko w temacie listu",
        name_in_a_subject,
        wrote_letters,
        frozenset({"listy w kolejce", "listy wysłane"}),
    ),
    Plant(
        "nazwisko w bazie i w kopii",
        name_in_the_database,
        searched_for_somebody,
        frozenset({"wpisy dziennika zmian", "baza danych", "dumpdata", "kopia zapasowa"}),
    ),
)


def found(plant: Plant, sweep: Sweep, visitors: dict[str, Persona]) -> tuple[bool, list[str]]:
    """Whether a planted fault was found in every place where it must be, and nothing else; and what was found."""
    own = Sweep(sweep.house, sweep.searcher)
    visitor = Visitor(own, visitors["director" if plant.act in {looked_at_the_list, took_files} else "officer"])
    with plant.fault(), listening(own):
        plant.act(visitor)
    return plant.found_in == own.kinds, own.leaks
