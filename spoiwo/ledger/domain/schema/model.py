"""The words in which the tables of a year package are described."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds."""

    CODE = "code"  # ASCII letters, digits, hyphen, underscore
    LINE = "line"  # one line of text
    TEXT = "text"  # text, may have several lines
    STATEMENT = "statement"  # a sentence with placeholders
    INTEGER = "integer"
    NUMBER = "number"  # an integer or a decimal with up to four places
    AMOUNT = "amount"  # złote in the file, whole grosze after it
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    REFERENCE = "reference"  # a code of another table
    PLACE = "place"  # a TERYT code
    DIGITS = "digits"  # exactly as many digits as `longest` says


@dataclass(frozen=True)
class Column:
    """One column. `label`: Polish heading; `longest` counts characters; `many`: a list, parted by `;`.

    `signed`: an amount that may stand below zero.
    """

    name: str
    label: str
    kind: Kind
    required: bool
    help: str
    longest: int = 300
    smallest: int = 0
    largest: int = 2_147_483_647
    choices: dict[str, str] = field(default_factory=dict)  # code -> Polish label
    refers_to: str = ""
    many: bool = False
    signed: bool = False
    minus_means: str = ""  # of an amount: what to do instead of a minus, in Polish

    @property
    def typed_name(self) -> str:
        """The name in typed rows: amounts carry their unit."""
        return f"{self.name}_gr" if self.kind is Kind.AMOUNT else self.name


@dataclass(frozen=True)
class Table:
    """One table, a file of the package or a sheet of the workbook. `key` is the column that is unique."""

    name: str
    label: str
    help: str
    columns: tuple[Column, ...]
    key: str = ""
    optional: bool = False
    only_row: bool = False

    def column(self, name: str) -> Column:
        """The column of that English name."""
        return next(column for column in self.columns if column.name == name)

    def column_called(self, heading: str) -> Column | None:
        """The column whose English name or Polish heading this is; case and spaces around do not matter."""
        wanted = folded(heading)
        return next((c for c in self.columns if wanted in (folded(c.name), folded(c.label))), None)


def folded(text: str) -> str:
    """The text as it is compared: without case, with single spaces."""
    return " ".join(text.split()).casefold()
