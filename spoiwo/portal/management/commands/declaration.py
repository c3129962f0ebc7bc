"""`spoiwo declaration`: is the accessibility declaration whole, and what is still to be filled in?"""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.portal.domain import EXPECTED, Standing
from spoiwo.portal.services import Declaration, declaration
from spoiwo.portal.words import said


class Command(BaseCommand):
    """Say what the page of the declaration lacks; exit 1 while it lacks something."""

    help = "declaration [--form]: sprawdza deklarację dostępności; --form wypisuje pusty plik danych urzędu"

    def add_arguments(self, parser: CommandParser) -> None:
        """Checking, or the empty form of the file."""
        parser.add_argument("--form", action="store_true", help="pusty plik danych urzędu, do wypełnienia")

    def handle(self, *, form: bool, **options) -> None:
        """Print; what is missing goes to stderr."""
        if form:
            empty = {name: [] if name == "apps" else "" for name in EXPECTED}
            self.stdout.write(json.dumps(empty, ensure_ascii=False, indent=2))
            return
        found = declaration(today=timezone.localdate())
        self.stdout.write(WORDS[found.standing]())
        if not found.complete:
            raise CommandError("\n".join(_lacks(found)))


WORDS = {
    Standing.NOT_EXAMINED: lambda: _("Status: not yet examined."),
    Standing.CONFORMS: lambda: _("Status: conforms."),
    Standing.PARTLY: lambda: _("Status: conforms in part."),
    Standing.NOT: lambda: _("Status: does not conform."),
}


def _lacks(found: Declaration) -> list[str]:
    """Everything that keeps the declaration from being whole, one thing a line."""
    lines = []
    if found.results is None:
        lines.append(_("No results of tests: run make declaration."))
    lines += [_("%(part)s: to be filled in") % {"part": said(name)} for name in found.missing]
    for name in found.unusable:
        facts = {"part": said(name), "name": name, "expected": EXPECTED.get(name, "-")}
        lines.append(_("%(part)s (%(name)s): cannot be used; expected: %(expected)s") % facts)
    if found.overdue_since:
        lines.append(_("The review was due by %(day)s.") % {"day": found.overdue_since.isoformat()})
    if found.missing or found.unusable:
        lines.append(_("The file of the office: %(file)s") % {"file": settings.DECLARATION_FILE})
    return lines
