"""Deeds of this room in the words of the screen."""

from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import register

register(
    {
        "vault.erasure_began": _("Erasure of a person began"),
        "vault.erased": _("Person erased: the key was destroyed"),
        "vault.resealed": _("Person sealed under a new key"),
        "vault.master_laid": _("New master key"),
        "vault.envelopes_wrapped": _("Keys of persons wrapped by the new master key"),
        "vault.masters_dropped": _("Old master keys destroyed"),
        "vault.index_laid": _("New key of fingerprints"),
        "vault.index_dropped": _("Old key of fingerprints destroyed"),
        "vault.keys_printed": _("Master keys put on paper"),
        "vault.retention_applied": _("Data removed whose time was over"),
        "vault.person_exported": _("Data of one person given out"),
    }
)
