"""A year package at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.doors.domain.limits import PACKAGE_BYTES
from spoiwo.doors.fields import UploadField


class PackageForm(forms.Form):
    """The file of a year package."""

    package = UploadField(
        label=_("Year package"),
        help_text=_(
            "An XLSX workbook made from the template, or a ZIP with datapackage.json and CSV files; at most 50 MB."
        ),
        largest=PACKAGE_BYTES,
        endings=("xlsx", "zip"),
    )
