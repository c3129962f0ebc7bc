"""Erasing a person: the key is destroyed, and what was sealed under it is gone here and in every backup."""

from datetime import datetime

from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.vault.fields import IndexField
from spoiwo.vault.models import Subject
from spoiwo.vault.services.values import keyring, protected_models


def erase(subject: Subject, *, reason: str, now: datetime, by) -> None:
    """Destroy the key of a person, and take away the fingerprints of their values.

    Never inside another transaction: a key that is destroyed does not come back when the transaction fails. First it
    is written down that the erasure began, then the key is destroyed, then that it is done; what is interrupted
    between them is finished by `finish_erasures`. Repeated, it changes nothing.
    Raises: RuntimeError inside a transaction; VaultClosed.
    """
    with transaction.atomic(durable=True):
        held = Subject.objects.select_for_update(no_key=True).get(pk=subject.pk)
        if held.erased_at:
            return
        if not held.erasure_began_at:
            _begin(held, reason=reason, now=now, by=by)
    finish_erasure(held, now=now)


def _begin(subject: Subject, *, reason: str, now: datetime, by) -> None:
    subject.erasure_began_at, subject.reason = now, reason
    subject.save(update_fields=["erasure_began_at", "reason"])
    record(by=by, deed="vault.erasure_began", about=subject, reason=reason)


def finish_erasure(subject: Subject, *, now: datetime) -> None:
    """The second half of an erasure; also run for erasures that were interrupted. Never inside another transaction."""
    with transaction.atomic(durable=True):
        held = Subject.objects.select_for_update(no_key=True).get(pk=subject.pk)
        if not held.erasure_began_at:  # brought back by a backup of the database
            held.erasure_began_at = now
            held.save(update_fields=["erasure_began_at"])
        _take_fingerprints(held)
    keyring().destroy(subject.pk, now)
    with transaction.atomic():
        held = Subject.objects.select_for_update(no_key=True).get(pk=subject.pk)
        if held.erased_at is None:
            held.erased_at = now
            held.save(update_fields=["erased_at"])
            record(by=None, deed="vault.erased", about=held)


def finish_erasures(now: datetime) -> int:
    """Finish what was interrupted, and repeat what a backup brought back. Returns how many erasures there were.

    A backup of the database brings back the row of a person whose key was destroyed since; an older copy of the keys
    brings back the key of a person who was erased in the database. Both are erased again.
    """
    store = keyring().store if keyring().masters else None
    held, destroyed = store.subjects(), store.destroyed()
    rows = Subject.objects.values_list("uid", "erasure_began_at", "erased_at")
    unfinished = [
        uid for uid, began, erased in rows if (uid in held if erased else began is not None or uid in destroyed)
    ]
    for uid in unfinished:
        finish_erasure(Subject.objects.get(pk=uid), now=now)
    return len(unfinished)


def _take_fingerprints(subject: Subject) -> None:
    """A fingerprint is made with a key that stays, so it goes with the person."""
    for model in protected_models():
        columns = {field.attname: "" for field in model._meta.concrete_fields if isinstance(field, IndexField)}
        if columns:
            model._base_manager.filter(subject=subject).update(**columns)
