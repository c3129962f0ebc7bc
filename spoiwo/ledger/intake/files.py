"""The files of a package, whether they lie in a folder or in an archive, opened one way."""

import hashlib
import os
import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.archive import damaged_entry
from spoiwo.ledger.intake.refusal import Refused, refused

DESCRIPTOR = "datapackage.json"
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
BROKEN_PACKING = (zipfile.BadZipFile, zlib.error, EOFError)


class Files(Protocol):
    """Files under one root. Paths have forward slashes and are relative to the place of datapackage.json."""

    name: str

    def has(self, path: str) -> bool:
        """Whether there is something under the path."""

    def csv_names(self) -> list[str]:
        """The CSV files that lie beside datapackage.json."""

    def read(self, path: str, longest: int) -> bytes:
        """The content of a file. Raises Refused when it cannot be had or is longer."""

    def sha256(self) -> str:
        """The fingerprint of what was read; empty when the file itself has one."""


class FolderFiles:
    """Files of a folder. Links are not followed: what they show is not in the folder."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name or folder.resolve().name
        self._folder = folder
        self._read: dict[str, str] = {}
        self._read_bytes = 0

    def has(self, path: str) -> bool:
        """Whether there is something under the path."""
        return os.path.lexists(self._folder / path)

    def csv_names(self) -> list[str]:
        """The CSV files that lie beside datapackage.json."""
        names = sorted(entry.name for entry in os.scandir(self._folder))
        return [name for name in names if name.casefold().endswith(".csv") and not name.startswith(".")]

    def read(self, path: str, longest: int) -> bytes:
        """The content of a file; every folder on the way to it must be a real one."""
        whole = self._folder
        for part in PurePosixPath(path).parts:
            whole = whole / part
            if whole.is_symlink():
                raise refused("link", path, f"dowiązanie {quoted(part)}", "zwykły plik w folderze pakietu")
        with _open_regular(whole, path) as file:
            content = file.read(longest + 1)
        self._read_bytes += len(content)
        if len(content) > longest or self._read_bytes > limits.UNPACKED_BYTES:
            raise too_large(path, longest)
        self._read[path] = hashlib.sha256(content).hexdigest()
        return content

    def sha256(self) -> str:
        """SHA-256 of the names and contents that were read, sorted by name."""
        listed = "".join(f"{path}\n{digest}\n" for path, digest in sorted(self._read.items()))
        return hashlib.sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()


def _open_regular(whole: Path, path: str) -> BinaryIO:
    """Open a regular file: not a link, not a folder, nothing that would block. Raises Refused."""
    expected = "zwykły plik w folderze pakietu"
    try:
        descriptor = os.open(whole, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        raise refused("unreadable_file", path, "plik, którego system nie pozwala otworzyć", expected) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise refused("not_a_file", path, "coś, co nie jest plikiem", expected)
    return os.fdopen(descriptor, "rb")


class ZipFiles:
    """Files of an archive that passed the pre-flight; its only top folder may hold them all."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
        self._top = ""
        if DESCRIPTOR not in names:
            inside = [path for path in names if path.count("/") == 1 and path.endswith(f"/{DESCRIPTOR}")]
            self._top = inside[0].removesuffix(DESCRIPTOR) if len(inside) == 1 else ""
        self._names = {path.removeprefix(self._top) for path in names if path.startswith(self._top)}

    def has(self, path: str) -> bool:
        """Whether the archive holds the file."""
        return path in self._names

    def csv_names(self) -> list[str]:
        """The CSV files that lie beside datapackage.json."""
        beside = (path for path in self._names if "/" not in path and not path.startswith("."))
        return sorted(path for path in beside if path.casefold().endswith(".csv"))

    def read(self, path: str, longest: int) -> bytes:
        """The content of an entry, never more than the archive declared."""
        declared = self._archive.getinfo(self._top + path).file_size
        if declared > longest:
            raise too_large(path, longest)
        try:
            with self._archive.open(self._top + path) as entry:
                content = entry.read()
        except BROKEN_PACKING:
            raise damaged_entry(path, self.name) from None
        if len(content) != declared:
            raise damaged_entry(path, self.name)
        return content

    def sha256(self) -> str:
        """Nothing: the fingerprint of an archive is that of the file itself."""
        return ""


def too_large(path: str, longest: int) -> Refused:
    """The refusal of a file that is too long."""
    return refused("too_large", path, "za duży plik", f"plik do {longest // limits.MB} MB, razem do 200 MB")


def is_address(path: str) -> bool:
    """Whether a path of a resource is an address on the network or on a drive."""
    return bool(ADDRESS.match(path))


def leaves_folder(path: str) -> bool:
    """Whether a path leads out of the folder, or anywhere but to a file below it."""
    parts = path.split("/")
    return path.startswith(("/", "~")) or "\\" in path or "\0" in path or ".." in parts or "" in parts
