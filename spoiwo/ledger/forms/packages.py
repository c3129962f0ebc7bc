"""A year package at the door."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST_UPLOAD = 50 * 1024 * 1024


class PackageForm(forms.Form):
    """The file of a year package."""

    package = forms.FileField(
        label=_("Year package"),
        help_text=_(
            "An XLSX workbook made from the template, or a ZIP with datapackage.json and CSV files; at most 50 MB."
        ),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_package(self):
        """Not larger than the door."""
        upload = self.cleaned_data["package"]
        if upload.size > LARGEST_UPLOAD:
            raise ValidationError(_("The file is larger than 50 MB."))
        return upload
