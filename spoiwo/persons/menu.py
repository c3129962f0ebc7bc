"""The register in the menu."""

from django.utils.translation import gettext_lazy as _

from spoiwo.persons.services.erasure import waiting_for
from spoiwo.ui.menu import REGION, register_staff

register_staff(
    REGION,
    _("Persons"),
    "persons:list",
    "lock",
    70,
    permission="persons.view_list",
    under=("persons:*",),
    count=lambda request: waiting_for(request.user),
)
