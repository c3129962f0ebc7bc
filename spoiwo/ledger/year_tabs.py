"""The pages of one year as tabs; rooms above add theirs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tab:
    """One page of a year: its name, its address (which takes the year) and its place in the row."""

    label: str | Promise
    url_name: str
    order: int


_tabs: dict[str, Tab] = {}


def register_year_tab(label: str | Promise, url_name: str, order: int) -> None:
    """Add a page to every year's row of tabs."""
    _tabs[url_name] = Tab(label, url_name, order)


def year_tabs() -> list[Tab]:
    """The tabs in their order."""
    return sorted(_tabs.values(), key=lambda tab: tab.order)


register_year_tab(_("Lines"), "ledger:entries", 10)
register_year_tab(_("Reconciliation"), "ledger:reconciliation", 20)
