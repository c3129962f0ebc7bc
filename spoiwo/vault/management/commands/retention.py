"""`spoiwo retention`: what is kept no longer; shown, and removed when asked."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.vault.errors import RuleUnconfirmed
from spoiwo.vault.services.keeping import Kept, kept_on, plans, remove_what_is_over


class Command(BaseCommand):
    """A rehearsal unless --apply is given."""

    help = "retention [--apply] [--only REGUŁA]: co jest po terminie przechowywania; z --apply usuwa i zostawia dowód"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to remove, and what."""
        parser.add_argument("--apply", action="store_true", help="usuwa; bez tego tylko mówi, co by usunięto")
        parser.add_argument("--only", default="", help="jedna reguła; tak stosuje się też regułę niepotwierdzoną")
        parser.add_argument("--on", type=date.fromisoformat, help="stan na dzień RRRR-MM-DD (tylko próba)")

    def handle(self, *, apply: bool, only: str, on: date | None, **options) -> None:
        """Say, or remove and say."""
        if apply and on:
            raise CommandError(_("Data are removed as of today; --on is for a rehearsal."))
        today = on or timezone.localdate()
        if not apply:
            self._rehearse(today, only)
            return
        try:
            run = remove_what_is_over(today=today, now=timezone.now(), by=None, only=only)
        except RuleUnconfirmed:
            raise CommandError(_("No rule of this name is in force: %(name)s.") % {"name": only}) from None
        for code, many in run.counts.items():
            self.stdout.write(f"{code}: {many}")
        facts = {"n": run.total, "run": run.pk, "digest": run.digest}
        self.stdout.write(_("Removed: %(n)d. Proof no. %(run)d, fingerprint %(digest)s.") % facts)

    def _rehearse(self, today: date, only: str) -> None:
        for plan in plans(today, only=only):
            self.stdout.write(f"{plan.kept.code}: {len(plan.found)}  ({_why(plan.kept, plan.last)})")
        for kept in kept_on(today):
            if not kept.removable and only in {"", kept.code}:
                self.stdout.write(f"{kept.code}: –  ({kept.how})")
        self.stdout.write(_("A rehearsal: nothing was removed. To remove: spoiwo retention --apply."))


def _why(kept: Kept, last: date) -> str:
    words = _("%(what)s: %(period)s %(counted)s; over for what began by %(last)s; %(basis)s") % {
        "what": kept.what,
        "period": kept.period_in_words,
        "counted": kept.counted_from,
        "last": last.isoformat(),
        "basis": kept.basis,
    }
    return words if kept.confirmed else words + "; " + _("not confirmed, removed only by --only")
