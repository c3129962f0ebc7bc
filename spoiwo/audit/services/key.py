"""The key of the record: one file among the keys of the house, outside the database and its backups.

From it come the fingerprints of network addresses, the signatures of heads and the number of the installation. It is
apart from the master keys of the vault, so that changing those leaves old heads and fingerprints comparable.

It is laid on first use, and only then: where an entry has a fingerprint already, a missing file is a loss that is told.
Entries of form 1 and those of the command line have none; a house that holds only such ones begins with a new key.
"""

import base64
import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from spoiwo.audit.errors import HousekeyBroken, HousekeyLost
from spoiwo.audit.models import Record
from spoiwo.kernel.sealing import KEY_BYTES, derived_key, keyed_fingerprint, new_key

FILE = "audit.key"


def key_for(purpose: str) -> bytes:
    """The key for one purpose; made on first use. Raises: HousekeyBroken, HousekeyLost, OSError."""
    return _key_for(_file(), purpose)


def check_key() -> None:
    """Make sure that the key is whole, where one is needed already; lays none. Raises: as `key_for`."""
    file = _file()
    if file.exists():
        _read(file)
    else:
        _refuse_loss(file)


def lay_new_key() -> None:
    """Lay a key where there is none, whatever the record holds. Raises: FileExistsError, OSError."""
    file = _file()
    if file.exists():
        raise FileExistsError(FILE)
    _found(file)
    _key_for.cache_clear()


def installation() -> str:
    """The number of this installation: the same as long as the key is."""
    return keyed_fingerprint(key_for("installation"), "installation")[:16]


def _file() -> Path:
    return Path(settings.KEYS_DIR) / FILE


@cache
def _key_for(file: Path, purpose: str) -> bytes:
    if not file.exists():
        _refuse_loss(file)
        _found(file)
    return derived_key(_read(file), f"audit {purpose}")


def _refuse_loss(file: Path) -> None:
    """Tell that the key is gone, when an entry was made with it. Asked first, then looked: another may just lay it."""
    if Record.objects.made_with_key().exists() and not file.exists():
        words = _(
            "The key of the record of changes is missing: there is no %(file)s in %(folder)s, and the record holds "
            "entries made with it. No other key was laid. Bring the file back from the newest copy of the keys (the "
            "page from spoiwo keys paper does not hold it), or name the folder of the right keys in SPOIWO_KEYS_DIR. "
            "If no copy is left: spoiwo audit new-key."
        )
        raise HousekeyLost(words % {"file": file.name, "folder": file.parent})


def _read(file: Path) -> bytes:
    try:
        key = base64.b64decode(file.read_text(encoding="ascii").strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        words = _("The file %(file)s in %(folder)s is not a whole key. Bring it back from the newest copy of the keys.")
        raise HousekeyBroken(words % {"file": file.name, "folder": file.parent})
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
