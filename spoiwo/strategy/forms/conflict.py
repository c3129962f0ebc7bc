"""Two people changed one record: both versions side by side, and the choice between them."""

from dataclasses import dataclass

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from spoiwo.ui.text import written_day

NOW, MINE = "now", "mine"
TAKE = "take-"


@dataclass(frozen=True)
class Difference:
    """One field in which the two versions differ, each in words; `chosen` is what the person ticked."""

    name: str
    label: str
    now: str
    mine: str
    chosen: str = ""

    @property
    def control(self) -> str:
        """The name of the choice in the form."""
        return TAKE + self.name


def differences(form: forms.Form, now: dict, mine: dict) -> list[Difference]:
    """Where what is held now differs from what was typed, in the order of the form."""
    return [
        Difference(
            name,
            str(form.fields[name].label),
            _in_words(form.fields[name], now[name]),
            _in_words(form.fields[name], mine[name]),
            form.data.get(TAKE + name, ""),
        )
        for name in form.fields
        if name in mine and _plain(now[name]) != _plain(mine[name])
    ]


def settled(found: list[Difference], now: dict, mine: dict) -> dict | None:
    """The values as the person chose them field by field; None while a choice is missing."""
    if any(row.chosen not in (NOW, MINE) for row in found):
        return None
    return mine | {row.name: now[row.name] for row in found if row.chosen == NOW}


def typed(form: forms.Form) -> list[tuple[str, str]]:
    """What was typed, field by field as the browser sent it, to be sent again with the choices."""
    names = [name for name in form.fields if name != "seen_version"]
    return [(name, value) for name in names for value in form.data.getlist(name)]


def _plain(value: object) -> object:
    if isinstance(value, list | models.QuerySet):
        return {row.pk for row in value}
    return None if value == "" else value


def _in_words(field: forms.Field, value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | models.QuerySet):
        return ", ".join(str(row) for row in value) or "–"
    if isinstance(field, forms.DateField):
        return written_day(value)
    choices = dict(field.choices) if isinstance(field, forms.ChoiceField) and not hasattr(field, "queryset") else {}
    return str(choices.get(value, value))
