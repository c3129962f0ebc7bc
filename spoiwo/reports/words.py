"""The report's deeds in the words of the screen."""

from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import register

register(
    {
        "reports.report_finalised": _("Report made final"),
        "reports.narrative_written": _("Description written"),
        "reports.narrative_changed": _("Description changed"),
    }
)
