"""Recording deeds and checking their chain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from spoiwo.audit.domain import GENESIS, HASHED, link_hash
from spoiwo.audit.models import ChainHead, Record

LOOKED_THROUGH = 20  # records read for each group that is to be shown


@dataclass(frozen=True)
class Deed:
    """One thing done: its name, the row it is about, the facts and the reason."""

    deed: str
    about: models.Model
    facts: dict = field(default_factory=dict)
    reason: str = ""


class Outsider:
    """Somebody without an account, of whom nothing is kept: who sent a remark."""

    def __str__(self) -> str:
        return "osoba spoza urzędu"


OUTSIDER = Outsider()


def record(*, by, deed: str, about: models.Model, reason: str = "", **facts) -> Record:
    """Write one deed into the chain, inside the caller's transaction.

    `by` is a user, OUTSIDER, or None for the command line; `facts` are JSON values without floats.
    Raises: TransactionManagementError outside a transaction, so that no deed stands without its change.
    """
    return record_all(by=by, deeds=[Deed(deed, about, facts, reason)])[0]


def name_of(by) -> str:
    """A person as printed in a report; nobody in particular is the command line."""
    return str(by) if by else "wiersz poleceń"


def record_all(*, by, deeds: Iterable[Deed], at: datetime | None = None) -> list[Record]:
    """Write many deeds of one person at one moment, in order."""
    head = _locked_head()
    at = at or timezone.now()
    rows = []
    for deed in deeds:
        row = _row(deed, by, at, head.sequence + 1)
        row.previous_hash = head.hash
        row.hash = head.hash = link_hash(_facts_of(row), head.hash)
        head.sequence += 1
        rows.append(row)
    Record.objects.bulk_create(rows, batch_size=500)
    head.save(update_fields=["sequence", "hash"])
    return rows


def _locked_head() -> ChainHead:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a deed is recorded inside the transaction of its change")
    head, _new = ChainHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": GENESIS})
    return ChainHead.objects.select_for_update().get(pk=head.pk)


def _row(deed: Deed, by, at: datetime, sequence: int) -> Record:
    return Record(
        sequence=sequence,
        at=at,
        by=None if by is OUTSIDER else by,
        by_name=str(by) if by else "",
        deed=deed.deed,
        about_type=deed.about._meta.label_lower,
        about_id=str(deed.about.pk),
        about_label=str(deed.about)[:300],
        facts=deed.facts,
        reason=deed.reason,
    )


def _facts_of(row: Record) -> dict:
    facts = {name: getattr(row, name) for name in HASHED if name != "by"}
    return facts | {"by": row.by_id}


def verify_chain() -> Iterator[str]:
    """Yield one sentence per fault of the chain; nothing when it holds.

    A tail cut off together with the head row is seen only against a head kept elsewhere:
    compare `chain_head()` with the figures printed in a final report.
    """
    previous, sequence = GENESIS, 0
    for row in Record.objects.order_by("sequence").iterator(chunk_size=2000):
        sequence += 1
        if row.sequence != sequence:
            yield f"Wpis {sequence}: brak go w dzienniku, następny jest {row.sequence}."
            sequence = row.sequence
        if row.previous_hash != previous:
            yield f"Wpis {row.sequence}: nie pasuje do poprzedniego (łańcuch przerwany)."
        if row.hash != link_hash(_facts_of(row), row.previous_hash):
            yield f"Wpis {row.sequence} ({row.deed}): treść nie zgadza się z odciskiem."
        previous = row.hash
    head = ChainHead.objects.first()
    if (head.sequence, head.hash) != (sequence, previous) if head else sequence:
        yield f"Koniec dziennika: ostatni wpis to {sequence}, głowa łańcucha wskazuje {head.sequence if head else 0}."


def chain_head() -> tuple[int, str]:
    """The number and hash of the last deed, to be kept outside the database."""
    head = ChainHead.objects.first()
    return (head.sequence, head.hash) if head else (0, GENESIS)


def grouped(history: Iterable[Record]) -> list[dict]:
    """Records with equal ones of the same person and minute told once: record, how many."""
    groups: list[dict] = []
    for row in history:
        same = (row.deed, row.by_name, row.at.replace(second=0, microsecond=0), row.reason)
        plain = not row.facts.get("changed")
        if groups and plain and groups[-1]["same"] == same:
            groups[-1]["count"] += 1
        else:
            groups.append({"record": row, "count": 1, "same": same if plain else None})
    return groups


def latest_deeds(many: int) -> list[dict]:
    """The latest groups of deeds; a file of thousands of lines read in is one of them, counted as far as was looked."""
    return grouped(Record.objects.order_by("-sequence")[: many * LOOKED_THROUGH])[:many]
