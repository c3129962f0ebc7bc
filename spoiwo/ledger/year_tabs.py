"""The pages of one year as tabs in three groups; rooms above add theirs."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Group(StrEnum):
    """What a page of a year is for, in the order of the groups on the screen."""

    MONEY = "money"
    CHECKS = "checks"
    REPORT = "report"


GROUP_LABELS = {Group.MONEY: _("Money"), Group.CHECKS: _("Checks"), Group.REPORT: _("Report and files")}


@dataclass(frozen=True)
class Tab:
    """One page of a year: its name, its address (which takes the year), its group and its place in it."""

    label: str | Promise
    url_name: str
    group: Group
    order: int


_tabs: dict[str, Tab] = {}


def register_year_tab(label: str | Promise, url_name: str, group: Group, order: int) -> None:
    """Add a page to every year's row of tabs."""
    _tabs[url_name] = Tab(label, url_name, group, order)


def year_tabs() -> list[tuple[str | Promise, list[Tab]]]:
    """The groups with their tabs, both in their order."""
    tabs = sorted(_tabs.values(), key=lambda tab: tab.order)
    return [(GROUP_LABELS[group], [tab for tab in tabs if tab.group is group]) for group in Group]


register_year_tab(_("Lines"), "ledger:entries", Group.MONEY, 10)
register_year_tab(_("Plan and execution"), "plan:plan", Group.MONEY, 20)
register_year_tab(_("Documents"), "books:documents", Group.MONEY, 30)
register_year_tab(_("Accounting books"), "books:reconciliation", Group.CHECKS, 10)
register_year_tab(_("Reconciliation"), "ledger:reconciliation", Group.CHECKS, 20)
register_year_tab(_("Closing of months"), "plan:closing", Group.CHECKS, 30)
register_year_tab(_("Files"), "exports:files", Group.REPORT, 30)
