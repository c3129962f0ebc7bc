"""References: every code that is named must exist, in the package or in what is known already."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from spoiwo.kernel.teryt import NotTeryt, check_code
from spoiwo.ledger.domain.check.known import KnownCodes
from spoiwo.ledger.domain.check.near import nearest
from spoiwo.ledger.domain.check.sheet import Row, Sheet
from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.domain.schema import DEFAULT_SOURCES, Column, Kind, folded, table

FEW = 12
MOST_HINTS = 50


@dataclass
class References:
    """The sheets of a package and the codes that may be referred to. `year` is None when it is not known."""

    sheets: dict[str, Sheet]
    unreadable: set[str]
    known: KnownCodes
    year: int | None
    _codes: dict[str, set[str] | None] = field(default_factory=dict)
    _hints: dict[tuple[str, str], str] = field(default_factory=dict)

    def check(self) -> None:
        """Check every reference and every place of every sheet."""
        for sheet in self.sheets.values():
            for column in sheet.table.columns:
                if column.kind is Kind.REFERENCE:
                    self._check_codes(sheet, column)
                elif column.kind is Kind.PLACE:
                    self._check_places(sheet, column)

    def codes(self, name: str) -> set[str] | None:
        """The codes of a table that may be named; None when that cannot be told."""
        if name not in self._codes:
            self._codes[name] = self._collect(name)
        return self._codes[name]

    def _collect(self, name: str) -> set[str] | None:
        """The codes of the package and the known ones."""
        codes = set(self.known.of_table(name))
        sheet = self.sheets.get(name)
        if name in self.unreadable or (sheet and not sheet.key_is_known):
            return None
        if sheet:
            key = sheet.table.key
            codes |= {str(row[key]) for row in sheet.filled(key)}
        if name == "sources" and not (sheet and sheet.rows):
            codes |= {source["code"] for source in DEFAULT_SOURCES}
        return codes

    def _check_codes(self, sheet: Sheet, column: Column) -> None:
        """Every code of a column exists; in a list none stands twice."""
        codes = self.codes(column.refers_to)
        for row in sheet.filled(column.name):
            named = row[column.name] if column.many else [row[column.name]]
            for code in named:
                if codes is not None and code not in codes:
                    expected = self._expected_code(code, column, codes)
                    sheet.fault("unknown_reference", row, column.name, quoted(code), expected)
            self._check_repeated(sheet, column, row, named)

    def _check_repeated(self, sheet: Sheet, column: Column, row: Row, named: list[str]) -> None:
        """A value that stands twice in a list would count twice."""
        seen: set[str] = set()
        twice = next((code for code in named if code in seen or seen.add(code)), None)
        if twice is not None:
            sheet.fault("repeated_in_list", row, column.name, f"{quoted(twice)} dwa razy", "każda wartość raz")

    def _expected_code(self, wrong: str, column: Column, codes: set[str]) -> str:
        """Which code was meant, or which there are."""
        named = table(column.refers_to)
        wanted = f"{'kod' if named.key == 'code' else 'klucz'} z tabeli {named.label}"
        meant = self._meant_code(wrong, column.refers_to, codes)
        if meant:
            return f"{wanted}; może to {quoted(meant)}"
        if 0 < len(codes) <= FEW:
            return f"{wanted}: {', '.join(sorted(codes))}"
        return wanted

    def _meant_code(self, wrong: str, name: str, codes: set[str]) -> str:
        """The code that was probably meant; for the first MOST_HINTS only: looking takes time."""
        if (name, wrong) not in self._hints and len(self._hints) < MOST_HINTS:
            self._hints[name, wrong] = self._code_of_name(wrong, name) or nearest(wrong, sorted(codes))
        return self._hints.get((name, wrong), "")

    def _code_of_name(self, wrong: str, name: str) -> str:
        """The code, when somebody wrote the name instead."""
        sheet = self.sheets.get(name)
        for row in sheet.rows if sheet and len(wrong) > 3 else ():
            names = (row.get("name"), row.get("short_name"))
            code = row[sheet.table.key]
            if code and any(folded(str(called)) == folded(wrong) for called in names if called):
                return str(code)
        return ""

    def _check_places(self, sheet: Sheet, column: Column) -> None:
        """Every TERYT code has a right form and was valid in the year."""
        for row in sheet.filled(column.name):
            places: Iterable[str] = row[column.name] if column.many else [row[column.name]]
            for place in places:
                if wrong := self._wrong_place(place, column):
                    sheet.fault("unknown_place", row, column.name, quoted(place), wrong)
            if column.many:
                self._check_repeated(sheet, column, row, list(places))

    def _wrong_place(self, place: str, column: Column) -> str:
        """What is expected instead of a code, or an empty text when the code is right."""
        region = column.name == "region"
        right_form = _has_form(place) and (len(place) == 2 or not region)
        if right_form and place in self.known.places:
            return ""
        expected = "dwucyfrowy kod TERYT województwa, np. 08" if region else "kod TERYT z 2, 4 albo 7 cyfr"
        if right_form:
            expected = f"kod TERYT ważny w roku {self.year}" if self.year else "kod TERYT z rejestru"
        meant = self._meant_place(place)
        return f"{expected}; może to {quoted(meant)}" if meant else expected

    def _meant_place(self, place: str) -> str:
        """A code that lost its zero, a gmina whose kind changed, a region called by its name."""
        if f"0{place}" in self.known.places:
            return f"0{place}"
        by_name = {folded(name): code for code, name in self.known.region_names.items()}
        if folded(place) in by_name:
            return by_name[folded(place)]
        same_gmina = [place[:6] + kind for kind in "123"] if len(place) == 7 else []
        return next((code for code in same_gmina if code in self.known.places), "")


def _has_form(place: str) -> bool:
    """Whether a text has the form of a TERYT code."""
    try:
        check_code(place)
    except NotTeryt:
        return False
    return True
