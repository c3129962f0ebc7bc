"""What this room holds about one person, and what it keeps for a time."""

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spoiwo.access.models import Attempt, Invitation, KnownBrowser, RoleAssignment, Substitution, User, Visit
from spoiwo.audit.models import Record
from spoiwo.audit.words import in_words
from spoiwo.vault.holdings import Asked, Holding, register_holding
from spoiwo.vault.retention import register_rule, rows_rule

Rows = list[dict[str | Promise, object]]


def account_of(asked: Asked) -> Rows:
    """The account under the address, if there is one."""
    return [
        {
            _("e-mail"): user.email,
            _("full name"): user.full_name,
            _("active"): user.is_active,
            _("created"): user.created_at,
            _("last sign-in"): user.last_login,
            _("closed"): user.closed_at,
            _("reason"): user.closed_reason,
        }
        for user in _users(asked)
    ]


def roles_of(asked: Asked) -> Rows:
    """Roles held and lent."""
    held = [
        {_("role"): row.get_role_display(), _("since"): row.since, _("until"): row.until, _("reason"): row.reason}
        for row in RoleAssignment.objects.filter(user__in=_users(asked))
    ]
    lent = Substitution.objects.filter(Q(absent__in=_users(asked)) | Q(substitute__in=_users(asked)))
    return held + [
        {_("substitution"): str(row), _("since"): row.since, _("until"): row.until, _("reason"): row.reason}
        for row in lent.select_related("absent", "substitute")
    ]


def browsers_of(asked: Asked) -> Rows:
    """Open sessions and browsers known from before."""
    return [
        {_("browser"): row.label, _("since"): getattr(row, since), _("last used"): row.seen_at}
        for model, since in ((Visit, "began_at"), (KnownBrowser, "since"))
        for row in model.objects.filter(user__in=_users(asked))
    ]


def invitations_of(asked: Asked) -> Rows:
    """Invitations sent to the address."""
    found = Invitation.objects.filter(email__iexact=asked.email) if asked.email else Invitation.objects.none()
    return [
        {_("sent"): row.invited_at, _("good until"): row.expires_at, _("accepted"): row.accepted_at,
         _("withdrawn"): row.withdrawn_at, _("roles"): row.role_names()}
        for row in found
    ]  # fmt: skip


def deeds_of(asked: Asked) -> Rows:
    """What the person did in the house, and what was done about their account."""
    users = _users(asked)
    about = Q(about_type=User._meta.label_lower, about_id__in=[str(user.pk) for user in users])
    rows = Record.objects.filter(Q(by__in=users) | about).order_by("sequence")
    return [
        {_("number"): row.sequence, _("time"): row.at, _("person"): row.by_name, _("deed"): in_words(row.deed),
         _("about"): row.about_label}
        for row in rows.iterator(chunk_size=2000)
    ]  # fmt: skip


def _users(asked: Asked) -> list[User]:
    return list(User.objects.filter(email__iexact=asked.email)) if asked.email else []


register_holding(Holding("account", _("Account"), account_of))
register_holding(Holding("account_roles", _("Roles and substitutions"), roles_of))
register_holding(Holding("account_browsers", _("Sessions and browsers"), browsers_of))
register_holding(Holding("account_invitations", _("Invitations"), invitations_of))
register_holding(Holding("deeds", _("Record of changes"), deeds_of))

register_rule(rows_rule("sessions", Session.objects.all, since="expire_date"))
register_rule(rows_rule("attempts", Attempt.objects.all, since="at"))
register_rule(rows_rule("browsers", KnownBrowser.objects.all, since="seen_at"))
register_rule(rows_rule("invitations", Invitation.objects.all, since="expires_at"))
