"""Counting again: every sum of a report from its records, indexed once so that large years stay quick."""

from collections.abc import Iterable
from decimal import Decimal

Line = tuple[str | None, str]  # programme or None, source
ANY_PROGRAMME = "*"


class Tally:
    """A sum of amounts and how many lines it has; without a line it is None, never 0."""

    __slots__ = ("amount_gr", "lines")

    def __init__(self) -> None:
        self.amount_gr = 0
        self.lines = 0

    def add(self, amount_gr: int, lines: int = 1) -> None:
        """Take in one line, or another tally's lines."""
        self.amount_gr += amount_gr
        self.lines += lines

    @property
    def value(self) -> int | None:
        return self.amount_gr if self.lines else None


class Recount:
    """The records of a report, ready to answer what a rule asks."""

    def __init__(self, records: dict) -> None:
        self.cells: dict[Line, Tally] = {}
        self.tagged: dict[str, dict[Line, Tally]] = {}
        for entry in records["entries"]:
            line = (entry["programme"], entry["source"])
            _put(self.cells, line, entry["amount_gr"])
            for tag in set(entry["tags"]):
                _put(self.tagged.setdefault(tag, {}), line, entry["amount_gr"])
        self.declared = {row["key"]: row for row in records["declared"]}
        self.results = {row["key"]: row for row in records["results"]}
        self.events = records["events"]
        self.earlier = {year: _by_programme(rows["entries"]) for year, rows in records["earlier"].items()}

    def entries(self, where: dict) -> Tally:
        """Lines of money that meet all conditions: programme (code, None, "*" for any), source, tag."""
        cells = self.tagged.get(where["tag"], {}) if "tag" in where else self.cells
        return _total(tally for line, tally in cells.items() if _meets(line, where))

    def of_earlier(self, year: int, programmes: list[str] | None) -> Tally:
        """Lines of an earlier year, of the programmes named or of all."""
        found = self.earlier.get(str(year), {})
        chosen = found if programmes is None else set(programmes) & found.keys()
        return _total(found[programme] for programme in chosen)

    def measure(self, code: str) -> tuple[str | None, int, str]:
        """Value, number of results and precision of a count added up over results."""
        rows = [row for row in self.results.values() if row["measure"] == code and row["value"] is not None]
        if not rows:
            return None, 0, "exact"
        total = sum((Decimal(row["value"]) for row in rows), Decimal(0))
        exact = all(row["precision"] == "exact" for row in rows)
        return as_text(total), len(rows), "exact" if exact else "about"

    def counted_events(self, where: dict) -> int:
        """How many events meet all conditions."""
        return sum(all(event.get(name) == value for name, value in where.items()) for event in self.events)


def as_text(value: Decimal) -> str:
    """A count as text without trailing zeros: "240", "2.5"."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _put(tallies: dict, line: Line, amount_gr: int) -> None:
    tally = tallies.get(line)
    if tally is None:
        tally = tallies[line] = Tally()
    tally.add(amount_gr)


def _meets(line: Line, where: dict) -> bool:
    programme, source = line
    if "source" in where and where["source"] != source:
        return False
    if "programme" not in where:
        return True
    wanted = where["programme"]
    return programme is not None if wanted == ANY_PROGRAMME else programme == wanted


def _total(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally.amount_gr, tally.lines)
    return total


def _by_programme(entries: list[dict]) -> dict[str | None, Tally]:
    tallies: dict[str | None, Tally] = {}
    for entry in entries:
        _put(tallies, entry["programme"], entry["amount_gr"])
    return tallies
