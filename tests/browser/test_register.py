"""The pages of the protected register, with everything that has to be sent before they can be seen."""

import pytest

from spoiwo.doors.tests.samples import picture
from tests.browser.test_every_page import WIDTHS, faults_here, faults_of, first_link, send

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
def test_the_register_of_persons_has_no_violation(demo_house, visit, width):
    page, watch = visit(demo_house, width=width, email="pat@pokaz.example")
    register = "/biuro/osoby/"
    shielded, closed, row = (kept(page, demo_house.url, state) for state in ("osłonięta", "zamknięta", "otwarta"))
    under = ("", "dane/", "zmien/", "kto-otwieral/", "kto-otwieral/?dla=osoby", "zamknij/", "prowadzacy/", "oslona/")
    paths = [register, register + "?stan=usuniete", register + "szukaj/", register + "nowa/"]
    paths += [row + more for more in (*under, "dokumenty/nowy/", "usuniecie/")]
    paths += [shielded, shielded + "adres/", shielded + "adres/zmien/", closed, closed + "otworz-ponownie/"]
    faults = [fault for path in paths for fault in faults_of(page, watch, demo_house.url, path)]
    page.goto(demo_house.url + register + "szukaj/")
    page.fill("main [name=last_name]", "zmyslona nibylas")
    send(page)
    faults += faults_here(page, watch, "persons found")
    for path, name in ((row + "dane/", "identity"), (row + "zmien/", "change"), (shielded + "adres/", "address")):
        page.goto(demo_house.url + path)
        page.select_option("main [name=purpose]", "sprawa")
        send(page)
        faults += faults_here(page, watch, name)
    page.goto(demo_house.url + register + "nowa/")
    send(page)
    faults += faults_here(page, watch, "person without a name", refused=True)
    assert faults == []
    assert watch.foreign == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_paper_a_request_to_erase_and_a_decision_have_no_violation(demo_house, visit, width):
    page, watch = visit(demo_house, width=width, email="pat@pokaz.example")
    row = kept(page, demo_house.url, "otwarta", number=1 if width == WIDTHS[0] else 2)
    page.goto(demo_house.url + row + "dokumenty/nowy/")
    page.set_input_files("[name=file]", {"name": "skan.png", "mimeType": "image/png", "buffer": picture("PNG")})
    send(page)
    faults = faults_here(page, watch, "person with a paper")
    paper = first_link(page, demo_house.url, row, row + r"dokumenty/[^/]+/(?<!nowy/)")
    faults += faults_of(page, watch, demo_house.url, paper)
    page.goto(demo_house.url + row + "usuniecie/")
    page.select_option("main [name=ground]", "mistake")
    page.fill("main [name=reason]", "Wpisana dwa razy, zostaje druga sprawa.")
    send(page)
    faults += faults_here(page, watch, "erasure asked for")
    page, watch = visit(demo_house, width=width, email="dora@pokaz.example")
    paths = [row, row + "kto-otwieral/", row + "dane/plik/", row + "usuniecie/decyzja/", "/biuro/osoby/"]
    faults += [fault for path in paths for fault in faults_of(page, watch, demo_house.url, path)]
    page.goto(demo_house.url + row + "usuniecie/decyzja/")
    page.check("main [name=decision][value=erase]")
    page.fill("main [name=case_number]", page.locator("main h1 + p").inner_text().split()[0])
    page.locator("main form[method=post] button").first.click()
    page.wait_for_load_state()
    assert page.url == demo_house.url + row
    faults += faults_here(page, watch, "erased person")
    assert faults == []


def kept(page, url: str, state: str, number: int = 0) -> str:
    """The address of an invented person of the register, by the state that the list shows."""
    page.goto(url + "/biuro/osoby/")
    rows = page.locator("main tbody tr", has_text=state)
    rows = rows if state == "osłonięta" else rows.filter(has_not_text="osłonięta")
    return rows.nth(number).locator("th a").get_attribute("href")
