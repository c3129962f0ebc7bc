"""The deeds of upkeep in the words of the screen."""

from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import register

register(
    {
        "upkeep.backup_made": _("Backup made"),
        "upkeep.drill_held": _("Rehearsal of restoring held"),
        "upkeep.upgraded": _("Program upgraded"),
    }
)
