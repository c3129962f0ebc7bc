"""The deeds of the doors in the words of the screen."""

from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import register

register(
    {
        "doors.file_kept": _("File taken in"),
        "doors.export_made": _("Personal data taken away in a file"),
        "doors.letter_written": _("Letter written"),
        "doors.letter_sent": _("Letter sent"),
        "doors.letter_failed": _("Letter not sent"),
        "doors.letter_expired": _("Letter not sent in time"),
        "doors.letter_tried_again": _("Letter put back for sending"),
    }
)
