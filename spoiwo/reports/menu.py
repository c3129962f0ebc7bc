"""The report's pages in the menus."""

from django.utils.translation import gettext_lazy as _

from spoiwo.ledger.year_tabs import Group, register_year_tab
from spoiwo.ui.menu import DATA, MONEY, register_footer, register_public, register_staff

register_public(_("Money and results"), "reports:years", 20, under=("reports:*",))
register_staff(
    MONEY,
    _("Reports"),
    "report-office:reports",
    "file",
    40,
    permission="reports.view_draft",
    under=(
        "report-office:draft",
        "report-office:narratives",
        "report-office:narrative",
        "report-office:narrative-year",
    ),
)
register_footer(DATA, _("How we count"), "reports:how", 20)
register_year_tab(_("Description"), "report-office:narratives", Group.REPORT, 10)
register_year_tab(_("Report"), "report-office:draft", Group.REPORT, 20)
