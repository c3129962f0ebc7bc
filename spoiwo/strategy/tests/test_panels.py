"""Places on pages that rooms above fill."""

from datetime import date

import pytest

from spoiwo.strategy import panels
from spoiwo.strategy.panels import LINEAGE, TASK, Panel, panels_of, register_panel

DAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    monkeypatch.setattr(panels, "_fillers", {})


def test_panels_stand_in_their_order_and_only_on_their_page():
    register_panel(TASK, 20, lambda row, today: ("b.html", {"row": row, "today": today}))
    register_panel(TASK, 10, lambda row, today: ("a.html", {}))
    register_panel(TASK, 30, lambda row, today: None)  # nothing to say
    register_panel(LINEAGE, 10, lambda row, today: ("c.html", {}))
    assert panels_of(TASK, "row", DAY) == [Panel("a.html", {}), Panel("b.html", {"row": "row", "today": DAY})]


def test_the_same_place_filled_again_is_replaced_and_an_unknown_page_refused():
    for name in ("a.html", "b.html"):
        register_panel(TASK, 10, lambda row, today, name=name: (name, {}))
    assert panels_of(TASK, "row", DAY) == [Panel("b.html", {})]
    with pytest.raises(ValueError, match="nie-ma"):
        register_panel("nie-ma", 10, lambda row, today: None)
