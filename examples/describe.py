"""Bring the descriptions of year packages (datapackage.json) to the schema of the program.

    python -m examples.describe [FOLDER ...]

Keeps what describes the package as a whole (name, title, licences, sources) and writes its resources
anew, one per CSV file of the schema that lies in the folder, with the columns that the file has. Without a
folder: all examples and the second region of the tests. Can be repeated.
"""

import csv
import json
import sys
from pathlib import Path

from spoiwo.ledger.domain.schema import TABLES, Kind
from spoiwo.ledger.domain.schema.descriptor import datapackage_schema, foreign_key

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    *(ROOT / "examples" / name for name in ("lubuskie-2017", "lubuskie-2019", "lubuskie-demo", "lubuskie-2026")),
    ROOT / "tests" / "data" / "second-region",
)


def described(folder: Path) -> dict:
    """The description a package should have, with its own words about itself.

    The examples bring every table they refer to, so each single reference becomes a foreign key.
    """
    held = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    present = [table for table in TABLES if (folder / f"{table.name}.csv").is_file()]
    names = [table.name for table in present]
    made = datapackage_schema(names, name=held["name"], title=held["title"])
    for table, resource in zip(present, made["resources"], strict=True):
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        schema = resource["schema"]
        schema["fields"] = [field for field in schema["fields"] if field["name"] in header]
        single = [c for c in table.columns if c.kind is Kind.REFERENCE and not c.many and c.name in header]
        schema["foreignKeys"] = [foreign_key(column, table) for column in single if column.refers_to in names]
        if not schema["foreignKeys"]:
            del schema["foreignKeys"]
    return {**held, "profile": made["profile"], "resources": made["resources"]}


def written(description: dict) -> str:
    """A description as the text of its file."""
    return json.dumps(description, ensure_ascii=False, indent=2) + "\n"


def main(folders: list[Path]) -> None:
    """Rewrite the descriptions and say which changed."""
    for folder in folders:
        file = folder / "datapackage.json"
        before, after = file.read_text(encoding="utf-8"), written(described(folder))
        if before != after:
            file.write_text(after, encoding="utf-8")
        sys.stdout.write(f"{folder.name}: {'changed' if before != after else 'unchanged'}\n")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or list(PACKAGES))
