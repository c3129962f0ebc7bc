"""Reading a register of territorial units; can be repeated with the same or a later one."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from spoiwo.audit.services import Deed, record_all
from spoiwo.kernel.teryt import check_code, parent_code
from spoiwo.places.errors import NotARegister
from spoiwo.places.models import Level, Place

SHIPPED_REGISTER = Path(__file__).parent / "data" / "teryt-2026-01-01.csv"
SHIPPED_CHANGES = Path(__file__).parent / "data" / "teryt-changes.csv"
SHIPPED_DAY = date(2026, 1, 1)
COLUMNS = ("code", "level", "kind", "name", "parent_code", "seat", "lat", "lon")
VERSIONED = ("kind", "name")  # a change begins a new unit
CORRECTED = ("seat", "lat", "lon")  # a change is a better fact about the same unit


@dataclass
class RegisterChange:
    """What reading a register did: counts of units and the codes that ended."""

    read: int = 0
    new: int = 0
    renamed: int = 0
    corrected: int = 0
    ended: list[str] = field(default_factory=list)


@transaction.atomic
def import_register(
    *, file: Path, on: date, by=None, progress: Callable[[Iterable], Iterable] = iter
) -> RegisterChange:
    """Bring places to the state of a register of the day `on`.

    A unit whose name, kind or superior unit changed ends the day before and begins anew under the same
    identity; one that is missing ends the day before; a better seat or point is corrected in place, and so
    is whatever began on the same day. The first register read gives units without a beginning.
    Raises: NotARegister, also for a register older than the one read last.
    """
    rows = _read(file)
    latest = Place.objects.aggregate(latest=Max("valid_from"))["latest"]
    if latest and on < latest:
        raise NotARegister(f"{file.name}: stan na {on:%d.%m.%Y} jest starszy niż wczytany {latest:%d.%m.%Y}")
    reading = _Reading(on, {place.code: place for place in Place.objects.filter(valid_to=None)}, len(rows))
    for row in progress(rows):
        reading.take(row)
    reading.end_missing({row["code"] for row in rows})
    record_all(by=by, deeds=reading.deeds()) if not reading.empty else None
    return reading.change


class _Reading:
    """One register on its way in: what is known, what it changes, what will be recorded."""

    def __init__(self, on: date, known: dict[str, Place], read: int) -> None:
        self.on, self.known, self.first = on, known, not known
        self.change = RegisterChange(read=read)
        self.done: list[Deed] = []

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.done or self.change.new)

    def take(self, row: dict[str, str]) -> None:
        """Begin, change or correct one unit; superior units come first."""
        held = self.known.get(row["code"])
        parent = self.known.get(parent_code(row["code"])) if row["level"] != Level.VOIVODESHIP else None
        if held is None:
            self.known[row["code"]] = _begin(row, parent, None if self.first else self.on)
            self.change.new += 1
            self._tell("places.unit_began", self.known[row["code"]]) if not self.first else None
            return
        other = any(getattr(held, name) != row[name] for name in VERSIONED) or held.parent_id != (
            parent.pk if parent else None
        )
        if other and held.valid_from != self.on:
            self.change.renamed += any(getattr(held, name) != row[name] for name in VERSIONED)
            self._end(held)
            self.known[row["code"]] = _begin(row, parent, self.on)
            self._tell("places.unit_changed", self.known[row["code"]])
        elif other or any(getattr(held, name) != row[name] for name in CORRECTED):
            self._correct(held, row, parent)

    def _correct(self, held: Place, row: dict[str, str], parent: Place | None) -> None:
        for name in (*VERSIONED, *CORRECTED):
            setattr(held, name, row[name])
        held.parent = parent
        held.save(update_fields=[*VERSIONED, *CORRECTED, "parent"])
        self.change.corrected += 1
        self._tell("places.unit_corrected", held)

    def end_missing(self, codes: set[str]) -> None:
        """Units that the register no longer has."""
        for code in sorted(set(self.known) - codes):
            self._end(self.known[code])
            self._tell("places.unit_ended", self.known[code])
            self.change.ended.append(code)

    def _end(self, place: Place) -> None:
        place.valid_to = self.on - timedelta(days=1)
        place.save(update_fields=["valid_to"])

    def _tell(self, deed: str, place: Place) -> None:
        facts = {"code": place.code, "name": place.name, "on": self.on.isoformat()}
        self.done.append(Deed(deed, place, facts))

    def deeds(self) -> list[Deed]:
        """All that happened; the first register is one deed."""
        if not self.first:
            return self.done
        facts = {"units": self.change.new, "on": self.on.isoformat()}
        return [Deed("places.register_read", self.known[min(self.known)], facts)]


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise NotARegister(f"{file.name}: brak kolumn {', '.join(missing)}")
        rows = [{name: row[name] or "" for name in COLUMNS} for row in reader]
    codes = {row["code"] for row in rows}
    for number, row in enumerate(rows, start=2):
        place = f"{file.name}, wiersz {number}"
        if not _is_unit(row):
            raise NotARegister(f"{place}: kod {row['code']!r} i poziom {row['level']!r} nie są jednostką TERYT")
        if row["level"] != Level.VOIVODESHIP and parent_code(row["code"]) not in codes:
            raise NotARegister(f"{place}: brak jednostki nadrzędnej {parent_code(row['code'])}")
    return sorted(rows, key=lambda row: (len(row["code"]), row["code"]))


def _is_unit(row: dict[str, str]) -> bool:
    try:
        return check_code(row["code"]) == row["level"]
    except ValueError:
        return False


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
