"""The difference of two versions of a strategy, laid out for a page: `{% load updating %}`."""

from datetime import date

from django import template
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from spoiwo.strategy.domain import versions
from spoiwo.strategy.models import Decision, SenderKind
from spoiwo.ui.text import written_day

register = template.Library()

KINDS = {
    "goal": gettext_lazy("goal"),
    "programme": gettext_lazy("programme"),
    "task": gettext_lazy("task"),
    "target": gettext_lazy("target of an indicator"),
}
# What changed, in one or two words: tone and icon of its tag.
WHATS = {
    "added": (pgettext_lazy("in a draft", "added"), "good", "plus"),
    "ended": (pgettext_lazy("in a draft", "ends"), "warn", "clock"),
    "renamed": (pgettext_lazy("in a draft", "renamed"), "info", "pen"),
    "moved": (pgettext_lazy("in a draft", "moved"), "info", "arrow"),
    "period": (pgettext_lazy("in a draft", "new period"), "info", "calendar"),
    "target": (pgettext_lazy("in a draft", "new target"), "info", "scales"),
}
FIELDS = {
    "number": gettext_lazy("number"),
    "name": gettext_lazy("name"),
    "short_name": gettext_lazy("short name"),
    "parent": gettext_lazy("strategic goal"),
    "goals": gettext_lazy("goals it serves"),
    "programme": gettext_lazy("programme"),
    "goal": gettext_lazy("goal"),
    "ended_on": gettext_lazy("ends on"),
    "from_year": gettext_lazy("first year"),
    "to_year": gettext_lazy("last year"),
    "from_date": gettext_lazy("begins on"),
    "to_date": gettext_lazy("ends on"),
    "value": gettext_lazy("target value"),
}
STATES = {"draft": "info", "consulted": "warn", "adopted": "good", "withdrawn": "calm"}
DECISIONS = {"accepted": "good", "partly": "info", "rejected": "calm", "noted": "calm"}


@register.simple_tag
def change_rows(before: dict, after: dict) -> list[dict]:
    """Every change of one document against another, in the words of the screen."""
    return [_row(change, before, after) for change in versions.diff(before, after)]


def _row(change: versions.Change, before: dict, after: dict) -> dict:
    word, tone, icon = WHATS[change.what]
    field = "value" if change.kind == "target" and change.what == "added" else change.field
    old, new = shown(field, change.before, before), shown(field, change.after, after)
    by_words = change.field in {"name", "short_name"}
    return {
        "ref": change.ref,
        "kind": KINDS[change.kind],
        "label": change.label,
        "what": word,
        "tone": tone,
        "icon": icon,
        "field": "" if change.what == "ended" and change.kind != "programme" else FIELDS.get(change.field, ""),
        "before": old,
        "after": new,
        "added": change.what == "added",
        "pieces": versions.word_changes(change.before, change.after) if by_words else None,
    }


def shown(field: str, value: object, doc: dict) -> str:
    """A value of a document as a person reads it; what points at another element is its name."""
    if value in (None, "", []):
        return pgettext("in a draft", "none")
    if field in versions.POINTS_AT:
        return "; ".join(_name(versions.POINTS_AT[field], code, doc) for code in _listed(value))
    if field in {"ended_on", "from_date", "to_date"}:
        return written_day(date.fromisoformat(value), "table")
    return value.replace(".", ",") if field == "value" else str(value)


def _listed(value: object) -> list:
    return value if isinstance(value, list) else [value]


def _name(kind: str, code: str, doc: dict) -> str:
    row = versions.find(doc, kind, code)
    return versions.label_of(kind, row) if row else code


@register.simple_tag
def elements_of(doc: dict) -> list[dict]:
    """The parts of a document with their elements, for the list of what can be changed."""
    return [
        {
            "kind": kind,
            "word": KINDS[kind],
            "rows": [{"code": row["code"], "label": versions.label_of(kind, row)} for row in doc[part]],
        }
        for kind, part in versions.PARTS.items()
    ]


@register.filter
def kind_word(kind: str) -> str:
    """What an element is: goal, programme, task, target of an indicator."""
    return KINDS[kind]


@register.filter
def state_tone(state: str) -> str:
    """The tone of a version's state."""
    return STATES[state]


@register.filter
def decision_tone(decision: str) -> str:
    """The tone of a decision on a remark; none yet waits for a person."""
    return DECISIONS.get(decision, "warn")


@register.filter
def decision_word(decision: str) -> str:
    """A decision as stored in a report, in words."""
    return Decision(decision).label


@register.filter
def sender_word(kind: str) -> str:
    """On whose behalf a remark was sent, in words."""
    return SenderKind(kind).label
