"""Four works that are killed at random moments, and what must hold afterwards whatever the moment was.

Each case has `work(tell)`, done in a child, and `look(told, tally)`, asked afterwards. Whatever the child told was
confirmed; everything else must be there whole or not at all.
"""

import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from django.db.models import Sum
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.audit.services import verify_chain
from spoiwo.kernel.money import zl_plain
from spoiwo.ledger.models import Entry, EntryState, ImportBatch
from spoiwo.ledger.services.entries import change_entry
from spoiwo.ledger.services.import_year import import_year
from spoiwo.places.models import Place
from spoiwo.places.services import SHIPPED_DAY, SHIPPED_REGISTER, import_known_changes, import_register
from spoiwo.reports.models import Report
from spoiwo.reports.services.versions import finalise, whole
from spoiwo.upkeep.models import Backup
from spoiwo.upkeep.services.archive import read_archive
from spoiwo.upkeep.services.backups import Order, make_backup, record_backup
from tests.crashes import Tally, Tell, killed, measured, moment_within, recovered
from tests.factories import EntryFactory, UserFactory, YearFactory
from tests.imported import SECOND_REGION, changed_copy, put
from tests.visitors import person, visitor

NOW = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
AT_ONCE = 10  # lines that one child checks


class Import:
    """A year package read in: two lines change together, their sum never."""

    name = "import-year"
    together_gr = 48_200_00 + 31_750_45

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="spoiwo-crash-"))
        self.round = 1
        if not Place.objects.exists():  # another test has emptied the database
            import_register(file=SHIPPED_REGISTER, on=SHIPPED_DAY)
            import_known_changes()
        import_year(path=SECOND_REGION, by=None, name="0")

    def work(self, tell: Tell) -> None:
        number = self.round
        first, second = zl_plain(48_200_00 - number), zl_plain(31_750_45 + number)

        def edit(rows: list) -> None:
            put("m01", amount=first)(rows)
            put("m02", amount=second)(rows)

        package = changed_copy(SECOND_REGION, self.folder / str(number), money=edit)
        import_year(path=package, by=None, name=str(number))
        tell(str(number))

    def look(self, told: list[str], tally: Tally) -> None:
        lines = dict(Entry.objects.filter(key__in=["m01", "m02"]).values_list("key", "amount_gr"))
        shift = lines["m02"] - 31_750_45
        if told and shift != self.round:
            tally.lost.append(f"{self.name} {self.round}")
        deeds = Record.objects.filter(deed="ledger.entry_changed", facts__batch=str(self.round)).count()
        batches = ImportBatch.objects.filter(name=str(self.round)).count()
        done = shift == self.round
        if sum(lines.values()) != self.together_gr or (deeds, batches) != ((2, 1) if done else (0, 0)):
            tally.half.append(f"{self.name} {self.round}: {lines}, {deeds}, {batches}")
        self.round += 1


class Approval:
    """Lines checked one after another through the pages, by another person than who entered them."""

    name = "zatwierdzanie"

    def __init__(self, lines: int = 1200) -> None:
        self.clerk, self.treasurer = UserFactory(), person(Role.TREASURER)
        first = EntryFactory(amount_gr=100, entered_by=self.clerk, key="c-0")
        rows = [
            Entry(
                year=first.year, source=first.source, document=first.document, key=f"c-{number}", amount_gr=number,
                description="Wiersz zmyślony", entered_by=self.clerk,
            )
            for number in range(1, lines)
        ]  # fmt: skip
        Entry.objects.bulk_create(rows)
        self.year, self.seen = first.year, set()
        self.total_gr = self._total()
        self.browser = visitor(self.treasurer)

    def _total(self) -> int:
        return Entry.objects.filter(year=self.year).aggregate(total=Sum("amount_gr"))["total"]

    def work(self, tell: Tell) -> None:
        waiting = Entry.objects.filter(year=self.year, state=EntryState.ENTERED).order_by("pk")[:AT_ONCE]
        for entry in waiting:
            address = reverse("ledger:entry-check", args=[self.year.year, entry.pk])
            answer = self.browser.post(address, {"seen_version": entry.version}, HTTP_HOST="localhost")
            if answer.status_code == 302:
                tell(str(entry.pk))

    def look(self, told: list[str], tally: Tally) -> None:
        self.seen |= {int(pk) for pk in told}
        checked = set(Entry.objects.filter(year=self.year, state=EntryState.CHECKED).values_list("pk", flat=True))
        deeds = Record.objects.filter(deed="ledger.entry_checked").values_list("about_id", flat=True)
        tally.lost += [f"{self.name} {pk}" for pk in self.seen - checked]
        if sorted(map(int, deeds)) != sorted(checked) or self._total() != self.total_gr:
            tally.half.append(f"{self.name}: {len(checked)} {len(deeds)}")


