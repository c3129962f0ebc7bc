"""The tables of a year's facts: which columns they have, what a value must be, what refers to what."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spoiwo.kernel.cells import csv_bytes, safe_cell
from spoiwo.ledger.models import EntryKind, EntryState, PlanKind, Scope, SourceClass
from spoiwo.ledger.services.facts import Row, YearFacts
from spoiwo.organisations.models import Kind as OrganisationKind
from spoiwo.places.models import Level
from spoiwo.strategy.models import (
    Aggregation,
    Direction,
    Frequency,
    IndicatorKind,
    PrecisionChoice,
    ProgrammeKind,
    TaskKind,
)

CHAPTER, PARAGRAPH, DIVISION = "[0-9]{5}", "[0-9]{4}", "[0-9]{3}"  # rozdział, paragraf z czwartą cyfrą, dział
PLACE = "[0-9]{2}([0-9]{2}([0-9]{3})?)?"


@dataclass(frozen=True)
class Field:
    """One column. `refers` names the table whose key it holds; `title` is what a Polish reader sees."""

    name: str
    title: str
    kind: str = "string"  # string, integer, number, date, year, boolean
    required: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""
    refers: str = ""


@dataclass(frozen=True)
class Table:
    """One table of the facts; `key` names the columns that no two rows share."""

    name: str
    title: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]


def _needed(name: str, title: str, kind: str = "string", **facts) -> Field:
    return Field(name, title, kind, True, **facts)


def _to(name: str, title: str, table: str, required: bool = False) -> Field:
    return Field(name, title, required=required, refers=table)


def _coded(name: str, title: str, *fields: Field) -> Table:
    """A table of names under codes."""
    return Table(name, title, ("code",), (_needed("code", "Kod"), _needed("name", "Nazwa"), *fields))


def _line(name: str, title: str, kinds: type, *fields: Field) -> Table:
    """A table of lines of money, all with the same dimensions."""
    return Table(
        name,
        title,
        ("key",),
        (
            _needed("key", "Klucz pozycji"),
            _needed("kind", "Rodzaj", values=tuple(kinds.values)),
            _to("programme", "Program; puste: poza programami", "programmes"),
            _to("task", "Zadanie", "tasks"),
            _to("source", "Źródło", "sources", required=True),
            Field("chapter", "Rozdział", pattern=CHAPTER, refers="chapters"),
            Field("paragraph", "Paragraf z czwartą cyfrą", pattern=PARAGRAPH, refers="paragraphs"),
            _to("organisation", "Instytucja", "organisations"),
            Field("place", "Miejsce, kod TERYT", pattern=PLACE, refers="places"),
            _to("document", "Dokument", "documents", required=True),
            Field("date", "Dzień", "date"),
            _needed("amount_gr", "Kwota w groszach; ujemna odejmuje", "integer"),
            _needed("description", "Opis"),
            Field("case_sign", "Znak sprawy"),
            *fields,
            _to("commitment", "Zobowiązanie, którego pozycja dotyczy", "plan"),
            _to("reverses", "Pozycja, którą ta odwraca", name),
            _to("corrects", "Pozycja, którą ta zastępuje", name),
        ),
    )


MONEY = (
    _line("plan", "Plan i zobowiązania", PlanKind, Field("due_on", "Termin zapłaty", "date")),
    _line(
        "entries",
        "Wykonanie",
        EntryKind,
        _needed("state", "Stan", values=tuple(EntryState.values)),
        _to("returns", "Wypłata, z której pochodzi zwrot", "entries"),
    ),
    Table(
        "entry_tags",
        "Przekroje pozycji wykonania",
        ("entry", "tag"),
        (_to("entry", "Pozycja", "entries", required=True), _to("tag", "Przekrój", "tags", required=True)),
    ),
    Table(
        "declared",
        "Sumy podane w dokumentach",
        ("key",),
        (
            _needed("key", "Klucz"),
            _needed("scope", "Zakres", values=tuple(Scope.values)),
            _to("source", "Źródło", "sources"),
            _to("programme", "Program", "programmes"),
            _to("tag", "Przekrój", "tags"),
            _needed("amount_gr", "Kwota w groszach", "integer"),
            _needed("precision", "Dokładność", values=tuple(PrecisionChoice.values)),
            Field("rounded_to_gr", "Zaokrąglona do, w groszach", "integer"),
            _to("document", "Dokument", "documents", required=True),
            Field("note", "Uwaga"),
        ),
    ),
)
MEASURED = (
    _coded(
        "indicators",
        "Wskaźniki",
        _needed("kind", "Rodzaj", values=tuple(IndicatorKind.values)),
        _to("unit", "Jednostka miary", "units", required=True),
        _needed("direction", "Pożądany kierunek", values=tuple(Direction.values)),
        _needed("aggregation", "Jak z części powstaje całość", values=tuple(Aggregation.values)),
        _needed("frequency", "Jak często", values=tuple(Frequency.values)),
        _to("goal", "Cel", "goals"),
        _to("programme", "Program", "programmes"),
        _to("task", "Zadanie", "tasks"),
        _to("responsible", "Kto podaje", "organisations"),
        _needed("source", "Skąd dane"),
        _needed("invented", "Dane wymyślone", "boolean"),
    ),
    Table(
        "definitions",
        "Definicje wskaźników",
        ("key",),
        (
            _needed("key", "Klucz"),
            _to("indicator", "Wskaźnik", "indicators", required=True),
            _needed("number", "Numer definicji", "integer"),
            _needed("valid_from", "Obowiązuje od", "date"),
            _needed("text", "Definicja"),
            Field("numerator", "Licznik"),
            Field("denominator", "Mianownik"),
            _needed("multiplier", "Mnożnik ilorazu", "integer"),
            Field("baseline", "Wartość bazowa", "number"),
            Field("baseline_year", "Rok wartości bazowej", "year"),
        ),
    ),
    Table(
        "targets",
        "Wartości docelowe roku",
        ("key",),
        (
            _needed("key", "Klucz"),
            _to("indicator", "Wskaźnik", "indicators", required=True),
            _needed("value", "Wartość docelowa", "number"),
        ),
    ),
    Table(
        "values",
        "Wartości wskaźników w roku",
        ("key",),
        (
            _needed("key", "Klucz"),
            _to("indicator", "Wskaźnik", "indicators", required=True),
            _to("definition", "Definicja", "definitions", required=True),
            _needed("part", "Część roku; 0: cały rok", "integer"),
            Field("place", "Miejsce, kod TERYT; puste: cały region", pattern=PLACE, refers="places"),
            Field("value", "Wartość", "number"),
            Field("numerator", "Licznik", "number"),
            Field("denominator", "Mianownik", "number"),
            _needed("precision", "Dokładność", values=tuple(PrecisionChoice.values)),
            _needed("evidence", "Dowód"),
            Field("note", "Uwaga"),
        ),
    ),
)
DIMENSIONS = (
    Table(
        "year",
        "Rok",
        ("region", "year"),
        (
            _needed("region", "Województwo, kod TERYT", pattern="[0-9]{2}"),
            _needed("year", "Rok", "year"),
            _needed("title", "Tytuł"),
            _to("strategy", "Strategia", "strategies", required=True),
            _needed("outside_label", "Jak nazwano pieniądze poza programami"),
            _needed("invented", "Dane wymyślone", "boolean"),
            Field("notice", "Zastrzeżenie"),
        ),
    ),
    _coded(
        "strategies",
        "Strategie",
        Field("short_name", "Nazwa krótka"),
        _needed("from_year", "Od roku", "year"),
        _needed("to_year", "Do roku", "year"),
        Field("adopted_on", "Dzień przyjęcia", "date"),
        Field("resolution", "Uchwała"),
    ),
    _coded("goals", "Cele", Field("number", "Numer"), _to("strategy", "Strategia", "strategies", required=True)),
    _coded(
        "programmes",
        "Programy",
        Field("number", "Numer"),
        Field("short_name", "Nazwa krótka"),
        _needed("kind", "Rodzaj", values=tuple(ProgrammeKind.values)),
        Field("from_year", "Od roku", "year"),
        Field("to_year", "Do roku", "year"),
        _to("strategy", "Strategia", "strategies", required=True),
    ),
    _coded(
        "tasks",
        "Zadania",
        Field("number", "Numer"),
        _needed("kind", "Rodzaj", values=tuple(TaskKind.values)),
        Field("from_date", "Od dnia", "date"),
        Field("to_date", "Do dnia", "date"),
        _to("programme", "Program", "programmes"),
        _to("goal", "Cel", "goals"),
    ),
    _coded(
        "sources",
        "Źródła",
        Field("short_name", "Nazwa krótka"),
        _needed("class", "Klasa", values=tuple(SourceClass.values)),
    ),
    Table(
        "chapters",
        "Klasyfikacja: rozdziały",
        ("code",),
        (
            _needed("code", "Rozdział", pattern=CHAPTER),
            _needed("division", "Dział", pattern=DIVISION),
            Field("name", "Nazwa w ostatnim dniu roku"),
        ),
    ),
    Table(
        "paragraphs",
        "Klasyfikacja: paragrafy",
        ("code",),
        (
            _needed("code", "Paragraf z czwartą cyfrą", pattern=PARAGRAPH),
            Field("name", "Nazwa w ostatnim dniu roku"),
        ),
    ),
    _coded("organisations", "Instytucje", _needed("kind", "Rodzaj", values=tuple(OrganisationKind.values))),
    Table(
        "places",
        "Miejsca",
        ("code",),
        (
            _needed("code", "Kod TERYT", pattern=PLACE),
            _needed("name", "Nazwa"),
            _needed("level", "Szczebel", values=tuple(Level.values)),
        ),
    ),
    _coded(
        "documents",
        "Dokumenty",
        _needed("kind", "Rodzaj"),
        Field("date", "Data", "date"),
        Field("address", "Adres strony"),
    ),
    _coded("tags", "Przekroje"),
    Table(
        "units",
        "Jednostki miary",
        ("code",),
        (
            _needed("code", "Kod"),
            _needed("one", "Jedna"),
            _needed("few", "Dwie"),
            _needed("many", "Pięć"),
        ),
    ),
)
TABLES: tuple[Table, ...] = (*DIMENSIONS, *MONEY, *MEASURED)


def written(value: object) -> str:
    """A value as a program reads it: point, ISO day, true or false; nothing is an empty cell."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
    return str(value)


def table_csv(table: Table, facts: YearFacts) -> bytes:
    """One table as UTF-8 with commas; a text that a spreadsheet would take for a formula gets an apostrophe."""
    head = [field.name for field in table.fields]
    body = ([_cell(field, row) for field in table.fields] for row in facts.tables[table.name])
    return csv_bytes([head, *body], delimiter=",", mark=False)


def _cell(field: Field, row: Row) -> str:
    text = written(row[field.name])
    return safe_cell(text) if field.kind == "string" else text
