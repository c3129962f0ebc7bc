"""Sealing into rows, opening with a purpose, searching by fingerprint, and erasing a person."""

from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.kernel.sealing import folded, keyed_fingerprint, place_of, seal, unseal
from spoiwo.vault.errors import PurposeMissing
from spoiwo.vault.fields import EMPTY, Sealed, SealedField
from spoiwo.vault.keyring import Keyring
from spoiwo.vault.models import ProtectedModel, Subject


@cache
def _keyring_of(folder: Path) -> Keyring:
    return Keyring(folder)


def keyring() -> Keyring:
    """The keys of this installation."""
    return _keyring_of(Path(settings.KEYS_DIR))


def new_subject(*, now: datetime) -> Subject:
    """A new person with a key of their own. A key left over by a transaction that failed opens nothing."""
    subject = Subject(created_at=now)
    keyring().new_subject_key(subject.uid)
    subject.save(force_insert=True)
    return subject


def seal_into(row: ProtectedModel, **values: str) -> list[str]:
    """Put protected texts into a row, sealed; the caller saves it. Returns the names of the columns that changed.

    `row.subject` must be set. Raises: Erased, VaultClosed; FieldDoesNotExist for a field that is not there.
    """
    key = keyring().key_of(row.subject_id)
    columns = []
    for name, text in values.items():
        field = sealed_field(type(row), name)
        place = place_of(row._meta.db_table, row.uid, name)
        setattr(row, name, Sealed(seal(key, text.encode(), place)) if text else EMPTY)
        columns.append(name)
        if field.indexed:
            setattr(row, f"{name}_index", fingerprint_of(type(row), name, text))
            columns.append(f"{name}_index")
    return columns


@transaction.atomic
def open_values(row: ProtectedModel, names: list[str], *, by, purpose: str, deed: str) -> dict[str, str]:
    """The protected texts of a row, by name, for one person and one purpose; recorded before anybody sees them.

    No record, no values: the reading and its record are one transaction.
    Raises: PurposeMissing, Erased, VaultClosed.
    """
    if not purpose.strip():
        raise PurposeMissing(deed)
    values = unsealed(row, names)
    record(by=by, deed=deed, about=row, reason=purpose, fields=sorted(names))
    return values


def unsealed(row: ProtectedModel, names: list[str]) -> dict[str, str]:
    """The protected texts of a row without a record. Only for services that record the reading themselves.

    Raises: Erased, VaultClosed; SealBroken when a value was moved from another row or field.
    """
    key = keyring().key_of(row.subject_id)
    found = {}
    for name in names:
        sealed = sealed_field(type(row), name).value_from_object(row)
        place = place_of(row._meta.db_table, row.uid, name)
        found[name] = unseal(key, sealed.blob, place).decode() if sealed else ""
    return found


def sealed_field(model: type, name: str) -> SealedField:
    """The sealed column of a model. Raises: FieldDoesNotExist, TypeError."""
    field = model._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{model._meta.label}.{name} is not a protected field")
    return field


def fingerprint_of(model: type, name: str, text: str) -> str:
    """What exact search compares in `<name>_index`; empty for an empty text."""
    plain = folded(text)
    purpose = f"{model._meta.db_table}.{name}"
    return keyed_fingerprint(keyring().index_key(purpose), plain) if plain else ""


def erase(subject: Subject, *, reason: str, now: datetime, by) -> None:
    """Destroy the key of a person: what was sealed under it is gone here and in every backup of the database.

    Rooms take away fingerprints of their rows before they call this. Repeated, it changes nothing.
    """
    with transaction.atomic():
        held = Subject.objects.select_for_update().get(pk=subject.pk)
        if held.erased_at:
            return
        held.erasure_began_at, held.reason = held.erasure_began_at or now, held.reason or reason
        held.save(update_fields=["erasure_began_at", "reason"])
        record(by=by, deed="vault.erasure_began", about=held, reason=reason)
    finish_erasure(held, now=now)


def finish_erasure(subject: Subject, *, now: datetime) -> None:
    """The second half of an erasure; also run for erasures that were interrupted."""
    keyring().destroy(subject.pk)
    with transaction.atomic():
        held = Subject.objects.select_for_update().get(pk=subject.pk)
        if held.erased_at is None:
            held.erased_at = now
            held.save(update_fields=["erased_at"])
            record(by=None, deed="vault.erased", about=held)
