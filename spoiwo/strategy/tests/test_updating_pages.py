"""Pages of the office on which a strategy is changed, consulted and adopted; two people at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.strategy.domain import versions
from spoiwo.strategy.models import Consultation, Programme, Remark, Strategy, StrategyVersion
from spoiwo.strategy.services import consultations
from spoiwo.strategy.tests.drafting import (
    NEW,
    NOW,
    OLD,
    adopted,
    answered,
    changed,
    consulted,
    opened,
    planted,
    remarked,
    renamed,
    reported,
)
from tests.factories import IndicatorFactory, StrategyFactory, TargetFactory, TaskFactory
from tests.queries import queries_of
from tests.visitors import as_chosen, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
OFFICER, DIRECTOR, AUDITOR = Role.ROPS_OFFICER, Role.DIRECTOR, Role.AUDITOR


def address(name, *values):
    """The address of a page of the office."""
    return reverse(f"updating:{name}", args=values)


@pytest.fixture
def strategy():
    """A strategy with a goal, a programme and a task."""
    return planted()


@pytest.fixture
def draft(strategy):
    """A draft with a new name of the programme."""
    return renamed(strategy)


@pytest.fixture
def running(draft):
    """A consultation that is open today."""
    today = timezone.localdate()
    return consulted(draft, on=today, opens=today, closes=today + timedelta(days=35))


@pytest.fixture
def ended(draft):
    """A consultation whose last day was yesterday, with one remark."""
    today = timezone.localdate()
    opens, closes = today - timedelta(days=36), today - timedelta(days=1)
    row = consulted(draft, on=opens, opens=opens, closes=closes)
    remarked(row, "Uwaga zmyślona", on=opens)
    return row


def of_element(draft, kind, code, **values):
    """What the browser sends from the form of an element as it is now."""
    row = versions.find(draft.content, kind, code)
    names = {"number", "name", "short_name", "goals", "parent", "programme", "goal"} & row.keys()
    data = {name: "" if row[name] is None else row[name] for name in names} | {"seen_version": row["version"]}
    return data | values


# --- the way of a draft --------------------------------------------------------------------------


def test_an_officer_opens_a_draft_changes_a_name_and_sees_the_difference(strategy):
    client = visitor(OFFICER)
    response = client.post(address("draft-new", "2021-2030"), {"title": "Aktualizacja"}, follow=True)
    draft = StrategyVersion.objects.get(state="draft")
    assert response.redirect_chain == [(address("version", draft.pk), 302)]
    sent = of_element(draft, "programme", "P4", name=NEW)
    response = client.post(address("element", draft.pk, "programme", "P4"), sent, follow=True)
    text = text_of(response)
    assert "<del>narkomanii</del>" in text
    assert "<ins>uzależnieniom</ins>" in text
    assert Programme.objects.get().name == OLD


def test_a_second_draft_leads_to_the_first(draft):
    response = visitor(OFFICER).post(address("draft-new", "2021-2030"), {"title": "Inna"}, follow=True)
    assert response.redirect_chain == [(address("version", draft.pk), 302)]
    assert says(response, "This strategy has a draft already: this one. Finish or withdraw it first.")


def test_everything_that_a_strategy_holds_can_be_added(draft):
    indicator = IndicatorFactory(code="W1", name="Wskaźnik", programme=Programme.objects.get())
    client = visitor(OFFICER)
    for kind, data in {
        "goal": {"code": "C2", "number": "2", "name": "Cel\n nowy", "parent": "C1"},
        "programme": {"code": "P9", "name": "Program nowy", "short_name": "Nowy", "from_year": "2027", "goals": ["C2"]},
        "task": {"code": "T9", "name": "Zadanie nowe", "programme": "P9", "to_date": "31.12.2028"},
        "target": {"indicator": indicator.code, "year": "2030", "value": "1 234,5"},
    }.items():
        assert client.get(address("element-new", draft.pk, kind)).status_code == 200
        assert client.post(address("element-new", draft.pk, kind), data).status_code == 302
    draft.refresh_from_db()
    assert versions.find(draft.content, "goal", "C2")["name"] == "Cel nowy"
    assert versions.find(draft.content, "programme", "P9")["from_year"] == 2027
    assert versions.find(draft.content, "task", "T9")["to_date"] == "2028-12-31"
    assert versions.find(draft.content, "target", "W1@2030")["value"] == "1234.5"
    assert "1234,5" in text_of(client.get(address("version", draft.pk)))


TAKEN = "Found: %(code)s. It is taken already; choose another."
NO_NUMBER = "Found: %(found)s. Write a number with at most four decimal places, for example 12,5."
HOMELESS = "Choose a programme or a goal: a task of the strategy belongs to one."
TASK = {"code": "T9", "name": "Z", "goal": "C1"}
TARGET = {"indicator": "W1", "year": "2030", "value": "1"}


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        ("goal", {"name": "Cel"}, "Enter a code, for example 2021-p2-5."),
        ("goal", {"code": "C 2", "name": "Cel"}, "Use letters a–z, digits, - and _ only."),
        ("goal", {"code": "C2", "name": " "}, "Write the name."),
        ("programme", {"code": "P4", "name": "Inny", "short_name": "I"}, TAKEN),
        ("task", TASK | {"goal": ""}, HOMELESS),
        ("task", TASK | {"from_date": "2.1.2027", "to_date": "1.1.2027"}, "The end is before the beginning."),
        ("task", TASK | {"from_date": "jutro"}, "Write the day as 17.05.2019."),
        ("target", TARGET | {"value": "dużo"}, NO_NUMBER),
        ("target", TARGET | {"value": "1,00001"}, NO_NUMBER),
        ("target", TARGET | {"year": "dwa"}, "Write the year in four digits, for example 2024."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_field_and_nothing_is_saved(draft, kind, data, message):
    IndicatorFactory(code="W1", programme=Programme.objects.get())
    before = StrategyVersion.objects.get(pk=draft.pk).content
    response = visitor(OFFICER).post(address("element-new", draft.pk, kind), data)
    assert response.status_code == 422
    facts = {"code": data.get("code"), "found": data.get("value")}
    assert says(response, message, **facts)
    assert StrategyVersion.objects.get(pk=draft.pk).content == before


def test_a_programme_does_not_end_before_it_begins(draft):
    sent = of_element(draft, "programme", "P4", from_year="2027", to_year="2026")
    response = visitor(OFFICER).post(address("element", draft.pk, "programme", "P4"), sent)
    assert response.status_code == 422
    assert says(response, "The last year is before the first one, %(year)d.", year=2027)


def test_two_people_in_one_element_see_both_versions_and_choose(draft):
    sent = of_element(draft, "programme", "P4", name="Moja nazwa")
    changed(draft, "programme", "P4", name="Ich nazwa")
    client = visitor(OFFICER)
    response = client.post(address("element", draft.pk, "programme", "P4"), sent)
    assert response.status_code == 409
    assert [(row.name, row.now, row.mine) for row in response.context["found"]] == [("name", "Ich nazwa", "Moja nazwa")]
    again = as_chosen(response, name="mine")
    assert client.post(address("element", draft.pk, "programme", "P4"), again).status_code == 302
    draft.refresh_from_db()
    assert versions.find(draft.content, "programme", "P4")["name"] == "Moja nazwa"


def test_what_the_draft_added_has_a_button_to_take_it_out(draft):
    client = visitor(OFFICER)
    client.post(address("element-new", draft.pk, "goal"), {"code": "C2", "name": "Cel nowy"})
    drop = address("element-drop", draft.pk, "goal", "C2")
    assert drop in text_of(client.get(address("element", draft.pk, "goal", "C2")))
    assert address("element-drop", draft.pk, "goal", "C1") not in text_of(
        client.get(address("element", draft.pk, "goal", "C1"))
    )
    assert client.post(drop).status_code == 302
    draft.refresh_from_db()
    assert versions.find(draft.content, "goal", "C2") is None


def test_a_frozen_text_is_not_changed_and_the_page_says_why(running):
    draft = running.strategy_version
    sent = of_element(draft, "programme", "P4", name="Inna")
    response = visitor(OFFICER).post(address("element", draft.pk, "programme", "P4"), sent, follow=True)
    assert says(response, "The draft does not change while it is consulted. Nothing was saved.")
    draft.refresh_from_db()
    assert versions.find(draft.content, "programme", "P4")["name"] == NEW


def test_a_consultation_is_set_and_one_in_the_past_is_refused(draft):
    client, today = visitor(OFFICER), timezone.localdate()
    words = {"title": "Konsultacje", "about": "Zmieniamy nazwę.", "seen_version": draft.version}
    days = {"opens_on": (today - timedelta(days=1)).isoformat(), "closes_on": today.isoformat()}
    refused = client.post(address("consultation-new", draft.pk), words | days)
    assert refused.status_code == 422
    assert says(refused, "This day has passed. The consultation opens today or later.")
    days = {"opens_on": today.isoformat(), "closes_on": (today + timedelta(days=35)).isoformat()}
    assert client.post(address("consultation-new", draft.pk), words | days).status_code == 302
    row = Consultation.objects.get()
    assert (row.opens_on, row.closes_on, row.strategy_version) == (today, today + timedelta(days=35), draft)


def test_a_draft_without_changes_is_not_put_to_consultation(strategy):
    draft, today = opened(strategy), timezone.localdate().isoformat()
    sent = {"title": "K", "about": "Nic.", "opens_on": today, "closes_on": today, "seen_version": draft.version}
    response = visitor(OFFICER).post(address("consultation-new", draft.pk), sent)
    assert response.status_code == 422
    assert says(response, "The draft changes nothing yet. Change its elements before it is consulted.")


# --- answers and the report ----------------------------------------------------------------------


def test_two_officers_answer_one_remark_the_second_sees_both_answers(ended):
    row, anna = ended.remarks.get(), person(OFFICER, full_name="Anna Zmyślona")
    answered(row, "Dopisujemy.", by=anna)
    client, page = visitor(OFFICER), address("remark", ended.strategy_version_id, row.pk)
    sent = {"decision": "rejected", "answer": "Nie dopisujemy.", "seen_version": 1}
    response = client.post(page, sent)
    text = text_of(response)
    assert response.status_code == 409
    assert [words in text for words in ("Anna Zmyślona", "Dopisujemy.", "Nie dopisujemy.")] == [True] * 3
    row.refresh_from_db()
    assert row.answer == "Dopisujemy."
    again = as_chosen(response, decision="mine", answer="mine")
    assert client.post(page, again).status_code == 302
    row.refresh_from_db()
    assert (row.decision, row.answer) == ("rejected", "Nie dopisujemy.")


def test_an_answer_without_a_decision_or_words_is_refused(ended):
    row = ended.remarks.get()
    response = visitor(OFFICER).post(address("remark", ended.strategy_version_id, row.pk), {"seen_version": 1})
    assert response.status_code == 422
    assert says(response, "Choose what you do with the remark.")
    assert says(response, "Write the answer: a decision without its reason is not published.")


def test_a_report_is_refused_with_the_remarks_that_wait_and_keeps_the_summary(ended):
    row, page = ended.remarks.get(), address("report", ended.strategy_version_id)
    client = visitor(DIRECTOR)
    response = client.post(page, {"summary": "Przyszła jedna uwaga.", "seen_version": 1})
    assert response.status_code == 409
    assert address("remark", ended.strategy_version_id, row.pk) in text_of(response)
    assert "Przyszła jedna uwaga." in text_of(response)
    answered(row)
    assert client.post(page, {"summary": "Przyszła jedna uwaga.", "seen_version": 1}).status_code == 302
    ended.refresh_from_db()
    assert ended.published_at is not None


def test_a_report_is_refused_before_the_term_ends(running):
    response = visitor(DIRECTOR).post(
        address("report", running.strategy_version_id), {"summary": "Za wcześnie.", "seen_version": 1}
    )
    assert response.status_code == 409
    assert says(response, "The term for remarks has not ended")


# --- adoption ------------------------------------------------------------------------------------


def resolution(draft, **facts):
    """What a director sends about the resolution."""
    today = timezone.localdate().isoformat()
    data = {"adopting_body": "Sejmik", "resolution": "XX/1/26", "adopted_on": today, "binding_from": today}
    return data | {"seen_version": StrategyVersion.objects.get(pk=draft.pk).version} | facts


def test_the_director_enters_the_resolution_and_the_tree_has_the_new_name(ended):
    draft, client = ended.strategy_version, visitor(DIRECTOR)
    refused = client.post(address("adopt", draft.pk), resolution(draft))
    assert refused.status_code == 409
    assert says(refused, "The report of the consultation is not published")
    answered(ended.remarks.get())
    reported(ended, on=timezone.localdate())
    assert client.post(address("adopt", draft.pk), resolution(draft)).status_code == 302
    assert Programme.objects.get().name == NEW
    assert client.get(address("adopt", draft.pk)).status_code == 404


def test_a_version_that_binds_later_is_written_by_a_button_on_its_day(ended):
    draft, client, tomorrow = ended.strategy_version, visitor(DIRECTOR), timezone.localdate() + timedelta(days=1)
    answered(ended.remarks.get())
    reported(ended, on=timezone.localdate())
    client.post(address("adopt", draft.pk), resolution(draft, binding_from=tomorrow.isoformat()))
    assert address("write", draft.pk) not in text_of(client.get(address("version", draft.pk)))
    assert says(client.post(address("write", draft.pk), follow=True),
                "Nothing was written: the version is in the tree already, or its day has not come.")  # fmt: skip
    assert Programme.objects.get().name == OLD
    assert not says(client.get(address("versions")), "It binds and is not in the tree yet")
    StrategyVersion.objects.filter(pk=draft.pk).update(binding_from=timezone.localdate())
    assert says(client.get(address("versions")), "It binds and is not in the tree yet")
    assert address("write", draft.pk) in text_of(client.get(address("version", draft.pk)))
    client.post(address("write", draft.pk))
    assert Programme.objects.get().name == NEW


def test_a_resolution_of_tomorrow_and_one_that_binds_before_it_is_adopted_are_refused(draft):
    today = timezone.localdate()
    tomorrow, yesterday = (today + timedelta(days=days) for days in (1, -1))
    client = visitor(DIRECTOR)
    response = client.post(address("adopt", draft.pk), resolution(draft, adopted_on=tomorrow.isoformat()))
    assert response.status_code == 422
    assert says(response, "This day is still to come. Enter the resolution once it is adopted.")
    response = client.post(address("adopt", draft.pk), resolution(draft, binding_from=yesterday.isoformat()))
    assert response.status_code == 422
    assert says(response, "A version cannot bind before it is adopted.")


def test_the_page_of_adoption_tells_what_the_tree_changed_meanwhile(ended):
    Programme.objects.update(name="Zmieniony obok")
    text = text_of(visitor(DIRECTOR).get(address("adopt", ended.strategy_version_id)))
    assert f"<li>4. {OLD}</li>" in text


def test_a_draft_is_withdrawn_with_a_reason(draft):
    client = visitor(OFFICER)
    assert client.post(address("withdraw", draft.pk), {"reason": "krótko"}).status_code == 422
    sent = {"reason": "Zmieniła się ustawa.", "seen_version": draft.version}
    assert client.post(address("withdraw", draft.pk), sent).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "withdrawn"


# --- doors and queries ---------------------------------------------------------------------------


def test_an_officer_does_not_adopt_or_publish_and_an_auditor_only_reads(ended):
    pk, row = ended.strategy_version_id, ended.remarks.get()
    officer, auditor = visitor(OFFICER), visitor(AUDITOR)
    assert [officer.post(address(name, pk)).status_code for name in ("adopt", "report", "write")] == [403] * 3
    assert auditor.get(address("version", pk)).status_code == 200
    assert auditor.get(address("remarks", pk)).status_code == 200
    assert auditor.get(address("remark", pk, row.pk)).status_code == 403
    assert auditor.get(address("element", pk, "goal", "C1")).status_code == 403


@pytest.mark.parametrize(
    ("name", "values"),
    [("version", [99]), ("remarks", [99]), ("draft-new", ["nie-ma"]), ("element", [0, "goal", "nie-ma"]),
     ("element", [0, "nic", "C1"]), ("element-new", [0, "nic"])],
)  # fmt: skip
def test_what_is_not_there_is_not_found(draft, name, values):
    values = [value or draft.pk for value in values]
    assert visitor(DIRECTOR).get(address(name, *values)).status_code == 404


def test_another_regions_versions_are_not_found(draft, settings):
    settings.REGION = "08"
    assert visitor(DIRECTOR).get(address("version", draft.pk)).status_code == 200
    Strategy.objects.update(region="14")
    assert visitor(DIRECTOR).get(address("version", draft.pk)).status_code == 404


def test_the_list_of_versions_asks_as_often_for_three_strategies_as_for_one(strategy):
    opened(strategy)
    one = queries_of(visitor(DIRECTOR), address("versions"))
    for _n in range(2):
        opened(StrategyFactory())
    assert queries_of(visitor(DIRECTOR), address("versions")) == one


def test_a_version_asks_as_often_for_three_tasks_as_for_one(strategy):
    one = queries_of(visitor(DIRECTOR), address("version", opened(strategy).pk))
    StrategyVersion.objects.filter(state="draft").update(state="withdrawn")
    programme = Programme.objects.get()
    for _n in range(2):
        TaskFactory(programme=programme)
        TargetFactory(indicator=IndicatorFactory(programme=programme))
    draft = opened(strategy)
    assert len(draft.content["tasks"]) == 3
    assert queries_of(visitor(DIRECTOR), address("version", draft.pk)) == one


def test_the_list_of_remarks_asks_as_often_for_three_as_for_one(ended):
    page = address("remarks", ended.strategy_version_id)
    one = queries_of(visitor(DIRECTOR), page)
    for n in range(2):
        row = remarked(ended, f"Uwaga {n}", on=ended.opens_on)
        Remark.objects.filter(pk=row.pk).update(received_at=NOW)
    assert queries_of(visitor(DIRECTOR), page) == one
    assert consultations.number_of(ended.remarks.order_by("pk").last()) == 3


def test_an_adopted_version_shows_its_resolution(ended):
    answered(ended.remarks.get())
    reported(ended, on=timezone.localdate())
    adopted(ended.strategy_version, on=timezone.localdate())
    text = text_of(visitor(AUDITOR).get(address("version", ended.strategy_version_id)))
    assert "XX/1/26" in text
    assert "4 maja 2026" in text
