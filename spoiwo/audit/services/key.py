"""The key of the record: one file among the keys of the house, outside the database and its backups.

From it come the fingerprints of network addresses, the signatures of heads and the number of the installation. It is
apart from the master keys of the vault, so that changing those leaves old heads and fingerprints comparable.
"""

import base64
import os
from functools import cache
from pathlib import Path

from django.conf import settings

from spoiwo.audit.errors import HousekeyBroken
from spoiwo.kernel.sealing import KEY_BYTES, derived_key, keyed_fingerprint, new_key

FILE = "audit.key"


def key_for(purpose: str) -> bytes:
    """The key for one purpose; made on first use. Raises: HousekeyBroken, OSError."""
    return _key_for(Path(settings.KEYS_DIR) / FILE, purpose)


def installation() -> str:
    """The number of this installation: the same as long as the key is."""
    return keyed_fingerprint(key_for("installation"), "installation")[:16]


@cache
def _key_for(file: Path, purpose: str) -> bytes:
    if not file.exists():
        _found(file)
    return derived_key(_read(file), f"audit {purpose}")


def _read(file: Path) -> bytes:
    try:
        key = base64.b64decode(file.read_text(encoding="ascii").strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise HousekeyBroken(f"{file.name} is not a key")
    return key


def _found(file: Path) -> None:
    """Lay the key, whole or not at all; of two who do so at once the first wins."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{os.getpid()}.{new_key().hex()[:8]}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as target:
            target.write(base64.b64encode(new_key()).decode())
            target.flush()
            os.fsync(target.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
