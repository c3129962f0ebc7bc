"""One key after another: master keys, the key of fingerprints, the key of one person. All of it while the house works.

Each step can be killed at any moment and begun again: what is left to do is read from what is there.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from spoiwo.audit.services import record
from spoiwo.vault.domain.masters import Masters
from spoiwo.vault.errors import Erased, StillUsed
from spoiwo.vault.models import ProtectedModel, Subject
from spoiwo.vault.outside import sealed_outside
from spoiwo.vault.services.proof import lay_proof
from spoiwo.vault.services.values import (
    fingerprint_of,
    keyring,
    protected_models,
    seal_into,
    sealed_fields,
    unsealed,
)

BATCH = 500
SETTLED = timedelta(minutes=15)  # after it nobody still saves what was sealed before a key was changed


def new_master(*, by) -> int:
    """Lay a new master key; new persons are wrapped by it at once, the others by `rewrapped`. Returns its number."""
    number = keyring().new_master()
    _record(by, "vault.master_laid", number=number)
    return number


def rewrapped(*, by, many: int = 1000) -> Iterator[int]:
    """Wrap every envelope anew under the master key in use, batch by batch; yields how many of each."""
    total = 0
    while done := keyring().rewrap(many):
        total += done
        yield done
    if total:
        _record(by, "vault.envelopes_wrapped", many=total, number=keyring().masters.current)


def drop_old(*, by) -> list[int]:
    """Destroy master keys that are no longer in use. Returns their numbers.

    Raises: StillUsed while an envelope needs one of them.
    """
    dropped = keyring().drop_old()
    if dropped:
        _record(by, "vault.masters_dropped", numbers=dropped)
    return dropped


def keys_for_paper(*, by) -> Masters:
    """The master keys, to be printed; it is recorded first that they were."""
    _record(by, "vault.keys_printed", numbers=sorted(keyring().masters.keys))
    return keyring().masters


# --- the key of fingerprints


def new_index(*, by) -> Iterator[int]:
    """Compute every fingerprint anew under a new key, batch by batch; yields how many rows changed in each.

    Search finds both kinds meanwhile (`fingerprints_of`). Begun again, it goes on with the same new key. The key before
    stays until `drop_old_index`.
    """
    if keyring().begin_new_index():
        _record(by, "vault.index_laid")
    for model in protected_models():
        if any(field.indexed for field in sealed_fields(model)):
            yield from _computed_anew(model)


def _computed_anew(model: type[ProtectedModel]) -> Iterator[int]:
    last = 0
    while True:
        with transaction.atomic():
            rows = model._base_manager.select_for_update(no_key=True).filter(pk__gt=last).order_by("pk")[:BATCH]
            rows = list(rows)
            changed = _index_anew(rows)
        if not rows:
            return
        last = rows[-1].pk
        yield changed


def _index_anew(rows: list[ProtectedModel]) -> int:
    """Give rows of one table the fingerprints of today; returns how many had others."""
    changed, columns = [], set()
    for row in rows:
        if fresh := _stale_fingerprints(row):
            changed.append(row)
            columns |= set(fresh)
            for column, mark in fresh.items():
                setattr(row, column, mark)
    if changed:
        type(changed[0])._base_manager.bulk_update(changed, sorted(columns))
    return len(changed)


def _stale_fingerprints(row: ProtectedModel) -> dict[str, str]:
    """Columns of a row whose fingerprint is not the one of today, with it."""
    names = [field.name for field in sealed_fields(type(row)) if field.indexed and getattr(row, f"{field.name}_index")]
    try:
        values = unsealed(row, names) if names else {}
    except Erased:
        return {f"{name}_index": "" for name in names}
    fresh = {f"{name}_index": fingerprint_of(type(row), name, text) for name, text in values.items()}
    return {column: mark for column, mark in fresh.items() if mark != getattr(row, column)}


def drop_old_index(*, by) -> None:
    """Destroy the key of fingerprints that was used before. Raises: StillUsed while a row has one made with it."""
    if not keyring().masters.index_before:
        return
    stale = sum(
        bool(_stale_fingerprints(row))
        for model in protected_models()
        if any(field.indexed for field in sealed_fields(model))
        for row in model._base_manager.iterator(chunk_size=BATCH)
    )
    if stale:
        raise StillUsed(stale)
    keyring().end_new_index()
    _record(by, "vault.index_dropped")


# --- the key of one person


def reseal(subject: Subject, *, by, reason: str, now: datetime) -> int:
    """Give a person a new key and seal every value of theirs under it. Returns the number of rows.

    The older key stays for a quarter of an hour, for whoever was just saving; then `finish_reseals` destroys it.
    Raises: StillUsed when files are sealed directly under the present key; Erased, VaultClosed.
    """
    keyring().key_of(subject.pk)
    if count := sealed_outside(subject.pk):
        raise StillUsed(count)
    keyring().new_subject_key(subject.pk, now)
    with transaction.atomic():
        held = Subject.objects.select_for_update(no_key=True).get(pk=subject.pk)
        if held.erasure_began_at:
            raise Erased(subject.pk)
        rows = _sealed_anew(held)
        record(by=by, deed="vault.resealed", about=held, reason=reason, rows=rows)
    return rows


def _sealed_anew(subject: Subject) -> int:
    count = 0
    for model in protected_models():
        for row in model._base_manager.select_for_update(no_key=True).filter(subject=subject):
            names = [field.name for field in sealed_fields(model) if getattr(row, field.name)]
            if not names:
                continue
            columns = seal_into(row, **unsealed(row, names))
            model._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in columns})
            count += 1
    return count


def finish_reseals(now: datetime) -> int:
    """Destroy older keys of persons a quarter of an hour after the newest was laid. Returns how many persons.

    Values that were sealed under the older key meanwhile, or that a killed run left, are sealed anew before.
    """
    store, finished = keyring().store, 0
    for uid in store.superseded() if keyring().masters else ():
        laid_at = store.of(uid)[0].laid_at
        if laid_at and datetime.fromisoformat(laid_at) > now - SETTLED:
            continue
        if sealed_outside(uid):
            continue
        with transaction.atomic():
            for subject in Subject.objects.select_for_update(no_key=True).filter(Q(pk=uid), erasure_began_at=None):
                _sealed_anew(subject)
        keyring().forget_older_keys(uid)
        finished += 1
    return finished


def _record(by, deed: str, **facts) -> None:
    with transaction.atomic():
        record(by=by, deed=deed, about=lay_proof(), **facts)
