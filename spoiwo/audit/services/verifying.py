"""Checking the chain: every link, its end, and the heads that are kept elsewhere."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from spoiwo.audit.domain import CURRENT, FIRST, GENESIS, hash_of
from spoiwo.audit.domain.heads import Gap, Head, gaps_of
from spoiwo.audit.models import ChainHead, Record
from spoiwo.audit.services.recording import COLUMNS
from spoiwo.kernel.canonical import rewritten

AT_ONCE = 2000
SPACED = '": '  # how PostgreSQL writes JSON; SQLite keeps the text that was hashed


class Walk:
    """One walk along the chain: where it stands, and the hashes at the numbers it was asked to keep."""

    def __init__(self, keep: Iterable[int] = ()) -> None:
        self.sequence, self.hash, self.form = 0, GENESIS, FIRST
        self.last_at: datetime | str | None = None
        self.kept: dict[int, str] = {}
        self._keep = frozenset(keep)

    def faults(self, rows: Iterable[tuple]) -> Iterator[str]:
        """One sentence per fault among further rows, which come in the order of their numbers."""
        for row in rows:
            *values, at, facts, previous, found = row
            number, deed, form = values[0], values[3], values[8]
            self.sequence += 1
            if number != self.sequence:
                yield f"Wpis {self.sequence}: brak go w dzienniku, następny jest {number}."
                self.sequence = number
            if previous != self.hash:
                yield f"Wpis {number}: nie pasuje do poprzedniego (łańcuch przerwany)."
            if form != self.form:
                if form != CURRENT:
                    yield f"Wpis {number}: ma inną postać niż wpis przed nim."
                self.form = CURRENT
            if not _is_whole(values, at, facts, previous, found):
                yield f"Wpis {number} ({deed}): treść nie zgadza się z odciskiem."
            self.hash, self.last_at = found, at
            if number in self._keep:
                self.kept[number] = found


def _is_whole(values: list, at: datetime | str, facts: str, previous: str, found: str) -> bool:
    """Whether a row has the hash it should have; never for what the house cannot have written."""
    try:
        if values[9] not in (0, 1):  # SQLite keeps any number in a column of yes and no
            return False
        stamp = written_at(at)
        as_hashed = SPACED not in facts and hash_of(*values, at=stamp, facts=facts, previous=previous) == found
        return as_hashed or (hash_of(*values, at=stamp, facts=rewritten(json.loads(facts)), previous=previous) == found)
    except (TypeError, ValueError, RecursionError):
        return False


def written_at(at: datetime | str) -> str:
    """A moment as a link holds it, from what the database gives: a text without offset in SQLite, else a datetime."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.isoformat(timespec="microseconds")


def verify_chain(heads: Iterable[Head] = ()) -> Iterator[str]:
    """Yield one sentence per fault of the chain; nothing when it holds. Deeds may be recorded meanwhile.

    A tail cut off together with the head row, and a chain that was made anew, are seen only against heads kept
    elsewhere: give those. Their signatures were checked before.
    """
    heads = list(heads)
    walk = Walk(head.sequence for head in heads)
    yield from walk.faults(_rows(Record.objects.all()))
    head = ChainHead.objects.filter(pk=1).first()
    if head and head.sequence > walk.sequence:  # recorded since the walk began
        yield from walk.faults(_rows(Record.objects.filter(sequence__gt=walk.sequence, sequence__lte=head.sequence)))
    if (head.sequence, head.hash) != (walk.sequence, walk.hash) if head else walk.sequence:
        last = head.sequence if head else 0
        yield f"Koniec dziennika: ostatni wpis to {walk.sequence}, głowa łańcucha wskazuje {last}."
    for gap in gaps_of(heads, walk.kept, walk.sequence):
        yield _in_words(gap, walk.last_at)


def _rows(records) -> Iterator[tuple]:
    """Rows as the database gives them: turning a million into objects would take most of the time."""
    sql, params = records.order_by("sequence").values_list(*COLUMNS).query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def _in_words(gap: Gap, last_at: datetime | str | None) -> str:
    until = _shown(gap.until.at)
    if gap.cut:
        since = f"ostatni zachowany jest z {_shown(last_at)}" if last_at else "nie ma żadnego"
        return (
            f"Obcięty koniec: brak wpisów od {gap.first} do {gap.last}; {since}, "
            f"a głowa zapisana poza bazą {until} wskazuje wpis {gap.last}."
        )
    since = f"po {_shown(gap.after.at)}" if gap.after else "od początku"
    return (
        f"Podmienione wpisy: od {gap.first} do {gap.last} ({since}, do {until}) "
        "dziennik nie zgadza się z głowami zapisanymi poza bazą."
    )


def _shown(at: datetime | str) -> str:
    moment = timezone.localtime(datetime.fromisoformat(written_at(at)))
    return f"{moment.day}.{moment:%m.%Y, %H.%M.%S}"


def chain_head() -> tuple[int, str]:
    """The number and hash of the last deed, to be kept outside the database."""
    head = ChainHead.objects.first()
    return (head.sequence, head.hash) if head else (0, GENESIS)
