"""Deeds and fields of the register in the words of the screen."""

from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import register, register_fields
from spoiwo.persons.models import FIELDS

register(
    {
        "persons.added": _("Person entered"),
        "persons.changed": _("Data of a person changed"),
        "persons.closed": _("Record of a person closed"),
        "persons.reopened": _("Record of a person opened again"),
        "persons.shielded": _("Address of a person shielded"),
        "persons.shield_lifted": _("Shield of an address lifted"),
        "persons.caseworker_assigned": _("Caseworker assigned"),
        "persons.caseworker_ended": _("Caseworker taken off"),
        "persons.opened": _("Data of a person opened"),
        "persons.address_opened": _("Shielded address opened"),
        "persons.searched": _("Search for a person"),
        "persons.found": _("Person found by a search"),
        "persons.paper_added": _("Paper of a person added"),
        "persons.paper_opened": _("Paper of a person opened"),
        "persons.exported": _("Data of a person handed out"),
        "persons.erasure_asked": _("Erasure of a person asked for"),
        "persons.erasure_refused": _("Erasure of a person refused"),
        "persons.erased": _("Data of a person erased"),
    }
)
register_fields(FIELDS)
