"""What the house holds: every column with its class, and the register of processing activities above them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from spoiwo.kernel.cells import safe_cell
from spoiwo.kernel.privacy import Privacy, privacy_of
from spoiwo.vault.fields import SealedField

DATA = Path(__file__).resolve().parent.parent / "data"
GUARDED = {Privacy.PERSONAL, Privacy.SPECIAL, Privacy.SECRET}


@dataclass(frozen=True)
class Column:
    """One column of a table: its model, its words on the screen, its class, and whether it is sealed."""

    model: str
    title: str | Promise
    field: str
    words: str | Promise
    privacy: Privacy | None
    sealed: bool


@dataclass(frozen=True)
class Activity:
    """One processing activity (czynność przetwarzania), with what GDPR art. 30 par. 1 asks to be written down."""

    code: str
    name: str
    purpose: str
    legal_basis: str
    persons: str
    data: str
    recipients: str
    retention: str
    safeguards: str
    models: tuple[str, ...]

    @property
    def held(self) -> list[str]:
        """Its tables that this installation has."""
        here = {model._meta.label for model in apps.get_models()}
        return [label for label in self.models if label in here]


def columns() -> list[Column]:
    """Every column of every table of the house, except numbers of rows; tables between two others only point."""
    return [
        _column(model, field)
        for model in sorted(apps.get_models(), key=lambda model: model._meta.label)
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField)
    ]


def _column(model: type[models.Model], field: models.Field) -> Column:
    return Column(
        model=model._meta.label,
        title=_own_words(model._meta.verbose_name),
        field=field.name,
        words=_own_words(field.verbose_name),
        privacy=privacy_of(model).get(field.name),
        sealed=isinstance(field, SealedField),
    )


def _own_words(name: object) -> object:
    """What people call it; nothing where Django made a name of the one in the code."""
    return name if isinstance(name, Promise) else ""


def activities() -> list[Activity]:
    """The register of processing activities, as `data/processing.csv` holds it."""
    return list(_activities(DATA / "processing.csv"))


@cache
def _activities(file: Path) -> tuple[Activity, ...]:
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    return tuple(Activity(**row | {"models": tuple(row["models"].split())}) for row in rows)


def activities_of(label: str) -> list[Activity]:
    """The activities that a table belongs to."""
    return [activity for activity in activities() if label in activity.models]


def uncovered() -> list[str]:
    """Tables with data of people that no activity names."""
    named = {label for activity in activities() for label in activity.models}
    return sorted({column.model for column in columns() if column.privacy in GUARDED} - named)


def register_table() -> list[list[str]]:
    """The register as rows of a spreadsheet; beside each activity the classes of what it covers."""
    heads = ["kod", "czynność", "cel", "podstawa prawna", "kategorie osób", "kategorie danych", "odbiorcy"]
    heads += ["okres przechowywania", "zabezpieczenia", "tabele", "klasy pól"]
    classes = classes_by_model()
    names = [field.name for field in fields(Activity) if field.name != "models"]
    rows = []
    for activity in activities():
        found = sorted({privacy for label in activity.models for privacy in classes.get(label, ())})
        texts = [getattr(activity, name) for name in names]
        rows.append([*map(safe_cell, texts), " ".join(activity.held), " ".join(found)])
    return [heads, *rows]


def classes_by_model() -> dict[str, set[str]]:
    """Classes of the columns of each table that tell something about people."""
    found: dict[str, set[str]] = {}
    for column in columns():
        if column.privacy in GUARDED:
            found.setdefault(column.model, set()).add(str(column.privacy))
    return found


def columns_table(shown: Iterable[Column]) -> list[list[str]]:
    """The inventory as rows of a spreadsheet."""
    rows = [
        [
            column.model,
            column.field,
            safe_cell(str(column.words)),
            str(column.privacy or ""),
            "tak" if column.sealed else "",
        ]
        for column in shown
    ]
    return [["tabela", "pole", "nazwa", "klasa", "zapieczętowane"], *rows]
