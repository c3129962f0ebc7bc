"""`spoiwo database-roles`: the SQL that makes the two roles of PostgreSQL."""

from django.core.management.base import BaseCommand, CommandParser

from spoiwo.upkeep.domain.rights import role_statements


class Command(BaseCommand):
    """Print it; a superuser runs it once and sets the passwords."""

    help = "database-roles: wypisuje polecenia SQL, które zakładają w PostgreSQL właściciela i rolę aplikacji"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Names."""
        parser.add_argument("--owner", default="spoiwo_owner")
        parser.add_argument("--application", default="spoiwo_app")
        parser.add_argument("--database", default="spoiwo")

    def handle(self, *, owner: str, application: str, database: str, **options) -> None:
        """One statement a line."""
        for statement in role_statements(owner=owner, application=application, database=database):
            self.stdout.write(f"{statement};")
