"""The chart: its heading is worked out, its picture passes a strict policy, its words say every amount."""

import re
from xml.etree import ElementTree

import pytest

from spoiwo.reports.domain.chart import (
    COLOURS,
    bars,
    chart_description,
    chart_finding,
    chart_spec,
    classes_shown,
)
from spoiwo.reports.exports.chart import chart_png, chart_svg
from spoiwo.reports.tests.content import changed, report_2019

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=[False, True], ids=["wide", "narrow"])
def svg(request, draft) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(draft, narrow=request.param))


def test_programmes_stand_from_the_largest_and_last_what_nobody_assigned(draft):
    assert [(bar.label, bar.total_gr) for bar in bars(draft)] == [
        ("Integracja osób niepełnosprawnych", 427_871_281),
        ("Projekty unijne", 311_043_883),
        ("Wspieranie rodziny i piecza zastępcza", 135_521_911),
        ("Przeciwdziałanie przemocy w rodzinie", 10_712_107),
        ("Pomoc społeczna", 9_036_335),
        ("Bez przypisania do programu", 8_319_460),
    ]


def _with_first(total_gr: int) -> dict:
    """A report in which programme 2 has this much and all others together the rest of a million."""
    content = changed(report_2019())
    for row in content["matrix"]["rows"]:
        content["figures"][row["total"]]["value"] = None
    content["figures"]["programme.2014-p2"]["value"] = total_gr
    for i, row in enumerate(content["matrix"]["rows"][2:7]):
        content["figures"][row["total"]]["value"] = (1_000_000 - total_gr) // 5 if i else None
    rest = 1_000_000 - total_gr - 4 * ((1_000_000 - total_gr) // 5)
    content["figures"]["programme.2014-p1"]["value"] = rest
    content["figures"]["total.difference"]["value"] = 0
    return content


@pytest.mark.parametrize(
    ("gr", "words"),
    [
        (1_000_000, "Całość"), (750_000, "Zdecydowana większość"), (749_999, "Ponad połowa"), (500_500, "Ponad połowa"),
        (500_000, "Połowa"), (499_499, "Prawie połowa"), (450_000, "Prawie połowa"), (449_999, "Ponad jedna trzecia"),
        (333_999, "Prawie jedna trzecia"), (299_999, "Największa część"),
    ],
)  # fmt: skip
def test_the_heading_says_how_much_went_to_the_largest(gr, words):
    assert chart_finding(_with_first(gr)).startswith(f"{words} pieniędzy (")
    assert chart_finding(_with_first(gr)).endswith("trafiła do programu „Integracja osób niepełnosprawnych”")


def test_the_heading_of_2019(draft):
    assert chart_finding(draft) == (
        "Prawie połowa pieniędzy (47,4\u00a0%) trafiła do programu „Integracja osób niepełnosprawnych”"
    )


def test_without_money_there_is_no_chart():
    content = report_2019()
    for row in content["matrix"]["rows"]:
        content["figures"][row["total"]]["value"] = None
    assert chart_finding(content) == ""
    assert chart_spec(content) is chart_svg(content) is chart_png(content) is None


def test_a_strict_policy_lets_the_picture_in(svg):
    for element in svg.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "path", "text", "line", "rect"}
        assert not {name for name in element.attrib if name in {"style", "class", "href"} or name.startswith("on")}
    assert "width" not in svg.attrib
    assert svg.get("role") == "img"


def test_the_picture_has_a_title_and_every_amount_in_words(svg, draft):
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("aria-labelledby") == title.get("id")
    assert svg.get("aria-describedby") == description.get("id")
    assert description.text == chart_description(draft)
    words = {element.text for element in svg.iter(f"{SVG}text")}
    assert {f"{amount}\u00a0zł".replace(" ", "\u00a0") for amount in ("4 278 712,81", "83 194,60")} <= words


def test_two_pictures_of_one_page_share_no_id(draft):
    ids = re.findall(r' id="([^"]+)"', chart_svg(draft) + chart_svg(draft, narrow=True) + chart_svg(draft, name="x"))
    assert len(ids) == len(set(ids)) == 6


def test_colours_are_those_that_style_sheets_point_at(svg):
    fills = {element.get("fill") for element in svg.iter(f"{SVG}path")}
    assert fills == set(COLOURS.values())


def test_a_class_with_two_sources_carries_the_name_of_the_class():
    content = changed(report_2019())
    content["sources"].append({"code": "gm", "name": "Wkład gmin", "short_name": "Gminy", "class": "own"})
    names = [name for _class, name, _colour in classes_shown(content)]
    assert names == ["Środki własne", "Dotacja z budżetu państwa", "PFRON", "Środki UE", "Bez przypisania"]


def test_programmes_of_one_name_keep_two_bars():
    content = changed(report_2019())
    for row in content["matrix"]["rows"]:
        row["short_name"] = "To samo"
    labels = [bar.label for bar in bars(content)]
    assert len(labels) == len(set(labels)) == 6


def test_a_refund_larger_than_all_payments_is_still_drawn():
    content = changed(report_2019())
    for id_ in ("cell.2014-p1.own", "programme.2014-p1"):
        content["figures"][id_]["value"] = -5_000_000
    assert "\u221250\u00a0000,00" in chart_svg(content)


def test_words_that_look_like_commands_stay_words():
    content = changed(report_2019())
    content["matrix"]["rows"][0]["short_name"] = "<script>datum.x</script> & \"'"
    root = ElementTree.fromstring(chart_svg(content))
    assert any("<script>datum.x" in (element.text or "") for element in root.iter(f"{SVG}text"))


def test_the_picture_for_word_is_a_png(draft):
    assert chart_png(draft).startswith(b"\x89PNG")
