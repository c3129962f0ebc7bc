"""From the package of 2019 to the public report, as an office does it; once with JavaScript and once without."""

import json
import re

import pytest

from spoiwo.kernel.canonical import fingerprint
from tests.browser.house import packed

pytestmark = pytest.mark.browser
GAP = "83\u00a0194,60"


@pytest.mark.parametrize("script", [True, False])
def test_a_year_goes_from_the_package_to_the_public_report(empty_house, visit, tmp_path, script):
    house = empty_house
    page, watch = visit(house, script=script, email="dyrektor@rops.example", password="dlugie-haslo-na-probe-7")
    read_package_in(page, house, packed("lubuskie-2019", tmp_path))
    assert GAP in page.locator(".sp-matrix .diff .hit").first.inner_text()
    try_to_finalise(page, house)
    assert page.locator(".govuk-error-summary").count() == 1
    accept_every_difference(page, house)
    try_to_finalise(page, house)
    assert page.locator(".govuk-error-summary").count() == 0
    stranger, _ = visit(house, script=script)
    read_as_a_councillor(stranger, house)
    assert (watch.foreign, watch.complaints) == ([], [c for c in watch.complaints if "422" in c])


def read_package_in(page, house, file):
    page.goto(house.url + "/biuro/")
    page.click("main a.govuk-button")
    page.set_input_files("input[type=file]", file)
    page.click("main form button")
    assert page.locator(".sp-counts .new dd").inner_text() != "0"
    assert house.spoiwo("reconcile", "2019").returncode == 1  # the dry run saved nothing
    page.click("main form button")
    page.wait_for_url("**/biuro/rok/2019/uzgodnienie/")


def try_to_finalise(page, house):
    page.goto(house.url + "/biuro/rok/2019/sprawozdanie/")
    page.locator("main form[method=post] button").click()
    page.wait_for_load_state()


def accept_every_difference(page, house):
    for _difference in range(2):
        page.goto(house.url + "/biuro/rok/2019/uzgodnienie/")
        page.locator("article .sp-buttons a.govuk-button--secondary").first.click()
        page.fill("textarea[name=reason]", "Nota nie podaje pozycji dla tej kwoty; sprawdzono z księgowością.")
        page.locator("main form button").click()
        page.wait_for_url("**/uzgodnienie/")
    assert page.locator("article .sp-buttons a.govuk-button--secondary").count() == 0


def read_as_a_councillor(page, house):
    page.goto(house.url + "/sprawozdania/2019/")
    text = page.locator("main").inner_text()
    assert "9\u00a0025\u00a0049,77" in text
    assert GAP in text
    assert "brak kwoty" in text
    page.locator(".sp-matrix tfoot .diff a").first.click()
    page.wait_for_url("**/liczby/**")
    figure = page.locator("main").inner_text()
    for amount in ("1\u00a0053\u00a0763,35", "970\u00a0568,75", GAP, "700\u00a0000,00", "16\u00a0805,40"):
        assert amount in figure
    page.goto(house.url + "/sprawozdania/2019/")
    with page.expect_download() as waiting:
        page.locator(".sp-dl a", has_text="JSON").click()
    content = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    printed = re.sub(r"\s", "", page.locator("#pobierz .sp-fingerprint").inner_text())
    bare = {name: value for name, value in content.items() if name != "fingerprint"}
    assert fingerprint(bare) == content["fingerprint"] == printed
    with page.expect_download() as waiting:
        page.locator(".sp-dl a", has_text="PDF").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
