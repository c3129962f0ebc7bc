"""The one optimistic lock: a row is changed only by who saw it as it is."""

from typing import TypeVar

from django.db import models

from spoiwo.kernel.changes import ChangedMeanwhile

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, seen_version: int) -> Row:
    """The row as it is now, held until the transaction ends: whoever comes second waits here.

    Raises: ChangedMeanwhile, with the row as it is now, when its `version` is not the one that was seen.
    The caller raises `version` by one together with what it changes.
    """
    return unchanged(type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk), seen_version)


def unchanged(held: Row, seen_version: int) -> Row:
    """A row that is held already, when it is the one that was seen. Raises: ChangedMeanwhile."""
    if held.version != seen_version:
        raise ChangedMeanwhile(held)
    return held
