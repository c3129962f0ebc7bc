"""Master keys as values: what their file holds, and how they follow one another."""

import base64
import json
from dataclasses import dataclass, replace

from spoiwo.kernel.sealing import KEY_BYTES, new_key
from spoiwo.vault.errors import VaultClosed


@dataclass(frozen=True, repr=False)
class Masters:
    """Master keys by number, the number in use, and the roots of other keys. It never prints a key.

    `index` is the root of fingerprints that can be computed anew; while that is done, `index_before` is the one before.
    `house` is the root of what belongs to no person; it stays for good, the proof of the database is made with it.
    """

    current: int
    keys: dict[int, bytes]
    index: bytes
    house: bytes
    index_before: bytes | None = None

    def __repr__(self) -> str:
        return f"Masters(current={self.current}, numbers={sorted(self.keys)})"

    def written(self) -> str:
        """As the file holds it."""
        held = {
            "current": self.current,
            "keys": {str(number): _text(key) for number, key in sorted(self.keys.items())},
            "index": _text(self.index),
            "house": _text(self.house),
        }
        if self.index_before:
            held["index_before"] = _text(self.index_before)
        return json.dumps(held, indent=1)

    def followed(self) -> "Masters":
        """With a new master key in use; the others still open what they wrapped."""
        number = max(self.keys) + 1
        return replace(self, current=number, keys=self.keys | {number: new_key()})

    def without_old(self) -> "Masters":
        """With the master key in use only."""
        return replace(self, keys={self.current: self.keys[self.current]})

    def with_new_index(self) -> "Masters":
        """With a new root of fingerprints beside the one before; where two are there already, nothing changes."""
        return self if self.index_before else replace(self, index=new_key(), index_before=self.index)


def founded() -> Masters:
    """The first keys of an installation."""
    return Masters(1, {1: new_key()}, index=new_key(), house=new_key())


def masters_from(text: str) -> Masters:
    """Master keys as their file holds them. Raises: VaultClosed when they are not whole."""
    try:
        held = json.loads(text)
        keys = {int(number): _key(key) for number, key in held["keys"].items()}
        index = _key(held["index"])
        house = _key(held.get("house", held["index"]))  # the first files had one root for both
        before = _key(held["index_before"]) if held.get("index_before") else None
        masters = Masters(int(held["current"]), keys, index, house, before)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise VaultClosed(f"not a file of master keys: {type(problem).__name__}") from None
    if masters.current not in keys:
        raise VaultClosed("the master key in use is missing")
    return masters


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key of another length")
    return key
