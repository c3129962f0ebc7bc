"""XML parts of a workbook, streamed: no document types, no entities, no bottomless nesting."""

import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.archive import damaged_entry
from spoiwo.ledger.intake.refusal import Refused, refused

BLOCK = 256 * 1024
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Enough(Exception):
    """The handler has seen what it wanted; the rest of the part need not be read."""


class PartReader:
    """Streams one part of an archive through handlers that get local names, without prefixes."""

    def __init__(self, archive: zipfile.ZipFile, part: str, file: str) -> None:
        self._archive, self._part, self._file = archive, part, file
        self._depth = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype

    def run(self, start: Start, end: End | None = None) -> None:
        """Read the part to its end, or until a handler raises Enough. Raises Refused."""
        local, parser = _LocalNames(), self.parser

        def on_start(name: str, attributes: dict[str, str]) -> None:
            self._depth += 1
            if self._depth > limits.PARTS_DEPTH:
                raise self._refusal("broken_part", "zagnieżdżoną ponad miarę")
            start(local[name], attributes)

        def on_end(name: str) -> None:
            self._depth -= 1
            if end:
                end(local[name])

        parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
        try:
            self._feed()
        except Enough:
            return
        except expat.ExpatError as wrong:
            raise self._refusal("broken_part", f"z błędem XML w wierszu {wrong.lineno}") from None
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise damaged_entry(self._part, self._file) from None

    def _feed(self) -> None:
        with self._archive.open(self._part) as stream:
            while block := stream.read(BLOCK):
                self.parser.Parse(block, False)
        self.parser.Parse(b"", True)

    def _doctype(self, *_declaration: object) -> None:
        raise self._refusal("document_type", "z deklaracją DOCTYPE (encje)")

    def _refusal(self, code: str, what: str) -> Refused:
        expected = "skoroszyt zapisany przez program arkuszowy"
        return refused(code, self._file, f"część {quoted(self._part)} {what}", expected)


class _LocalNames(dict[str, str]):
    """Names without their prefixes, remembered: there are few names and many elements."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < 1000:
            self[name] = local
        return local


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute by its local name, or an empty text."""
    if name in attributes:
        return attributes[name]
    return next((text for key, text in attributes.items() if key.rpartition(":")[2] == name), "")
