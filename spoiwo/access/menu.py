"""The desk in the menu: the first entry, above all groups."""

from django.utils.translation import gettext_lazy as _

from spoiwo.ui.menu import register_staff

register_staff("", _("Desk"), "access:desk", "home", 1, permission="access.enter_office")
