"""What letters and workbooks say: fields that fetch or start something, formulas that call out, traces of work."""

import re
import zipfile

from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake.xmlwalk import attribute, walk

PLAIN = "plik bez pól i formuł, które coś uruchamiają albo pobierają"
FIELDS = {"DDE", "DDEAUTO", "LINK", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "DATABASE", "MACROBUTTON", "QUOTE"}
FORMULAS = re.compile(r"(?<![\w.])(?:WEBSERVICE|IMAGE|RTD|CALL|EXEC|REGISTER(?:\.ID)?|SQL\.REQUEST)\s*\(|\|", re.I)
TEXTS = re.compile(r'"(?:[^"]|"")*"')
DDE = ("dde", "pole, które uruchamia program albo pobiera dane (DDE)")


def look_through(archive: zipfile.ZipFile, kind: str) -> list[str]:
    """Walk every XML part; returns notes on what stays inside. Raises: FileRefused."""
    notes: dict[str, None] = {}
    for name in archive.namelist():
        if not name.endswith((".xml", ".vml", ".rels")):
            continue
        if kind == "DOCX" and name.startswith("word/"):
            _Letter(notes).walk(archive, name)
        elif kind == "XLSX" and name.startswith("xl/"):
            _Workbook(notes).walk(archive, name)
        else:
            walk(archive, name, lambda _name, _attributes: None)
        if "/comments" in name or "threadedComments/" in name:
            notes["comments"] = None
    return list(notes)


class _Letter:
    """Fields of a letter. One is begun, told in pieces, and separated from its result; fields stand in fields."""

    def __init__(self, notes: dict[str, None]) -> None:
        self._notes = notes
        self._open: list[list[str]] = []  # what each begun field says so far
        self._said = False

    def walk(self, archive: zipfile.ZipFile, part: str) -> None:
        """One part."""
        walk(archive, part, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "fldChar":
            kind = attribute(attributes, "fldCharType")
            if kind == "begin":
                self._open.append([])
            elif self._open:
                _check_field("".join(self._open[-1]))
                if kind == "end":
                    self._end_field()
        elif name == "fldSimple":
            _check_field(attribute(attributes, "instr"))
        elif name in {"instrText", "delInstrText"}:
            self._said = True
        elif name in {"ins", "del", "moveFrom", "moveTo"} and attribute(attributes, "author"):
            self._notes["tracked"] = None

    def _end_field(self) -> None:
        self._open.pop()
        if self._open:
            self._open[-1].append("\0")  # the field around it is told by another: its name may be computed

    def _end(self, name: str) -> None:
        if name in {"instrText", "delInstrText"}:
            self._said = False

    def _text(self, text: str) -> None:
        if self._said:
            if self._open:
                self._open[-1].append(text)
            else:
                _check_field(text)


def _check_field(said: str) -> None:
    """Raises: FileRefused for a field that fetches or starts, also one whose name is put together by another."""
    name = said.lstrip()
    if name.startswith("\0") or re.split(r"[\s\\\"\0]", name, maxsplit=1)[0].upper() in FIELDS:
        raise FileRefused(*DDE, PLAIN)


class _Workbook:
    """Formulas and sheets of a workbook."""

    def __init__(self, notes: dict[str, None]) -> None:
        self._notes = notes
        self._formula: list[str] | None = None

    def walk(self, archive: zipfile.ZipFile, part: str) -> None:
        """One part."""
        walk(archive, part, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"f", "definedName", "formula", "formula1", "formula2"}:
            self._formula = []
        elif name in {"ddeLink", "oleLink"}:
            raise FileRefused(*DDE, PLAIN)
        elif name == "sheet" and attribute(attributes, "state") in {"hidden", "veryHidden"}:
            self._notes["hidden"] = None

    def _end(self, name: str) -> None:
        if self._formula is not None and name in {"f", "definedName", "formula", "formula1", "formula2"}:
            if FORMULAS.search(TEXTS.sub("", "".join(self._formula))):
                raise FileRefused("dde", "formułę, która uruchamia program albo pobiera dane", PLAIN)
            self._formula = None

    def _text(self, text: str) -> None:
        if self._formula is not None:
            self._formula.append(text)
