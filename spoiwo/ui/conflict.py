"""Two people changed one record: three versions side by side, and the choice between them.

A form that changes names its `columns` and carries (`{% seen form %}`) the version and, signed, the values it was
opened with. So a field that only the other person changed is told from one that both changed: the first is taken over
unless the person says otherwise, the second has to be chosen. Nothing typed is lost.

    form = GoalForm(chosen(request), row=row)
    try: change_goal(...)
    except ChangedMeanwhile as problem:
        return conflict_page(request, form, GoalForm(row=problem.current), current=problem.current, back=...)
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from spoiwo.audit.models import Record
from spoiwo.ui.text import written_day

SEEN, OPENED, TAKE = "seen_version", "opened", "take-"
NOW, MINE = "now", "mine"
SALT = "spoiwo.ui.conflict"
Values = dict[str, list[str]]  # name → what a browser sends of a field


@dataclass(frozen=True)
class Difference:
    """A field that somebody else changed: as it was opened (if known), as it is now, as it was typed, in words.

    `both`: the person changed it as well, so that there is something to choose. `chosen`: what stands ticked.
    `bound`: the typed text, to be edited further, of a field of text; of any other field None.
    """

    name: str
    label: str
    before: str
    now: str
    mine: str
    both: bool
    chosen: str
    bound: BoundField | None = None

    @property
    def control(self) -> str:
        """The name of the choice in the form."""
        return TAKE + self.name


# What the form carries


def seen_version(form: forms.Form) -> str:
    """The version that the form was opened on."""
    value = form[SEEN].value()
    return "" if value is None else str(value)


def opened(form: forms.Form) -> str:
    """The values that the form was opened with, signed; a form that came back carries them on."""
    if form.is_bound:
        return form.data.get(OPENED, "")
    return _signed({"values": values_of(form)})


def values_of(form: forms.Form) -> Values:
    """What a browser would send of the columns of a form as it stands."""
    return {name: _sent(form[name]) for name in form.fields if name in getattr(form, "columns", ())}


def chosen(request: HttpRequest) -> QueryDict | None:
    """What was sent, with the choices of the conflict page put in; None when nothing was sent.

    While a choice is missing the old version stays in the form, so that the service refuses once more.
    """
    if request.method != "POST":
        return None
    data = request.POST.copy()
    facts = _unsigned(data.get(OPENED, ""))
    ticked = {name: data.get(TAKE + name) for name in facts.get("asked", ())}
    if "asked" not in facts or not set(ticked.values()) <= {NOW, MINE}:
        return data
    for name, side in ticked.items():
        if side == NOW:
            data.setlist(name, facts["now"][name])
        del data[TAKE + name]
    data[SEEN], data[OPENED] = str(facts["version"]), _signed({"values": facts["now"]})
    return data


# The page


def conflict_page(
    request: HttpRequest,
    form: forms.Form,
    now: forms.Form,
    *,
    current: models.Model,
    back: str,
    version: int | None = None,
    about: models.Model | None = None,
    also: tuple[str, ...] = (),
    **context,
) -> HttpResponse:
    """Both versions and the choice, with status 409; when both say the same, there is nothing to choose.

    `form`: as it was sent; `now`: an empty one of the record as it is; `current`: that record, whose last deed says
    who and when (or `about`), and whose `version` (or `version`) the choice will be made on. `also`: fields that can
    be written anew on the page. `context`: `title`, `save` (the words of the button), `above` (a template before the
    form), `once` (the form creates as well).
    """
    base = _opened_with(form)
    found = differences(form, now, base)
    if getattr(form, "columns", ()) and not found and _same(form, now):
        messages.info(request, _("Somebody has just saved the same; nothing was left to change."))
        return redirect(back)
    held = {"now": values_of(now), "version": current.version if version is None else version}
    edited = {item.name for item in found if item.bound} | set(also)
    context |= {
        "row": current,
        "back": back,
        "found": found,
        "both": [item for item in found if item.both],
        "theirs": [item for item in found if not item.both],
        "unchosen": _is_again(form),
        "last": _last_change(about or current),
        "typed": [pair for pair in _typed(form) if pair[0] not in edited],
        "also": [form[name] for name in also],
        "seen_version": form.data.get(SEEN, ""),
        "opened": _signed(held | {"values": base, "asked": [item.name for item in found]}),
    }
    return render(request, "ui/conflict.html", context, status=409)


def overtaken_page(request: HttpRequest, form: forms.Form, *, about: models.Model, back: str, words: str, **context):
    """What somebody did meanwhile leaves nothing to choose: `words` say why; who did it and when, and what was typed.

    `about`: the record whose last deed is told.
    """
    written = [(bound.label, _typed_words(form, bound)) for bound in form.visible_fields()]
    context |= {"row": about, "back": back, "words": words, "last": _last_change(about)}
    context["written"] = [pair for pair in written if pair[1]]
    return render(request, "ui/overtaken.html", context, status=409)


def _last_change(row: models.Model) -> Record | None:
    """The last deed about a row that is no reading: who opens a record to choose has changed nothing."""
    return Record.objects.about(row).filter(reading=False).last()


def differences(form: forms.Form, now: forms.Form, base: Values | None) -> list[Difference]:
    """Fields that somebody else changed, in the order of the form; with nothing known before, those that differ."""
    return [found for name, held in values_of(now).items() if (found := _difference(form, now, name, held, base))]


def _difference(form: forms.Form, now: forms.Form, name: str, held: list[str], base: Values | None):
    field, before = now.fields[name], (base or {}).get(name)
    typed = form.data.getlist(form.add_prefix(name)) or ([] if _has_many(field) else [""])
    there, mine = _cleaned(field, held), _cleaned(field, typed)
    was = None if before is None else _cleaned(field, before)
    if _plain(there) == _plain(mine) or (before is not None and _plain(was) == _plain(there)):
        return None
    both = before is None or _plain(was) != _plain(mine)
    return Difference(
        name,
        str(field.label),
        "" if before is None else _in_words(field, was),
        _in_words(field, there),
        _in_words(field, mine),
        both,
        form.data.get(TAKE + name, "" if both else NOW),
        form[name] if both and type(field.widget) in (forms.TextInput, forms.Textarea) else None,
    )


def _same(form: forms.Form, now: forms.Form) -> bool:
    """Whether what was typed is what stands there already."""
    return not differences(form, now, None)


def _opened_with(form: forms.Form) -> Values | None:
    return _unsigned(form.data.get(OPENED, "")).get("values")


def _is_again(form: forms.Form) -> bool:
    """Whether the page was sent without every choice."""
    return "asked" in _unsigned(form.data.get(OPENED, ""))


def _typed(form: forms.Form) -> list[tuple[str, str]]:
    """What was typed, as the browser sent it, to be sent again with the choices."""
    names = [form.add_prefix(name) for name in form.fields if name != SEEN]
    return [(name, value) for name in names for value in form.data.getlist(name)]


def _typed_words(form: forms.Form, bound: BoundField) -> str:
    """What was typed into a field, in words; nothing when it was left empty."""
    typed = [value for value in form.data.getlist(bound.html_name) if value]
    return _in_words(bound.field, _cleaned(bound.field, typed)) if typed else ""


# Values


def _signed(facts: dict) -> str:
    return signing.dumps(facts, salt=SALT, compress=True)


def _unsigned(text: str) -> dict:
    """What we signed; nothing when it is missing or is not ours."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return {}


