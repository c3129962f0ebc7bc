"""Archives of packages: the pre-flight is that of every upload, its refusals become faults of the package."""

import zipfile
from typing import BinaryIO

from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake import archive as door
from spoiwo.ledger.intake.refusal import Refused, refused


def open_archive(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """Open an archive that passed every check. Raises Refused."""
    try:
        return door.open_archive(file)
    except FileRefused as refusal:
        raise refused(refusal.code, name, refusal.found, refusal.expected) from None


def damaged_entry(entry: str, name: str) -> Refused:
    """The refusal of an entry whose content does not agree with what the archive says of it."""
    refusal = door.damaged_entry(entry)
    return refused(refusal.code, name, refusal.found, refusal.expected)
