"""Reading lines of the accounting system in: first a dry run, then all of it or nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from spoiwo.audit.services import Deed, record, record_all
from spoiwo.kernel.canonical import fingerprint
from spoiwo.ledger.domain.books import BookRow, Known, Mapping, check_books
from spoiwo.ledger.domain.classification import unknown_codes
from spoiwo.ledger.domain.faults import Fault
from spoiwo.ledger.domain.raw import RawPackage, RawTable
from spoiwo.ledger.domain.schema import folded
from spoiwo.ledger.errors import BooksRefused, PlanChanged
from spoiwo.ledger.intake import read_table
from spoiwo.ledger.models import BatchKind, Document, Entry, EntryKind, FiscalYear, ImportBatch, Source
from spoiwo.ledger.services.classification import ask_about, code_table
from spoiwo.ledger.services.closing import closed_months
from spoiwo.ledger.services.pockets import require_within
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.models import Programme, Task

BATCH = 500
COLUMNS = ("date", "amount_gr", "document__name", "chapter", "paragraph")


@dataclass
class BooksPlan:
    """What a file of the books would do. `faults` make it refused; then nothing else is filled in.

    `new` would be entered; `same` are in the ledger under their keys; `differing` too, but with other content, as
    pairs (row, description of the ledger's line): they are left alone; `alike` have new keys and the content of a
    line of the ledger or of an earlier row, and come in only when a person says so. `unmatched`: (kind, code) →
    rows whose code the table of the classification lacks; `recipients` whom no organisation is called by.
    """

    year: int = 0
    sha256: str = ""
    header: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    new: list[BookRow] = field(default_factory=list)
    alike: list[BookRow] = field(default_factory=list)
    differing: list[tuple[BookRow, str]] = field(default_factory=list)
    same: int = 0
    unmatched: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    recipients: Counter = field(default_factory=Counter)

    @property
    def sums(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(chapter, paragraph) → sum in grosze and number of the new lines."""
        return _sums(self.new)

    @property
    def total_gr(self) -> int | None:
        """The sum of the new lines; None when there is none."""
        return sum(row.amount_gr for row in self.new) if self.new else None

    @property
    def digest(self) -> str:
        """Fingerprint of what would be saved, to notice that the data changed meanwhile."""
        rows = {"new": [_told(row) for row in self.new], "alike": [_told(row) for row in self.alike]}
        return fingerprint({"year": self.year, "sha256": self.sha256, "same": self.same, **rows})

    def counts(self) -> dict[str, int]:
        """How many rows would do what."""
        return {
            "new": len(self.new),
            "same": self.same,
            "differing": len(self.differing),
            "alike": len(self.alike),
        }


def _told(row: BookRow) -> dict:
    """All that a row says, as JSON values."""
    facts = {field: getattr(row, field) for field in BookRow.__slots__ if field != "number"}
    return {key: value for key, value in facts.items() if value != ""} | {"date": row.date.isoformat()}


def _sums(rows: Iterable[BookRow]) -> dict[tuple[str, str], tuple[int, int]]:
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        total, lines = sums.get((row.chapter, row.paragraph), (0, 0))
        sums[row.chapter, row.paragraph] = (total + row.amount_gr, lines + 1)
    return dict(sorted(sums.items()))


def read_books(path: Path) -> RawPackage:
    """The file as it was read in the limited child process; it has one table, or faults."""
    return read_table(path)


def plan_books_import(*, year: FiscalYear, path: Path, mapping: Mapping) -> BooksPlan:
    """Read and check a file and say what it would do; saves nothing."""
    return _plan_of(year, read_books(path), mapping)


def _plan_of(year: FiscalYear, raw: RawPackage, mapping: Mapping) -> BooksPlan:
    plan = BooksPlan(year=year.year, sha256=raw.sha256, faults=list(raw.faults))
    if raw.broken or not raw.tables:
        return plan
    table: RawTable = raw.tables[0]
    plan.header = table.header
    books = check_books(table, mapping, known_names(year), year=year.year, closed=closed_months(year))
    table.rows = []  # twenty thousand rows are not needed twice
    plan.faults += books.faults
    if not (plan.faults or books.rows):
        plan.faults.append(Fault("no_rows", table.file, table.sheet, None, "", "same nagłówki", "wiersze z kwotami"))
    if plan.faults:
        return plan
    plan.recipients = books.unmatched
    _sort(plan, year, books.rows)
    _match_codes(plan)
    return plan


def known_names(year: FiscalYear) -> Known:
    """What rows may refer to in the region of a year: codes, and names that only one thing has."""
    region = {"region": year.region}
    programmes = dict(Programme.objects.filter(**region).values_list("pk", "code"))
    tasks = Task.objects.filter(**region).values_list("code", "programme_id")
    named = Programme.objects.filter(**region, strategy=year.strategy_id)
    return Known(
        sources=_calls(Source.objects.filter(**region).values_list("code", "name", "short_name")),
        programmes=_calls((code, code) for code in programmes.values())
        | _calls(named.values_list("code", "name", "short_name")),
        tasks={folded(code): (code, programmes.get(programme, "")) for code, programme in tasks},
        recipients=_calls(Organisation.objects.filter(**region).values_list("code", "name")),
    )


def _calls(rows: Iterable[tuple]) -> dict[str, str]:
    """Folded code or name → code; a name of two things stands for neither."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    rows = list(rows)
    for code, *names in rows:
        for name in {folded(name) for name in names}:
            if found.setdefault(name, code) != code:
                twice.add(name)
    found = {name: code for name, code in found.items() if name not in twice}
    return found | {folded(code): code for code, *_names in rows}


def _sort(plan: BooksPlan, year: FiscalYear, rows: Sequence[BookRow]) -> None:
    """New, known by key, known by content."""
    held = {key: tuple(rest) for key, *rest in year.entries.values_list("key", *COLUMNS, "description").iterator()}
    contents = {(day, gr, folded(name), chapter, paragraph) for day, gr, name, chapter, paragraph, _d in held.values()}
    for row in rows:
        if row.key in held:
            day, gr, name, chapter, paragraph, description = held[row.key]
            if (day, gr, folded(name), chapter, paragraph) == row.content:
                plan.same += 1
            else:
                plan.differing.append((row, description))
        elif row.content in contents or (*row.content[:3], "", "") in contents:
            plan.alike.append(row)
        else:
            plan.new.append(row)
            contents.add(row.content)


def _match_codes(plan: BooksPlan) -> None:
    """Codes of the rows that the table of the classification lacks on their day."""
    table, known = code_table(), {}
    for row in (*plan.new, *plan.alike):
        key = (row.chapter, row.paragraph, row.date)
        if key not in known:
            known[key] = unknown_codes(table, *key)
        for code in known[key]:
            sums = plan.unmatched.setdefault(code, [0, 0])
            sums[0], sums[1] = sums[0] + row.amount_gr, sums[1] + 1
    plan.unmatched = dict(sorted(plan.unmatched.items()))


def import_books(
    *,
    year: FiscalYear,
    path: Path,
    mapping: Mapping,
    by,
    name: str = "",
    take_alike: bool = False,
    expected_digest: str | None = None,
) -> BooksPlan:
    """Enter the lines of a file, all or nothing; the same file a second time enters none.

    `take_alike`: enter also lines that look like lines there are. The year's lock keeps two imports apart.
    Raises: BooksRefused (the plan with its faults is the argument); PlanChanged when the plan is no longer the
    one with `expected_digest`; PlanExceeded, with `over_gr`, when the year keeps a plan and the lines go beyond it.
    """
    raw = read_books(path)  # before the transaction: a slow file keeps nobody waiting
    with transaction.atomic():
        year = FiscalYear.objects.select_for_update(no_key=True).get(pk=year.pk)
        plan = _plan_of(year, raw, mapping)
        if plan.faults:
            raise BooksRefused(plan)
        if expected_digest is not None and plan.digest != expected_digest:
            raise PlanChanged
        rows = [*plan.new, *plan.alike] if take_alike else plan.new
        if rows:
            _write(year, rows, plan, by, name or path.name)
    return plan


def _write(year: FiscalYear, rows: Sequence[BookRow], plan: BooksPlan, by, name: str) -> None:
    counts = plan.counts() | {"entered": len(rows)}
    batch = ImportBatch.objects.create(
        year=year, kind=BatchKind.BOOKS, name=name[:200], sha256=plan.sha256, by=by, counts=counts
    )
    facts = {"file": name, "sha256": plan.sha256, "counts": counts}
    record(by=by, deed="ledger.books_read", about=batch, **facts)
    builder = _Builder(year, rows, batch, by)
    entries = [builder.entry(row) for row in rows]
    require_within(year, added=entries)
    for start in range(0, len(entries), BATCH):
        some = Entry.objects.bulk_create(entries[start : start + BATCH])
        chosen = rows[start : start + BATCH]
        deeds = [
            Deed("ledger.entry_imported", entry, _facts(row, name)) for entry, row in zip(some, chosen, strict=True)
        ]
        record_all(by=by, deeds=deeds)
    ask_about(entries, by=by)


def _facts(row: BookRow, name: str) -> dict:
    return _told(row) | {"batch": name}


class _Builder:
    """Makes lines of rows; what they name is looked up once."""

    def __init__(self, year: FiscalYear, rows: Sequence[BookRow], batch: ImportBatch, by) -> None:
        self.year, self.batch, self.by = year, batch, by
        region = {"region": year.region}
        self.sources = {row.code: row for row in Source.objects.filter(**region)}
        self.programmes = dict(Programme.objects.filter(**region).values_list("code", "pk"))
        self.tasks = dict(Task.objects.filter(**region).values_list("code", "pk"))
        self.recipients = {row.code: row for row in Organisation.objects.filter(**region)}
        self.documents = self._documents(rows)

    def _documents(self, rows: Sequence[BookRow]) -> dict[str, Document]:
        """The papers of the rows by folded name; new ones are added to the year's list."""
        there = list(self.year.documents.all())
        held = {folded(row.code): row for row in there} | {folded(row.name): row for row in there}
        names: dict[str, str] = {}
        for row in rows:
            names.setdefault(folded(row.document), row.document)
        wanted = [name for called, name in names.items() if called not in held]
        made = Document.objects.bulk_create(
            [
                Document(year=self.year, code=f"ks-{self.batch.pk}-{number}", name=name, kind="other")
                for number, name in enumerate(wanted, start=1)
            ],
            batch_size=BATCH,
        )
        return held | {folded(row.name): row for row in made}

    def entry(self, row: BookRow) -> Entry:
        """One line, not saved yet."""
        return Entry(
            year=self.year,
            key=row.key,
            batch=self.batch,
            entered_by=self.by,
            kind=EntryKind.REFUND if row.amount_gr < 0 else EntryKind.PAYMENT,
            amount_gr=row.amount_gr,
            date=row.date,
            description=row.description,
            document=self.documents[folded(row.document)],
            chapter=row.chapter,
            paragraph=row.paragraph,
            source=self.sources[row.source],
            programme_id=self.programmes[row.programme] if row.programme else None,
            task_id=self.tasks[row.task] if row.task else None,
            organisation=self.recipients[row.recipient] if row.recipient else None,
        )
