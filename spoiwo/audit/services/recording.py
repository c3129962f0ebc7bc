"""Recording deeds, each in the transaction of its change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address

from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.utils import timezone

from spoiwo.audit.acting import circumstances, roles_of
from spoiwo.audit.domain import ADDED, CURRENT, GENESIS, HASHED, hash_of
from spoiwo.audit.models import ChainHead, Record
from spoiwo.audit.services.key import key_for
from spoiwo.kernel.canonical import canonical_text
from spoiwo.kernel.sealing import keyed_fingerprint

TEXTS = tuple(name for name in HASHED if name not in {"sequence", "by", "at", "facts"})
COLUMNS = ("sequence", "by_id", *TEXTS, *ADDED, "at", "facts", "previous_hash", "hash")  # in the order of `hash_of`
ATTRIBUTES = [field.attname for field in Record._meta.concrete_fields]
LONGEST_LABEL = 300
LONGEST_NAME = 200


@dataclass(frozen=True)
class Deed:
    """One thing done: its name, the row it is about, the facts and the reason; of a reading the purpose."""

    deed: str
    about: models.Model
    facts: dict = field(default_factory=dict)
    reason: str = ""
    reading: bool = False


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


def signed(by) -> str:
    """The name under a deed; a substitute's says for whom (`signature`), the command line has none."""
    return str(getattr(by, "signature", by))[:LONGEST_NAME] if by else ""


def name_of(by) -> str:
    """A person as printed in a report; nobody in particular is the command line."""
    return str(by) if by else "wiersz poleceń"


def record_all(*, by, deeds: Iterable[Deed], at: datetime | None = None) -> list[Record]:
    """Write many deeds of one person at one moment, in order; numbers, roles and address as they are then."""
    head, at = locked_head(), at or timezone.now()
    person = None if by is OUTSIDER else by
    request = circumstances()
    who = (person.pk if person else None, signed(by))
    where = (request.request_id, roles_of(person), hashed_address(request.address))
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    rows, texts = [], []
    for deed in deeds:
        about, facts = _about(deed), canonical_text(deed.facts)
        values = (head.sequence + 1, *who, deed.deed, *about, deed.reason, CURRENT, deed.reading, *where)
        previous, head.sequence = head.hash, head.sequence + 1
        head.hash = hash_of(*values, at=stamp, facts=facts, previous=previous)
        rows.append(_as_row(values, at, deed.facts, previous, head.hash))
        texts.append((*values, facts, previous, head.hash))
    _insert(texts, at)
    head.save(update_fields=["sequence", "hash"])
    return rows


def _as_row(values: tuple, at: datetime, facts: dict, previous: str, own: str) -> Record:
    """The row that is being written, without asking the database for it; in the order of the model's columns."""
    return Record.from_db(
        DEFAULT_DB_ALIAS, ATTRIBUTES, (values[0], at, *values[1:7], facts, *values[7:], previous, own)
    )


def _about(deed: Deed) -> tuple[str, str, str]:
    return deed.about._meta.label_lower, str(deed.about.pk), str(deed.about)[:LONGEST_LABEL]


def _insert(rows: list[tuple], at: datetime) -> None:
    """Write rows whose facts are already JSON; a year of lines read in is one statement, prepared once."""
    quoted = [connection.ops.quote_name(name) for name in (Record._meta.db_table, *COLUMNS)]
    marks = ", ".join(["%s"] * len(COLUMNS))
    sql = f"INSERT INTO {quoted[0]} ({', '.join(quoted[1:])}) VALUES ({marks})"  # noqa: S608 # nosec B608 - names of our own
    stamp = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(*row[:-3], stamp, *row[-3:]) for row in rows])


def locked_head() -> ChainHead:
    """The head of the chain, locked: who comes second waits for the first one's transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a deed is recorded inside the transaction of its change")
    head, _new = ChainHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": GENESIS})
    return ChainHead.objects.select_for_update(no_key=True).get(pk=head.pk)


def hashed_address(address: str) -> str:
    """The keyed fingerprint of a network address, one for all ways to write it; nothing for none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return keyed_fingerprint(key_for("address"), str(found))[:32]


def facts_of(row: Record) -> dict:
    """What the hash of a row covers."""
    return {name: getattr(row, name) for name in (*HASHED, *ADDED) if name != "by"} | {"by": row.by_id}
