"""Sealing of values: AES-256-GCM bound to the place where a value stands, keys wrapped by keys, keyed fingerprints.

Pure functions over bytes; where keys lie and who may use them is the business of the room `vault`.
Sources: NIST SP 800-38D (GCM, a random nonce of 96 bits; at most 2^32 of them under one key, and a key here belongs to
one person), ISO/IEC 7816-4 (padding), RFC 5869 (HKDF), RFC 2104 (HMAC).
"""

import hmac
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
BLOCK = 32  # bytes; the length of a sealed text is told to this measure only
FORM = b"\x01"  # the form of a sealed value, so that another can follow


class SealBroken(ValueError):
    """A sealed value cannot be opened: another key, another place, or changed bytes."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return os.urandom(KEY_BYTES)


def place_of(*parts: object) -> bytes:
    """Where a value stands, unambiguously: each part with its length before it."""
    encoded = [str(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def seal(key: bytes, content: bytes, place: bytes) -> bytes:
    """Seal the content for one place; the same content twice gives different bytes."""
    nonce = os.urandom(NONCE_BYTES)
    return FORM + nonce + AESGCM(key).encrypt(nonce, content, FORM + place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The content of a sealed value. Raises: SealBroken when key, place or bytes are not those of the sealing."""
    nonce = sealed[1 : 1 + NONCE_BYTES]
    if sealed[:1] != FORM or len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
        raise SealBroken("not a sealed value")
    try:
        return AESGCM(key).decrypt(nonce, sealed[1 + NONCE_BYTES :], FORM + place)
    except InvalidTag:
        raise SealBroken("another key, another place, or changed bytes") from None


def padded(content: bytes) -> bytes:
    """Fill up to whole blocks, so that the length of what is sealed does not tell "tak" from "nie ustalono"."""
    return content + b"\x80" + bytes(-(len(content) + 1) % BLOCK)


def unpadded(content: bytes) -> bytes:
    """What was filled up. Raises: SealBroken when it was not."""
    inner, mark, filling = content.rpartition(b"\x80")
    if not mark or filling.strip(b"\0"):
        raise SealBroken("not filled up to whole blocks")
    return inner


def derived_key(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, made from another; the purposes cannot be told from each other."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def keyed_fingerprint(key: bytes, text: str) -> str:
    """HMAC-SHA-256 of a text in hexadecimal: equal for equal texts, worthless without the key."""
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def folded(text: str) -> str:
    """A text for exact search: case, accents, dashes and blanks do not count ("Żółw-Nowak" = "zolw nowak")."""
    plain = unicodedata.normalize("NFKD", text.translate(_NO_MARKS)).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


_NO_MARKS = str.maketrans("łŁ", "lL")  # the only Polish letter that has no decomposition
