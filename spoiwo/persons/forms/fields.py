"""A PESEL as people write it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spoiwo.persons.domain.pesel import Fault, NotPesel, digits_of

# None of the sentences repeats what was typed: an error page is read by more eyes than a field.
FAULTS = {
    Fault.LENGTH: _("A PESEL has eleven digits. Check whether one is missing or too many."),
    Fault.DAY: _("The first six digits are no day of birth. Check them."),
    Fault.CHECK: _("The check digit does not agree. One of the digits is wrong, or two are swapped."),
}


class PeselField(forms.CharField):
    """Eleven digits with the right check digit; not required, for not everybody has one."""

    def __init__(self, **kwargs) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(**{"label": _("PESEL"), "required": False, "max_length": 30} | kwargs)
        self.widget.attrs.update(attrs)

    def clean(self, value: str) -> str:
        """The digits, or a sentence that says what is wrong."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return digits_of(text)
        except NotPesel as problem:
            raise ValidationError(FAULTS[problem.fault]) from None
