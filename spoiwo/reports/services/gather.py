"""Collecting the facts of a year from the rooms below."""

from datetime import datetime

from spoiwo.ledger.domain.reconcile import Sum
from spoiwo.ledger.models import FiscalYear, Settlement, Source, Tag
from spoiwo.ledger.services.years import reconcile_year
from spoiwo.organisations.services import region_profile
from spoiwo.reports.domain.content import build
from spoiwo.reports.domain.figures import as_text
from spoiwo.strategy.models import Activity, Measure, Programme, Result, Task, Unit

EARLIER_YEARS = 5


def content_of(year: FiscalYear, *, now: datetime) -> dict:
    """The draft of a year's report as the records are now, without the records themselves."""
    sums = reconcile_year(year)
    programmes = _programmes(year, sums)
    facts = {
        "region": _region(year),
        "year": _year(year, now),
        "sources": _sources(year),
        "units": _units(year),
        "programmes": programmes,
        "outside": _outside(year, sums),
        "tags": [{"code": tag.code, "name": tag.name} for tag in _tags(year)],
        "tasks": task_rows(year),
        "results": _labelled(result_rows(year)),
        "events": event_rows(year),
        "measures": _measures(year),
        "earlier": _earlier(year, programmes),
    }
    return build(facts, sums, settlement_rows(year))


def _region(year: FiscalYear) -> dict:
    profile = region_profile(year.region)
    return {
        "code": profile.code,
        "name": profile.name,
        "office": profile.office,
        "assembly": profile.assembly,
        "address": profile.address,
    }


def _year(year: FiscalYear, now: datetime) -> dict:
    strategy = year.strategy
    return {
        "year": year.year,
        "title": year.title,
        "strategy": {"code": strategy.code, "name": strategy.name, "short_name": strategy.short_name},
        "state": "draft",
        "version": None,
        "as_of": now.isoformat(timespec="seconds"),
        "finalised": None,
        "reason": "",
        "changes": [],
        "previous_fingerprint": "",
        "invented": year.invented,
        "notice": year.notice,
        "outside_label": year.outside_label,
    }


def _sources(year: FiscalYear) -> list[dict]:
    rows = Source.objects.filter(region=year.region)
    return [
        {"code": row.code, "name": row.name, "short_name": row.short_name, "class": row.source_class}
        for row in rows
    ]


def _units(year: FiscalYear) -> dict[str, dict]:
    names = ("one", "few", "many", "one_acc", "loc_one", "loc_many")
    return {
        unit.code: {name: getattr(unit, name) or None for name in names}
        for unit in Unit.objects.filter(region=year.region)
    }


def _tags(year: FiscalYear) -> list[Tag]:
    used = Tag.objects.filter(entries__year=year) | Tag.objects.filter(declared__year=year)
    return list(used.distinct())


def _programmes(year: FiscalYear, sums) -> list[dict]:
    """Programmes of the year's strategy in force, and any other that has money; nested ones inside their parent."""
    with_money = {code for code, _source in sums.cells if code}
    in_force = set(year.strategy.programmes.in_force_in(year.year).values_list("code", flat=True))
    told = set(
        Result.objects.filter(region=year.region, year=year.year, programme__isnull=False).values_list(
            "programme__code", flat=True
        )
    )
    rows = Programme.objects.filter(region=year.region, code__in=with_money | in_force | told)
    rows = list(rows.select_related("parent", "strategy").order_by("strategy__from_year", "order", "code"))
    shown = [row for row in rows if row.parent is None or row.code in with_money | told]
    return [
        {
            "code": row.code,
            "number": row.number,
            "name": row.name,
            "short_name": row.short_name,
            "kind": row.kind,
            "nested": [child.name for child in rows if child.parent_id == row.pk and child not in shown],
        }
        for row in shown
    ]


def _outside(year: FiscalYear, sums) -> dict | None:
    has_money = any(code is None for code, _source in sums.cells)
    has_words = Result.objects.filter(region=year.region, year=year.year, programme=None).exists()
    if not has_money and not has_words:
        return None
    label = year.outside_label
    return {"code": None, "number": "", "name": label, "short_name": label, "kind": "outside"}


