"""The one form field that takes a file."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from spoiwo.doors.domain.limits import FILE_BYTES, MB


class UploadField(forms.FileField):
    """A file of at most `largest` bytes. What is in it is looked at by `doors.uploads` or the door for packages."""

    default_error_messages = {
        "required": _("Choose the file."),
        "empty": _("The file is empty."),
        "too_large": _("The file is larger than %(mb)d MB."),
    }

    def __init__(self, *, largest: int = FILE_BYTES, endings: Sequence[str] = (), **kwargs) -> None:
        self.largest = largest
        super().__init__(**kwargs)
        if endings:
            self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings)

    def clean(self, data: UploadedFile | None, initial: object = None) -> UploadedFile | None:
        """Not larger than the door, before anything is read."""
        upload = super().clean(data, initial)
        if upload and upload.size > self.largest:
            raise ValidationError(self.error_messages["too_large"], "too_large", {"mb": self.largest // MB})
        return upload
