"""What everybody reads: the list of years, the report, one figure, files; and what nobody outside sees."""

import fcntl
import json
import re

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.years import show_before_final
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.services.reading import for_public
from spoiwo.reports.services.versions import finalise
from spoiwo.reports.tables import in_words
from spoiwo.reports.tests.answering import move, settle
from tests.factories import EntryFactory, UserFactory
from tests.visitors import says, text_of, visitor

WHY = "Poprawiono kwotę umowy o przemoc."


@pytest.fixture
def open_2019(year):
    """2019 as a draft that the public may see, its differences open."""
    show_before_final(year=year(2019), shown=True, by=None)
    return year(2019)


@pytest.fixture
def final_2019(year, now):
    """2019 with version 1 final; its draft hidden."""
    row = year(2019)
    for key in ("2019-own", "2019-ngo"):
        settle(row, key)
    finalise(year=row, by=UserFactory(full_name="Ewa Zmyślona"), now=now)
    return row


@pytest.fixture
def corrected_2019(final_2019, now):
    """2019 with a grosz more in version 2."""
    Entry.objects.filter(key="2019-p4-own").update(amount_gr=16_805_41)
    settle(final_2019, "2019-own")
    finalise(year=final_2019, by=UserFactory(), now=now, reason=WHY)
    return final_2019


def page(name, *values):
    """A public page as an anonymous visitor gets it."""
    return visitor().get(reverse(f"reports:{name}", args=values))


# --- what may be seen ----------------------------------------------------------------------------

ALL_OF_A_YEAR = [
    ("report", 2019),
    ("figure", 2019, "total.computed"),
    ("known-now", 2019),
    ("download", 2019, "json"),
    ("version", 2019, 1),
    ("version-figure", 2019, 1, "total.computed"),
    ("version-download", 2019, 1, "json"),
]


@pytest.mark.parametrize("where", ALL_OF_A_YEAR, ids=lambda where: where[0])
def test_a_hidden_year_is_not_found_whatever_is_asked_for(year, where):
    assert year(2019).entries.exists()  # there is something to be seen
    assert page(*where).status_code == 404


@pytest.mark.parametrize("where", ALL_OF_A_YEAR, ids=lambda where: where[0])
def test_a_final_year_is_open_in_all_its_parts(final_2019, where):
    assert page(*where).status_code == 200


@pytest.mark.parametrize("where", ALL_OF_A_YEAR[:4], ids=lambda where: where[0])
def test_a_shown_draft_is_open_and_has_nothing_to_set_beside_it(open_2019, where):
    assert page(*where).status_code == (302 if where[0] == "known-now" else 200)


@pytest.mark.parametrize(
    "address",
    [
        "/sprawozdania/2018/",
        "/sprawozdania/1/",
        "/sprawozdania/99999999999999999999/",
        "/sprawozdania/2019/wersje/0/",
        "/sprawozdania/2019/wersje/2/",
        "/sprawozdania/2019/wersje/99999999999999999999/",
        "/sprawozdania/2019/liczby/nie-ma/",
        "/sprawozdania/2019/liczby/TOTAL.COMPUTED/",
        "/sprawozdania/2019/liczby/<script>/",
        "/sprawozdania/2019/wersje/1/liczby/nie-ma/",
        "/sprawozdania/2019/pobierz/exe/",
        "/sprawozdania/2019/wersje/0/pobierz/json/",
    ],
)
def test_what_is_not_there_is_not_found(final_2019, address):
    assert visitor().get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written_through_a_public_page(final_2019, method):
    for name, *values in ALL_OF_A_YEAR:
        assert getattr(visitor(), method)(reverse(f"reports:{name}", args=values)).status_code == 405


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2019", "/sprawozdania/2019/"),
        ("", "/sprawozdania/"),
        ("19", "/sprawozdania/"),
        ("abcd", "/sprawozdania/"),
        ("²²²²", "/sprawozdania/"),
        ("20190", "/sprawozdania/"),
    ],
)
def test_the_year_chosen_in_the_list_leads_to_its_report(db, asked, expected):
    response = visitor().get("/sprawozdania/rok/", {"rok": asked})
    assert (response.status_code, response.url) == (302, expected)


# --- the report ----------------------------------------------------------------------------------


