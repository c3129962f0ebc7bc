"""The page of reconciliation, and the forms that answer a difference."""

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.ledger.models import Settlement
from spoiwo.ledger.services.years import reconcile_year
from spoiwo.ledger.tables import matrix_table, reconciliation_json
from spoiwo.ledger.tests.settling import NGO, OWN, REASON, accept, explain, move, waiting
from tests.visitors import as_chosen, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
PAGE = "/biuro/rok/2019/uzgodnienie/"


def address(name, key="2019-own"):
    """The form that answers a difference."""
    return reverse(f"ledger:{name}", args=[2019, key])


def lines(*parts, reason=REASON):
    """The form of an explanation: (description, amount, document)."""
    data = {"reason": reason, "pozycja-TOTAL_FORMS": "3", "pozycja-INITIAL_FORMS": "0"}
    for number, (description, amount, document) in enumerate(parts):
        data |= {
            f"pozycja-{number}-description": description,
            f"pozycja-{number}-amount_gr": amount,
            f"pozycja-{number}-document": document,
        }
    return data


# --- the figures of J1 ---------------------------------------------------------------------------


def test_2019_adds_up_as_the_journey_says(lubuskie):
    found = reconciliation_json(lubuskie, reconcile_year(lubuskie))
    sums = {row["code"]: row["computed_gr"] for row in found["by_programme"]}
    assert sums == {
        "2014-P1": 90_363_35, "2014-P2": 4_278_712_81, "2014-P3": None, "2014-P4": 107_121_07,
        "2014-P5": 1_355_219_11, "2014-KIER": None, "outside": 3_110_438_83,
    }  # fmt: skip
    facts = ("computed_gr", "declared_gr", "difference_gr", "status")
    assert {code: tuple(row[fact] for fact in facts) for code, row in found["by_source"].items()} == {
        "own": (970_568_75, 1_053_763_35, OWN, "open"),
        "state": (1_410_534_78, 1_410_534_78, 0, "agrees"),
        "pfron": (3_450_312_81, 3_450_312_81, 0, "agrees"),
        "eu": (3_110_438_83, 3_110_438_83, 0, "agrees"),
    }
    assert tuple(found["total"][fact] for fact in facts) == (8_941_855_17, 9_025_049_77, OWN, "open")
    assert [tuple(row[fact] for fact in facts) for row in found["cross_cutting"]] == [
        (71_000_00, 96_000_00, NGO, "open")
    ]
    assert found["open_differences"] == 2
    assert reconcile_year(lubuskie).in_programmes().amount_gr == 5_831_416_34


def test_the_matrix_of_the_page_holds_the_same_amounts_and_opens_them(lubuskie):
    matrix = matrix_table(lubuskie, reconcile_year(lubuskie))
    assert [cell.amount_gr for cell in matrix["computed"]] == [
        970_568_75, 1_410_534_78, 3_450_312_81, 3_110_438_83, 8_941_855_17,
    ]  # fmt: skip
    assert [cell.amount_gr for cell in matrix["difference"]] == [OWN, 0, 0, 0, OWN]
    by_name = {row["name"]: row for row in matrix["rows"]}
    assert by_name["Lubuska Karta Dużej Rodziny"]["no_amount"]
    client = visitor(Role.EDITOR)
    for row in matrix["rows"]:
        for cell in (*row["cells"], row["total"]):
            if cell.href:
                assert client.get(cell.href).context["sum_gr"] == cell.amount_gr
            else:
                assert cell.amount_gr is None


def test_no_amount_is_said_in_words_and_never_as_zero(lubuskie):
    text = text_of(visitor(Role.EDITOR).get(PAGE))
    assert says(visitor(Role.EDITOR).get(PAGE), "no amount was reported")
    assert ">0,00<" not in text.split("<tfoot", 1)[0].split("<tbody", 1)[1]


