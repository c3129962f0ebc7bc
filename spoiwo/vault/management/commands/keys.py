"""`spoiwo keys`: the state of the keys, new ones, and their copy on paper."""

import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.vault.domain.paper import on_paper
from spoiwo.vault.errors import Erased, KeysAreThere, PaperWrong, StillUsed, VaultClosed
from spoiwo.vault.models import Subject
from spoiwo.vault.services import check_keys, finish_erasures, finish_reseals, reseal, rotation
from spoiwo.vault.services.proof import KeyState, put_back_from_paper, state_of_keys

DEEDS = ("status", "new-master", "rotate", "drop-old", "new-index", "reseal", "finish", "paper", "from-paper")


class Command(BaseCommand):
    """Each step can be interrupted and begun again; `status` says what is left."""

    help = "keys status|new-master|rotate|drop-old|new-index|reseal|finish|paper|from-paper: klucze danych chronionych"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and with what."""
        parser.add_argument("deed", choices=DEEDS)
        parser.add_argument("--batch", type=int, default=1000, help="ile kopert w jednej paczce")
        parser.add_argument("--subject", help="reseal: identyfikator osoby")
        parser.add_argument("--reason", default="", help="reseal: dlaczego klucz się zmienia")
        parser.add_argument(
            "--file", type=Path, help="from-paper: przepisana kartka (bez tego: ze standardowego wejścia)"
        )

    def handle(self, *, deed: str, **options) -> None:
        """Do it; a refusal is one sentence."""
        try:
            if deed != "from-paper":
                check_keys()
            getattr(self, "_" + deed.replace("-", "_"))(**options)
        except StillUsed as refusal:
            words = ngettext(
                "An old key is still needed by %(n)d value. Run spoiwo keys rotate or new-index to the end.",
                "An old key is still needed by %(n)d values. Run spoiwo keys rotate or new-index to the end.",
                refusal.count,
            )
            raise CommandError(words % {"n": refusal.count}) from None
        except (VaultClosed, KeysAreThere, PaperWrong, Erased) as refusal:
            raise CommandError(_told(refusal)) from None

    def _status(self, **options) -> None:
        for line in _state_in_words(state_of_keys()):
            self.stdout.write(line)

    def _new_master(self, **options) -> None:
        number = rotation.new_master(by=None)
        self.stdout.write(_("Master key %(n)d is in use for new persons.") % {"n": number})
        self.stdout.write(_("Put it on paper now (spoiwo keys paper), then wrap the others: spoiwo keys rotate."))

    def _rotate(self, *, batch: int, **options) -> None:
        began, total = time.monotonic(), 0
        for done in rotation.rewrapped(by=None, many=batch):
            total += done
            self.stderr.write(f"· {total}")
        facts = {"n": total, "s": f"{time.monotonic() - began:.1f}".replace(".", ",")}
        self.stdout.write(_("Keys of persons wrapped anew: %(n)d, in %(s)s s.") % facts)

    def _drop_old(self, **options) -> None:
        dropped = rotation.drop_old(by=None)
        rotation.drop_old_index(by=None)
        self.stdout.write(_("Old master keys destroyed: %(n)d.") % {"n": len(dropped)})

    def _new_index(self, **options) -> None:
        changed = 0
        for done in rotation.new_index(by=None):
            changed += done
            self.stderr.write(f"· {changed}")
        self.stdout.write(
            _("Rows with new fingerprints: %(n)d. The old key goes with spoiwo keys drop-old.") % {"n": changed}
        )

    def _reseal(self, *, subject: str | None, reason: str, **options) -> None:
        held = Subject.objects.filter(uid=subject).first() if subject else None
        if held is None or not reason.strip():
            raise CommandError(_("Name the person (--subject) and the reason (--reason)."))
        rows = reseal(held, by=None, reason=reason, now=timezone.now())
        self.stdout.write(
            _("Rows sealed under the new key: %(n)d. The old key goes after a quarter of an hour.") % {"n": rows}
        )

    def _finish(self, **options) -> None:
        now = timezone.now()
        facts = {"erased": finish_erasures(now), "sealed": finish_reseals(now)}
        self.stdout.write(_("Erasures finished: %(erased)d, older keys destroyed: %(sealed)d.") % facts)

    def _paper(self, **options) -> None:
        for line in page_of_keys(rotation.keys_for_paper(by=None)):
            self.stdout.write(line)

    def _from_paper(self, *, file: Path | None, **options) -> None:
        text = file.read_text(encoding="utf-8") if file else sys.stdin.read()
        put_back_from_paper(text)
        self.stdout.write(_("The master keys lie in their place, whole. Bring back the envelopes from their copy too."))


def page_of_keys(masters) -> list[str]:
    """The page for a sealed envelope."""
    return [
        _("SPOIWO: MASTER KEYS OF PROTECTED DATA"),
        _("Who holds this page and a copy of the envelopes opens everything. Keep it sealed, in two places."),
        _("Print it, do not store it. To bring the keys back, type the lines with numbers: spoiwo keys from-paper."),
        "",
        *on_paper(masters),
    ]


def _told(refusal: Exception) -> str:
    if isinstance(refusal, KeysAreThere):
        return _(
            "Other master keys lie here already. They are never overwritten; move them away by hand if they are wrong."
        )
    if isinstance(refusal, Erased):
        return _("The key of this person was destroyed.")
    if isinstance(refusal, PaperWrong) and refusal.line:
        return _("Line %(n)d does not agree with its check digits; read it once more.") % {"n": refusal.line}
    if isinstance(refusal, PaperWrong) and refusal.key:
        return _("Key %(name)s has not all of its four lines.") % {"name": refusal.key}
    if isinstance(refusal, PaperWrong):
        return _("The page is not whole: a line is missing, doubled or out of order.")
    return str(refusal)


def _state_in_words(state: KeyState) -> list[str]:
    lines = [_("Master key in use: %(n)d.") % {"n": state.current}]
    for number, many in state.by_master.items():
        lines.append(_("Wrapped by master key %(number)d: %(n)d.") % {"number": number, "n": many})
    old = [number for number in state.numbers if number != state.current]
    if old:
        lines.append(_("Old master keys still kept: %(numbers)s.") % {"numbers": ", ".join(map(str, old))})
    if state.new_index:
        lines.append(_("The key of fingerprints is being changed: spoiwo keys new-index, then drop-old."))
    for many, words in (
        (state.changing, _("Persons with a newer and an older key: %(n)d (spoiwo keys finish).")),
        (state.returned, _("Erasures to be finished or repeated: %(n)d (spoiwo keys finish).")),
        (state.without_key, _("PERSONS WHOSE KEY IS MISSING: %(n)d. Bring back the newest copy of the envelopes.")),
        (state.without_subject, _("Keys without a person in the database: %(n)d. They open nothing.")),
    ):
        if many:
            lines.append(words % {"n": many})
    if state.readable_by_others:
        lines.append(_("The file of master keys can be read by other accounts of this machine: chmod 600."))
    return lines
