"""`spoiwo accounts`: help with accounts from the server, when nobody can sign in."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.access.errors import LastAdministrator
from spoiwo.access.models import User
from spoiwo.access.services.accounts import close_account, reopen_account, reset_second_factor
from spoiwo.access.services.attempts import unlock
from spoiwo.access.services.listing import accounts_on
from spoiwo.access.services.visits import end_sessions

WITHOUT_REASON, WITH_REASON = ("unlock",), ("end-sessions", "reset-second-factor", "close", "reopen")


class Command(BaseCommand):
    """List accounts, or do one thing to one of them; every deed is recorded with its reason."""

    help = (
        "accounts list | unlock E-MAIL | end-sessions, reset-second-factor, close, reopen E-MAIL --reason POWÓD: "
        "pomoc przy kontach"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, to whom, why."""
        deeds = parser.add_subparsers(dest="deed", required=True, parser_class=ArgumentParser)
        deeds.add_parser("list")
        for name in (*WITHOUT_REASON, *WITH_REASON):
            one = deeds.add_parser(name)
            one.add_argument("email")
            if name in WITH_REASON:
                one.add_argument("--reason", required=True)

    def handle(self, *, deed: str, email: str = "", reason: str = "", **options) -> None:
        """Do it and say it in one sentence."""
        if deed == "list":
            self._list()
            return
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(_("There is no account %(email)s.") % {"email": email})
        do = getattr(self, f"_{deed.replace('-', '_')}")
        self.stdout.write(do(user, reason))

    def _list(self) -> None:
        for user in accounts_on(timezone.localdate()):
            roles = ", ".join(str(row.get_role_display()) for row in user.roles_now) or "–"
            facts = [roles, "2FA" if user.factor else "", "" if user.is_active else _("not in use")]
            self.stdout.write(f"{user.email}  {user.full_name}: {', '.join(filter(None, facts))}")

    def _unlock(self, user: User, reason: str) -> str:
        unlock(user=user, by=None)
        return _("%(email)s: the person can try to sign in again.") % {"email": user.email}

    def _end_sessions(self, user: User, reason: str) -> str:
        many = end_sessions(user=user, reason=reason, by=None)
        words = ngettext("%(email)s: %(n)d session ended.", "%(email)s: %(n)d sessions ended.", many)
        return words % {"email": user.email, "n": many}

    def _reset_second_factor(self, user: User, reason: str) -> str:
        many = reset_second_factor(user=user, reason=reason, by=None)
        words = ngettext("%(email)s: %(n)d second factor removed.", "%(email)s: %(n)d second factors removed.", many)
        return words % {"email": user.email, "n": many}

    def _close(self, user: User, reason: str) -> str:
        try:
            close_account(user=user, reason=reason, seen_version=None, now=timezone.now(), by=None)
        except LastAdministrator as problem:
            raise CommandError(_("The last administrator cannot be closed.")) from problem
        return _("%(email)s: the account is closed.") % {"email": user.email}

    def _reopen(self, user: User, reason: str) -> str:
        reopen_account(user=user, reason=reason, seen_version=None, by=None)
        return _("%(email)s: the account is open again.") % {"email": user.email}