def test_the_page_shows_every_difference_and_hides_no_answer(lubuskie):
    response = visitor(Role.EDITOR).get(PAGE)
    assert "83 194,60" in text_of(response)
    assert "25 000,00" in text_of(response)
    accept(lubuskie)
    text = text_of(visitor(Role.EDITOR).get(PAGE))
    assert REASON in text
    assert "83 194,60" in text


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ROPS_OFFICER, {"explain"}),
        (Role.TREASURER, {"explain", "accept"}),
        (Role.DIRECTOR, {"explain", "accept"}),
        (Role.EDITOR, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_the_page_offers_what_a_person_may_do(lubuskie, role, expected):
    text = text_of(visitor(role).get(PAGE))
    assert {name for name in ("explain", "accept") if address(name) in text} == expected


# --- accepting -----------------------------------------------------------------------------------


def test_a_difference_is_accepted_through_its_form(lubuskie):
    director = person(Role.DIRECTOR, full_name="Ewa Zmyślona")
    client = visitor(director)
    assert "83 194,60 zł" in text_of(client.get(address("accept")))
    response = client.post(address("accept"), {"reason": REASON}, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert waiting(lubuskie) == ["2019-ngo"]
    assert Settlement.objects.get().by == director
    assert "Ewa Zmyślona" in text_of(response)


@pytest.mark.parametrize("reason", ["", "za krótko"])
def test_a_difference_is_not_accepted_without_a_reason(lubuskie, reason):
    response = visitor(Role.DIRECTOR).post(address("accept"), {"reason": reason, "x": "y"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason"]
    assert waiting(lubuskie) == ["2019-own", "2019-ngo"]


@pytest.mark.parametrize("name", ["accept", "explain"])
@pytest.mark.parametrize("key", ["2019-razem", "2019-state"])
def test_what_is_not_open_leads_back_to_the_page(lubuskie, name, key):
    client = visitor(Role.DIRECTOR)
    for response in (client.get(address(name, key)), client.post(address(name, key), lines(("a", "1", "b")))):
        assert (response.status_code, response.url) == (302, PAGE)
    assert Settlement.objects.count() == 0


@pytest.mark.parametrize("name", ["accept", "explain", "withdraw"])
def test_a_total_that_is_not_there_is_not_found(lubuskie, name):
    assert visitor(Role.DIRECTOR).get(address(name, "nie-ma")).status_code == 404


def test_of_two_answers_at_once_the_first_holds(lubuskie):
    one, other = visitor(Role.DIRECTOR), visitor(Role.TREASURER)
    one.get(address("accept"))
    other.get(address("accept"))
    one.post(address("accept"), {"reason": REASON})
    response = other.post(address("accept"), {"reason": "Zupełnie inny powód."}, follow=True)
    assert says(response, "This difference is no longer open.")
    assert Settlement.objects.get().reason == REASON


# --- explaining ----------------------------------------------------------------------------------


def test_a_difference_is_explained_by_lines_that_add_up(lubuskie):
    data = lines(("Dotacja A", "83 000,00", "Umowa 1"), ("Dotacja B", "200,00", "Umowa 2"), ("Zwrot", "-5,40", "Nota"))
    response = visitor(Role.ROPS_OFFICER).post(address("explain"), data, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    settlement = Settlement.objects.get()
    assert [line.amount_gr for line in settlement.lines.all()] == [83_000_00, 200_00, -5_40]
    assert waiting(lubuskie) == ["2019-ngo"]
    assert "Dotacja A" in text_of(response)


def test_lines_that_do_not_add_up_come_back_with_what_is_missing(lubuskie):
    response = visitor(Role.ROPS_OFFICER).post(address("explain"), lines(("Dotacja A", "83 194,59", "Umowa 1")))
    assert response.status_code == 422
    assert "0,01 zł" in text_of(response)
    assert "Dotacja A" in text_of(response)
    assert Settlement.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        lines(),
        lines(("Dotacja A", "", "Umowa 1")),
        lines(("Dotacja A", "83194,60", "Umowa 1"), reason=""),
        lines(("Dotacja A", "dużo", "Umowa 1")),
    ],
)
def test_a_faulty_explanation_is_not_saved(lubuskie, data):
    assert visitor(Role.ROPS_OFFICER).post(address("explain"), data).status_code == 422
    assert Settlement.objects.count() == 0


def test_an_explanation_without_its_own_count_of_lines_is_shown_again_and_is_no_crash(lubuskie):
    response = visitor(Role.ROPS_OFFICER).post(address("explain"), {"reason": REASON})
    assert response.status_code in {200, 422}
    assert Settlement.objects.count() == 0


# --- taking back ---------------------------------------------------------------------------------


def test_an_answer_is_withdrawn_through_its_form(lubuskie):
    accept(lubuskie)
    client = visitor(Role.TREASURER)
    assert REASON in text_of(client.get(address("withdraw")))
    sent = {"reason": "Znaleziono umowę.", "seen_version": Settlement.objects.get().pk}
    response = client.post(address("withdraw"), sent, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert waiting(lubuskie) == ["2019-own", "2019-ngo"]


def test_an_answer_given_anew_meanwhile_is_shown_before_it_is_withdrawn(lubuskie):
    first = accept(lubuskie)
    Settlement.objects.filter(pk=first.pk).update(withdrawn_at=first.at)
    second = accept(lubuskie, reason="Nowy powód zmyślony.")
    client, sent = visitor(Role.TREASURER), {"reason": "Znaleziono umowę.", "seen_version": first.pk}
    response = client.post(address("withdraw"), sent)
    assert (response.status_code, "Nowy powód zmyślony." in text_of(response)) == (409, True)
    assert waiting(lubuskie) == ["2019-ngo"]
    assert client.post(address("withdraw"), as_chosen(response)).status_code == 302
    second.refresh_from_db()
    assert second.withdrawn_at is not None


def test_who_withdraws_an_answer_that_somebody_has_withdrawn_is_told_who_and_when(lubuskie):
    sent = {"reason": "Znaleziono umowę.", "seen_version": accept(lubuskie).pk}
    faster = person(Role.TREASURER, full_name="Anna Zmyślona")
    visitor(faster).post(address("withdraw"), sent | {"reason": "Powód osoby szybszej."})
    response = visitor(Role.TREASURER).post(address("withdraw"), sent)
    assert response.status_code == 409
    assert says(response, "The answer is withdrawn already. Nothing was changed.")
    written = ("Anna Zmyślona", "Powód osoby szybszej.", "Znaleziono umowę.")
    assert [words for words in written if words not in text_of(response)] == []
    assert Record.objects.filter(deed="ledger.settlement_withdrawn").count() == 1


def test_an_answer_is_not_withdrawn_without_a_reason(lubuskie):
    accept(lubuskie)
    assert visitor(Role.TREASURER).post(address("withdraw"), {"reason": "bo"}).status_code == 422
    assert waiting(lubuskie) == ["2019-ngo"]


def test_there_is_nothing_to_withdraw_where_nothing_was_answered(lubuskie):
    assert visitor(Role.TREASURER).get(address("withdraw")).status_code == 404


def test_an_answer_that_fell_open_is_shown_as_open_again(lubuskie):
    accept(lubuskie)
    explain(lubuskie, NGO, key="2019-ngo")
    assert says(visitor(Role.DIRECTOR).get(PAGE), "no open difference")
    move(lubuskie, 1)
    text = text_of(visitor(Role.DIRECTOR).get(PAGE))
    assert address("accept") in text
    assert "83 194,59" in text


# --- the draft before it is final ----------------------------------------------------------------


@pytest.mark.parametrize(("sent", "shown"), [("1", True), ("0", False), ("", False)])
def test_the_director_shows_the_draft_or_hides_it(lubuskie, sent, shown):
    client = visitor(Role.DIRECTOR)
    client.post(reverse("ledger:visibility", args=[2019]), {"shown": sent})
    lubuskie.refresh_from_db()
    assert lubuskie.shown_before_final is shown
    assert Record.objects.about(lubuskie).filter(deed="ledger.draft_shown").count() == int(shown)


def test_showing_what_is_shown_is_no_second_deed(lubuskie):
    client = visitor(Role.DIRECTOR)
    for _n in range(2):
        client.post(reverse("ledger:visibility", args=[2019]), {"shown": "1"})
    assert Record.objects.about(lubuskie).filter(deed="ledger.draft_shown").count() == 1
