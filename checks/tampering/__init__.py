"""Ways to tamper with the record of deeds past the house, each undone afterwards.

Whoever tampers here may do everything that the owner of the database can: change, delete, insert, move, cut, calculate
the hashes anew and write the head row. Only the heads kept elsewhere and their key are out of reach.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from spoiwo.audit.domain import GENESIS, link_hash
from spoiwo.audit.domain.heads import Head
from spoiwo.audit.models import ChainHead, Record
from spoiwo.audit.services import record_all, verify_chain
from spoiwo.audit.services.heads import signed
from spoiwo.audit.services.key import installation
from spoiwo.audit.services.recording import Deed, facts_of

Way = Callable[[Random], None]
HOW: list[Way] = []


def way(how: Way) -> Way:
    """Put a way on the list."""
    HOW.append(how)
    return how


def build(many: int, chance: Random, about) -> list[Head]:
    """A chain of so many entries more, and the heads that left the house meanwhile, the last one at its end."""
    heads, left = [], many
    while left > 0:
        part = min(left, chance.randrange(1, max(2, many // 4)))
        with transaction.atomic():
            record_all(by=chance.choice([about, None]), deeds=[_deed(chance, about) for _n in range(part)])
        left -= part
        heads.append(head_now())
    return heads or [head_now()]


def _deed(chance: Random, about) -> Deed:
    changed = {"amount_gr": [1, chance.randrange(9)]}
    facts = {"n": chance.randrange(100), "changed": changed, "fields": ["ż", None, True]}
    deed, reason = f"tests.deed{chance.randrange(4)}", "powód " * chance.randrange(3)
    return Deed(deed, about, facts, reason, reading=chance.random() < 0.5)


def head_now() -> Head:
    """The head of this moment, signed, as it would be written outside."""
    head = ChainHead.objects.filter(pk=1).first()
    sequence, last = (head.sequence, head.hash) if head else (0, GENESIS)
    at = timezone.now().isoformat(timespec="microseconds")
    return signed(Head(sequence, last, at, Record.objects.count(), installation()))


@transaction.atomic
def found(how: Way, heads: list[Head], chance: Random) -> list[str]:
    """The faults that verification names after one tampering, which is undone."""
    how(chance)
    faults = list(verify_chain(heads))
    transaction.set_rollback(True)
    return faults


def some_row(chance: Random, first: int = 1) -> Record:
    """One entry, not before a number."""
    return Record.objects.get(sequence=chance.randrange(first, last_number() + 1))


def last_number() -> int:
    """The number of the last entry."""
    return Record.objects.latest("sequence").sequence


def change(row: Record, **fields) -> None:
    """Write columns past the house."""
    if Record.objects.filter(pk=row.pk).update(**fields) != 1:
        raise AssertionError("nothing was changed")


def other(row: Record, name: str, chance: Random) -> object:
    """Another value for a column."""
    value = getattr(row, name)
    if name == "at":
        return value + timedelta(microseconds=chance.choice([-1, 1, 10**9]))
    if name == "by":
        return None if value else row.about_id
    if name == "facts":
        n = value.get("n", 0)
        return chance.choice(
            [{}, *(value | more for more in ({"n": n + 1}, {"n": n + 0.5}, {"n": str(n)}, {"m": None}))]
        )
    if name == "form":
        return chance.choice([1, 3])
    if name == "reading":
        return not value
    if name in {"hash", "previous_hash"}:
        return chance.choice([value[::-1], "0" * 64, value.upper()])
    return chance.choice([f"{value}x", f" {value}", value[:-1] or "y"])


def chained_anew(first: int) -> None:
    """Calculate every hash from a number on and write the head row, as one who knows how the house does it."""
    before = Record.objects.filter(sequence__lt=first).order_by("-sequence").first()
    previous, number = (before.hash, before.sequence) if before else (GENESIS, 0)
    for row in Record.objects.filter(sequence__gte=first).order_by("sequence"):
        row.previous_hash, number = previous, row.sequence
        previous = row.hash = link_hash(facts_of(row), previous)
        Record.objects.filter(pk=row.pk).update(previous_hash=row.previous_hash, hash=row.hash)
    ChainHead.objects.filter(pk=1).update(sequence=number, hash=previous)


COLUMNS = [
    "at", "by", "by_name", "deed", "about_type", "about_id", "about_label", "facts", "reason", "form", "reading",
    "request_id", "roles", "address_hash", "previous_hash", "hash",
]  # fmt: skip


@way
def edit(chance: Random) -> None:
    """One column of one entry, any of them."""
    row, name = some_row(chance), chance.choice(COLUMNS)
    change(row, **{name: other(row, name, chance)})


@way
def edit_with_its_hash(chance: Random) -> None:
    """One column, and the hash of that entry calculated anew; of the last one the head row too."""
    names = ["at", "by", "by_name", "deed", "about_id", "facts", "reason", "reading"]
    row, name = some_row(chance), chance.choice(names)
    change(row, **{name: other(row, name, chance)})
    again = Record.objects.get(pk=row.pk)
    facts = again.facts | {"n": 1} if isinstance(again.facts.get("n"), float) else again.facts
    change(row, facts=facts, hash=link_hash(facts_of(again) | {"facts": facts}, again.previous_hash))
    if row.sequence == last_number():
        ChainHead.objects.filter(pk=1).update(hash=Record.objects.get(pk=row.pk).hash)


@way
def edit_and_chain_anew(chance: Random) -> None:
    """One column, and the whole chain after it with the head row."""
    row = some_row(chance)
    change(row, reason=f"{row.reason} inny")
    chained_anew(row.sequence)


@way
def delete(chance: Random) -> None:
    """A run of entries."""
    first = some_row(chance).sequence
    Record.objects.filter(sequence__gte=first, sequence__lt=first + chance.randrange(1, 5)).delete()


@way
def delete_and_chain_anew(chance: Random) -> None:
    """One entry; those after it move up by one and are chained anew."""
    first = some_row(chance).sequence
    Record.objects.filter(sequence=first).delete()
    for row in Record.objects.filter(sequence__gt=first).order_by("sequence"):
        Record.objects.filter(sequence=row.sequence).update(sequence=row.sequence - 1)
    chained_anew(first)


@way
def insert_at_the_end(chance: Random) -> None:
    """An invented entry after the last one, with or without the head row."""
    last = Record.objects.latest("sequence")
    forged = some_row(chance)
    forged.sequence, forged.previous_hash = last.sequence + 1, last.hash
    forged.hash = link_hash(facts_of(forged), last.hash)
    forged.save(force_insert=True)
    if chance.random() < 0.5:  # then it is a continuation that only the next head of the house would not know
        Record.objects.filter(sequence=last.sequence).delete()
        ChainHead.objects.filter(pk=1).update(sequence=forged.sequence, hash=forged.hash)


@way
def insert_between(chance: Random) -> None:
    """An invented entry among others, which move down by one and are chained anew."""
    first = some_row(chance).sequence
    for row in Record.objects.filter(sequence__gte=first).order_by("-sequence"):
        Record.objects.filter(sequence=row.sequence).update(sequence=row.sequence + 1)
    forged = some_row(chance, first + 1)
    forged.sequence, forged.reason = first, "wstawiony"
    forged.save(force_insert=True)
    chained_anew(first)


@way
def swap(chance: Random) -> None:
    """Two entries change places, with their hashes or without."""
    one = some_row(chance)
    two = some_row(chance)
    while two.sequence == one.sequence:
        two = some_row(chance)
    links = ["previous_hash", "hash"]
    names = [field.attname for field in Record._meta.fields if field.attname not in {"sequence", *links}]
    names += links if chance.random() < 0.5 else []
    different = [name for name in names if getattr(one, name) != getattr(two, name)]
    if not different:  # equal deeds of one moment: their places are all that tells them apart
        different = links
    change(one, **{name: getattr(two, name) for name in different})
    change(two, **{name: getattr(one, name) for name in different})


@way
def cut_the_tail(chance: Random) -> None:
    """The last entries, one or all of them."""
    Record.objects.filter(sequence__gte=some_row(chance).sequence).delete()


@way
def cut_the_tail_and_the_head(chance: Random) -> None:
    """The last entries, and the head row says that the one before was the last."""
    first = some_row(chance).sequence
    Record.objects.filter(sequence__gte=first).delete()
    chained_anew(first)


@way
def restore_an_older_copy(chance: Random) -> None:
    """The last entries are gone with the head row, and the house goes on writing: as many as before, or more."""
    row = some_row(chance)
    about, gone = row.by or Record.objects.exclude(by=None).first().by, last_number() - row.sequence + 1
    Record.objects.filter(sequence__gte=row.sequence).delete()
    chained_anew(row.sequence)
    record_all(by=about, deeds=[Deed("tests.later", about)] * (gone + chance.randrange(3)))


@way
def write_the_head_row(chance: Random) -> None:
    """The head row is gone or says something else."""
    head = ChainHead.objects.filter(pk=1)
    chance.choice([
        lambda: head.delete(),
        lambda: head.update(hash="f" * 64),
        lambda: head.update(sequence=last_number() - 1),
        lambda: head.update(sequence=last_number() + 1),
    ])()  # fmt: skip
