"""A year as a whole: finding it, and setting declared totals beside computed ones."""

from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.ledger.domain.reconcile import Declared, Reconciliation, Settled, Sum, reconcile
from spoiwo.ledger.errors import YearNotFound
from spoiwo.ledger.models import FiscalYear, Settlement, Source, Tag
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
    programmes = dict(Programme.objects.filter(region=year.region).values_list("pk", "code"))
    sources = dict(Source.objects.filter(region=year.region).values_list("pk", "code"))
    tags = dict(Tag.objects.filter(region=year.region).values_list("pk", "code"))
    cells = {
        (programmes.get(programme), sources[source]): Sum(total, count)
        for (programme, source), (total, count) in year.entries.by_cell().items()
    }
    declared = [
        Declared(
            key=row.key,
            scope=row.scope,
            amount_gr=row.amount_gr,
            source=sources.get(row.source_id),
            programme=programmes.get(row.programme_id),
            tag=tags.get(row.tag_id),
            precision=row.precision,
            rounded_to_gr=row.rounded_to_gr,
        )
        for row in year.declared.all()
    ]
    return reconcile(
        cells=cells,
        tags={tags[tag]: Sum(*found) for tag, found in year.entries.by_tag().items()},
        declared=declared,
        settled=_settled(year),
    )


def _settled(year: FiscalYear) -> dict[str, Settled]:
    rows = Settlement.objects.filter(declared__year=year, withdrawn_at=None)
    return {key: Settled(kind, gr) for key, kind, gr in rows.values_list("declared__key", "kind", "difference_gr")}


@transaction.atomic
def show_before_final(*, year: FiscalYear, shown: bool, by) -> None:
    """Let the public see the year's draft, or hide it again."""
    year = FiscalYear.objects.select_for_update().get(pk=year.pk)
    if year.shown_before_final == shown:
        return
    year.shown_before_final = shown
    year.save(update_fields=["shown_before_final"])
    record(by=by, deed="ledger.draft_shown" if shown else "ledger.draft_hidden", about=year)
