"""What an official writes in words about a year, and the numbers in it that are no figure of the report."""

from django.db import transaction
from django.utils import timezone

from spoiwo.audit.services import record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.models import FiscalYear
from spoiwo.reports.domain.prose import Finding, Known, check, known_figures, known_lines
from spoiwo.reports.models import Narrative
from spoiwo.strategy.models import Programme


@transaction.atomic
def write_narrative(*, year: FiscalYear, programme: Programme | None, text: str, seen_version: int, by) -> Narrative:
    """Write or rewrite the words about one programme, or with None about the whole year.

    `seen_version`: of the words that the person saw, 0 when there were none. The same words again change nothing.
    Raises: ChangedMeanwhile, with the words as they are now, when somebody wrote meanwhile.
    """
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=year.pk)  # two first versions at once wait here
    held = year.narratives.filter(programme=programme).first()
    text = text.replace("\r\n", "\n").strip()
    if held and held.text == text:
        return held
    if (held.version if held else 0) != seen_version:
        raise ChangedMeanwhile(held)
    before = held.text if held else ""
    row = held or Narrative(year=year, programme=programme, version=0)
    row.text, row.changed_by, row.changed_at, row.version = text, by, timezone.now(), row.version + 1
    row.save()
    deed = "reports.narrative_changed" if held else "reports.narrative_written"
    facts = {"programme": programme.code if programme else None, "version": row.version, "before": before}
    record(by=by, deed=deed, about=row, text=text, **facts)
    return row


def narrative_rows(year: FiscalYear, codes: set[str]) -> list[dict]:
    """Words about the year and about these programmes, in the form of the report's content; empty ones left out."""
    rows = year.narratives.exclude(text="").select_related("programme").order_by("programme__order", "pk")
    rows = sorted(rows, key=lambda row: row.programme is not None)
    return [
        {"programme": row.programme.code if row.programme else None, "text": row.text}
        for row in rows
        if row.programme is None or row.programme.code in codes
    ]


def lines_to_compare(year: FiscalYear) -> list[Known]:
    """Single lines of the year's money, which a text may name to the grosz."""
    return known_lines(year.entries.order_by("pk").values_list("key", "description", "amount_gr"))


def numbers_of(text: str, content: dict, lines: list[Known]) -> list[Finding]:
    """The numbers of a text beside the figures of the report's content and single lines of money."""
    return check(text, known_figures(content), lines)


def unmatched_numbers(year: FiscalYear, content: dict) -> list[dict]:
    """All numbers of the year's narratives that are no figure: for a person to look at before a final version."""
    if not content["narratives"]:
        return []
    titles = {section["programme"]: section["title"] for section in content["sections"]}
    figures, lines = known_figures(content), lines_to_compare(year)
    return [
        {"programme": row["programme"], "title": titles.get(row["programme"], ""), "finding": finding}
        for row in content["narratives"]
        for finding in check(row["text"], figures, lines)
        if not finding.matched
    ]
