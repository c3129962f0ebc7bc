"""What the scan of a sheet found, as faults with the headings that a person sees."""

from itertools import pairwise

from spoiwo.ledger.domain.faults import Fault, shown
from spoiwo.ledger.domain.raw import letters
from spoiwo.ledger.intake.limits import LISTED
from spoiwo.ledger.intake.sheetscan import Scan


def refused_cells(scan: Scan, width: int) -> dict[int, set[int]]:
    """The cells of each row that have a fault from the scan."""
    cells: dict[int, set[int]] = {}
    for _code, row, column, _found, _expected in scan.wrong:
        cells.setdefault(row, set()).add(column)
    for top, left, bottom, right in scan.merged:
        for row in range(top, min(bottom, scan.last_row) + 1):
            cells.setdefault(row, set()).update(range(left, min(right + 1, width)))
    return cells


def scan_faults(scan: Scan, header: list[str], file: str, sheet: str, *, hidden: bool) -> list[Fault]:
    """One fault per cell, merged area, run of hidden rows, hidden column; and one for a hidden sheet."""

    def heading(column: int) -> str:
        named = header[column].strip() if column < len(header) else ""
        return shown(named) or letters(column)

    faults = [
        Fault(code, file, sheet, row, heading(column), found, expected)
        for code, row, column, found, expected in scan.wrong
    ]
    for area in scan.merged[:LISTED]:
        found = f"scalone komórki {area_name(area)}"
        faults.append(Fault("merged_cells", file, sheet, area[0], heading(area[1]), found, "komórki bez scalania"))
    for first, last in _runs(scan.hidden_rows)[:LISTED]:
        rows = f"ukryty wiersz {first}" if first == last else f"ukryte wiersze {first}–{last}"
        faults.append(Fault("hidden_rows", file, sheet, first, "", f"{rows} z treścią", "wszystkie wiersze widoczne"))
    for column in sorted(scan.hidden_columns):
        found, expected = f"ukrytą kolumnę {letters(column)} z treścią", "wszystkie kolumny widoczne"
        faults.append(Fault("hidden_column", file, sheet, None, heading(column), found, expected))
    if hidden and scan.filled_rows > 1:
        faults.append(Fault("hidden_sheet", file, sheet, None, "", "ukryty arkusz z danymi", "arkusz widoczny"))
    return faults


def area_name(area: tuple[int, int, int, int]) -> str:
    """A merged area as a person sees it: A1:C1."""
    top, left, bottom, right = area
    return f"{letters(left)}{top}:{letters(right)}{bottom}"


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs without gaps, first and last of each."""
    if not numbers:
        return []
    breaks = [(before, after) for before, after in pairwise(numbers) if after != before + 1]
    firsts = [numbers[0], *(after for _before, after in breaks)]
    lasts = [*(before for before, _after in breaks), numbers[-1]]
    return list(zip(firsts, lasts, strict=True))
