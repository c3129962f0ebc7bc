"""The one optimistic lock: a row is changed only by who saw it as it is.

Rows are locked from the owner to what it owns (a year, a draft, an account; then its lines, elements, roles), several
of one kind by their key, and the head of the chain of deeds last: two transactions never wait for each other. A lock
leaves the key alone (`no_key=True`): a deed that names a person, or a line that names a task, is written meanwhile.
"""

from typing import TypeVar

from django.db import models

from spoiwo.kernel.changes import ChangedMeanwhile

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, seen_version: int) -> Row:
    """The row as it is now, held until the transaction ends: whoever comes second waits here.

    Raises: ChangedMeanwhile, with the row as it is now, when its `version` is not the one that was seen.
    The caller raises `version` by one together with what it changes.
    """
    return unchanged(type(row)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=row.pk), seen_version)


def unchanged(held: Row, seen_version: int) -> Row:
    """A row that is held already, when it is the one that was seen. Raises: ChangedMeanwhile."""
    if held.version != seen_version:
        raise ChangedMeanwhile(held)
    return held
