"""Deeds in words."""

import re

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from spoiwo.audit.domain import initials as short_name
from spoiwo.audit.reviewing import rule_in_words
from spoiwo.audit.services import Looked, grouped
from spoiwo.audit.words import field_in_words, in_words
from spoiwo.audit.words import roles_in_words as in_roles
from spoiwo.kernel.money import zl

register = template.Library()
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Fields whose old values anybody may see; words that people wrote stay in the office.
OPEN_FIELDS = {"amount_gr", "programme", "task", "source", "kind", "date", "place", "tags"}


@register.filter
def deed(record) -> str:
    """`ledger.entry_changed` → "Line changed"."""
    return in_words(record.deed)


@register.filter
def field_called(name: str) -> str:
    """`to_year` → "to year", in the language of the screen."""
    return field_in_words(name)


@register.filter
def changes(record) -> list[dict]:
    """What a deed changed, as field, before and after; amounts in złote."""
    rows = record.facts.get("changed", {})
    model = _model_of(record)
    return [
        {"field": name, "before": _shown(model, name, a), "after": _shown(model, name, b)}
        for name, (a, b) in rows.items()
    ]


@register.filter
def may_be_shown(item: dict) -> bool:
    """Whether the old and new value of a field may be told to everybody."""
    return item["field"] in OPEN_FIELDS


def _model_of(record):
    """The model that a record is about; None when there is no such model any more."""
    try:
        return apps.get_model(record.about_type)
    except (LookupError, ValueError):
        return None


def _shown(model, name: str, value: object) -> str:
    """A value in words: amounts in złote, days as they are written, choices as the screen calls them."""
    if name.endswith("_gr") and isinstance(value, int):
        return zl(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if value in (None, ""):
        return "–"
    if ISO_DAY.fullmatch(str(value)):
        year, month, day = str(value).split("-")
        return f"{int(day)}.{month}.{year}"
    return str(_choices(model, name).get(value, value))


def _choices(model, name: str) -> dict:
    """What the screen calls the codes of a field."""
    try:
        return dict(model._meta.get_field(name).flatchoices) if model else {}
    except (FieldDoesNotExist, AttributeError):
        return {}


@register.filter
def in_groups(history) -> list[dict]:
    """Records with equal ones of the same person and minute told once: record, how many."""
    return grouped(history)


@register.filter
def initials(name: str) -> str:
    """A name as a public page shows it; nobody in particular is the command line."""
    return short_name(name) if name else _("command line")


@register.filter
def roles_in_words(roles: str) -> str:
    """`auditor editor` → "auditor, editor", in the language of the screen."""
    return in_roles(roles)


@register.filter
def about_address(record) -> str:
    """What a link of the list narrows it to: "access.user:12"."""
    return f"{record.about_type}:{record.about_id}"


@register.filter
def fields_read(record) -> str:
    """The names of what was read, in words."""
    names = record.facts.get("fields", [])
    return ", ".join(field_in_words(str(name)) for name in names) if isinstance(names, list) else ""


@register.filter
def week_in_words(week, style: str = "") -> str:
    """ "Week 50 of 2026, 7.12–13.12.2026"; `:"short"` without the days."""
    if style == "short":
        return _("Week %(n)d") % {"n": week.number}
    days = f"{week.first.day}.{week.first:%m}–{week.last.day}.{week.last:%m.%Y}"
    return _("Week %(n)d of %(year)d, %(days)s") % {"n": week.number, "year": week.year, "days": days}


@register.filter
def rule_called(code: str) -> str:
    """A rule of the review, or a question of another room, by its name."""
    return rule_in_words(code)[0]


@register.filter
def rule_said(code: str) -> str:
    """What the rule asks, with its threshold."""
    return rule_in_words(code)[1]


@register.inclusion_tag("audit/_who_looked.html", takes_context=True)
def who_looked(context, looked: Looked, names: bool = True) -> dict:
    """Who looked at a record, from `audit.services.who_looked`; without names the roles stand in their place.

    A view gives `who_looked(row, before=number_of(request, "ogladano_przed"))`.
    """
    return {"looked": looked, "names": names, "request": context["request"]}
