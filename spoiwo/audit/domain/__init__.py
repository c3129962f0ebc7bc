"""The rules of the record: its links, its heads kept elsewhere, and what the weekly review looks for."""

from spoiwo.audit.domain.links import ADDED, CURRENT, FIRST, GENESIS, HASHED, hash_of, initials, link_hash

__all__ = ["ADDED", "CURRENT", "FIRST", "GENESIS", "HASHED", "hash_of", "initials", "link_hash"]
