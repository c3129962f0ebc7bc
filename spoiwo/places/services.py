"""Reading a register of territorial units; can be repeated with the same or a later one."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from spoiwo.audit.services import Deed, record_all
from spoiwo.kernel.teryt import parent_code
from spoiwo.places.errors import NotARegister
from spoiwo.places.models import Level, Place

SHIPPED_REGISTER = Path(__file__).parent / "data" / "teryt-2026-01-01.csv"
SHIPPED_CHANGES = Path(__file__).parent / "data" / "teryt-changes.csv"
SHIPPED_DAY = date(2026, 1, 1)
COLUMNS = ("code", "level", "kind", "name", "parent_code", "seat", "lat", "lon")
COMPARED = ("kind", "name", "seat", "lat", "lon")


@dataclass
class RegisterChange:
    """What reading a register did: counts of units and the codes that ended."""

    read: int = 0
    new: int = 0
    renamed: int = 0
    ended: list[str] = field(default_factory=list)


@transaction.atomic
def import_register(
    *, file: Path, on: date, by=None, progress: Callable[[Iterable], Iterable] = iter
) -> RegisterChange:
    """Bring places to the state of a register of the day `on`.

    A unit whose name or kind changed ends the day before and begins anew under the same identity;
    one that is missing ends the day before. The first register read gives units without a beginning.
    Raises: NotARegister.
    """
    rows = _read(file)
    known = {place.code: place for place in Place.objects.filter(valid_to=None)}
    change, deeds = RegisterChange(read=len(rows)), []
    begins = on if known else None
    for row in progress(sorted(rows, key=lambda row: len(row["code"]))):
        held = known.get(row["code"])
        if held and all(getattr(held, name) == row[name] for name in COMPARED):
            continue
        if held:
            deeds.append(_end(held, on))
            change.renamed += 1
        else:
            change.new += 1
        parent = known.get(parent_code(row["code"])) if row["level"] != Level.VOIVODESHIP else None
        known[row["code"]] = _begin(row, parent, begins)
    codes = {row["code"] for row in rows}
    for code in sorted(set(known) - codes):
        deeds.append(_end(known[code], on))
        change.ended.append(code)
    if change.new and not begins:
        deeds.append(
            Deed("places.register_read", known[min(codes)], {"units": len(rows), "on": on.isoformat()})
        )
    record_all(by=by, deeds=deeds) if deeds else None
    return change


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise NotARegister(f"{file.name}: brak kolumn {', '.join(missing)}")
        rows = [{name: row[name] or "" for name in COLUMNS} for row in reader]
    for number, row in enumerate(rows, start=2):
        if row["level"] not in Level.values or not row["code"].isdigit():
            raise NotARegister(f"{file.name}, wiersz {number}: kod {row['code']!r}, poziom {row['level']!r}")
    return rows


def _begin(row: dict[str, str], parent: Place | None, begins: date | None) -> Place:
    return Place.objects.create(
        code=row["code"],
        identity=row["code"][:6],
        level=row["level"],
        kind=row["kind"],
        name=row["name"],
        parent=parent,
        seat=row["seat"],
        lat=row["lat"],
        lon=row["lon"],
        valid_from=begins,
    )


def _end(place: Place, on: date) -> Deed:
    place.valid_to = on - timedelta(days=1)
    place.save(update_fields=["valid_to"])
    return Deed("places.unit_ended", place, {"code": place.code, "valid_to": place.valid_to.isoformat()})


@transaction.atomic
def import_known_changes(*, file: Path = SHIPPED_CHANGES, by=None) -> int:
    """Add the former codes of units that changed before the first register read; can be repeated."""
    added = []
    with file.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            day = date.fromisoformat(row["from_date"])
            unit = Place.objects.filter(code=row["new_code"], valid_to=None).first()
            if unit is None or Place.objects.filter(code=row["old_code"]).exists():
                continue
            former = Place.objects.create(
                code=row["old_code"],
                identity=row["old_code"][:6],
                level=unit.level,
                kind=row.get("old_kind") or "",
                name=unit.name,
                parent=unit.parent,
                seat=unit.seat,
                lat=unit.lat,
                lon=unit.lon,
                valid_to=day - timedelta(days=1),
            )
            Place.objects.filter(pk=unit.pk).update(valid_from=day)
            added.append(Deed("places.former_code", former, {"code": former.code, "now": unit.code}))
    record_all(by=by, deeds=added) if added else None
    return len(added)
