"""The office's pages in the menu."""

from django.utils.translation import gettext_lazy as _

from spoiwo.ledger.services.classification import waiting_questions
from spoiwo.ui.menu import DATA, MONEY, UPKEEP, register_footer, register_staff

register_staff(
    MONEY,
    _("Ledger"),
    "ledger:years",
    "coins",
    20,
    permission="ledger.view_year",
    under=(
        "ledger:entries",
        "ledger:entry",
        "ledger:entry-new",
        "ledger:entry-change",
        "ledger:reconciliation",
        "ledger:accept",
        "ledger:explain",
        "ledger:withdraw",
        "plan:*",
        "exports:files",
        "books:reconciliation",
        "books:statement",
        "books:documents",
        "books:document",
        "books:paper-new",
    ),
)
register_staff(
    MONEY,
    _("Read a year package"),
    "ledger:import",
    "upload",
    30,
    permission="ledger.import_year",
    under=("ledger:import-plan",),
)
register_staff(
    MONEY,
    _("Accounting system"),
    "books:import",
    "bank",
    40,
    permission="ledger.import_books",
    under=("books:mapping", "books:plan"),
)
register_staff(
    MONEY,
    _("Questions about lines"),
    "books:questions",
    "inbox",
    50,
    permission="ledger.view_year",
    under=("books:answer",),
    count=waiting_questions,
)
register_staff(MONEY, _("Budget classification"), "books:codes", "tree", 60, permission="ledger.view_year")
register_staff(
    UPKEEP,
    _("Record of changes"),
    "audit:records",
    "eye",
    90,
    permission="audit.view_record",
    under=("access:record-file",),
)
register_footer(DATA, _("Year package"), "year-package:tables", 30)
register_footer(DATA, _("Published amounts"), "published:amounts", 40)
