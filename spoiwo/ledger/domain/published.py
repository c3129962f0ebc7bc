"""Amounts published outside the yearly reports: the table they come in, and a whole beside the sum of its parts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spoiwo.kernel.money import zl
from spoiwo.ledger.domain.check.cells import BadCell, convert, is_blank
from spoiwo.ledger.domain.check.near import nearest
from spoiwo.ledger.domain.faults import Fault, quoted, shown
from spoiwo.ledger.domain.raw import Cell, RawTable
from spoiwo.ledger.domain.schema import Column, Kind, Table
from spoiwo.ledger.domain.schema.records import PRECISIONS

KINDS = {
    "pfron": "podział środków PFRON",
    "ngo_call": "konkurs dla organizacji",
    "senior_call": "konkurs senioralny",
    "project": "projekt unijny",
    "other": "inne",
}
PUBLISHED = Table(
    "published",
    "Kwoty ogłoszone",
    "Kwoty z ogłoszeń, uchwał i wiadomości. Części wskazują swoją całość.",
    (
        Column("region", "Województwo", Kind.DIGITS, True, "Kod TERYT województwa, np. 08", longest=2),
        Column("code", "Kod", Kind.CODE, True, "Kod kwoty, jedyny w województwie.", longest=60),
        Column("year", "Rok", Kind.INTEGER, True, "Rok, którego kwota dotyczy.", smallest=1990, largest=2100),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Czego kwota dotyczy.", choices=KINDS),
        Column("parent", "Całość", Kind.CODE, False, "Kod całości, której to część.", longest=60),
        Column("title", "Nazwa", Kind.LINE, True, "Co ogłoszono."),
        Column("amount", "Kwota", Kind.AMOUNT, True, "Złote z groszami."),
        Column("precision", "Dokładność", Kind.CHOICE, True, "Jak dokładnie ją podano.", choices=PRECISIONS),
        Column("parts_complete", "Części dają całość", Kind.YES_NO, False, "Czy podano wszystkie części."),
        Column("source_title", "Źródło", Kind.LINE, True, "Gdzie kwotę ogłoszono."),
        Column("source_address", "Adres źródła", Kind.LINE, False, "Adres strony.", longest=400),
        Column("read_on", "Odczytano", Kind.DATE, False, "Dzień odczytu źródła."),
        Column("note", "Uwaga", Kind.TEXT, False, "Czego źródło nie mówi.", longest=4000),
        Column("order", "Kolejność", Kind.INTEGER, False, "Kolejność w roku.", largest=9999),
    ),
    key="code",
)
Row = dict[str, object]


@dataclass(frozen=True)
class Compared:
    """A whole beside its parts. `gap_gr`: declared less computed; None when the parts are not said to be all."""

    whole_gr: int
    parts_gr: int | None
    gap_gr: int | None


def compare(whole_gr: int, parts_gr: Iterable[int], *, complete: bool) -> Compared:
    """The whole and the sum of its parts; without parts there is nothing to compare."""
    parts = list(parts_gr)
    computed = sum(parts) if parts else None
    return Compared(whole_gr, computed, whole_gr - computed if complete and parts else None)


def check_published(raw: RawTable) -> tuple[list[Row], list[Fault]]:
    """Typed rows, each with `_row`, and every fault by row and column. With faults the rows are not fit for use."""
    check = _Check(raw)
    check.run()
    return check.rows, check.faults


@dataclass
class _Check:
    """The table while it is checked."""

    raw: RawTable
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """Headings, then cells, then what rows say of each other."""
        if not self._find_columns():
            return
        self.rows = [self._typed(number, cells) for number, cells in self.raw.rows]
        if not self.rows:
            self._fault("no_rows", None, "", "tabelę bez wierszy", "co najmniej jedna kwota")
        self._check_codes()
        for row in self.rows:
            if row["parent"]:
                self._check_part(row)
            if row["parts_complete"] and not any(self._parts(row)):
                self._fault("no_parts", row, "parts_complete", quoted("tak"), "nie, bo żaden wiersz nie jest częścią")

    def _fault(self, code: str, row: Row | int | None, column: str, found: str, expected: str) -> None:
        number = row["_row"] if isinstance(row, dict) else row
        heading = shown(self.raw.header[self.places[column]].strip()) if column in self.places else column
        self.faults.append(Fault(code, self.raw.file, self.raw.sheet, number, heading, found, expected))

    def _find_columns(self) -> bool:
        for index, heading in enumerate(self.raw.header):
            column = PUBLISHED.column_called(heading) if heading.strip() else None
            if column and column.name not in self.places:
                self.places[column.name] = index
            elif heading.strip():
                near = nearest(heading, [other.name for other in PUBLISHED.columns])
                hint = f"; może to {quoted(near)}" if near else ""
                expected = f"usunięta albo przemianowana kolumna{hint}"
                self._fault("unknown_column", None, shown(heading), f"kolumnę {quoted(heading)}", expected)
        missing = [column for column in PUBLISHED.columns if column.required and column.name not in self.places]
        for column in missing:
            self._fault("missing_column", None, column.name, "brak tej kolumny", f"kolumna {quoted(column.name)}")
        return not missing

    def _typed(self, number: int, cells: list[Cell]) -> Row:
        row: Row = {"_row": number}
        for column in PUBLISHED.columns:
            index = self.places.get(column.name, -1)
            cell = cells[index] if 0 <= index < len(cells) else None
            row[column.typed_name] = self._value(number, column, cell)
        return row

    def _value(self, number: int, column: Column, cell: Cell) -> object:
        if is_blank(cell):
            if column.required:
                self._fault(
                    "missing_value", number, column.name, "pustą komórkę", f"wartość: {column.help.rstrip('.')}"
                )
            return None
        try:
            return convert(cell, column)
        except BadCell as bad:
            self._fault(bad.code, number, column.name, bad.found, bad.expected)
            return None

    def _check_codes(self) -> None:
        seen: dict[tuple, int] = {}
        for row in self.rows:
            first = seen.setdefault((row["region"], row["code"]), row["_row"])
            if first != row["_row"] and row["code"]:
                found = f"{quoted(row['code'])} drugi raz; pierwszy raz w wierszu {first}"
                self._fault("duplicate_key", row, "code", found, "kod, który się nie powtarza")

    def _parts(self, whole: Row) -> Iterator[Row]:
        return (row for row in self.rows if row["region"] == whole["region"] and row["parent"] == whole["code"])

    def _check_part(self, row: Row) -> None:
        """A part hangs below a whole of the same region and year, and is not above it."""
        same = {whole["code"]: whole for whole in self.rows if whole["region"] == row["region"] and whole["code"]}
        whole = same.get(row["parent"])
        if whole is None:
            near = nearest(str(row["parent"]), same)
            expected = f"kod całości z tej tabeli{f', może {quoted(near)}' if near else ''}"
            self._fault("unknown_code", row, "parent", quoted(row["parent"]), expected)
        elif whole["parent"]:
            self._fault(
                "part_of_part", row, "parent", quoted(row["parent"]), "kod całości, która sama nie jest częścią"
            )
        elif row["year"] != whole["year"]:
            self._fault("other_year", row, "year", quoted(row["year"]), f"rok całości: {whole['year']}")
        elif None not in (row["amount_gr"], whole["amount_gr"]) and row["amount_gr"] > whole["amount_gr"]:
            expected = f"najwyżej kwota całości: {zl(whole['amount_gr'])}"
            self._fault("above_whole", row, "amount", zl(row["amount_gr"]), expected)
