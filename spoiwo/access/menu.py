"""The desk in the menu: the first entry, above all groups."""

from django.utils.translation import gettext_lazy as _

from spoiwo.ui.menu import UPKEEP, register_staff

register_staff("", _("Desk"), "access:desk", "home", 1, permission="access.enter_office")
register_staff(
    UPKEEP, _("Data protection"), "vault:register", "lock", 91, permission="vault.see_protection", under=("vault:*",)
)
register_staff(
    UPKEEP, _("Weekly review"), "audit:reviews", "check", 91, permission="audit.view_review", under=("audit:review*",)
)
register_staff(UPKEEP, _("Letters"), "doors:letters", "inbox", 92, permission="doors.see_letters")
register_staff(
    UPKEEP, _("Accounts"), "accounts:list", "people", 90, permission="access.manage_accounts", under=("accounts:*",)
)
