"""Building the report in the office: what stands in the way, the decision, the versions."""

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.ledger.models import Entry
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.services.versions import whole
from spoiwo.reports.tests.answering import settle
from tests.visitors import person, says, text_of, visitor

PAGE = "/biuro/rok/2019/sprawozdanie/"
SENT = {"x": "y"}  # a browser always sends the token beside the fields


@pytest.fixture
def settled(year):
    """2019 with both differences accepted."""
    row = year(2019)
    for key in ("2019-own", "2019-ngo"):
        settle(row, key)
    return row


def test_the_page_says_what_stands_in_the_way(year):
    response = visitor(Role.ROPS_OFFICER).get(PAGE)
    text = text_of(response)
    assert [row["key"] for row in response.context["open"]] == ["2019-own", "2019-ngo"]
    assert "83 194,60 zł" in text
    assert reverse("ledger:reconciliation", args=[2019]) in text
    assert (response.context["unchecked"], response.context["lines"]) == (10, 10)


def test_the_director_makes_the_report_final(settled):
    director = person(Role.DIRECTOR, full_name="Ewa Zmyślona")
    response = visitor(director).post(PAGE, SENT, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    report = settled.reports.get()
    assert (report.version, report.finalised_by) == (1, director)
    assert verify(whole(report)) == []
    assert says(response, "Version %(n)d is final.", n=1)


def test_final_is_refused_while_a_difference_is_open(year):
    response = visitor(Role.DIRECTOR).post(PAGE, SENT)
    assert response.status_code == 422
    assert says(response, "The report cannot be final: %(n)d open differences. Explain or accept them first.", n=2)
    assert year(2019).reports.count() == 0


@pytest.mark.parametrize("role", [Role.ROPS_OFFICER, Role.TREASURER, Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_but_the_director_makes_a_report_final(settled, role):
    client = visitor(role)
    assert says(client.get(PAGE), "The director makes the report final.")
    response = client.post(PAGE, SENT)
    assert response.status_code == 403
    assert says(response, "Only the director makes a report final.")
    assert settled.reports.count() == 0


def test_a_correction_asks_for_a_reason_and_says_what_changes(settled):
    client = visitor(Role.DIRECTOR)
    client.post(PAGE, SENT)
    Entry.objects.filter(key="2019-p4-own").update(amount_gr=16_805_41)
    settle(settled, "2019-own")
    response = client.get(PAGE)
    assert "reason" in response.context["form"].fields
    assert "16 805,40 zł" in text_of(response)
    assert "16 805,41 zł" in text_of(response)
    for reason in ("", "krótko"):
        assert client.post(PAGE, SENT | {"reason": reason}).status_code == 422
    assert settled.reports.count() == 1
    assert client.post(PAGE, SENT | {"reason": "Poprawiono kwotę umowy."}).status_code == 302
    assert settled.reports.first().reason == "Poprawiono kwotę umowy."


def test_there_is_nothing_to_correct_when_nothing_changed(settled):
    client = visitor(Role.DIRECTOR)
    client.post(PAGE, SENT)
    response = client.post(PAGE, SENT | {"reason": "Bez powodu, na próbę."})
    assert response.status_code == 422
    assert says(response, "No figure changed since the last final version.")
    assert settled.reports.count() == 1


@pytest.mark.parametrize(
    "figure", ["total.computed", "source.own.difference", "cell.2014-p2.own", "result.2019-otworz-osoby"]
)
def test_a_figure_of_the_draft_is_read_in_the_office_though_it_is_hidden(year, figure):
    address = reverse("report-office:figure", args=[2019, figure])
    assert visitor(Role.EDITOR).get(address).status_code == 200
    assert visitor().get(reverse("reports:figure", args=[2019, figure])).status_code == 404


def test_links_of_the_draft_stay_in_the_office(year):
    text = text_of(visitor(Role.EDITOR).get(PAGE)).split("<main", 1)[1]
    assert reverse("report-office:figure", args=[2019, "total.declared"]) in text
    assert "/sprawozdania/2019/liczby/" not in text


@pytest.mark.parametrize(
    "address",
    [
        "/biuro/rok/1999/sprawozdanie/",
        "/biuro/rok/2019/sprawozdanie/liczby/nie-ma/",
        "/biuro/rok/2019/sprawozdanie/exe/",
    ],
)
def test_what_is_not_there_is_not_found(year, address):
    assert visitor(Role.DIRECTOR).get(address).status_code == 404
