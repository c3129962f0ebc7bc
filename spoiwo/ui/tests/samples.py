"""Sample content for the pages of tests: the figures of 2019 as published, everything else invented."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django import forms
from django.core.paginator import Paginator

from spoiwo.kernel.polish import Noun
from spoiwo.ui.icons import ICONS

NGO = Noun("organizacja", "organizacje", "organizacji")
OFFICE = {
    "office": "Regionalny Ośrodek Polityki Społecznej w Zielonej Górze",
    "short": "ROPS Zielona Góra",
    "assembly": "Samorząd Województwa Lubuskiego",
    "address": "al. Niepodległości 36, 65-042 Zielona Góra",
    "invented": True,
}
SOURCES = [
    ("Środki własne", "Własne", "own"),
    ("Dotacja z budżetu państwa", "Państwo", "state"),
    ("PFRON", "PFRON", "pfron"),
    ("Środki UE", "UE", "eu"),
]
# Programme, amounts by source in grosze (None: no line), and whether nothing was reported at all.
PROGRAMMES = [
    ("1. Pomoc społeczna", [9036335, None, None, None]),
    ("2. Integracja osób niepełnosprawnych", [82840000, None, 345031281, None]),
    ("3. Lubuska Karta Dużej Rodziny", [None] * 4),
    ("4. Przeciwdziałanie przemocy w rodzinie", [1680540, 9031567, None, None]),
    ("5. Wspieranie rodziny i piecza zastępcza", [3500000, 132021911, None, None]),
    ("Kierunki prorodzinnej polityki", [None] * 4),
    ("Projekty unijne", [None, None, None, 311043883]),
]
DECLARED = [105376335, 141053478, 345031281, 311043883]


@dataclass
class Matrix:
    """A matrix as a template walks it: heads, rows with cells, and the three lines of totals."""

    sources: list
    programmes: list
    declared: list
    rows: list = field(init=False)
    computed: list = field(init=False)
    difference: list = field(init=False)

    def __post_init__(self) -> None:
        columns = list(zip(*(cells for _name, cells in self.programmes), strict=True))
        self.computed = [sum(cell for cell in column if cell) for column in columns]
        self.computed.append(sum(self.computed))
        self.declared = [*self.declared, sum(self.declared)]
        self.difference = [said - made for said, made in zip(self.declared, self.computed, strict=True)]
        self.rows = [
            {
                "name": name,
                "cells": list(zip(self.sources, cells, strict=True)),
                "none": not any(cells),
                "total": sum(cell for cell in cells if cell),
            }
            for name, cells in self.programmes
        ]


def second_region() -> Matrix:
    """Three programmes and five sources, two of them of one class."""
    sources = [
        *SOURCES[:2],
        ("Dotacja celowa ministra rodziny", "Minister", "state"),
        ("PFRON, fundusz wyrównania szans", "PFRON", "pfron"),
        ("Fundusz z nową nazwą", "Nowy", "other"),
    ]
    programmes = [
        ("1. Zdrowe starzenie się", [1234567890, None, 50, None, 100]),
        ("2. Mieszkania z opieką", [None, 99999999, None, 700000000, None]),
        ("3. Bez barier", [None] * 5),
    ]
    return Matrix(sources, programmes, [1234567890, 99999999, 50, 700000000, 100])


class EntryForm(forms.Form):
    """One of each kind of field; refuses what a clerk would get wrong."""

    description = forms.CharField(label="Opis")
    amount = forms.DecimalField(label="Kwota", widget=forms.TextInput)
    on = forms.DateField(
        label="Data zapłaty", help_text="Na przykład 17.05.2019", widget=forms.DateInput, required=False
    )
    programme = forms.ChoiceField(
        label="Program", choices=[("", "Wybierz"), ("1", "1. Pomoc społeczna"), ("2", "2. Integracja")]
    )
    kind = forms.ChoiceField(
        label="Rodzaj", choices=[("payment", "Wydatek"), ("refund", "Zwrot")], widget=forms.RadioSelect
    )
    tags = forms.MultipleChoiceField(
        label="Przekroje",
        choices=[("ngo", "Organizacje pozarządowe"), ("senior", "Seniorzy")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Zaznacz, jeśli kwota należy też do przekroju.",
    )
    note = forms.CharField(label="Uwaga", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Skan dokumentu", required=False)
    sure = forms.BooleanField(label="Kwota nie jest częścią innego wpisu")
    back = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_description(self) -> str:
        """A word long enough to mean something."""
        if len(self.cleaned_data["description"]) < 5:
            raise forms.ValidationError("Opis jest za krótki. Napisz, na co poszły pieniądze.")
        return self.cleaned_data["description"]


class EntryFilter(forms.Form):
    """A filter above a list."""

    programme = forms.ChoiceField(label="Program", choices=[("", "Wszystkie"), ("1", "1. Pomoc")], required=False)
    source = forms.ChoiceField(
        label="Źródło", choices=[("", "Wszystkie"), *((kind, name) for name, _s, kind in SOURCES)], required=False
    )
    state = forms.ChoiceField(label="Stan", choices=[("", "Wszystkie"), ("ok", "Sprawdzone")], required=False)
    q = forms.CharField(label="Opis lub dokument", required=False)


WHAT = [
    "Prowadzenie zakładu aktywności zawodowej",
    "Roboty budowlane w obiektach służących rehabilitacji",
    "Lubuski Tydzień Seniora",
    "Szkolenie dla rodzin zastępczych z powiatu żagańskiego i nowosolskiego",
    "Druk ulotek",
    "Konferencja „Mieszkać po swojemu”",
]
STATES = [("good", "Sprawdzone"), ("info", "Po korekcie"), ("warn", "Do rozbicia"), ("calm", "Nowe")]


def entries(count: int = 48) -> list[dict]:
    """Rows of a ledger; invented."""
    rows = []
    for i in range(count):
        name, short, kind = SOURCES[i % 4]
        tone, state = STATES[(i * 7) % 11 % 4]
        rows.append(
            {
                "on": date(2019, 12, 30) - timedelta(days=5 * i),
                "what": WHAT[i % len(WHAT)],
                "programme": f"program {i % 5 + 1}" if i % 6 else "",
                "source": {"name": name, "short": short, "kind": kind},
                "document": f"Umowa {i + 1}/2019" if i % 4 else "Zest. PFRON/RB/2019",
                "tone": tone,
                "state": state,
                "gr": (i * 7919 + 13) * 1009 % 90000000 * (-1 if i == 5 else 1),
                "warn": i == 8,
            }
        )
    return rows


FINGERPRINT = "4f2a91c70be3d5186a1f0c9e7b2d43588e6f5a10c3b7d92e4f6a8b0c1d2e3f40"
FAULTS = [
    {
        "place": "kwoty.csv, wiersz 14",
        "column": "kolumna amount",
        "found": "1 234,567",
        "expected": "kwota z dwoma miejscami po przecinku, na przykład 1 234,56",
    },
    {
        "place": "kwoty.csv, wiersz 27",
        "column": "kolumna programme",
        "found": "2014-P9",
        "expected": "kod programu z tej paczki albo z bazy: 2014-P1, 2014-P2, 2014-P3, 2014-P4, 2014-P5",
    },
    {
        "place": "rok.csv, wiersz 2",
        "column": "kolumna year",
        "found": "dwa tysiące dziewiętnaście",
        "expected": "rok od 1999 do 2100",
    },
]


def gallery_context() -> dict:
    """What the gallery needs beside its form."""
    return {
        "samples": {
            "total": 902504977,
            "negative": -2500000,
            "ngo": NGO,
            "day": date(2019, 10, 4),
            "moment": datetime(2026, 9, 24, 9, 2, tzinfo=UTC),
            "values": [("Rodzaj liczby", "dokładna, co do grosza"), ("Stan na", "20 listopada 2026, 9.14")],
            "sources": [(name, kind) for name, _short, kind in SOURCES] + [("Bez przypisania", "gap")],
            "history": [
                {
                    "when": datetime(2026, 9, 24, 9, 2, tzinfo=UTC),
                    "title": "Opublikowano wersję 1",
                    "text": "z jawną różnicą",
                    "by": "E. Pokazowa",
                },
                {"when": "2026-09-21", "title": "Utworzono rok 2019", "by": "J. Wzorcowy", "done": False},
            ],
            "files": [
                {"label": "PDF dostępny", "url": "#pdf", "size": 421888},
                {"label": "XLSX", "url": "#xlsx", "size": 38912},
                {"label": "CSV", "url": "#csv", "note": "UTF-8"},
                {"label": "Drukuj", "url": "#drukuj", "icon": "print"},
            ],
            "filter": EntryFilter({}),
            "page": Paginator(range(480), 40).page(5),
            "icons": sorted(ICONS),
        },
        "form": wrong_form(),
    }


def wrong_form() -> EntryForm:
    """A form with three things to put right."""
    data = {"description": "abc", "amount": "25000,005", "kind": "payment", "tags": ["ngo"], "sure": "on"}
    return EntryForm(data)
