"""`spoiwo settle-difference`: answer an open difference without the web."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from spoiwo.kernel.money import NotMoney, parse_zl, zl
from spoiwo.ledger.errors import LinesDoNotAddUp, NoSuchDifference, ReasonMissing
from spoiwo.ledger.management.asking import person_or_refuse, year_or_refuse
from spoiwo.ledger.services.settlements import ExplainedBy, accept_difference, explain_difference
from spoiwo.ledger.services.years import reconcile_year

MINUSES = ("-", "\u2212")


class Command(BaseCommand):
    """Accept a difference with a reason, or explain it by lines."""

    help = "settle-difference ROK KLUCZ --reason TEKST [--line KWOTA|OPIS|DOKUMENT …]: przyjmuje albo wyjaśnia różnicę"

    def add_arguments(self, parser: CommandParser) -> None:
        """The key is that of the declared total, as `reconcile` and the web show it."""
        parser.add_argument("year", type=int)
        parser.add_argument("key")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--line", action="append", default=[], metavar="KWOTA|OPIS|DOKUMENT")
        parser.add_argument("--by", metavar="E-MAIL")
        parser.add_argument("--region", metavar="TERC")

    def handle(self, *, year: int, key: str, reason: str, line: list[str], by: str | None, region, **options) -> None:
        """Settle, or say what is wrong."""
        row = year_or_refuse(year, region)
        declared = row.declared.filter(key=key).first()
        waiting = [found.declared.key for found in reconcile_year(row).open]
        if declared is None or key not in waiting:
            raise CommandError(
                _("“%(key)s” is not an open difference. Open: %(open)s.")
                % {"key": key, "open": ", ".join(waiting) or "–"}
            )
        user = person_or_refuse(by)
        try:
            if line:
                explain_difference(declared=declared, reason=reason, lines=[_line(text) for text in line], by=user)
            else:
                accept_difference(declared=declared, reason=reason, by=user)
        except ReasonMissing:
            raise CommandError(_("Write the reason: at least ten characters.")) from None
        except LinesDoNotAddUp as problem:
            missing = zl(problem.missing_gr)
            raise CommandError(
                _("The lines do not add up to the difference: %(zl)s is missing.") % {"zl": missing}
            ) from None
        except NoSuchDifference:
            raise CommandError(_("This difference is no longer open.")) from None
        self.stdout.write(_("Settled: %(key)s.") % {"key": key})


def _line(text: str) -> ExplainedBy:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 3 or not all(parts):
        raise CommandError(_("“%(text)s”: expected AMOUNT|DESCRIPTION|DOCUMENT.") % {"text": text})
    try:
        sign, amount = (-1, parts[0][1:]) if parts[0][:1] in MINUSES else (1, parts[0])
        return ExplainedBy(description=parts[1], amount_gr=sign * parse_zl(amount), document=parts[2])
    except NotMoney as problem:
        raise CommandError(_("“%(text)s” is not an amount in złote.") % {"text": problem.found}) from problem
