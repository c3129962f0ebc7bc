"""How much a package may weigh. Source of the figures: the project's own tests with hostile files."""

from spoiwo.doors.domain.limits import ENTRIES, MB, UNPACKED_BYTES  # of archives: the pre-flight of every upload

__all__ = ["ENTRIES", "MB", "UNPACKED_BYTES"]

FILE_BYTES = 50 * MB  # the path itself, or one file of a folder
JSON_BYTES = MB
RESOURCES = 100

ROWS = 200_000  # of one sheet or file, counted from the top
COLUMNS = 200
AREA = 6_000_000  # rows times columns of one sheet: the reader keeps blank cells too
CELLS = 1_500_000  # cells with content in the whole package
CELL_CHARACTERS = 32_767  # what a spreadsheet can hold in one cell
TEXT_CHARACTERS = 40_000_000  # text of all cells together
PARTS_DEPTH = 100  # nesting of XML
SHEETS = 100
LISTED = 50  # faults of one kind that the pre-flight lists for a sheet

CHILD_BYTES = 512 * MB  # address space
CHILD_CPU_SECONDS = 60
CHILD_WALL_SECONDS = 90
CHILD_FILES = 64
OUTPUT_BYTES = 160 * MB  # what the child may hand over
LINE_BYTES = 16 * MB
