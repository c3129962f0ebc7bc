"""The records that a report is made of, in the form of its document."""

from datetime import date

from django.db.models import Q

from spoiwo.audit.domain import initials
from spoiwo.ledger.models import Entry, FiscalYear, Tag
from spoiwo.reports.domain.figures import as_text
from spoiwo.strategy.models import Activity, Measure, Programme, Result, Task
from spoiwo.strategy.services.updating import Names, names_on

EARLIER_YEARS = 5


def earlier_years(year: FiscalYear) -> list[FiscalYear]:
    """Years before this one that the public may see too, the latest first."""
    seen = Q(shown_before_final=True) | Q(reports__isnull=False)
    rows = FiscalYear.objects.filter(seen, region=year.region, year__lt=year.year)
    return list(rows.select_related("strategy").distinct().order_by("-year")[:EARLIER_YEARS])


def names_of(year: FiscalYear) -> Names:
    """What programmes and tasks were called on the last day of the year (decision 0011)."""
    return names_on(year.region, date(year.year, 12, 31))


def tags_of(year: FiscalYear) -> list[Tag]:
    """Cross-cuts that the year's lines or declared totals use."""
    used = Tag.objects.filter(entries__year=year) | Tag.objects.filter(declared__year=year)
    return list(used.distinct())


def _told_years(region: str) -> dict[int, set[int]]:
    """Task → years whose results, activities or lines name it."""
    told: dict[int, set[int]] = {}
    for pairs in (
        Result.objects.filter(region=region, task__isnull=False).values_list("task", "year"),
        Activity.objects.filter(region=region, task__isnull=False).values_list("task", "year"),
        Entry.objects.filter(year__region=region).years_of_tasks(),
    ):
        for task, year in pairs:
            told.setdefault(task, set()).add(year)
    return told


def _spans(years: set[int] | None, year: int) -> bool:
    return bool(years) and min(years) <= year <= max(years)


def task_rows(year: FiscalYear) -> list[dict]:
    """Tasks under way in the year, of programmes and outside them.

    A task without dates is under way when the year's package names it, and from the first to the last year
    that tells of it.
    """
    told, names = _told_years(year.region), names_of(year)
    named = {code for codes in year.batches.values_list("tasks", flat=True) for code in codes}
    rows = Task.objects.filter(region=year.region).active_in(year.year)
    rows = rows.select_related("programme", "programme__strategy")
    rows = [
        row for row in rows if row.from_date or row.to_date or row.code in named or _spans(told.get(row.pk), year.year)
    ]
    return [
        {
            "code": row.code,
            "programme": row.programme.code if row.programme else None,
            "name": names.of(row),
            "kind": row.kind,
            "from": _day(row.from_date),
            "to": _day(row.to_date),
        }
        for row in rows
        if row.programme is None or row.programme.in_force_in(year.year)
    ]


def result_rows(year: FiscalYear) -> list[dict]:
    """Results of the year in the form of the report's records."""
    rows = Result.objects.filter(region=year.region, year=year.year)
    rows = rows.select_related("programme", "task__programme", "measure", "unit").prefetch_related("places")
    return [
        {
            "key": row.key,
            "programme": _programme_code(row),
            "task": row.task.code if row.task else None,
            "measure": row.measure.code if row.measure else None,
            "statement": row.statement,
            "value": as_text(row.value),
            "unit": row.unit.code if row.unit else None,
            "precision": row.precision,
            "place": [place.code for place in row.places.all()],
            "people": row.people,
            "document": row.document_code,
            "order": row.order,
        }
        for row in rows
    ]


def event_rows(year: FiscalYear) -> list[dict]:
    """Activities of the year in the form of the report's records."""
    rows = Activity.objects.filter(region=year.region, year=year.year)
    rows = rows.select_related("programme", "task__programme").prefetch_related("places")
    return [
        {
            "key": row.key,
            "programme": _programme_code(row),
            "task": row.task.code if row.task else None,
            "name": row.name,
            "kind": row.kind,
            "date_from": _day(row.date_from),
            "date_to": _day(row.date_to),
            "place": [place.code for place in row.places.all()],
            "people": row.people,
            "precision": row.precision,
            "document": row.document_code,
            "note": row.note,
        }
        for row in rows
    ]


def _programme_code(row) -> str | None:
    programme = row.programme or (row.task.programme if row.task else None)
    return programme.code if programme else None


def measure_rows(year: FiscalYear) -> list[dict]:
    """Measures of the region."""
    rows = Measure.objects.filter(region=year.region).select_related("unit")
    return [{"code": row.code, "name": row.name, "unit": row.unit.code} for row in rows]


