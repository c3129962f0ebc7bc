"""What an import did, counted."""

from spoiwo.audit.models import Record
from spoiwo.ledger.models import Entry, FiscalYear, ImportBatch, PlanEntry
from spoiwo.ledger.services.import_year import ImportPlan
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.models import (
    Activity,
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Programme,
    Result,
    Strategy,
    Target,
    Task,
    Unit,
)
from tests.imported import EXAMPLES

LUBUSKIE = EXAMPLES / "lubuskie-2019"
FILLED = (
    FiscalYear, Entry, PlanEntry, Strategy, Goal, Programme, Task, Unit, Indicator, IndicatorDefinition, Target,
    IndicatorValue, Result, Activity, Organisation, ImportBatch, Record,
)  # fmt: skip


def counted() -> dict[str, int]:
    """How many rows each table holds."""
    return {model.__name__: model.objects.count() for model in FILLED}


def summary(plan: ImportPlan) -> dict[str, int]:
    """Rows new, changed and unchanged over all tables."""
    counts = plan.counts().values()
    return {name: sum(row[name] for row in counts) for name in ("new", "changed", "unchanged")}
