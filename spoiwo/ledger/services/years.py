"""A year as a whole: finding it, and setting declared totals beside computed ones."""

from collections import defaultdict

from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.ledger.domain.reconcile import Declared, Reconciliation, Settled, Sum, reconcile
from spoiwo.ledger.errors import YearNotFound
from spoiwo.ledger.models import DeclaredTotal, Entry, FiscalYear, Settlement, Source, Tag
from spoiwo.strategy.models import Programme
from spoiwo.strategy.services import current_region


def find_year(year: int, region: str | None = None) -> FiscalYear:
    """The year of the region asked for, else of this house's region, else of the only one that has it.

    Raises: YearNotFound.
    """
    rows = FiscalYear.objects.select_related("strategy")
    if region:
        rows = rows.of_region(region)
    found = list(rows.filter(year=year)[:2])
    if len(found) == 2:
        found = [row for row in rows.filter(year=year) if row.region == current_region()]
    if not found:
        raise YearNotFound(year, sorted(rows.values_list("year", flat=True).distinct()))
    return found[0]


def reconcile_year(year: FiscalYear) -> Reconciliation:
    """The matrix and its declared totals, computed from the lines as they are now."""
    return reconcile_years([year])[year.pk]


def reconcile_years(years: list[FiscalYear]) -> dict[int, Reconciliation]:
    """The same for several years of one region: pk of the year → its sums, in as many queries as for one."""
    if not years:
        return {}
    region = years[0].region
    programmes = dict(Programme.objects.filter(region=region).values_list("pk", "code"))
    sources = dict(Source.objects.filter(region=region).values_list("pk", "code"))
    tags = dict(Tag.objects.filter(region=region).values_list("pk", "code"))
    lines = Entry.objects.filter(year__in=years)
    cells, cuts, declared = defaultdict(dict), defaultdict(dict), defaultdict(list)
    for (year, programme, source), found in lines.by_cell().items():
        cells[year][programmes.get(programme), sources[source]] = Sum(*found)
    for (year, tag), found in lines.by_tag().items():
        cuts[year][tags[tag]] = Sum(*found)
    for row in DeclaredTotal.objects.filter(year__in=years):
        declared[row.year_id].append(_declared(row, programmes, sources, tags))
    settled = _settled(years)
    return {
        year.pk: reconcile(
            cells=cells[year.pk], tags=cuts[year.pk], declared=declared[year.pk], settled=settled[year.pk]
        )
        for year in years
    }


def _declared(row: DeclaredTotal, programmes: dict, sources: dict, tags: dict) -> Declared:
    return Declared(
        key=row.key,
        scope=row.scope,
        amount_gr=row.amount_gr,
        source=sources.get(row.source_id),
        programme=programmes.get(row.programme_id),
        tag=tags.get(row.tag_id),
        precision=row.precision,
        rounded_to_gr=row.rounded_to_gr,
    )


def _settled(years: list[FiscalYear]) -> dict[int, dict[str, Settled]]:
    rows = Settlement.objects.filter(declared__year__in=years, withdrawn_at=None)
    found: dict[int, dict[str, Settled]] = defaultdict(dict)
    for year, key, kind, gr in rows.values_list("declared__year", "declared__key", "kind", "difference_gr"):
        found[year][key] = Settled(kind, gr)
    return found


@transaction.atomic
def show_before_final(*, year: FiscalYear, shown: bool, by) -> None:
    """Let the public see the year's draft, or hide it again."""
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=year.pk)
    if year.shown_before_final == shown:
        return
    year.shown_before_final = shown
    year.save(update_fields=["shown_before_final"])
    record(by=by, deed="ledger.draft_shown" if shown else "ledger.draft_hidden", about=year)
