"""What a link of the chain is made of."""

from datetime import UTC, datetime

from spoiwo.kernel.canonical import fingerprint

GENESIS = "0" * 64
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


def link_hash(facts: dict, previous_hash: str) -> str:
    """SHA-256 over one record and the hash before it; times in UTC to the microsecond."""
    at: datetime = facts["at"]
    stamped = {name: facts[name] for name in HASHED if name != "at"}
    stamped["at"] = at.astimezone(tz=UTC).isoformat(timespec="microseconds")
    return fingerprint({"record": stamped, "previous": previous_hash})


def initials(name: str) -> str:
    """ "Anna Przykładowa" → "A. Przykładowa": enough to ask, no more than needed in what everybody reads."""
    first, _space, last = name.partition(" ")
    return f"{first[:1]}.\u00a0{last}" if last else name