def test_the_draft_of_2019_says_that_it_is_a_draft_and_what_does_not_add_up(open_2019):
    response = page("report", 2019)
    text = text_of(response)
    assert says(response, "This is a draft")
    assert "9 025 049,77 zł" in text
    assert "83 194,60 zł" in text
    assert "25 000,00 zł" in text
    assert reverse("reports:figure", args=[2019, "source.own.difference"]) in text


def test_every_amount_of_the_matrix_opens_its_figure(open_2019):
    response = page("report", 2019)
    matrix = response.context["matrix"]
    for row in matrix["rows"]:
        for cell in (*row["cells"], row["total"]):
            assert bool(cell.href) is (cell.amount_gr is not None)
            if cell.href:
                assert cell.href in text_of(response)


def test_no_amount_is_words_and_never_zero(open_2019):
    response = page("report", 2019)
    assert says(response, "no amount was reported")
    assert not re.search(r">\s*0,00\s*<", text_of(response).split("<tbody", 1)[1].split("</tbody>", 1)[0])


def test_the_final_report_names_its_version_and_its_whole_fingerprint(final_2019):
    text = text_of(page("report", 2019))
    fingerprint = final_2019.reports.get().fingerprint
    shown = re.sub(r"\s", "", re.search(r'class="sp-fingerprint">([^<]*)<', text)[1])
    assert shown == fingerprint
    assert not says(page("report", 2019), "This is a draft")


def test_a_reader_of_an_old_version_is_led_to_the_new_one(corrected_2019):
    old, new = page("version", 2019, 1), page("version", 2019, 2)
    assert says(old, "There is a newer version")
    assert not says(new, "There is a newer version")
    assert "16 805,40" in text_of(old)
    assert "16 805,41" in text_of(new)
    assert WHY in text_of(page("report", 2019))


def test_links_of_an_old_version_stay_in_it(corrected_2019):
    text = text_of(page("version", 2019, 1)).split("<main", 1)[1]
    figures = set(re.findall(r'href="(/sprawozdania/2019/[^"]*liczby/[^"]*)"', text))
    assert figures
    assert [href for href in figures if not href.startswith("/sprawozdania/2019/wersje/1/")] == []
    assert reverse("reports:version-download", args=[2019, 1, "pdf"]) in text


def test_an_invented_year_is_labelled_on_every_page(year):
    row = year(2025)
    show_before_final(year=row, shown=True, by=None)
    for where in (("report", 2025), ("figure", 2025, "total.computed"), ("figure", 2025, "programme.2021-p3")):
        assert row.notice in text_of(page(*where))


def test_as_reported_stands_beside_as_known_now(final_2019):
    assert says(page("known-now", 2019), "Nothing has changed")
    Entry.objects.filter(key="2019-p4-own").update(amount_gr=16_805_41)
    text = text_of(page("known-now", 2019))
    assert "8 941 855,17 zł" in text
    assert "8 941 855,18 zł" in text


# --- one figure ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("number", "state"), [(2017, "draft"), (2017, "final"), (2019, "draft"), (2025, "final")])
def test_every_figure_has_a_page_that_shows_its_value(year, now, number, state):
    row = year(number)
    if state == "final":
        for key in row.declared.values_list("key", flat=True):
            if key in {"2019-own", "2019-ngo", "2025-tag-ngo"}:
                settle(row, key)
        finalise(year=row, by=None, now=now)
    else:
        show_before_final(year=row, shown=True, by=None)
        row.refresh_from_db()
    content = for_public(row, now=now).content
    client, wrong = visitor(), {}
    for id_, figure in content["figures"].items():
        response = client.get(reverse("reports:figure", args=[number, id_]))
        expected = in_words(content, figure).replace("\u00a0", " ")
        if (
            response.status_code != 200
            or expected not in text_of(response)
            or f"{number}:{id_}" not in text_of(response)
        ):
            wrong[id_] = (response.status_code, expected)
    assert wrong == {}
    assert len(content["figures"]) > 50


def test_a_difference_shows_both_sides_its_lines_and_what_is_in_none(open_2019):
    response = page("figure", 2019, "source.own.difference")
    text = text_of(response)
    for amount in ("1 053 763,35", "970 568,75", "83 194,60"):
        assert amount in text
    assert response.context["count"] == 6
    assert sum(row["amount_gr"] for row in response.context["rows"]) == 970_568_75
    assert says(response, "Status: open.")