def task_rows(year: FiscalYear) -> list[dict]:
    """Tasks under way in the year, of programmes and outside them."""
    rows = (
        Task.objects.filter(region=year.region)
        .active_in(year.year)
        .select_related("programme", "programme__strategy")
    )
    return [
        {
            "code": row.code,
            "programme": row.programme.code if row.programme else None,
            "name": row.name,
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


def _labelled(rows: list[dict]) -> list[dict]:
    """Give every result a label that stands alone in the list of figures."""
    for row in rows:
        row["label"] = row["statement"].replace("{", "").replace("}", "")[:120]
    return rows


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


def _measures(year: FiscalYear) -> list[dict]:
    rows = Measure.objects.filter(region=year.region).select_related("unit")
    return [{"code": row.code, "name": row.name, "unit": row.unit.code} for row in rows]


def settlement_rows(year: FiscalYear) -> dict[str, dict]:
    """Settlements in force by the key of the declared total."""
    rows = Settlement.objects.filter(declared__year=year, withdrawn_at=None)
    return {
        row.declared.key: {
            "kind": row.kind,
            "reason": row.reason,
            "by": row.by_name,
            "at": row.at.isoformat(timespec="seconds"),
            "lines": [
                {"description": line.description, "amount_gr": line.amount_gr, "document": line.document}
                for line in row.lines.all()
            ],
        }
        for row in rows.select_related("declared").prefetch_related("lines")
    }


def _earlier(year: FiscalYear, programmes: list[dict]) -> list[dict]:
    """Earlier years of the region with the sums of the programmes that ours continue."""
    years = FiscalYear.objects.filter(region=year.region, year__lt=year.year).order_by("-year")[
        :EARLIER_YEARS
    ]
    if not years:
        return []
    family = _family(year.region)
    result = []
    for other in sorted(years, key=lambda row: row.year):
        sums = reconcile_year(other)
        there = {p.code: p.short_name for p in other.strategy.programmes.in_force_in(other.year)}
        lineage = {}
        for row in programmes:
            codes = sorted(family[row["code"]] & there.keys())
            if codes:
                lineage[row["code"]] = {"codes": codes, "names": [there[code] for code in codes]}
        result.append(
            {
                "year": other.year,
                "invented": other.invented,
                "lineage": lineage,
                "total": sums.total(),
                "sum_of": lambda codes, sums=sums: sum((sums.by_programme(code) for code in codes), Sum()),
            }
        )
    return result


def _family(region: str) -> dict[str, set[str]]:
    """Programme code → itself and all its predecessors, however far back."""
    rows = Programme.objects.filter(region=region).prefetch_related("predecessors")
    direct = {row.code: {before.code for before in row.predecessors.all()} for row in rows}
    result = {}
    for code in direct:
        seen, todo = set(), [code]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo.extend(direct.get(here, ()))
        result[code] = seen
    return result


def records_of(year: FiscalYear) -> dict:
    """Every record the report is made of."""
    earlier = FiscalYear.objects.filter(region=year.region, year__lt=year.year).order_by("-year")[
        :EARLIER_YEARS
    ]
    return {
        "entries": entry_rows(year.entries.all()),
        "declared": _declared_rows(year),
        "results": result_rows(year),
        "events": event_rows(year),
        "documents": _document_rows(year),
        "tasks": task_rows(year),
        "programmes": _programme_rows(year),
        "tags": [{"code": tag.code, "name": tag.name} for tag in _tags(year)],
        "measures": _measures(year),
        "earlier": {
            str(row.year): {"entries": _earlier_entries(row), "declared": _declared_rows(row)}
            for row in earlier
        },
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
    for entry, code in (
        entries.filter(tags__isnull=False).order_by("tags__code").values_list("pk", "tags__code")
    ):
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
        "entered_by": by or "",
        "entered_at": at.isoformat(timespec="seconds"),
        "checked_by": checked or "",
        "version": version,
    }


def chosen(year: FiscalYear, where: dict):
    """The lines that a figure's rule names."""
    rows = year.entries.all()
    if "programme" in where:
        code = where["programme"]
        rows = (
            rows.filter(programme__isnull=code is None)
            if code in (None, "*")
            else rows.filter(programme__code=code)
        )
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
    rows = Programme.objects.filter(region=year.region).select_related("strategy", "parent")
    return [
        {
            "code": row.code,
            "strategy": row.strategy.code,
            "number": row.number,
            "name": row.name,
            "short_name": row.short_name,
            "kind": row.kind,
            "parent": row.parent.code if row.parent else None,
        }
        for row in rows.order_by("code")
    ]


def _day(day) -> str | None:
    return day.isoformat() if day else None
