"""Codes of the budget classification, and the questions that lines raise."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spoiwo.audit.services import Deed, record_all
from spoiwo.kernel.canonical import fingerprint
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.domain.classification import (
    NGO_GRANT,
    OTHER_GRANTS,
    SHAPES,
    CodeTable,
    Facts,
    Rule,
    Term,
    paragraphs_beside,
    questions,
)
from spoiwo.ledger.domain.pockets import PLANNED
from spoiwo.ledger.errors import NotAClassification, ReasonMissing
from spoiwo.ledger.models import BudgetCode, Entry, FiscalYear, LineQuestion, PlanEntry
from spoiwo.strategy.services import current_region

SHIPPED_CODES = Path(__file__).parent.parent / "data" / "classification.csv"
COLUMNS = ("kind", "code", "name", "valid_from", "valid_to")
LONGEST_NAME = 400
SHORTEST_ANSWER = 10
GRANTS = (NGO_GRANT, *sorted(OTHER_GRANTS))
BATCH = 500


@dataclass
class CodeChange:
    """What reading a table of codes did."""

    read: int = 0
    new: int = 0
    changed: int = 0


@transaction.atomic
def import_classification(*, file: Path = SHIPPED_CODES, by=None) -> CodeChange:
    """Add codes and correct those that the file describes otherwise; nothing is deleted. Can be repeated.

    Raises: NotAClassification with the row and what was expected; nothing is saved then.
    """
    rows = _read(file)
    held = {(code.kind, code.code, code.valid_from): code for code in BudgetCode.objects.select_for_update(no_key=True)}
    change, deeds, new = CodeChange(read=len(rows)), [], []
    for row in rows:
        code = held.get((row["kind"], row["code"], row["valid_from"]))
        if code is None:
            new.append(BudgetCode(**row))
        elif (code.name, code.valid_to) != (row["name"], row["valid_to"]):
            facts = {"changed": {"name": [code.name, row["name"]], "valid_to": [_iso(code), _iso(row)]}}
            code.name, code.valid_to = row["name"], row["valid_to"]
            code.save(update_fields=["name", "valid_to"])
            deeds.append(Deed("ledger.budgetcode_changed", code, facts))
    added = BudgetCode.objects.bulk_create(new, batch_size=BATCH)
    change.new, change.changed = len(added), len(deeds)
    if added:
        facts = {"file": file.name, "codes": len(added)}
        deeds.append(Deed("ledger.classification_read", added[0], facts))
    if deeds:
        record_all(by=by, deeds=deeds)
    return change


def _iso(row) -> str:
    day = row["valid_to"] if isinstance(row, dict) else row.valid_to
    return day.isoformat() if day else ""


def _read(file: Path) -> list[dict]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source, strict=True)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise NotAClassification(f"{file.name}: brak kolumn {', '.join(missing)}")
        try:
            rows = [_row(row, f"{file.name}, wiersz {number}") for number, row in enumerate(reader, start=2)]
        except csv.Error as problem:
            raise NotAClassification(f"{file.name}, wiersz {reader.line_num}: nie jest to plik CSV") from problem
    seen: dict[tuple, int] = {}
    for number, row in enumerate(rows, start=2):
        key = (row["kind"], row["code"], row["valid_from"])
        if key in seen:
            raise NotAClassification(f"{file.name}, wiersz {number}: ten sam kod co w wierszu {seen[key]}")
        seen[key] = number
    return rows


def _row(row: dict, place: str) -> dict:
    """One row checked. Raises NotAClassification."""
    kind, code, name = ((row[column] or "").strip() for column in COLUMNS[:3])
    if kind not in SHAPES:
        raise NotAClassification(f"{place}: rodzaj „{kind}”; oczekiwano: {', '.join(SHAPES)}")
    if not SHAPES[kind].fullmatch(code):
        raise NotAClassification(f"{place}: kod „{code}” nie ma tylu cyfr, ile rodzaj {kind}")
    if not name or len(name) > LONGEST_NAME:
        raise NotAClassification(f"{place}: nazwa ma {len(name)} znaków; oczekiwano od 1 do {LONGEST_NAME}")
    try:
        days = [date.fromisoformat(row[column].strip()) if row[column] else None for column in COLUMNS[3:]]
    except ValueError:
        raise NotAClassification(f"{place}: dzień; oczekiwano zapisu 2019-12-31") from None
    if None not in days and days[0] > days[1]:
        raise NotAClassification(f"{place}: kod kończy się, zanim się zaczął")
    return {"kind": kind, "code": code, "name": name, "valid_from": days[0], "valid_to": days[1]}


def code_table() -> CodeTable:
    """All codes as the rules need them."""
    table = CodeTable()
    for kind, code, start, end in BudgetCode.objects.values_list("kind", "code", "valid_from", "valid_to"):
        table.terms.setdefault((kind, code), []).append(Term(start, end))
    return table


@transaction.atomic
def ask_questions(line: Entry | PlanEntry, *, by=None) -> None:
    """Put to the accountant what does not fit in a line; withdraw what fits now."""
    ask_about([line], by=by)


@transaction.atomic
def ask_about(lines: Sequence[Entry] | Sequence[PlanEntry], *, by=None) -> int:
    """The same for many lines of one table; returns how many new questions were asked.

    A question whose facts changed is asked anew, its answer stays in the record of deeds.
    """
    if not lines:
        return 0
    lines = _with_neighbours(lines)
    table, beside = code_table() if any(_has_codes(line) for line in lines) else CodeTable(), _paragraphs_of(lines)
    column = "entry" if isinstance(lines[0], Entry) else "plan_entry"
    held, taken_back = _held(lines, column), _taken_back(lines)
    new, deeds = [], []
    for line in lines:
        if line.pk in taken_back or not _has_codes(line):
            continue
        for asked in questions(_facts(line, beside.get(_money(line), frozenset())), table):
            row = held.pop((line.pk, asked.rule), None)
            if row is None:
                new.append(LineQuestion(**{column: line}, rule=asked.rule, facts=asked.facts))
                deeds.append(Deed("ledger.question_asked", line, {"rule": str(asked.rule), **asked.facts}))
            elif row.facts != asked.facts:
                deeds.append(_ask_again(row, line, asked.facts))
    by_pk = {line.pk: line for line in lines}
    for (pk, rule), row in held.items():
        deeds.append(Deed("ledger.question_withdrawn", by_pk[pk], {"rule": rule, "answer": row.answer}))
        row.delete()
    LineQuestion.objects.bulk_create(new, batch_size=BATCH)
    if deeds:
        record_all(by=by, deeds=deeds)
    return len(new)


def _has_codes(line) -> bool:
    return bool(line.chapter or line.paragraph)


def _held(lines: Sequence, column: str) -> dict[tuple[int, str], LineQuestion]:
    """The questions there are about the lines, by line and rule."""
    held = {}
    for some in _batches([line.pk for line in lines]):
        for row in LineQuestion.objects.filter(**{f"{column}__in": some}).select_for_update(no_key=True):
            held[getattr(row, f"{column}_id"), row.rule] = row
    return held


def _taken_back(lines: Sequence) -> set[int]:
    """Reversing lines and what they reverse: nothing is asked about them any more."""
    found = {line.pk for line in lines if line.reverses_id}
    for some in _batches([line.pk for line in lines]):
        found.update(type(lines[0]).objects.filter(reverses__in=some).values_list("reverses_id", flat=True))
    return found


def _ask_again(row: LineQuestion, line, facts: dict) -> Deed:
    deed = Deed("ledger.question_asked", line, {"rule": row.rule, **facts, "answered_before": row.answer})
    row.facts, row.answer, row.answered_at, row.answered_by, row.asked_at = facts, "", None, None, timezone.now()
    row.save(update_fields=["facts", "answer", "answered_at", "answered_by", "asked_at"])
    return deed


def _with_neighbours(lines: Sequence) -> list:
    """The lines, and other grants of their documents: one line may raise or end a question of another."""
    model, known = type(lines[0]), {line.pk for line in lines}
    documents = {line.document_id for line in lines if line.paragraph.startswith(GRANTS)}
    about = Q(questions__rule=Rule.NGO_TWICE, year_id=lines[0].year_id)
    found = list(model.objects.filter(about).select_related("source", "organisation", "year"))
    for some in _batches(sorted(documents)):
        grants = model.objects.filter(_grants(), document_id__in=some)
        found += grants.select_related("source", "organisation", "year")
    others = {line.pk: line for line in found if line.pk not in known}
    return [*lines, *others.values()]


def _grants() -> Q:
    wanted = Q()
    for stem in GRANTS:
        wanted |= Q(paragraph__startswith=stem)
    return wanted


def _money(line) -> tuple:
    """What makes two lines the same money: document, chapter, task, recipient."""
    return (line.document_id, line.chapter, line.task_id, line.organisation_id)


def _paragraphs_of(lines: Sequence) -> dict[tuple, frozenset[str]]:
    """The same money → grants among the paragraphs of its lines."""
    documents = sorted({line.document_id for line in lines if line.paragraph.startswith(GRANTS)})
    found: dict[tuple, set[str]] = {}
    columns = ("document_id", "chapter", "task_id", "organisation_id", "paragraph")
    for some in _batches(documents):
        rows = type(lines[0]).objects.filter(_grants(), document_id__in=some).order_by()
        for *money, paragraph in rows.values_list(*columns).distinct():
            found.setdefault(tuple(money), set()).add(paragraph)
    return {money: paragraphs_beside(paragraphs) for money, paragraphs in found.items()}


def _facts(line: Entry | PlanEntry, beside: frozenset[str]) -> Facts:
    return Facts(
        chapter=line.chapter,
        paragraph=line.paragraph,
        source=str(line.source.source_class),
        day=line.date or date(line.year.year, 12, 31),
        recipient=line.organisation.kind if line.organisation_id else "",
        beside=beside,
        planned=line.kind in PLANNED,
    )


def _batches(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    """Keys a few hundred at a time: a database takes only so many parameters."""
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def question_token(row: LineQuestion) -> str:
    """What a page sends back with an answer: the question, and what it saw."""
    return f"{row.pk}-{fingerprint({'facts': row.facts, 'answer': row.answer})[:12]}"


@transaction.atomic
def answer_questions(*, region: str, tokens: Sequence[str], answer: str, by) -> int:
    """Answer questions in writing, one answer for all of them; returns how many.

    Raises: ReasonMissing; ChangedMeanwhile when one was answered, withdrawn or asked anew meanwhile.
    """
    answer = answer.strip()
    if len(answer) < SHORTEST_ANSWER:
        raise ReasonMissing
    wanted = {token.partition("-")[0]: token for token in tokens}
    keys = [int(key) for key in wanted if key.isascii() and key.isdigit() and len(key) < 19]
    rows = list(questions_of(region).filter(pk__in=keys).select_for_update(no_key=True, of=("self",)))
    if not rows or len(rows) != len(tokens) or any(question_token(row) != wanted[str(row.pk)] for row in rows):
        raise ChangedMeanwhile(rows)
    deeds, now = [], timezone.now()
    for row in rows:
        row.answer, row.answered_at, row.answered_by = answer, now, by
        row.save(update_fields=["answer", "answered_at", "answered_by"])
        deeds.append(Deed("ledger.question_answered", row.entry or row.plan_entry, {"rule": row.rule}, answer))
    record_all(by=by, deeds=deeds)
    return len(rows)


def questions_of(region: str):
    """The questions about lines of a region, answered or not."""
    related = ("entry__year", "entry__source", "plan_entry__year", "plan_entry__source", "answered_by")
    rows = LineQuestion.objects.filter(Q(entry__year__region=region) | Q(plan_entry__year__region=region))
    return rows.select_related(*related)


def waiting_questions(_request=None) -> int:
    """How many questions of this house's region wait for an answer; the menu gives its request."""
    return questions_of(current_region()).filter(answered_at=None).count()


def used_codes(year: FiscalYear) -> list[dict]:
    """Chapters and paragraphs of a year's lines that the table lacks, each with its lines and their sum."""
    table, day = code_table(), date(year.year, 12, 31)
    found = []
    for kind, size in (("chapter", 5), ("paragraph", 3)):
        found += [
            {"kind": kind, "code": code, "amount_gr": total, "lines": count}
            for code, total, count in sorted(year.entries.exclude(**{kind: ""}).counted_sums(kind))
            if not table.valid(kind, code[:size], day)
        ]
    return found


def code_names() -> dict[tuple[str, str], str]:
    """(kind, code) → the latest name, for pages that show many codes."""
    rows = BudgetCode.objects.order_by("valid_from").values_list("kind", "code", "name")
    return {(kind, code): name for kind, code, name in rows}