def _has_many(field: forms.Field) -> bool:
    return getattr(field.widget, "allow_multiple_selected", False) or isinstance(field.widget, forms.CheckboxInput)


def _sent(bound: BoundField) -> list[str]:
    """What the browser would send of a field as it stands."""
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        return [str(one) for one in shown if one not in (None, "")] or ([] if _has_many(bound.field) else [""])
    return ["" if shown is None else str(shown)]


def _cleaned(field: forms.Field, sent: list[str]) -> object:
    """A value as the form would take it; what it would not take stays as it was sent."""
    try:
        if isinstance(field.widget, forms.CheckboxInput):
            return bool(sent)
        return field.clean(sent if _has_many(field) else sent[0] if sent else "")
    except ValidationError:
        return ", ".join(sent)


def _plain(value: object) -> object:
    if isinstance(value, list | tuple | models.QuerySet):
        return {getattr(row, "pk", row) for row in value}
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return getattr(value, "pk", value)


def _in_words(field: forms.Field, value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hasattr(field, "in_words"):
        return field.in_words(value)
    choices = _choices(field)
    if isinstance(value, list | tuple | models.QuerySet):
        return ", ".join(str(choices.get(row, row)) for row in value) or "–"
    if isinstance(field, forms.DateField):
        return value if isinstance(value, str) else written_day(value)
    return str(choices.get(value, value))


def _choices(field: forms.Field) -> dict:
    """What the screen calls the codes of a field; of rows nothing, for they name themselves."""
    if not isinstance(field, forms.ChoiceField) or hasattr(field, "queryset"):
        return {}
    pairs = [pair for key, label in field.choices for pair in (label if isinstance(label, list) else [(key, label)])]
    return dict(pairs)
