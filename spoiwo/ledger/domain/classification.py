"""The budget classification: parts of a code, a code on a day, and what about a line raises a question.

A mismatch is put to the accountant and never mended. Sources: regulation of the Minister of Finance of 2 March 2010
(Dz.U. 2022 poz. 513), annexes 1, 2 and 4; Public Finance Act of 27 August 2009.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

DIVISION = re.compile(r"\d{3}", re.ASCII)
CHAPTER = re.compile(r"\d{5}", re.ASCII)
PARAGRAPH = re.compile(r"\d{4}", re.ASCII)
SHAPES = {"division": DIVISION, "chapter": CHAPTER, "paragraph": DIVISION, "fourth_digit": re.compile(r"\d", re.ASCII)}

EU_DIGITS = frozenset("178")  # financing from the EU's money
SHARE_DIGITS = frozenset("29")  # the national share of a project
NGO_GRANT = "236"  # grants under art. 221 of the act
OTHER_GRANTS = frozenset({"281", "282", "283"})
STATE_GRANTS = frozenset({"221"})
ANNEX = "rozporządzenie Ministra Finansów z 2 marca 2010 r., załącznik nr"


class Rule(StrEnum):
    """Why a line raises a question."""

    DIVISION = "chapter-division"
    NOT_VALID = "code-not-valid"
    EU_DIGIT = "eu-digit-other-source"
    EU_WITHOUT_DIGIT = "eu-source-without-digit"
    SHARE = "national-share-from-eu"
    NGO_RECIPIENT = "ngo-grant-recipient"
    NGO_TWICE = "ngo-grant-two-paragraphs"
    STATE_GRANT = "state-grant-other-source"


SOURCES = {
    Rule.DIVISION: f"{ANNEX} 1 i 2",
    Rule.NOT_VALID: f"{ANNEX} 1, 2 i 4",
    Rule.EU_DIGIT: f"{ANNEX} 4, czwarta cyfra 1, 7 i 8",
    Rule.EU_WITHOUT_DIGIT: f"{ANNEX} 4, czwarta cyfra 1, 7 i 8",
    Rule.SHARE: f"{ANNEX} 4, czwarta cyfra 2 i 9",
    Rule.NGO_RECIPIENT: f"{ANNEX} 4, paragraf 236; art. 221 ustawy o finansach publicznych",
    Rule.NGO_TWICE: f"{ANNEX} 4, objaśnienie do paragrafu 236",
    Rule.STATE_GRANT: f"{ANNEX} 4, paragraf 221",
}


@dataclass(frozen=True)
class Term:
    """The days of one code; None on either side: since before the table, still."""

    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the code may be used on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass
class CodeTable:
    """Codes by kind with their days; a code may have several."""

    terms: dict[tuple[str, str], list[Term]] = field(default_factory=dict)

    def knows(self, kind: str, code: str) -> bool:
        """Whether the table has the code at all."""
        return (kind, code) in self.terms

    def valid(self, kind: str, code: str, day: date) -> bool:
        """Whether the code is in the table and valid on the day."""
        return any(term.covers(day) for term in self.terms.get((kind, code), ()))

    def has_kind(self, kind: str) -> bool:
        """Whether the table holds any code of the kind."""
        return any(known == kind for known, _code in self.terms)


@dataclass(frozen=True)
class Facts:
    """What the rules look at in one line. `day` is that of the line, or the last of its year.

    `recipient` is the kind of the organisation paid, "" when none is named; `beside` the grants (three digits)
    among lines of the same document, chapter, task and recipient; `planned`: a line of the plan, which has no
    recipient yet.
    """

    chapter: str
    paragraph: str
    source: str  # class of the source: own, state, pfron, eu
    day: date
    recipient: str = ""
    beside: frozenset[str] = frozenset()
    planned: bool = False

    @property
    def digit(self) -> str:
        """The fourth digit."""
        return self.paragraph[3:4]

    @property
    def stem(self) -> str:
        """The paragraph without its fourth digit."""
        return self.paragraph[:3]


@dataclass(frozen=True)
class Question:
    """One mismatch: the rule, and what it saw as code → text."""

    rule: Rule
    facts: dict[str, str]


def parts_of(chapter: str, paragraph: str) -> list[tuple[str, str]]:
    """The codes of a line as (kind, code), the largest first; of an empty column none."""
    parts = [("division", chapter[:3]), ("chapter", chapter)] if chapter else []
    return parts + ([("paragraph", paragraph[:3]), ("fourth_digit", paragraph[3:4])] if paragraph else [])


def unknown_codes(table: CodeTable, chapter: str, paragraph: str, day: date) -> list[tuple[str, str]]:
    """The codes of a line that the table lacks or that were not valid on the day."""
    return [(kind, code) for kind, code in parts_of(chapter, paragraph) if not table.valid(kind, code, day)]


def questions(line: Facts, table: CodeTable) -> list[Question]:
    """What to ask about a line; a line without classification raises nothing."""
    asked = []
    for rule, found in _RULES:
        if facts := found(line, table):
            asked.append(Question(rule, facts))
    return asked


def _division(line: Facts, table: CodeTable) -> dict | None:
    known = table.has_kind("division")
    if line.chapter and known and not table.knows("chapter", line.chapter):
        return None if table.knows("division", line.chapter[:3]) else {"chapter": line.chapter}
    return None


def _not_valid(line: Facts, table: CodeTable) -> dict | None:
    parts = parts_of(line.chapter, line.paragraph)
    old = [code for kind, code in parts if table.knows(kind, code) and not table.valid(kind, code, line.day)]
    return {"codes": ", ".join(old), "day": line.day.isoformat()} if old else None


def _eu_digit(line: Facts, _table: CodeTable) -> dict | None:
    return _paragraph(line) if line.digit in EU_DIGITS and line.paragraph and line.source != "eu" else None


def _eu_without_digit(line: Facts, _table: CodeTable) -> dict | None:
    if not line.paragraph or line.source != "eu" or line.digit in EU_DIGITS | SHARE_DIGITS:
        return None
    return _paragraph(line)


def _share(line: Facts, _table: CodeTable) -> dict | None:
    return _paragraph(line) if line.source == "eu" and line.digit in SHARE_DIGITS and line.paragraph else None


def _ngo_recipient(line: Facts, _table: CodeTable) -> dict | None:
    if line.planned or line.stem != NGO_GRANT or line.recipient == "ngo":
        return None
    return {"paragraph": line.paragraph, "recipient": line.recipient}


def _ngo_twice(line: Facts, _table: CodeTable) -> dict | None:
    together = line.beside | {line.stem}
    if line.planned or NGO_GRANT not in together or line.stem not in OTHER_GRANTS | {NGO_GRANT}:
        return None
    others = sorted(together & OTHER_GRANTS)
    return {"paragraph": line.paragraph, "others": ", ".join(others)} if others else None


def _state_grant(line: Facts, _table: CodeTable) -> dict | None:
    return _paragraph(line) if line.stem in STATE_GRANTS and line.source != "state" else None


def _paragraph(line: Facts) -> dict:
    return {"paragraph": line.paragraph, "source": line.source}


_RULES: tuple[tuple[Rule, Callable[[Facts, CodeTable], dict | None]], ...] = (
    (Rule.DIVISION, _division),
    (Rule.NOT_VALID, _not_valid),
    (Rule.EU_DIGIT, _eu_digit),
    (Rule.EU_WITHOUT_DIGIT, _eu_without_digit),
    (Rule.SHARE, _share),
    (Rule.NGO_RECIPIENT, _ngo_recipient),
    (Rule.NGO_TWICE, _ngo_twice),
    (Rule.STATE_GRANT, _state_grant),
)


def paragraphs_beside(paragraphs: Iterable[str]) -> frozenset[str]:
    """The grants among paragraphs of one document, three digits each: all that the rules compare."""
    return frozenset(paragraph[:3] for paragraph in paragraphs) & (OTHER_GRANTS | {NGO_GRANT})
