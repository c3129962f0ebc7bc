"""The child process: puts the fence up, cleans one file from its standard input, tells its parent."""

import json
import sys

from spoiwo.doors.domain import limits
from spoiwo.doors.domain.files import Cleaned
from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake import fence

WHOLE = "plik, który da się odczytać w całości"


def main(kind: str) -> None:
    """Clean the file of this kind: one line of JSON, then what is left of it."""
    fence.limit_process(memory=limits.CHILD_BYTES, cpu_seconds=limits.CHILD_CPU_SECONDS, open_files=limits.CHILD_FILES)
    content = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
    told, left = answer(kind, content)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    sys.stdout.buffer.write(left)
    sys.stdout.buffer.flush()


def answer(kind: str, content: bytes) -> tuple[dict, bytes]:
    """What the parent is told, and what is left of the file."""
    try:
        cleaned = clean(kind, content)
        return {"notes": cleaned.notes, "signed": cleaned.signed}, cleaned.content
    except FileRefused as refusal:
        why = [refusal.code, refusal.found, refusal.expected]
    except MemoryError:
        why = ["too_much_memory", "plik, który po otwarciu zajmuje zbyt wiele pamięci", "mniejszy plik"]
    except BaseException:  # also panics of native readers, which are no Exception
        why = ["broken_file", "plik uszkodzony albo w nieznanej odmianie", WHOLE]
    return {"refused": why}, b""


def clean(kind: str, content: bytes) -> Cleaned:
    """What is left of a file of this kind. Raises: FileRefused."""
    from spoiwo.doors.intake import office, pdfs, pictures, texts  # after the fence

    match kind:
        case "PDF":
            return pdfs.clean(content)
        case "PNG":
            return pictures.clean_png(content)
        case "JPEG":
            return pictures.clean_jpeg(content)
        case "DOCX" | "XLSX":
            return office.clean(content, kind)
    return texts.clean(content)
