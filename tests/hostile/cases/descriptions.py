"""Folders whose datapackage.json is wrong, or leads astray."""

import os

from spoiwo.ledger.tests.intake.packages import good, package_files
from tests.hostile.case import Case, at
from tests.hostile.texts import described, folder_linked, linked, with_files

CASES = [
    Case(
        "no-description",
        with_files(datapackage=None),
        at(
            "no_datapackage",
            "rok",
            None,
            "",
            "brak pliku datapackage.json",
            "plik datapackage.json, który wymienia tabele i ich pliki CSV",
        ),
    ),
    Case(
        "description-cut",
        with_files(datapackage=b'{"name": "rok",\n "resources": [\n'),
        at("broken_json", "datapackage.json", 3, "", "błąd zapisu JSON w 1. znaku wiersza", "poprawny JSON"),
    ),
    Case(
        "description-in-utf-16",
        with_files(datapackage=package_files(good())["datapackage.json"].decode().encode("utf-16")),
        at("broken_json", "datapackage.json", 1, "", "bajty, które nie są tekstem UTF-8", "tekst w UTF-8"),
    ),
    Case(
        "description-nested",
        with_files(datapackage=b"[" * 100_000),
        at(
            "broken_json",
            "datapackage.json",
            None,
            "",
            "JSON zagnieżdżony albo długi ponad miarę",
            "zwykły opis pakietu",
        ),
    ),
    Case(
        "description-with-endless-number",
        with_files(datapackage=b'{"resources": ' + b"9" * 10_000 + b"}"),
        at(
            "broken_json",
            "datapackage.json",
            None,
            "",
            "JSON zagnieżdżony albo długi ponad miarę",
            "zwykły opis pakietu",
        ),
    ),
    Case(
        "description-is-a-list",
        with_files(datapackage=b"[]"),
        at(
            "no_resources",
            "datapackage.json",
            None,
            "",
            "brak listy „resources”",
            "lista „resources” z nazwą i plikiem każdej tabeli",
        ),
    ),
    Case(
        "description-without-resources",
        with_files(datapackage=b'{"resources": []}'),
        at(
            "no_resources",
            "datapackage.json",
            None,
            "",
            "brak listy „resources”",
            "lista „resources” z nazwą i plikiem każdej tabeli",
        ),
    ),
    Case(
        "resource-without-path",
        described(lambda resources: resources[9].pop("path")),
        at(
            "bad_resource",
            "datapackage.json",
            None,
            "resources[9]",
            "tabelę bez nazwy albo bez jednego pliku",
            "„name” z nazwą tabeli i „path” z jednym plikiem CSV",
        ),
    ),
    Case(
        "resource-missing",
        with_files(events=None),
        at(
            "missing_file",
            "datapackage.json",
            None,
            "resources[13].path",
            "brak pliku „events.csv”",
            "plik z tabelą Wydarzenia",
        ),
    ),
    Case(
        "resource-outside",
        described(lambda resources: resources[13].update(path="../events.csv")),
        at(
            "resource_outside",
            "datapackage.json",
            None,
            "resources[13].path",
            "ścieżkę „../events.csv”",
            "plik w folderze pakietu",
        ),
    ),
    Case(
        "resource-from-the-root",
        described(lambda resources: resources[13].update(path="/etc/passwd")),
        at(
            "resource_outside",
            "datapackage.json",
            None,
            "resources[13].path",
            "ścieżkę „/etc/passwd”",
            "plik w folderze pakietu",
        ),
    ),
    Case(
        "resource-with-backslash",
        described(lambda resources: resources[13].update(path="..\\events.csv")),
        at(
            "resource_outside",
            "datapackage.json",
            None,
            "resources[13].path",
            "ścieżkę „..\\events.csv”",
            "plik w folderze pakietu",
        ),
    ),
    Case(
        "resource-on-the-network",
        described(lambda resources: resources[13].update(path="https://example.org/events.csv")),
        at(
            "resource_address",
            "datapackage.json",
            None,
            "resources[13].path",
            "adres „https://example.org/events.csv”",
            "plik w pakiecie, nie adres",
        ),
    ),
    Case(
        "resource-in-two-files",
        described(lambda resources: resources[13].update(path=["events.csv", "money.csv"])),
        at(
            "bad_resource",
            "datapackage.json",
            None,
            "resources[13]",
            "tabelę bez nazwy albo bez jednego pliku",
            "„name” z nazwą tabeli i „path” z jednym plikiem CSV",
        ),
    ),
    Case(
        "resource-twice",
        described(lambda resources: resources.append(resources[13] | {"name": "Wydarzenia"})),
        at(
            "repeated_table",
            "datapackage.json",
            None,
            "resources[14].name",
            "tabelę „Wydarzenia” drugi raz",
            "każda tabela najwyżej raz",
        ),
    ),
    Case(
        "file-not-listed",
        described(lambda resources: resources.pop(13)),
        at(
            "unlisted_file",
            "events.csv",
            None,
            "",
            "plik CSV spoza pakietu",
            "ten plik wymieniony w datapackage.json albo usunięty z folderu",
            sheet="",
        ),
    ),
    Case(
        "linked-file",
        linked(lambda link, outside: link.symlink_to(outside)),
        at(
            "link",
            "money.csv",
            None,
            "",
            "dowiązanie „money.csv”",
            "zwykły plik w folderze pakietu",
            sheet="",
        ),
    ),
    Case(
        "linked-folder",
        folder_linked,
        at(
            "link",
            "dane/money.csv",
            None,
            "",
            "dowiązanie „dane”",
            "zwykły plik w folderze pakietu",
            sheet="",
        ),
    ),
    Case(
        "folder-instead-of-a-file",
        linked(lambda link, outside: link.mkdir()),
        at(
            "not_a_file",
            "money.csv",
            None,
            "",
            "coś, co nie jest plikiem",
            "zwykły plik w folderze pakietu",
            sheet="",
        ),
    ),
    Case(
        "pipe-instead-of-a-file",
        linked(lambda link, outside: os.mkfifo(link)),
        at(
            "not_a_file",
            "money.csv",
            None,
            "",
            "coś, co nie jest plikiem",
            "zwykły plik w folderze pakietu",
            sheet="",
        ),
    ),
]
