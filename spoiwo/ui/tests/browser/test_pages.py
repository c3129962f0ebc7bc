"""The sample pages in Chromium: accessible, within their width, under the strict policy, without a script."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
PAGES = ["gallery", "matrix", "ledger", "entry", "records", "404", "500", "login", "password"]
WIDTHS = {"light": [1280, 390, 320], "dark": [1280, 390]}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def faults(page):
    """What axe finds: rule, and the place."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [(fault["id"], node["target"]) for fault in found["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_fault_of_accessibility_at_any_width(visit, name, scheme):
    page = visit(name, scheme=scheme)
    for width in WIDTHS[scheme]:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(OPEN_ALL)
        assert [(width, *fault) for fault in faults(page)] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(visit, name):
    page = visit(name)
    for width in (1920, 1180, 1023, 701, 700, 520, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (width, over) == (width, 0)


def test_axe_would_find_a_fault(visit):
    page = visit("404")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert ("image-alt", ["img"]) in faults(page)


def test_the_policy_stops_a_style_and_a_script_inside_the_page(browser, site):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site}/404")
    page.evaluate('document.body.innerHTML += \'<p style="color:red">x</p><img src=x onerror="window.a=1">\'')
    page.wait_for_timeout(200)
    assert page.evaluate("window.a") is None
    assert any("Content Security Policy" in text for text in said)
    page.close()


@pytest.mark.parametrize("width", [390, 320])
def test_the_totals_of_the_matrix_are_seen_on_a_telephone_without_scrolling_sideways(visit, width):
    page = visit("matrix", width)
    table = page.locator("table.sp-matrix").first
    cells = table.locator("tfoot td")
    assert cells.count() == 15
    for number in range(15):
        box = cells.nth(number).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert cells.nth(number).locator("a").bounding_box()["width"] <= box["width"]
    assert table.evaluate("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth")
    assert table.locator("tfoot td", has_text="9\u00a0025\u00a0049,77").is_visible()


def test_an_amount_stands_under_its_heading_and_beside_its_source(visit):
    page = visit("matrix", 600)
    table = page.locator("table.sp-matrix").first
    pfron = table.get_by_role("columnheader", name="PFRON").bounding_box()
    declared = table.get_by_role("rowheader", name="Zadeklarowane").bounding_box()
    amount = table.locator("tfoot .sub td").nth(2)
    assert amount.inner_text() == "3\u00a0450\u00a0312,81"
    assert abs(amount.bounding_box()["y"] - pfron["y"]) < 8
    right = declared["x"] + declared["width"]
    assert abs(amount.bounding_box()["x"] + amount.bounding_box()["width"] - right) < 2


@pytest.mark.parametrize(
    ("name", "table"), [("matrix", ".sp-matrix"), ("ledger", ".sp-ledger"), ("records", ".sp-faults")]
)
def test_a_folded_table_is_the_same_table_to_a_screen_reader(visit, name, table):
    seen = []
    for width in (1280, 390):
        page = visit(name, width)
        part = page.locator(f"table{table}").first
        roles = ("row", "columnheader", "rowheader", "cell")
        seen.append([part.get_by_role(role).count() for role in roles])
        assert page.get_by_role("table").first.is_visible()
    assert seen[0] == seen[1]
    assert all(seen[0])


def test_a_row_of_the_ledger_is_two_lines_on_a_telephone(visit):
    page = visit("ledger", 390)
    row = page.locator(".sp-ledger tbody tr").nth(2)
    assert row.bounding_box()["height"] < 64
    what, amount = row.locator("th").bounding_box(), row.locator(".sp-ledger__amount").bounding_box()
    state = row.locator(".sp-tag").bounding_box()
    assert abs(what["y"] - amount["y"]) < 6
    assert state["y"] > amount["y"] + amount["height"] - 4


@pytest.mark.parametrize(("name", "drop"), [("ledger", ".sp-app__drop"), ("matrix", ".sp-drop")])
@pytest.mark.parametrize("script", [True, False])
def test_the_menu_of_a_narrow_screen_opens_with_the_keyboard_and_without_a_script(visit, name, drop, script):
    page = visit(name, 390, java_script_enabled=script)
    links = page.locator(f"{drop} nav a")
    assert not links.first.is_visible()
    page.locator(f"{drop} summary").focus()
    page.keyboard.press("Enter")
    assert links.first.is_visible()
    assert all(links.nth(n).bounding_box()["height"] >= 44 for n in range(links.count()))
    page.keyboard.press("Tab")
    assert links.first.evaluate("link => link === document.activeElement") if script else True
    below = page.locator("main").bounding_box()["y"]
    last = links.last.bounding_box()
    assert last["y"] + last["height"] <= below  # it pushes the page and covers nothing


def test_the_strip_of_the_menu_says_where_one_is(visit):
    page = visit("ledger", 390)
    assert page.locator(".sp-app__here").inner_text().endswith("Rejestr wydatków")
    page.locator(".sp-app__drop summary").click()
    current = page.locator(".sp-app__drop [aria-current]")
    assert current.count() == 2  # the page, and the language
    assert current.first.get_attribute("aria-current") == "page"


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_offered_twice_at_one_width(visit, width):
    page = visit("ledger", width)
    page.evaluate(OPEN_ALL)
    assert page.locator("nav.sp-side:visible").count() == 1
    assert page.locator("nav.sp-top__langs:visible").count() == 1
    assert page.locator(".sp-app__out:visible").count() == 1


def test_the_first_key_leads_past_the_menu(visit):
    page = visit("ledger")
    page.keyboard.press("Tab")
    skip = page.locator(".sp-skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_errors_are_the_first_thing_in_focus(visit):
    page = visit("entry")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"


def test_text_can_grow_to_four_times_its_size(visit):
    page = visit("ledger", 320)  # 1280 px at 400 %
    assert page.locator("main h1").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_demonstration_and_the_invention_stay_on_paper(visit):
    for name in ("matrix", "ledger"):
        page = visit(name)
        page.emulate_media(media="print")
        assert page.locator(".sp-invented").is_visible()
        assert page.locator(".sp-demo:visible").count() == 1
        assert not page.locator(".sp-app__bar, .sp-menu, .sp-foot").first.is_visible()


def test_a_page_looks_like_paper_when_printed_not_like_a_telephone(visit):
    page = visit("matrix", 688)  # the width of A4 between its margins
    page.emulate_media(media="print")
    assert page.locator(".sp-matrix").first.evaluate("table => getComputedStyle(table).display") == "table"


def test_sorting_and_filters_work_without_a_script(visit):
    page = visit("ledger", java_script_enabled=False)
    page.get_by_role("link", name="Kwota, zł").click()
    assert page.url.endswith("?sort=amount")
    page.goto(page.url.replace("?sort=amount", "?sort=-date"))
    page.locator(".sp-filter input[name=q]").fill("ulotki")
    page.locator(".sp-filter button").click()
    assert "q=ulotki" in page.url
