"""One way to write a value as bytes, so that two people who hold the same facts get the same fingerprint."""

import json
from hashlib import sha256
from typing import Any

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical_json(value: Any) -> bytes:
    """Write a value as JSON: keys sorted by code point, UTF-8, no spaces, nothing escaped without need.

    Takes None, bool, int, str, list, tuple and dict with text keys. A tuple is written as a list.
    Raises: TypeError for anything else, above all a float, with the path to it; UnicodeEncodeError
    (a ValueError) for half a surrogate pair.
    """
    return canonical_text(value).encode("utf-8")


def canonical_text(value: Any) -> str:
    """The same as text. Raises: TypeError."""
    _refuse_inexact(value, "$")
    return _ENCODER.encode(value)


def rewritten(value: Any) -> str:
    """The text of a value that was read from JSON, whatever is in it: for comparing with what was written once."""
    return _ENCODER.encode(value)


def _refuse_inexact(value: Any, path: str) -> None:
    """Walk the value and stop at the first thing whose writing is not the same everywhere."""
    if value is None or isinstance(value, (str, int)):
        return
    if isinstance(value, dict):
        for key, held in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{path}: the key {key!r} is not text")
            if not isinstance(held, (str, int)):
                _refuse_inexact(held, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for i, held in enumerate(value):
            if not isinstance(held, (str, int)):
                _refuse_inexact(held, f"{path}[{i}]")
    else:
        raise TypeError(f"{path}: {type(value).__name__} has no canonical form")


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of `canonical_json(value)` as 64 lower-case hexadecimal digits."""
    return sha256(canonical_json(value)).hexdigest()