class Finalising:
    """A line changes and the report becomes final, again and again."""

    name = "sprawozdanie ostateczne"

    def __init__(self) -> None:
        self.by = UserFactory()
        self.year = YearFactory(year=2018)
        self.entry = EntryFactory(year=self.year, amount_gr=5_00, entered_by=self.by)
        self.told = 0

    def work(self, tell: Tell) -> None:
        entry = Entry.objects.get(pk=self.entry.pk)
        values = {
            name: getattr(entry, name)
            for name in ("programme", "task", "source", "kind", "amount_gr", "date", "description", "returns")
        }
        values |= {"document": entry.document.name, "amount_gr": entry.amount_gr + 1}
        change_entry(
            entry=entry, seen_version=entry.version, values=values, tags=[], reason="zmiana zmyślona", by=self.by
        )
        report = finalise(year=self.year, by=self.by, now=NOW, reason="Zmieniono kwotę zmyśloną.")
        tell(str(report.version))

    def look(self, told: list[str], tally: Tally) -> None:
        self.told = max([self.told, *map(int, told)])
        held = list(Report.objects.filter(year=self.year).order_by("version"))
        if len(held) < self.told:
            tally.lost.append(f"{self.name} {self.told}")
        deeds = Record.objects.filter(deed="reports.report_finalised").count()
        if [report.version for report in held] != list(range(1, len(held) + 1)) or deeds != len(held):
            tally.half.append(f"{self.name}: {len(held)} {deeds}")
        if held:
            whole(held[-1])  # raises when the stored text does not fit its fingerprint


class Backing:
    """A backup: what is under a final name can be read to the end."""

    name = "kopia zapasowa"

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="spoiwo-crash-"))
        self.identity = pyrage.x25519.Identity.generate()
        recipients = (str(self.identity.to_public()),)
        self.order = Order(folder / "kopie", folder / "klucze", recipients, keep_all=True)
        self.folder, self.told = folder, set()

    def work(self, tell: Tell) -> None:
        now = datetime.now(UTC)
        made = make_backup(self.order, now=now)
        row = record_backup(made, now=now, by=None)
        tell(row.name)

    def look(self, told: list[str], tally: Tally) -> None:
        self.told |= set(told)
        held = {path.name for path in self.order.to.glob("spoiwo-*")} if self.order.to.exists() else set()
        tally.lost += [f"{self.name} {name}" for name in self.told - held]
        tally.half += [f"wiersz bez archiwum {name}" for name in _recorded() - held]
        for path in [*sorted(self.order.to.glob("spoiwo-*"))[-1:], *self.order.keys_to.glob("spoiwo-*")]:
            with tempfile.TemporaryDirectory(dir=self.folder) as inside:
                read_archive(path, [self.identity], Path(inside))  # raises when it is not whole


def _recorded() -> set[str]:
    return set(Backup.objects.values_list("name", flat=True))


CASES = (Import, Approval, Finalising, Backing)


def crash(case, kills: int, chance: random.Random, *, backends: bool = False) -> tuple[Tally, list[float]]:
    """Kill a case so many times; the tally, and the seconds after which a killed server of PostgreSQL answered.

    `backends`: every second time the process of the database is killed instead of ours.
    """
    tally, seconds = Tally(), []
    told, took = measured(case.work)  # one whole run tells how long it takes
    assert told, f"{case.name}: nothing was confirmed without a kill either"
    case.look(told, tally)
    while tally.kills < kills:
        backend = backends and bool(tally.kills % 2)
        told, alive = killed(case.work, moment_within(took, chance), backend=backend)
        if backend:
            seconds.append(recovered())
        tally.kills += alive
        tally.too_late += not alive
        tally.acknowledged += len(told)
        case.look(told, tally)
    tally.half += [f"dziennik: {fault}" for fault in verify_chain()]
    return tally, seconds
