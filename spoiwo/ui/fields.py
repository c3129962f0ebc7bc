"""A bound field of a Django form told in the words of the field template."""

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise

WIDTHS = {2, 3, 4, 5, 10, 20, 30}
_CHOICES = {"radios": "govuk-radios", "checkboxes": "govuk-checkboxes", "checkbox": "govuk-checkboxes"}


def described(
    bound: BoundField,
    *,
    label: str | Promise = "",
    hint: str | Promise = "",
    prefix: str = "",
    suffix: str = "",
    width: int | None = None,
    rows: int = 4,
    compact: bool = False,
) -> dict:
    """What the template `ui/parts/field.html` shows of one field.

    `width` is in characters (2, 3, 4, 5, 10, 20, 30), `rows` the height of a text area; `compact` leaves
    out the mark "optional", for filters. Raises: ValueError for a width the style sheet does not know.
    """
    if width is not None and width not in WIDTHS:
        raise ValueError(f"field {bound.name}: width {width} is none of {sorted(WIDTHS)}")
    kind = _kind(bound.field.widget)
    hint = hint or bound.help_text
    about = [(hint, f"{bound.auto_id}_helptext"), (bound.errors, f"{bound.auto_id}_error")]
    about.append((prefix or suffix, f"{bound.auto_id}_unit"))
    ids = " ".join(id_ for fact, id_ in about if fact)
    facts = {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "prefix": prefix,
        "suffix": suffix,
        "errors": bound.errors,
        "described_by": ids,
        "optional": not (compact or bound.field.required or kind == "checkbox"),
        "choice_class": _CHOICES.get(kind, ""),
        "options": None,
        "control": "",
    }
    if kind in {"radios", "checkboxes"}:
        return {**facts, "options": [_option(widget.data) for widget in bound.subwidgets]}
    extra = {"aria-describedby": ids} if ids else {}
    if kind == "textarea":
        extra["rows"] = rows
    facts["control"] = bound.as_widget(attrs={**extra, **_hints(bound), "class": _classes(bound, kind, width)})
    return facts


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Select):
        return "select"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


def _classes(bound: BoundField, kind: str, width: int | None) -> str:
    base = {
        "select": "govuk-select",
        "textarea": "govuk-textarea",
        "file": "govuk-file-upload",
        "checkbox": "govuk-checkboxes__input",
    }.get(kind, "govuk-input")
    classes = [base]
    if bound.errors and kind != "checkbox":
        classes.append(f"{base}--error")
    if width is None and isinstance(bound.field, forms.DateField):
        width = 10
    if width and kind == "input":
        classes.append(f"govuk-input--width-{width}")
    return " ".join([*classes, bound.field.widget.attrs.get("class", "")]).strip()


def _hints(bound: BoundField) -> dict:
    """The right keys on a telephone; no placeholders, for they vanish when one needs them."""
    own = bound.field.widget.attrs
    hints = {"placeholder": False} if "placeholder" in own else {}
    if getattr(bound.field.widget, "input_type", "") == "text":
        if isinstance(bound.field, forms.DateField):
            hints["autocomplete"] = own.get("autocomplete", "off")
        elif isinstance(bound.field, forms.DecimalField):
            hints["inputmode"] = own.get("inputmode", "decimal")
    return hints


def _option(data: dict) -> dict:
    return {
        "id": data["attrs"].get("id", ""),
        "name": data["name"],
        "value": str(data["value"]),
        "label": data["label"],
        "selected": data["selected"],
        "disabled": data["attrs"].get("disabled", False),
    }


def problems(form) -> list[tuple[str, str]]:
    """Every error of a form or formset as (address of the field on the page or "", sentence).

    A sentence begins with the label of its field, unless the author of the message has put it there.
    """
    forms_ = getattr(form, "forms", None)
    if forms_ is not None:
        return [(("", str(e))) for e in form.non_form_errors()] + [p for f in forms_ for p in problems(f)]
    found = [("", str(error)) for error in form.non_field_errors()]
    for name in form.errors:
        if name in form.fields:
            found += [(_address(form[name]), _sentence(form[name], str(e))) for e in form.errors[name]]
    return found


def _address(bound: BoundField) -> str:
    grouped = isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    return f"#{bound.auto_id}_0" if grouped else f"#{bound.id_for_label or bound.auto_id}"


def _sentence(bound: BoundField, error: str) -> str:
    label = str(bound.label)
    between = " " if label.endswith("?") else ": "
    return error if error.lower().startswith(label.lower()) else f"{label}{between}{error}"
