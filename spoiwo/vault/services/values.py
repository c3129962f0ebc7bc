"""Sealing into rows, opening with a purpose, and searching by fingerprint."""

from datetime import datetime
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction

from spoiwo.audit.services import record_reading
from spoiwo.kernel.sealing import SealBroken, folded, keyed_fingerprint, padded, place_of, seal, unpadded, unseal
from spoiwo.vault.errors import KeysOfAnother, PurposeMissing
from spoiwo.vault.fields import EMPTY, Sealed, SealedField
from spoiwo.vault.keyring import Keyring, house_key_of
from spoiwo.vault.models import KeyProof, ProtectedModel, Subject


@cache
def _keyring_of(folder: Path) -> Keyring:
    return Keyring(folder, may_found=_nothing_is_sealed)


def _nothing_is_sealed() -> bool:
    """Whether the database knows no keys yet; otherwise a missing file is a fault, and nobody makes another."""
    return not KeyProof.objects.exists() and not Subject.objects.exists()


def keyring() -> Keyring:
    """The keys of this installation."""
    return _keyring_of(Path(settings.KEYS_DIR))


def new_subject(*, now: datetime) -> Subject:
    """A new person with a key of their own. A key left over by a transaction that failed opens nothing.

    Raises: KeysOfAnother, so that no person is ever kept under the keys of another installation; VaultClosed.
    """
    refuse_keys_of_another()
    subject = Subject(created_at=now)
    keyring().new_subject_key(subject.uid, now)
    subject.save(force_insert=True)
    return subject


def refuse_keys_of_another() -> None:
    """Compare the keys with the proof in the database. Raises: KeysOfAnother, VaultClosed."""
    proof = KeyProof.objects.first()
    if proof is not None and not proves(bytes(proof.sealed), keyring().masters.house):
        raise KeysOfAnother("the keys that lie here are not those of this database")


def proves(sealed: bytes, house: bytes) -> bool:
    """Whether a root of the house opens the proof of a database."""
    try:
        unseal(house_key_of(house, PROOF), sealed, place_of(PROOF))
    except SealBroken:
        return False
    return True


PROOF = "proof of the database"


def seal_into(row: ProtectedModel, **values: str) -> list[str]:
    """Put protected texts into a row, sealed; the caller saves it. Returns the names of the columns that changed.

    `row.subject` must be set. Raises: Erased, VaultClosed; FieldDoesNotExist for a field that is not there.
    """
    key = keyring().key_of(row.subject_id)
    columns = []
    for name, text in values.items():
        field = sealed_field(type(row), name)
        setattr(row, name, Sealed(seal(key, padded(text.encode()), _place(row, name))) if text else EMPTY)
        columns.append(name)
        if field.indexed:
            setattr(row, f"{name}_index", fingerprint_of(type(row), name, text))
            columns.append(f"{name}_index")
    return columns


@transaction.atomic
def open_values(row: ProtectedModel, names: list[str], *, by, purpose: str, deed: str) -> dict[str, str]:
    """The protected texts of a row, by name, for one person and one purpose; recorded before anybody sees them.

    No record, no values: the reading and its record are one transaction.
    Raises: PurposeMissing, Erased, VaultClosed; SealBroken when a value was moved from another row or field.
    """
    if not purpose.strip():
        raise PurposeMissing(deed)
    values = unsealed(row, names)
    record_reading(by=by, about=row, purpose=purpose, fields=names, deed=deed)
    return values


def unsealed(row: ProtectedModel, names: list[str]) -> dict[str, str]:
    """The protected texts of a row without a record. Only for services that record the reading themselves.

    Raises: Erased, VaultClosed; SealBroken when a value was moved from another row or field.
    """
    keys = keyring().keys_of(row.subject_id)
    found = {}
    for name in names:
        sealed = sealed_field(type(row), name).value_from_object(row)
        found[name] = unpadded(_opened(keys, sealed.blob, _place(row, name))).decode() if sealed else ""
    return found


def _opened(keys: list[bytes], blob: bytes, place: bytes) -> bytes:
    """The content under the first key that opens it: there are two only while the key of a person is changed."""
    for key in keys[:-1]:
        try:
            return unseal(key, blob, place)
        except SealBroken:
            continue
    return unseal(keys[-1], blob, place)


def _place(row: ProtectedModel, name: str) -> bytes:
    return place_of(row._meta.db_table, row.uid, name)


def protected_models() -> list[type[ProtectedModel]]:
    """Every table whose rows carry sealed values of a subject."""
    return [model for model in apps.get_models() if issubclass(model, ProtectedModel)]


def sealed_fields(model: type) -> list[SealedField]:
    """The sealed columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


def sealed_field(model: type, name: str) -> SealedField:
    """The sealed column of a model. Raises: FieldDoesNotExist, TypeError."""
    field = model._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{model._meta.label}.{name} is not a protected field")
    return field


def fingerprint_of(model: type, name: str, text: str) -> str:
    """What stands in `<name>_index` of a row that is written now; empty for an empty text."""
    return next(iter(fingerprints_of(model, name, text)), "")


def fingerprints_of(model: type, name: str, text: str) -> list[str]:
    """What exact search looks for in `<name>_index`: two while the key of fingerprints is changed, none for no text.

    `rows.filter(pesel_index__in=fingerprints_of(Person, "pesel", typed))`
    """
    plain = folded(text)
    keys = keyring().search_keys(f"{model._meta.db_table}.{name}") if plain else []
    return [keyed_fingerprint(key, plain) for key in keys]