def records_of(year: FiscalYear) -> dict:
    """Every record the report is made of."""
    earlier = earlier_years(year)
    lines = {
        "entries": entry_rows(year.entries.all()),
        "earlier": {
            str(row.year): {"entries": _earlier_entries(row), "declared": _declared_rows(row)} for row in earlier
        },
    }
    return lines | light_records_of(year)


def light_records_of(year: FiscalYear) -> dict:
    """The records whose number does not grow with the lines of money."""
    return {
        "declared": _declared_rows(year),
        "results": result_rows(year),
        "events": event_rows(year),
        "documents": _document_rows(year),
        "tasks": task_rows(year),
        "programmes": _programme_rows(year),
        "tags": [{"code": tag.code, "name": tag.name} for tag in tags_of(year)],
        "measures": measure_rows(year),
    }


ENTRY_COLUMNS = (
    "pk",
    "key",
    "programme__code",
    "task__code",
    "source__code",
    "kind",
    "amount_gr",
    "date",
    "description",
    "document__code",
    "organisation__code",
    "place__code",
    "entered_by__full_name",
    "entered_at",
    "checked_by__full_name",
    "version",
)


def entry_rows(entries) -> list[dict]:
    """Lines of money, oldest first; read column by column, so that a large year stays light."""
    tags: dict[int, list[str]] = {}
    for entry, code in entries.filter(tags__isnull=False).order_by("tags__code").values_list("pk", "tags__code"):
        tags.setdefault(entry, []).append(code)
    rows = entries.order_by("date", "pk").values_list(*ENTRY_COLUMNS)
    return [_entry_row(row, tags.get(row[0], [])) for row in rows.iterator(chunk_size=5000)]


def _entry_row(row: tuple, tags: list[str]) -> dict:
    (
        _pk,
        key,
        programme,
        task,
        source,
        kind,
        amount,
        day,
        words,
        document,
        body,
        place,
        by,
        at,
        checked,
        version,
    ) = row
    return {
        "key": key,
        "programme": programme,
        "task": task,
        "source": source,
        "kind": kind,
        "amount_gr": amount,
        "date": _day(day),
        "description": words,
        "document": document,
        "organisation": body,
        "place": place,
        "tags": tags,
        "entered_by": initials(by or ""),
        "entered_at": at.isoformat(timespec="seconds"),
        "checked_by": initials(checked or ""),
        "version": version,
    }


def chosen(year: FiscalYear, where: dict):
    """The lines that a figure's rule names."""
    rows = year.entries.all()
    if "programme" in where:
        code = where["programme"]
        rows = rows.filter(programme__isnull=code is None) if code in (None, "*") else rows.filter(programme__code=code)
    if "source" in where:
        rows = rows.filter(source__code=where["source"])
    return rows.filter(tags__code=where["tag"]) if "tag" in where else rows


def _earlier_entries(year: FiscalYear) -> list[dict]:
    rows = year.entries.order_by("pk").values_list("key", "programme__code", "source__code", "amount_gr")
    return [{"key": key, "programme": p, "source": s, "amount_gr": gr} for key, p, s, gr in rows]


def _declared_rows(year: FiscalYear) -> list[dict]:
    rows = year.declared.select_related("source", "programme", "tag", "document")
    return [
        {
            "key": row.key,
            "scope": row.scope,
            "source": row.source.code if row.source else None,
            "programme": row.programme.code if row.programme else None,
            "tag": row.tag.code if row.tag else None,
            "amount_gr": row.amount_gr,
            "precision": row.precision,
            "rounded_to_gr": row.rounded_to_gr,
            "document": row.document.code,
            "note": row.note,
        }
        for row in rows
    ]


def _document_rows(year: FiscalYear) -> list[dict]:
    names = ("code", "name", "kind", "address", "note")
    return [
        {name: getattr(row, name) for name in names} | {"date": _day(row.date)}
        for row in year.documents.order_by("code")
    ]


def _programme_rows(year: FiscalYear) -> list[dict]:
    rows, names = Programme.objects.filter(region=year.region).select_related("strategy", "parent"), names_of(year)
    return [
        {
            "code": row.code,
            "strategy": row.strategy.code,
            "number": names.of(row, "number"),
            "name": names.of(row),
            "short_name": names.of(row, "short_name"),
            "kind": row.kind,
            "parent": row.parent.code if row.parent else None,
        }
        for row in rows.order_by("code")
    ]


def _day(day) -> str | None:
    return day.isoformat() if day else None
