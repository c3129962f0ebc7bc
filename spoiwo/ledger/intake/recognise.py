"""What a file is, told by its content and never by its name; then it goes to the reader for it."""

import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.archive import open_archive
from spoiwo.ledger.intake.datapackage import read_datapackage
from spoiwo.ledger.intake.files import FolderFiles, ZipFiles
from spoiwo.ledger.intake.protocol import Outlet
from spoiwo.ledger.intake.refusal import refused
from spoiwo.ledger.intake.workbook import read_workbook

ACCEPTED = "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
SIGNATURES = (
    (b"%PDF", "pdf", "dokument PDF"),
    (b"Rar!", "other_archive", "archiwum RAR"),
    (b"7z\xbc\xaf", "other_archive", "archiwum 7z"),
    (b"\x1f\x8b", "other_archive", "archiwum gzip"),
    (b"BZh", "other_archive", "archiwum bzip2"),
    (b"\xfd7zXZ", "other_archive", "archiwum xz"),
    (b"PK\x05\x06", "empty_archive", "puste archiwum ZIP"),
    (b"{", "lone_json", "sam plik JSON"),
    (b"<", "not_a_workbook", "plik HTML albo XML"),
)
OTHER_OFFICE = (
    ("xl/workbook.bin", "xlsb", "skoroszyt binarny XLSB"),
    ("word/document.xml", "not_a_workbook", "dokument tekstowy DOCX"),
    ("ppt/presentation.xml", "not_a_workbook", "prezentację PPTX"),
)


def read_path(path: Path, outlet: Outlet) -> None:
    """Read the folder, archive or workbook at the path. Raises Refused."""
    if path.is_dir():
        read_datapackage(FolderFiles(path), outlet)
        return
    with open_plain(path) as file:
        outlet.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        _recognise(file, path.name, outlet)


def open_plain(path: Path) -> BinaryIO:
    """Open a regular file of allowed size; nothing that would block or lead elsewhere."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > limits.FILE_BYTES:
        os.close(descriptor)
        raise refused("not_a_file", path.name, "coś, co nie jest plikiem dozwolonej wielkości", ACCEPTED)
    return os.fdopen(descriptor, "rb")


def _recognise(file: BinaryIO, name: str, outlet: Outlet) -> None:
    """Send the file to its reader. Raises Refused when there is none for it."""
    head = file.read(4096)
    file.seek(0)
    if not head:
        raise refused("empty_file", name, "pusty plik", ACCEPTED)
    if not head.startswith(b"PK\x03\x04"):
        raise refused(*stranger(file, head, name), ACCEPTED)
    with open_archive(file, name) as archive:
        entries = set(archive.namelist())
        if "[Content_Types].xml" in entries and "xl/workbook.xml" in entries:
            read_workbook(archive, file, name, outlet)
            return
        for entry, code, found in OTHER_OFFICE:
            if entry in entries:
                raise refused(code, name, found, ACCEPTED)
        if "mimetype" in entries and b"opendocument" in archive.read("mimetype")[:200]:
            raise refused("ods", name, "plik OpenDocument (ODS albo podobny)", "skoroszyt zapisany jako XLSX")
        read_datapackage(ZipFiles(archive, name), outlet)


def stranger(file: BinaryIO, head: bytes, name: str) -> tuple[str, str, str]:
    """Code, file and name of a kind of file that is not read."""
    if head.startswith(OLE):
        if ENCRYPTED_OLE in file.read():
            return "encrypted", name, "skoroszyt zaszyfrowany hasłem"
        return "xls", name, "skoroszyt w dawnym formacie XLS"
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, code, found in SIGNATURES:
        if head.startswith(start) or bare.startswith(start):
            return code, name, found
    line = bare.splitlines()[0] if bare.splitlines() else b""
    if b"\0" not in head and any(separator in line for separator in (b",", b";", b"\t")):
        return "lone_csv", name, "sam plik CSV"
    return "unknown_file", name, "plik, który nie jest ani archiwum ZIP, ani skoroszytem XLSX"
