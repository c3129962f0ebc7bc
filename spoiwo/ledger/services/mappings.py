"""Column mappings of the accounting system, remembered and offered again."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from spoiwo.audit.services import record
from spoiwo.doors.locking import unchanged
from spoiwo.kernel.changes import changed
from spoiwo.ledger.domain.books import COLUMNS, CONSTANTS, SIGNS, Mapping, fingerprint_of, proposed
from spoiwo.ledger.models import ColumnMapping


def mapping_called(region: str, name: str) -> ColumnMapping | None:
    """The mapping of that name."""
    return ColumnMapping.objects.filter(region=region, name=name).first()


def mapping_for(region: str, header: Sequence[str]) -> tuple[Mapping, ColumnMapping | None]:
    """The mapping that was used last with these headings; else one proposed from them."""
    held = ColumnMapping.objects.filter(region=region, headings=fingerprint_of(header)).first()
    return (as_mapping(held), held) if held else (proposed(header), None)


def as_mapping(row: ColumnMapping) -> Mapping:
    """A kept mapping as the rules need it."""
    constants = {name: row.constants.get(name, "") for name in CONSTANTS}
    signs = row.constants.get("signs", "plus")
    columns = {name: heading for name, heading in row.columns.items() if name in COLUMNS}
    return Mapping(columns, signs if signs in SIGNS else "plus", constants)


@transaction.atomic
def remember_mapping(
    *, region: str, name: str, header: Sequence[str], mapping: Mapping, by, seen_version: int = 0
) -> ColumnMapping:
    """Keep a mapping under a name; the same again only notes that it was used.

    Raises: ChangedMeanwhile when another mapping of this name was kept after `seen_version`; 0 means that the person
    saw none, and then a mapping of the same name with the same headings is taken over.
    """
    headings = fingerprint_of(header)
    constants = mapping.constants | {"signs": mapping.signs}
    facts = {"headings": headings, "columns": mapping.columns, "constants": constants, "by": by}
    rows = ColumnMapping.objects.select_for_update(no_key=True)  # of two new ones the second finds the first
    row, new = rows.get_or_create(region=region, name=name, defaults=facts)
    if new:
        record(by=by, deed="ledger.mapping_kept", about=row, columns=mapping.columns, constants=constants)
        return row
    same = (row.headings, row.columns, row.constants) == (headings, mapping.columns, constants)
    row.used_at = timezone.now()
    if same:
        row.save(update_fields=["used_at"])
        return row
    unchanged(row, seen_version)
    before = {"columns": row.columns, "constants": row.constants}
    row.headings, row.columns, row.constants, row.by = headings, mapping.columns, constants, by
    row.version += 1
    row.save(update_fields=["headings", "columns", "constants", "by", "version", "used_at"])
    after = {"columns": mapping.columns, "constants": constants}
    record(by=by, deed="ledger.mapping_changed", about=row, changed=changed(before, after))
    return row
