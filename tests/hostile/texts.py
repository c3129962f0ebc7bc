"""Folders whose files are not as they should be: encodings, separators, quotes, the description."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from spoiwo.ledger.tests.intake.packages import good, package_files, write_folder

Make = Callable[[Path], Path]


def with_files(**changed: bytes | None) -> Make:
    """The package with other contents of files; `money` means money.csv, None takes it away."""

    def make(folder: Path) -> Path:
        files = package_files(good())
        for name, content in changed.items():
            file = "datapackage.json" if name == "datapackage" else f"{name}.csv"
            files.pop(file, None)
            if content is not None:
                files[file] = content
        return write_folder(folder / "rok", files)

    return make


def recoded(name: str, codec: str) -> Make:
    """The package with one table in another encoding."""
    return with_files(**{name: package_files(good())[f"{name}.csv"].decode().encode(codec)})


def replaced(name: str, old: bytes, new: bytes) -> Make:
    """The package with one place of a file changed."""
    file = "datapackage.json" if name == "datapackage" else f"{name}.csv"
    content = package_files(good())[file]
    assert content.count(old) == 1, f"{old!r} is {content.count(old)} times in {file}"
    return with_files(**{name: content.replace(old, new)})


def described(change: Callable[[list[dict]], object]) -> Make:
    """The package with other resources in datapackage.json."""
    descriptor = json.loads(package_files(good())["datapackage.json"])
    change(descriptor["resources"])
    return with_files(datapackage=json.dumps(descriptor).encode())


def long_money(rows: int) -> Make:
    """A table of so many rows, the headings included."""
    content = package_files(good())["money.csv"].splitlines(keepends=True)
    return with_files(money=content[0] + b"".join(content[4:5] * (rows - 1)))


def linked(make_link: Callable[[Path, Path], object]) -> Make:
    """The package with money.csv outside the folder and something else in its place."""

    def make(folder: Path) -> Path:
        package = with_files()(folder)
        outside = folder / "outside.csv"
        os.replace(package / "money.csv", outside)
        make_link(package / "money.csv", outside)
        return package

    return make


def folder_linked(folder: Path) -> Path:
    """The package whose money.csv is reached through a linked folder."""
    package = with_files()(folder)
    (folder / "elsewhere").mkdir()
    os.replace(package / "money.csv", folder / "elsewhere" / "money.csv")
    (package / "dane").symlink_to(folder / "elsewhere")
    file = package / "datapackage.json"
    file.write_text(file.read_text().replace('"money.csv"', '"dane/money.csv"'))
    return package
