"""What a link of the chain is made of.

A link has a form, so that a column added later is inside the hash of the rows written since, and the hashes of the rows
before stay as they are. A form is never changed, only followed by another.
"""

from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring as quoted

from spoiwo.kernel.canonical import canonical_text

GENESIS = "0" * 64
FIRST, CURRENT = 1, 2
HASHED = (
    "sequence",
    "at",
    "by",
    "by_name",
    "deed",
    "about_type",
    "about_id",
    "about_label",
    "facts",
    "reason",
)
# What the second form added, with the value of a row of the first form, which has none of them.
ADDED = {"form": FIRST, "reading": False, "request_id": "", "roles": "", "address_hash": ""}


def link_hash(facts: dict, previous_hash: str) -> str:
    """SHA-256 over one record and the hash before it; times in UTC to the microsecond.

    Raises: TypeError, ValueError for what has no one writing.
    """
    at: datetime = facts["at"]
    values = [facts[name] for name in HASHED if name not in {"at", "facts"}]
    added = [facts.get(name, none) for name, none in ADDED.items()]
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hash_of(*values, *added, at=stamp, facts=canonical_text(facts["facts"]), previous=previous_hash)


def hash_of(
    sequence: int, by: int | None, by_name: str, deed: str, about_type: str, about_id: str, about_label: str,
    reason: str, form: int, reading: bool, request_id: str, roles: str, address_hash: str,
    *, at: str, facts: str, previous: str,
) -> str:  # fmt: skip
    """The hash from parts that are already written: time in UTC, facts as canonical JSON.

    The text is the canonical JSON of {"record": {...}, "previous": ...}, put together by hand: a million of them are
    verified while one waits. Raises: TypeError, ValueError for anything that the house would not have written.
    """
    about = f'"about_id":{quoted(about_id)},"about_label":{quoted(about_label)},"about_type":{quoted(about_type)}'
    person = "null" if by is None else whole(by)
    deed_at = f'"at":"{at}","by":{person},"by_name":{quoted(by_name)},"deed":{quoted(deed)}'
    if form == CURRENT:
        record = (
            f'{about},"address_hash":{quoted(address_hash)},{deed_at},"facts":{facts},"form":{CURRENT},'
            f'"reading":{"true" if reading else "false"},"reason":{quoted(reason)},"request_id":{quoted(request_id)},'
            f'"roles":{quoted(roles)},"sequence":{whole(sequence)}'
        )
    elif form == FIRST and not (reading or request_id or roles or address_hash):
        record = f'{about},{deed_at},"facts":{facts},"reason":{quoted(reason)},"sequence":{whole(sequence)}'
    else:
        raise ValueError("no link of this form")
    return sha256(f'{{"previous":{quoted(previous)},"record":{{{record}}}}}'.encode()).hexdigest()


def whole(number: int) -> str:
    """A whole number as it is written. Raises: TypeError for anything else, also for what only looks like one."""
    if type(number) is not int:
        raise TypeError(f"{type(number).__name__} is not a whole number")
    return str(number)


def initials(name: str) -> str:
    """ "Anna Przykładowa" → "A. Przykładowa": enough to ask, no more than needed in what everybody reads."""
    first, _space, last = name.partition(" ")
    return f"{first[:1]}.\u00a0{last}" if last else name
