"""Fields that forms of more than one room ask with."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day written the Polish or the international way."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("input_formats", ["%d.%m.%Y", "%Y-%m-%d"])
        kwargs.setdefault("error_messages", {"invalid": _("Write the day as 17.05.2019.")})
        kwargs.setdefault("widget", forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)
