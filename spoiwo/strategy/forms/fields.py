"""Fields that several forms of the room share."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class YearField(forms.IntegerField):
    """A calendar year."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("min_value", 1990)
        kwargs.setdefault("max_value", 2100)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        words = _("Write the year in four digits, for example 2024.")
        kwargs.setdefault("error_messages", {"invalid": words, "min_value": words, "max_value": words})
        super().__init__(**kwargs)


class CodeField(forms.CharField):
    """The short code that stands in the address of a page and in the year package."""

    default_validators = [RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9_-]*\Z", _("Use letters a–z, digits, - and _ only."))]

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Code"))
        kwargs.setdefault(
            "help_text", _("Stands in the address of the page and in the year package; it is not changed.")
        )
        kwargs.setdefault("error_messages", {"required": _("Enter a code, for example 2021-p2-5.")})
        super().__init__(**kwargs)
        self.widget.attrs.update(autocomplete="off", spellcheck="false")
