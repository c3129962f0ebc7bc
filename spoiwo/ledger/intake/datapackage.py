"""A Data Package: datapackage.json says which files are which tables; then every CSV is read."""

import json
from json import JSONDecodeError

from spoiwo.ledger.domain.faults import Fault, quoted, shown
from spoiwo.ledger.domain.schema import table_called
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.csvtext import read_csv
from spoiwo.ledger.intake.files import DESCRIPTOR, Files, is_address, leaves_folder
from spoiwo.ledger.intake.protocol import Outlet
from spoiwo.ledger.intake.refusal import Refused, refused


def read_datapackage(files: Files, outlet: Outlet) -> None:
    """Read every table that datapackage.json lists. Raises Refused when it cannot be told which there are."""
    if not files.has(DESCRIPTOR):
        expected = "plik datapackage.json, który wymienia tabele i ich pliki CSV"
        raise refused("no_datapackage", files.name, "brak pliku datapackage.json", expected)
    resources = _resources(_json(files.read(DESCRIPTOR, limits.JSON_BYTES)))
    seen: dict[str, str] = {}
    all_listed = True
    for index, resource in enumerate(resources):
        try:
            name, path = _name_and_path(resource, index)
            _read_resource(files, name, path, seen, outlet, index)
        except Refused as refusal:
            if refusal.fault.code == "too_much_content":
                raise
            outlet.fault(refusal.fault)
            all_listed = False
            _mark_unreadable(resource, outlet)
    if all_listed:
        _tell_unlisted(files, set(seen.values()), outlet)
    outlet.sha256 = files.sha256() or outlet.sha256


def _json(content: bytes) -> object:
    """The descriptor as Python values. Raises Refused with the line of the mistake."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        row = content[: wrong.start].count(b"\n") + 1
        raise _wrong("broken_json", "bajty, które nie są tekstem UTF-8", "tekst w UTF-8", row=row) from None
    except JSONDecodeError as wrong:
        found = f"błąd zapisu JSON w {wrong.colno}. znaku wiersza"
        raise _wrong("broken_json", found, "poprawny JSON", row=wrong.lineno) from None
    except (RecursionError, ValueError):
        raise _wrong("broken_json", "JSON zagnieżdżony albo długi ponad miarę", "zwykły opis pakietu") from None


def _wrong(code: str, found: str, expected: str, *, row: int | None = None, column: str = "") -> Refused:
    """A refusal of datapackage.json."""
    return refused(code, DESCRIPTOR, found, expected, row=row, column=column)


def _resources(descriptor: object) -> list:
    """The list of resources."""
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or not resources:
        raise _wrong("no_resources", "brak listy „resources”", "lista „resources” z nazwą i plikiem każdej tabeli")
    if len(resources) > limits.RESOURCES:
        raise _wrong("no_resources", f"{len(resources)} tabel", f"najwyżej {limits.RESOURCES} tabel")
    return resources


def _name_and_path(resource: object, index: int) -> tuple[str, str]:
    """Name and path of one resource. Raises Refused when the path leads out of the package."""
    place = f"resources[{index}]"
    facts = resource if isinstance(resource, dict) else {}
    name, path = facts.get("name"), facts.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(name, str) or not name.strip() or not isinstance(path, str) or not path:
        expected = "„name” z nazwą tabeli i „path” z jednym plikiem CSV"
        raise _wrong("bad_resource", "tabelę bez nazwy albo bez jednego pliku", expected, column=place)
    place = f"{place}.path"
    if is_address(path):
        raise _wrong("resource_address", f"adres {quoted(path)}", "plik w pakiecie, nie adres", column=place)
    if leaves_folder(path):
        raise _wrong("resource_outside", f"ścieżkę {quoted(path)}", "plik w folderze pakietu", column=place)
    return name.strip(), path


def _mark_unreadable(resource: object, outlet: Outlet) -> None:
    """A resource whose path is no good still says which table is meant to be there."""
    name = resource.get("name") if isinstance(resource, dict) else None
    if isinstance(name, str) and (table := table_called(name)):
        outlet.unreadable(table.name)


def _read_resource(files: Files, name: str, path: str, seen: dict[str, str], outlet: Outlet, index: int) -> None:
    """Read one table, once."""
    place = f"resources[{index}]"
    table = table_called(name)
    known = table.name if table else name
    if known in seen:
        found = f"tabelę {quoted(name)} drugi raz"
        outlet.fault(_wrong("repeated_table", found, "każda tabela najwyżej raz", column=f"{place}.name").fault)
        seen[f"{known}#{index}"] = path
        return
    seen[known] = path
    if table is None:
        outlet.table(name, shown(path), shown(name), [])
    elif not files.has(path):
        expected = f"plik z tabelą {table.label}"
        outlet.fault(_wrong("missing_file", f"brak pliku {quoted(path)}", expected, column=f"{place}.path").fault)
        outlet.unreadable(table.name)
    else:
        _read_table(files, table.name, name, path, outlet)


def _read_table(files: Files, table: str, name: str, path: str, outlet: Outlet) -> None:
    """Read one CSV; what stops it is told, and the other tables are read all the same."""
    try:
        read_csv(files.read(path, limits.FILE_BYTES), table, path, name, outlet)
    except Refused as refusal:
        if refusal.fault.code == "too_much_content":
            raise
        outlet.fault(refusal.fault)
        outlet.unreadable(table)


def _tell_unlisted(files: Files, listed: set[str], outlet: Outlet) -> None:
    """A CSV that lies beside and is not listed was forgotten: its rows would be lost without a word."""
    for name in files.csv_names():
        if name not in listed:
            expected = f"ten plik wymieniony w {DESCRIPTOR} albo usunięty z folderu"
            outlet.fault(Fault("unlisted_file", shown(name), found="plik CSV spoza pakietu", expected=expected))
