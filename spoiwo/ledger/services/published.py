"""Published amounts: reading them in, and setting each whole beside the sum of its parts."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from spoiwo.audit.services import Deed, record_all
from spoiwo.ledger.domain.faults import Fault
from spoiwo.ledger.domain.published import PUBLISHED, Compared, Row, check_published, compare
from spoiwo.ledger.errors import PublishedRefused
from spoiwo.ledger.intake import read_table
from spoiwo.ledger.models import PublishedFigure

TABLE_FILE = f"{PUBLISHED.name}.csv"
COLUMNS = tuple(column.typed_name for column in PUBLISHED.columns if column.name not in {"region", "code", "parent"})
TEXTS = {"source_address", "note"}


@dataclass
class PublishedChange:
    """What reading a table of published amounts does, or did."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True)
class PublishedWhole:
    """One published amount with its parts and what they add up to."""

    figure: PublishedFigure
    parts: tuple[PublishedFigure, ...]
    compared: Compared


def published_wholes(region: str) -> list[PublishedWhole]:
    """Every whole of the region, the latest year first; parts stay below it and are never added again."""
    rows = list(PublishedFigure.objects.filter(region=region))
    parts: dict[int, list[PublishedFigure]] = {}
    for row in rows:
        if row.parent_id:
            parts.setdefault(row.parent_id, []).append(row)
    return [_whole(row, tuple(parts.get(row.pk, ()))) for row in rows if not row.parent_id]


def _whole(figure: PublishedFigure, parts: tuple[PublishedFigure, ...]) -> PublishedWhole:
    amounts = [part.amount_gr for part in parts]
    return PublishedWhole(figure, parts, compare(figure.amount_gr, amounts, complete=figure.parts_complete))


def import_published(*, path: Path, dry_run: bool = False, by) -> PublishedChange:
    """Read a table of published amounts in, all of it or nothing; the same table again changes nothing.

    `path` is the table or the folder that holds it. Amounts that left the table stay as they are.
    Raises: PublishedRefused with the faults; nothing is saved then.
    """
    rows = _read(path / TABLE_FILE if path.is_dir() else path)
    with transaction.atomic():
        change = _write(rows, by)
        transaction.set_rollback(dry_run)
    return change


def _read(file: Path) -> list[Row]:
    raw = read_table(file)
    faults: list[Fault] = list(raw.faults)
    rows: list[Row] = []
    if raw.tables:
        rows, found = check_published(raw.tables[0])
        faults += found
    if faults:
        raise PublishedRefused(faults)
    return rows


def _write(rows: list[Row], by) -> PublishedChange:
    """Wholes first, for parts name them."""
    change, deeds = PublishedChange(), []
    regions = {row["region"] for row in rows}
    held = {
        (row.region, row.code): row
        for row in PublishedFigure.objects.filter(region__in=regions).select_for_update(no_key=True)
    }
    for row in sorted(rows, key=lambda row: bool(row["parent"])):
        key = (row["region"], row["code"])
        values = _values(row) | {"parent_id": held[row["region"], row["parent"]].pk if row["parent"] else None}
        figure = held.get(key)
        if figure is None:
            held[key] = PublishedFigure.objects.create(region=row["region"], code=row["code"], **values)
            change.new.append(row["code"])
            deeds.append(Deed("ledger.published_imported", held[key], {"amount_gr": row["amount_gr"]}))
            continue
        changed = {name: [getattr(figure, name), value] for name, value in values.items()}
        changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        if not changed:
            change.unchanged += 1
            continue
        for name, (_old, new) in changed.items():
            setattr(figure, name, new)
        figure.save(update_fields=list(changed))
        change.changed.append(row["code"])
        facts = {name: [_json(old), _json(new)] for name, (old, new) in changed.items()}
        deeds.append(Deed("ledger.published_changed", figure, {"changed": facts}))
    if deeds:
        record_all(by=by, deeds=deeds)
    return change


def _values(row: Row) -> dict:
    values = {name: row[name] for name in COLUMNS}
    values["order"] = values["order"] or 0
    values["parts_complete"] = bool(values["parts_complete"])
    return values | {name: values[name] or "" for name in TEXTS}


def _json(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | str) else str(value)
