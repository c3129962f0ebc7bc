"""XML parts of office files, streamed: no document types, no entities, no bottomless nesting."""

import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from spoiwo.doors.domain import limits
from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake.archive import damaged_entry
from spoiwo.kernel.quoting import quoted

BLOCK = 256 * 1024
EXPECTED = "plik zapisany przez program biurowy"


def walk(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read one part to its end through handlers that get local names, without prefixes. Raises: FileRefused."""
    parser, depth, local = expat.ParserCreate(), 0, _LocalNames()
    parser.buffer_text = True

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.XML_DEPTH:
            raise _refused(part, "zagnieżdżoną ponad miarę")
        start(local[name], attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(local[name])

    def on_doctype(*_declaration: object) -> None:
        raise _refused(part, "z deklaracją DOCTYPE (encje)")

    parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
    parser.StartDoctypeDeclHandler = on_doctype
    if text:
        parser.CharacterDataHandler = text
    try:
        with archive.open(part) as stream:
            while block := stream.read(BLOCK):
                parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as wrong:
        raise _refused(part, f"z błędem XML w wierszu {wrong.lineno}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise damaged_entry(part) from None


def _refused(part: str, what: str) -> FileRefused:
    return FileRefused("broken_part", f"część {quoted(part)} {what}", EXPECTED)


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute by its local name, or an empty text."""
    if name in attributes:
        return attributes[name]
    return next((text for key, text in attributes.items() if key.rpartition(":")[2] == name), "")


class _LocalNames(dict[str, str]):
    """Names without their prefixes, remembered: there are few names and many elements."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < 1000:
            self[name] = local
        return local
