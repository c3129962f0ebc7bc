"""Money: years, lines from plan to return, declared totals, classification, books, published amounts."""

from spoiwo.ledger.models.books import BookStatement, ColumnMapping, StoredFile
from spoiwo.ledger.models.classification import BudgetCode, CodeKind, LineQuestion
from spoiwo.ledger.models.declared import DeclaredTotal, ExplanationLine, Scope, Settlement, SettlementKind
from spoiwo.ledger.models.lines import (
    Entry,
    EntryKind,
    EntryState,
    PeriodClosing,
    PlanEntry,
    PlanKind,
    Posting,
)
from spoiwo.ledger.models.published import PublishedFigure, PublishedKind
from spoiwo.ledger.models.years import (
    BatchKind,
    Document,
    FiscalYear,
    ImportBatch,
    Source,
    SourceClass,
    Tag,
)

__all__ = [
    "BatchKind",
    "BookStatement",
    "BudgetCode",
    "CodeKind",
    "ColumnMapping",
    "DeclaredTotal",
    "Document",
    "Entry",
    "EntryKind",
    "EntryState",
    "ExplanationLine",
    "FiscalYear",
    "ImportBatch",
    "LineQuestion",
    "PeriodClosing",
    "PlanEntry",
    "PlanKind",
    "Posting",
    "PublishedFigure",
    "PublishedKind",
    "Scope",
    "Settlement",
    "SettlementKind",
    "Source",
    "SourceClass",
    "StoredFile",
    "Tag",
]
