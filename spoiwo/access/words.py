"""The deeds of the room in the words of the screen."""

from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import register, register_fields

register(
    {
        "access.signed_in": _("Signed in"),
        "access.account_renamed": _("Name of the account changed"),
        "access.password_changed": _("Password changed"),
        "access.account_closed": _("Account closed"),
        "access.account_reopened": _("Account opened again"),
        "access.account_unlocked": _("Account unlocked"),
        "access.role_taken": _("Role taken"),
        "access.factor_added": _("Second factor added"),
        "access.factor_removed": _("Second factor removed"),
        "access.second_factor_reset": _("Second factors removed by the administrator"),
        "access.codes_made": _("New recovery codes"),
        "access.session_ended": _("Session ended"),
        "access.sessions_ended": _("Sessions ended"),
        "access.browser_forgotten": _("Browser forgotten"),
        "access.substitution_began": _("Substitution named"),
        "access.substitution_ended": _("Substitution ended"),
        "access.invitation_sent": _("Invitation sent"),
        "access.invitation_sent_again": _("Invitation sent again"),
        "access.invitation_withdrawn": _("Invitation withdrawn"),
        "access.invitation_accepted": _("Invitation accepted"),
        "access.identity_linked": _("Sign-in service linked"),
        "access.identity_unlinked": _("Sign-in service unlinked"),
    }
)
register_fields({"full_name": _("full name")})
