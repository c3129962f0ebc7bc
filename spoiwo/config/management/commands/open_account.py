"""`spoiwo open-account`: the first administrator, and anybody else."""

import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.access.errors import AccountExists
from spoiwo.access.models import Role
from spoiwo.access.services import give_role, open_account


class Command(BaseCommand):
    """Open an account with roles; the password is asked for, or read from standard input."""

    help = "open-account E-MAIL --name IMIĘ-I-NAZWISKO --role ROLA …: zakłada konto; hasło z klawiatury"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, under which name, in which roles."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", action="append", required=True, choices=Role.values, dest="roles")

    @transaction.atomic
    def handle(self, *, email: str, name: str, roles: list[str], **options) -> None:
        """Account and roles together or not at all."""
        password = getpass.getpass(_("Password: ")) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            user = open_account(email=email, full_name=name, password=password, by=None)
        except AccountExists as problem:
            raise CommandError(_("There is an account %(email)s already.") % {"email": email}) from problem
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        for role in roles:
            give_role(user=user, role=Role(role), since=timezone.localdate(), by=None)
        self.stdout.write(_("Account opened: %(email)s.") % {"email": email})