def test_a_total_opens_its_parts_and_the_parts_add_up(open_2019):
    parts = page("figure", 2019, "total.computed").context["parts"]
    assert sum(part["figure"]["value"] for part in parts) == 8_941_855_17
    for part in parts:
        assert visitor().get(part["href"]).status_code == 200
    cells = page("figure", 2019, "programme.2014-p2").context["parts"]
    assert sum(part["figure"]["value"] for part in cells) == 4_278_712_81


def test_a_line_shows_who_entered_it_as_much_as_a_reader_needs(open_2019):
    by = UserFactory(full_name="Anna Przykładowa")
    Entry.objects.filter(key="2019-p4-own").update(entered_by=by)
    text = text_of(page("figure", 2019, "cell.2014-p4.own"))
    assert "A. Przykładowa" in text
    assert "Anna Przykładowa" not in text


def test_a_public_file_names_people_no_more_than_a_public_page(open_2019):
    by = UserFactory(full_name="Anna Przykładowa")
    Entry.objects.filter(key="2019-p4-own").update(entered_by=by, checked_by=by)
    assert "Anna Przykładowa" not in page("download", 2019, "json").content.decode()


def test_a_counted_figure_opens_its_record_with_its_document(year):
    show_before_final(year=year(2017), shown=True, by=None)
    text = text_of(page("figure", 2017, "result.2017-p1-lts"))
    assert "około 240 imprez" in text
    assert "2017-p1-lts" in text
    assert year(2017).documents.get(code="news-2018-06-18").name in text
    assert "48 organizacji pozarządowych" in text_of(page("figure", 2017, "measure.ngo_cofinanced"))


@pytest.mark.parametrize(
    ("asked", "count"),
    [("1", 100), ("2", 60), ("3", 0), ("0", 100), ("-1", 100), ("x", 100), ("²", 100), ("9" * 30, 100)],
)
def test_lines_of_a_figure_come_in_pages(year, asked, count):
    row = year(2019)
    show_before_final(year=row, shown=True, by=None)
    source, document = row.entries.get(key="2019-eu").source, row.documents.first()
    for number in range(159):
        EntryFactory(year=row, source=source, document=document, key=f"n{number}", amount_gr=1)
    response = visitor().get(reverse("reports:figure", args=[2019, "cell.outside.eu"]), {"strona": asked})
    assert response.status_code == 200
    assert len(response.context["rows"]) == count
    assert response.context["count"] == 160


# --- files ---------------------------------------------------------------------------------------


def test_a_downloaded_report_checks_itself(final_2019):
    response = page("download", 2019, "json")
    content = json.loads(response.content)
    assert verify(content) == []
    assert content["fingerprint"] == final_2019.reports.get().fingerprint
    assert response.headers["Content-Disposition"] == 'attachment; filename="sprawozdanie-2019-wersja-1.json"'


def test_a_file_of_a_draft_says_that_it_is_one(open_2019):
    response = page("download", 2019, "json")
    assert json.loads(response.content)["state"] == "draft"
    assert "projekt" in response.headers["Content-Disposition"]


def test_a_file_of_the_draft_follows_the_ledger_and_one_of_a_version_does_not(final_2019):
    draft = reverse("report-office:draft-file", args=[2019, "json"])
    office = visitor(Role.DIRECTOR)

    def totals():
        files = (office.get(draft), page("download", 2019, "json"), page("version-download", 2019, 1, "json"))
        return [json.loads(file.content)["figures"]["total.computed"]["value"] for file in files]

    assert totals() == [8_941_855_17] * 3
    move(final_2019, "2019-p4-own", 1)
    assert totals() == [8_941_855_18, 8_941_855_17, 8_941_855_17]


def test_while_one_large_file_is_made_the_next_visitor_is_asked_to_come_back(final_2019, settings):
    settings.RENDERED_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.RENDERED_DIR / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        response = page("download", 2019, "json")
        assert response.status_code == 503
        assert response.headers["Retry-After"].isdigit()
    assert page("download", 2019, "json").status_code == 200


# --- the list of years ---------------------------------------------------------------------------


def test_the_list_holds_years_that_may_be_seen_the_latest_first(year, now):
    assert page("years").context["rows"] == []
    show_before_final(year=year(2019), shown=True, by=None)
    finalise(year=year(2017), by=None, now=now)
    found = [(row["year"].year, row["report"] and row["report"].version) for row in page("years").context["rows"]]
    assert found == [(2019, None), (2017, 1)]
    assert reverse("reports:report", args=[2025]) not in text_of(page("years"))
