"""The office's pages in the menu."""

from django.utils.translation import gettext_lazy as _

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
register_staff(UPKEEP, _("Record of changes"), "audit:records", "eye", 90, permission="audit.view_record")
register_footer(DATA, _("Year package"), "year-package:tables", 30)
