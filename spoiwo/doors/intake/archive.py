"""Pre-flight of a ZIP: its size, names and kinds of entries are checked before anything is unpacked."""

import stat
import zipfile
from typing import BinaryIO

from spoiwo.doors.domain import limits
from spoiwo.doors.errors import FileRefused
from spoiwo.kernel.quoting import quoted

END = b"PK\x05\x06"
END_BYTES = 22
COMMENT_BYTES = 65_535
WHOLE = "całe, nieuszkodzone archiwum ZIP"
PACKED_INSIDE = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz")
ENCRYPTED, METHODS = 0x1, (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """Open an archive that passed every check. Raises FileRefused."""
    _check_end(file)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, IndexError):
        raise FileRefused("broken_archive", "uszkodzone archiwum ZIP", WHOLE) from None
    entries = archive.infolist()
    _check_sizes(entries)
    _check_names(entries)
    for entry in entries:
        _check_entry(entry)
    _check_places(entries, archive.start_dir)
    return archive


def damaged_entry(entry: str) -> FileRefused:
    """The refusal of an entry whose content does not agree with what the archive says of it."""
    return FileRefused("broken_archive", f"uszkodzoną część {quoted(entry)}", WHOLE)


def _check_end(file: BinaryIO) -> None:
    """The record at the end says how many entries there are: read it before Python lists them all."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END_BYTES - COMMENT_BYTES))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_BYTES:
        raise FileRefused("broken_archive", "archiwum ZIP bez zakończenia (ucięte?)", WHOLE)
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if entries > limits.ENTRIES or directory > limits.DIRECTORY_BYTES:
        raise FileRefused("too_many_entries", "zbyt wiele plików w archiwum", f"najwyżej {limits.ENTRIES}")


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Number of entries, their sum, and how hard they were squeezed."""
    if len(entries) > limits.ENTRIES:
        raise FileRefused("too_many_entries", f"{len(entries)} plików w archiwum", f"najwyżej {limits.ENTRIES}")
    total = sum(entry.file_size for entry in entries)
    if total > limits.UNPACKED_BYTES:
        found = f"archiwum, które po rozpakowaniu ma {total // limits.MB} MB"
        raise FileRefused("unpacks_too_large", found, f"najwyżej {limits.UNPACKED_BYTES // limits.MB} MB")
    for entry in entries:
        if entry.file_size > limits.RATIO_FROM_BYTES and entry.file_size > limits.RATIO * entry.compress_size:
            times = entry.file_size // max(1, entry.compress_size)
            found = f"część {quoted(entry.filename)} ściśniętą {times} razy"
            raise FileRefused("packed_too_hard", found, f"zwykłe archiwum (ściśnięte najwyżej {limits.RATIO} razy)")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """Names stay inside the archive and do not repeat, also not with other capitals."""
    seen: set[str] = set()
    for entry in entries:
        path = entry.orig_filename
        parts = path.replace("\\", "/").split("/")
        if "\0" in path or "\\" in path or path.startswith("/") or ".." in parts or ":" in parts[0]:
            found = f"część o nazwie {quoted(path)}"
            raise FileRefused("unsafe_name", found, "nazwy bez „..”, bez „\\” i bez ścieżek od korzenia")
        if entry.filename.casefold() in seen:
            found = f"część {quoted(entry.filename)} dwa razy"
            raise FileRefused("repeated_entry", found, "każda nazwa najwyżej raz")
        seen.add(entry.filename.casefold())


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Plain files only: not encrypted, not linked, not packed inside, in the two usual methods."""
    shown = quoted(entry.filename)
    if entry.flag_bits & ENCRYPTED:
        raise FileRefused("encrypted", f"część {shown} zaszyfrowaną hasłem", "archiwum bez hasła")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise FileRefused("link", f"część {shown}, która jest dowiązaniem", "zwykłe pliki")
    if entry.compress_type not in METHODS:
        raise FileRefused("unknown_packing", f"część {shown} ściśniętą nietypową metodą", "zwykłe archiwum ZIP")
    if entry.filename.casefold().endswith(PACKED_INSIDE):
        raise FileRefused("nested_archive", f"archiwum w archiwum: {shown}", "archiwum z samymi plikami danych")


def _check_places(entries: list[zipfile.ZipInfo], end: int) -> None:
    """Entries lie one after another: overlapping ones are a known way to hide a bomb."""
    before = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < before or entry.header_offset + entry.compress_size > end:
            raise FileRefused("broken_archive", f"część {quoted(entry.filename)} leżącą na innej", WHOLE)
        before = entry.header_offset + 30 + entry.compress_size
