"""Deeds as a page tells them."""

from collections.abc import Iterable

from spoiwo.audit.models import Record

LOOKED_THROUGH = 20  # records read for each group that is to be shown


def grouped(history: Iterable[Record]) -> list[dict]:
    """Records with equal ones of the same person and minute told once: record, how many."""
    groups: list[dict] = []
    for row in history:
        same = (row.deed, row.by_name, row.at.replace(second=0, microsecond=0), row.reason)
        plain = not row.facts.get("changed")
        if groups and plain and groups[-1]["same"] == same:
            groups[-1]["count"] += 1
        else:
            groups.append({"record": row, "count": 1, "same": same if plain else None})
    return groups


def latest_deeds(many: int) -> list[dict]:
    """The latest groups of changes; thousands of lines read in are one of them, counted as far as was looked."""
    return grouped(Record.objects.changes().order_by("-sequence")[: many * LOOKED_THROUGH])[:many]
