"""The schema in the words of Frictionless: datapackage.json and the Table Schema of each table."""

from spoiwo.ledger.domain.schema import TABLES, table
from spoiwo.ledger.domain.schema.model import Column, Kind, Table

CODE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]*"
PLACE_PATTERN = r"[0-9]{2}([0-9]{2}([0-9]{3})?)?"
KNOWN_OUTSIDE = {
    "strategies",
    "goals",
    "programmes",
    "sources",
    "units",
    "organisations",
    "indicators",
    "definitions",
}
"""Tables whose codes may be known to the program already, so that the package need not repeat them."""
_TYPES = {
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number", "decimalChar": ","},
    Kind.AMOUNT: {"type": "number", "decimalChar": ",", "groupChar": " "},
    Kind.DATE: {"type": "date"},
    Kind.YES_NO: {"type": "boolean", "trueValues": ["yes", "tak"], "falseValues": ["no", "nie"]},
}


def datapackage_schema(names: list[str] | None = None, *, name: str = "rok", title: str = "") -> dict:
    """The content of datapackage.json for the tables named (all, when None), each in `<name>.csv`."""
    tables = [table for table in TABLES if names is None or table.name in names]
    present = {table.name for table in tables}
    return {
        "profile": "tabular-data-package",
        "name": name,
        **({"title": title} if title else {}),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "title": table.label,
                "path": f"{table.name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": table_schema_json(table, present),
            }
            for table in tables
        ],
    }


def table_schema_json(table: Table, present: set[str] | None = None) -> dict:
    """The Table Schema of one table; foreign keys only to tables that are `present` and whole."""
    fields = [_field(column, table) for column in table.columns]
    foreign = [foreign_key(c, table) for c in table.columns if _is_foreign_key(c, present)]
    return {
        "fields": fields,
        "missingValues": [""],
        **({"primaryKey": [table.key]} if table.key else {}),
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(column: Column, table: Table) -> dict:
    """One column as a field descriptor."""
    described = dict(_TYPES.get(column.kind, {"type": "string"}))
    if column.many:
        described = {"type": "string"}
    constraints = _constraints(column, unique=column.name == table.key)
    return {
        "name": column.name,
        "title": column.label,
        "description": column.help,
        **described,
        **({"constraints": constraints} if constraints else {}),
    }


def _constraints(column: Column, *, unique: bool) -> dict:
    """What a value must satisfy, as far as Table Schema can say it."""
    limits: dict = {}
    if column.required:
        limits["required"] = True
    if unique:
        limits["unique"] = True
    if column.choices:
        limits["enum"] = list(column.choices)
    if column.kind is Kind.INTEGER:
        limits |= {"minimum": column.smallest, "maximum": column.largest}
    if column.kind is Kind.AMOUNT and not column.signed:
        limits["minimum"] = 0
    if column.kind in {Kind.CODE, Kind.LINE, Kind.TEXT, Kind.STATEMENT}:
        limits["maxLength"] = column.longest
    digits = f"[0-9]{{{column.longest}}}"
    pattern = {Kind.CODE: CODE_PATTERN, Kind.PLACE: PLACE_PATTERN, Kind.DIGITS: digits}.get(column.kind)
    if pattern and not column.many:
        limits["pattern"] = pattern
    return limits


def _is_foreign_key(column: Column, present: set[str] | None) -> bool:
    """Whether a reference must be answered inside the package."""
    return (
        column.kind is Kind.REFERENCE
        and not column.many
        and column.refers_to not in KNOWN_OUTSIDE
        and (present is None or column.refers_to in present)
    )


def foreign_key(column: Column, of: Table) -> dict:
    """One reference as a foreign key."""
    resource = "" if column.refers_to == of.name else column.refers_to
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [table(column.refers_to).key]}}
