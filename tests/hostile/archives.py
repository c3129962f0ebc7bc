"""Archives that lie, swell, or reach out of themselves."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from spoiwo.ledger.tests.intake.packages import good, package_files, write_zip

Make = Callable[[Path], Path]
MB = 1024 * 1024
LINK = stat.S_IFLNK | 0o777


def spoilt(change: Callable[[bytes], bytes]) -> Make:
    """The package as an archive whose bytes are changed afterwards."""

    def make(folder: Path) -> Path:
        path = write_zip(folder / "rok.zip", package_files(good()))
        path.write_bytes(change(path.read_bytes()))
        return path

    return make


def with_entry(
    name: str, content: bytes = b"x", *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED, times: int = 1
) -> Make:
    """The package as an archive with something more in it."""

    def make(folder: Path) -> Path:
        path = write_zip(folder / "rok.zip", package_files(good()))
        with zipfile.ZipFile(path, "a") as archive:
            for _ in range(times):
                entry = zipfile.ZipInfo(name)
                entry.filename = name  # as it is, also with a backslash
                entry.external_attr = mode << 16
                entry.compress_type = method
                archive.writestr(entry, content)
        return path

    return make


def many_entries(folder: Path) -> Path:
    """More files than anybody needs."""
    files = package_files(good()) | {f"pliki/{number}.txt": b"" for number in range(2_000)}
    return write_zip(folder / "rok.zip", files)


def swollen(content: bytes) -> bytes:
    """Every entry says that it unpacks to 20 MB: none too large, together more than 200 MB."""
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content = content[: at + 24] + struct.pack("<L", 20 * MB) + content[at + 28 :]
        at = content.find(b"PK\x01\x02", at + 4)
    return content


def bomb(folder: Path) -> Path:
    """190 MB of zeros in a table: 190 kB packed."""
    files = package_files(good())
    files["money.csv"] = b""
    path = write_zip(folder / "rok.zip", {name: text for name, text in files.items() if text})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("money.csv", "w") as entry:
        for _ in range(190):
            entry.write(bytes(MB))
    return path


def overlapping(content: bytes) -> bytes:
    """Two entries of the directory that point at the same data."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first, second = archive.infolist()[:2]
    at = content.rindex(second.filename.encode()) - 46
    return content[: at + 42] + struct.pack("<L", first.header_offset) + content[at + 46 :]


def lying_about_size(content: bytes) -> bytes:
    """A table that says it is longer than it is."""
    at = content.rindex(b"money.csv") - 46
    size = struct.unpack("<L", content[at + 24 : at + 28])[0]
    return content[: at + 24] + struct.pack("<L", size + 1000) + content[at + 28 :]


def damaged_data(content: bytes) -> bytes:
    """A table whose packed bytes were overwritten."""
    at = content.index(b"money.csv") + len("money.csv") + 20
    return content[:at] + bytes(byte ^ 0xFF for byte in content[at : at + 20]) + content[at + 20 :]


def encrypted(content: bytes) -> bytes:
    """The mark of a password on one entry."""
    at = content.rindex(b"money.csv") - 46
    return content[: at + 8] + struct.pack("<H", 1) + content[at + 10 :]


def renamed_entry(new: bytes) -> Callable[[bytes], bytes]:
    """The name of sources.csv overwritten with one of the same length."""
    assert len(new) == len(b"sources.csv")
    return lambda content: content.replace(b"sources.csv", new)


def counted_wrong(content: bytes) -> bytes:
    """The record at the end tells of 60,000 entries."""
    at = content.rindex(b"PK\x05\x06")
    return content[: at + 8] + struct.pack("<HH", 60_000, 60_000) + content[at + 12 :]
