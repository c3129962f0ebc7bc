"""Pages of plan and execution: figures open their lines, refusals stand by the field, two people see both versions."""

from datetime import date

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.doors import once
from spoiwo.ledger.models import EntryKind
from spoiwo.ledger.services.closing import close_month
from spoiwo.ledger.services.entries import enter_entry
from spoiwo.ledger.tests.planned import committed, kept_year, paid, planned, said
from spoiwo.ui.conflict import opened
from tests.factories import ProgrammeFactory, SourceFactory, TaskFactory
from tests.queries import queries_of
from tests.visitors import as_chosen, key_for, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
OFFICER, TREASURER, DIRECTOR, AUDITOR = Role.ROPS_OFFICER, Role.TREASURER, Role.DIRECTOR, Role.AUDITOR


def address(name, *values):
    """The address of a page of 2026."""
    return reverse(name if ":" in name else f"plan:{name}", args=[2026, *values])


@pytest.fixture
def year():
    """2026: 100,00 zł planned, 60,00 promised, 25,00 of it paid."""
    row = kept_year()
    planned(row)
    paid(committed(row, 60_00, due_on=date(2026, 6, 30)), 25_00)
    return row


@pytest.fixture
def commitment(year):
    """The commitment of 60,00 zł."""
    return year.plan_entries.get(kind="commitment")


def written(**facts):
    """What a person writes into the form of a line of own funds."""
    data = {"description": "Umowa o szkolenie", "source": str(SourceFactory().pk), "amount_gr": "40,00"}
    return data | {"document": "Umowa 7", "date": "1.07.2026"} | facts


def as_shown(response):
    """What the browser would send back for the form on a page."""
    shown = {bound.name: bound.value() for bound in response.context["form"] if bound.value() not in (None, "", [])}
    return shown | {"opened": opened(response.context["form"])}


# --- plan and execution --------------------------------------------------------------------------


def test_the_page_shows_how_money_stands_and_every_figure_opens_its_lines(year):
    text = text_of(visitor(AUDITOR).get(address("plan")))
    for amount in ("100,00", "60,00", "25,00", "40,00"):
        assert amount in text
    lines = address("lines")
    assert f'href="{lines}?program=outside&amp;rodzaj=plan"' in text
    assert f'href="{address("ledger:entries")}?program=outside"' in text
    for name in ("new", "change", "commit"):
        assert f'href="{address(name)}"' not in text  # an auditor enters nothing


def test_the_doors_of_a_task_lead_to_exactly_the_lines_of_its_figures(year):
    programme = ProgrammeFactory(strategy=year.strategy, code="P1")
    task = TaskFactory(programme=programme, code="z1")
    planned(year, 7_00, programme=programme, task=task, description="Plan zadania")
    enter_entry(year=year, amount_gr=3_00, programme=programme, task=task, **said(description="Wydatek zadania"))
    client = visitor(AUDITOR)
    table = client.get(address("plan")).context["table"]
    (row,) = next(group for group in table["programmes"] if group["name"] == programme.titled)["tasks"]
    plan, _changes, _committed, spent, left, _forecast = row["cells"]
    assert (plan.amount_gr, spent.amount_gr, left.amount_gr) == (7_00, 3_00, 4_00)
    shown = client.get(plan.href).context["page"].object_list
    assert [line.description for line in shown] == ["Plan zadania"]
    shown = client.get(spent.href).context["page"].object_list
    assert [line.description for line in shown] == ["Wydatek zadania"]


def test_a_year_without_a_plan_shows_what_was_spent_and_no_zeros():
    row = kept_year()
    row.keeps_plan = False
    row.save(update_fields=["keeps_plan"])
    enter_entry(year=row, amount_gr=3_00, **said())
    response = visitor(AUDITOR).get(address("plan"))
    assert says(response, "this year keeps no plan")
    assert [cell.amount_gr for cell in response.context["table"]["total"]] == [None, None, None, 3_00, None, None]
    assert "0,00" not in text_of(response).replace("3,00", "")


def test_an_empty_year_says_what_to_do():
    kept_year()
    assert says(visitor(AUDITOR).get(address("plan")), "This year has neither a plan nor lines")


@pytest.mark.parametrize("page", ["plan", "lines", "closing"])
def test_a_page_asks_as_often_with_one_line_as_with_three(year, page):
    client = visitor(TREASURER)
    client.get(address(page))
    once = queries_of(client, address(page))
    for number in range(3):
        task = TaskFactory(programme=ProgrammeFactory(strategy=year.strategy))
        where = {"programme": task.programme, "task": task}
        planned(year, 50_00, **where)
        committed(year, 10_00, due_on=date(2026, 1, 1 + number), **where)
    assert queries_of(client, address(page)) == once


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_table_is_taken_away_as_a_file(year, format):
    response = visitor(AUDITOR).get(address("export", format))
    assert response.headers["Content-Disposition"] == f'attachment; filename="plan-i-wykonanie-2026.{format}"'
    if format == "csv":
        _head, row, *rest = response.content.decode("utf-8-sig").splitlines()
        assert row.split(";")[2:10] == ["Źródło own", "", "", "100,00", "", "60,00", "25,00", "40,00"]
        assert rest == []
    else:
        assert response.content[:2] == b"PK"


# --- entering ------------------------------------------------------------------------------------


def test_a_commitment_is_entered_once_though_the_form_was_sent_twice(year):
    client = visitor(OFFICER)
    sent = written(**{once.FIELD: key_for(client, address("commit"))})
    first, second = client.post(address("commit"), sent), client.post(address("commit"), sent)
    line = year.plan_entries.commitments().get(description=sent["description"])
    assert (first.url, second.url) == (address("line", line.pk), address("line", line.pk))
    assert (line.amount_gr, line.kind, line.date) == (40_00, "commitment", date(2026, 7, 1))


def test_a_commitment_above_the_plan_is_refused_with_by_how_much_and_nothing_typed_is_lost(year):
    response = visitor(OFFICER).post(address("commit"), written(amount_gr="40,01"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["amount_gr"]
    words = "This is %(over)s more than is left of the plan. Lower the amount or change the plan first."
    assert says(response, words, over="0,01 zł")
    assert 'value="Umowa o szkolenie"' in text_of(response)
    assert not year.plan_entries.filter(amount_gr=40_01).exists()


def test_a_payment_above_the_plan_is_refused_by_the_form_of_a_line_too(year):
    facts = written(kind=EntryKind.PAYMENT, amount_gr="40,01")
    response = visitor(OFFICER).post(address("ledger:entry-new"), facts)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["amount_gr"]
    assert not year.entries.filter(amount_gr=40_01).exists()


def test_the_plan_goes_down_with_a_minus_and_not_below_what_is_used(year):
    client = visitor(TREASURER)
    refused = client.post(address("change"), written(amount_gr="-40,01"))
    words = "The plan would be %(over)s below what is already promised or spent."
    assert (refused.status_code, says(refused, words, over="0,01 zł")) == (422, True)
    assert client.post(address("change"), written(amount_gr="-40,00")).status_code == 302
    assert year.plan_entries.planned_gr() == 60_00


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"chapter": "8529"}, "chapter", "A chapter has five digits, for example 85295; found: “%(value)s”."),
        ({"chapter": "8529x"}, "chapter", "A chapter has five digits, for example 85295; found: “%(value)s”."),
        ({"chapter": "٨٥٢٩٥"}, "chapter", "A chapter has five digits, for example 85295; found: “%(value)s”."),
        ({"paragraph": "430"}, "paragraph", "A paragraph has four digits, for example 4300; found: “%(value)s”."),
    ],
)
def test_a_faulty_classification_is_told_with_what_was_found(year, facts, field, words):
    response = visitor(OFFICER).post(address("commit"), written(**facts))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert says(response, words, value=facts[field])


def test_a_commitment_is_paid_from_its_page_with_what_is_left_offered(year, commitment):
    client = visitor(OFFICER)
    form = as_shown(client.get(address("pay", commitment.pk)))
    assert form["amount_gr"] == "35,00"
    refused = client.post(address("pay", commitment.pk), form | {"amount_gr": "35,01"})
    assert says(refused, "The payments would be %(over)s above the commitment.", over="0,01 zł")
    client.post(address("pay", commitment.pk), form | {"date": "1.07.2026"})
    client.post(address("pay", commitment.pk), form | {"date": "1.07.2026"})
    assert sorted(row.amount_gr for row in commitment.payments.all()) == [25_00, 35_00]


def test_a_commitment_is_released_and_a_payment_comes_back(year, commitment):
    client = visitor(OFFICER)
    form = as_shown(client.get(address("release", commitment.pk)))
    client.post(address("release", commitment.pk), form | {"amount_gr": "5,00"})
    assert [row.amount_gr for row in commitment.releases.all()] == [-5_00]
    payment = commitment.payments.get()
    form = as_shown(client.get(address("refund", payment.pk)))
    assert form["amount_gr"] == "25,00"
    client.post(address("refund", payment.pk), form | {"amount_gr": "4,00"})
    assert [(row.amount_gr, row.commitment) for row in payment.refunds.all()] == [(-4_00, commitment)]
    assert "−5,00" in text_of(client.get(address("line", commitment.pk)))


@pytest.mark.parametrize("pk", [0, 10**12])
@pytest.mark.parametrize("page", ["line", "pay", "release", "correct", "refund", "correct-entry"])
def test_a_line_that_is_not_there_is_not_found(year, page, pk):
    assert visitor(person(OFFICER, TREASURER)).get(address(page, pk)).status_code == 404


def test_the_plan_itself_is_not_paid(year):
    plan = year.plan_entries.get(kind="plan")
    assert visitor(OFFICER).get(address("pay", plan.pk)).status_code == 404


def test_an_officer_does_not_plan_nor_correct_the_plan(year):
    client, plan = visitor(OFFICER), year.plan_entries.get(kind="plan")
    assert client.post(address("new"), written()).status_code == 403
    assert client.post(address("change"), written()).status_code == 403
    assert client.get(address("correct", plan.pk)).status_code == 404
    assert visitor(TREASURER).get(address("correct", plan.pk)).status_code == 200
    assert year.plan_entries.count() == 2


# --- correcting ----------------------------------------------------------------------------------


def test_a_line_is_corrected_beside_what_it_was(year, commitment):
    client, payment = visitor(OFFICER), commitment.payments.get()
    form = as_shown(client.get(address("correct-entry", payment.pk)))
    form |= {"amount_gr": "24,99", "reason": "pomyłka w kwocie"}
    response = client.post(address("correct-entry", payment.pk), form, follow=True)
    right = payment.corrections.get()
    assert response.redirect_chain == [(address("ledger:entry", right.pk), 302)]
    assert sorted(row.amount_gr for row in commitment.payments.all()) == [-25_00, 24_99, 25_00]
    assert address("ledger:entry", payment.reversed_by.pk) in text_of(client.get(address("ledger:entry", payment.pk)))


def test_a_line_may_only_be_taken_back(year, commitment):
    client, payment = visitor(OFFICER), commitment.payments.get()
    form = as_shown(client.get(address("correct-entry", payment.pk)))
    client.post(address("correct-entry", payment.pk), form | {"only_reverse": "on", "reason": "zapłacono dwa razy"})
    assert [row.amount_gr for row in commitment.payments.order_by("pk")] == [25_00, -25_00]


def test_a_correction_without_a_reason_or_of_a_line_seen_otherwise_saves_nothing(year, commitment):
    client, payment = visitor(OFFICER), commitment.payments.get()
    form = as_shown(client.get(address("correct-entry", payment.pk)))
    assert client.post(address("correct-entry", payment.pk), form).status_code == 422
    late = form | {"reason": "pomyłka", "seen_version": "2", "amount_gr": "24,00"}
    late = client.post(address("correct-entry", payment.pk), late)
    assert (late.status_code, says(late, "Somebody changed this record meanwhile")) == (409, True)
    assert year.entries.count() == 1


def test_a_payment_of_which_some_came_back_asks_to_take_the_refund_back_first(year, commitment):
    client, payment = visitor(OFFICER), commitment.payments.get()
    client.post(
        address("refund", payment.pk), as_shown(client.get(address("refund", payment.pk))) | {"amount_gr": "5,00"}
    )
    form = as_shown(client.get(address("correct-entry", payment.pk))) | {"amount_gr": "24,00", "reason": "pomyłka"}
    refused = client.post(address("correct-entry", payment.pk), form)
    words = "%(over)s of this payment has already come back. Take the refund back first."
    assert (refused.status_code, says(refused, words, over="5,00\u00a0zł")) == (422, True)
    assert sorted(row.amount_gr for row in commitment.payments.all()) == [-5_00, 25_00]


def test_a_task_is_chosen_under_its_programme_and_of_an_earlier_strategy_never(year, commitment):
    programme = ProgrammeFactory(strategy=year.strategy, region=year.region)
    ours, loose = TaskFactory(programme=programme), TaskFactory(programme=None)
    TaskFactory(programme=ProgrammeFactory(region=year.region))
    choices = visitor(OFFICER).get(address("commit")).context["form"].fields["task"].choices
    assert [(label, [str(value) for value, _name in rows]) for label, rows in list(choices)[1:]] == [
        (programme.titled, [str(ours.pk)]),
        (year.outside_label, [str(loose.pk)]),
    ]


# --- closing -------------------------------------------------------------------------------------


def test_the_treasurer_closes_a_month_and_corrections_are_named_since(year, commitment):
    treasurer = person(TREASURER)
    for month in (1, 2):
        close_month(year=year, month=month, today=date(2027, 1, 1), by=treasurer)
    client = visitor(treasurer)
    assert client.post(address("close", 3)).status_code == 302
    form = as_shown(client.get(address("correct", commitment.pk)))
    client.post(address("correct", commitment.pk), form | {"amount_gr": "59,99", "reason": "pomyłka w umowie"})
    response = client.get(address("closing"))
    february = response.context["months"][1]["closed"]
    assert [row.amount_gr for row in february.plan_entries] == [-60_00, 59_99]
    assert "pomyłka w umowie" in text_of(response)
    assert february.holds


def test_a_month_out_of_turn_is_not_closed_and_the_page_says_which_is_next(year):
    client = visitor(TREASURER)
    response = client.post(address("close", 3), follow=True)
    assert says(response, "Months are closed in order. The next one is: %(month)s.", month="styczeń")
    assert year.closings.count() == 0
    assert visitor(DIRECTOR).post(address("close", 1)).status_code == 403


def test_a_closed_month_offers_no_change_and_refuses_one_with_the_month_by_the_day(year, commitment):
    payment, client = commitment.payments.get(), visitor(person(OFFICER))
    form = as_shown(client.get(address("ledger:entry-change", payment.pk)))
    for month in (1, 2, 3):
        close_month(year=year, month=month, today=date(2027, 1, 1), by=None)
    text = text_of(client.get(address("ledger:entry", payment.pk)))
    assert address("ledger:entry-change", payment.pk) not in text
    assert address("correct-entry", payment.pk) not in text
    assert address("correct-entry", payment.pk) in text_of(visitor(TREASURER).get(address("ledger:entry", payment.pk)))
    response = client.post(address("ledger:entry-change", payment.pk), form | {"reason": "pomyłka"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["date"]
    assert "marzec" in text_of(response)


# --- two people ----------------------------------------------------------------------------------


def test_of_two_people_the_second_compares_both_versions_and_chooses(year):
    entry = enter_entry(year=year, amount_gr=10_00, **said(date=date(2026, 3, 1)))
    page, anna, jan = address("ledger:entry-change", entry.pk), visitor(OFFICER), visitor(TREASURER)
    of_anna, of_jan = as_shown(anna.get(page)), as_shown(jan.get(page))
    jan.post(page, of_jan | {"amount_gr": "11,11", "case_sign": "ROPS.1", "reason": "po rozmowie"})
    mine = of_anna | {"amount_gr": "12,22", "reason": "pomyłka"}
    response = anna.post(page, mine)
    assert response.status_code == 409
    assert [(row.name, row.now, row.mine, row.both, row.chosen) for row in response.context["found"]] == [
        ("amount_gr", "11,11\u00a0zł", "12,22\u00a0zł", True, ""),
        ("case_sign", "ROPS.1", "–", False, "now"),
    ]
    assert "11,11 zł" in text_of(response)
    assert anna.post(page, as_chosen(response, amount_gr="mine")).status_code == 302
    entry.refresh_from_db()
    assert (entry.amount_gr, entry.case_sign, entry.version) == (12_22, "ROPS.1", 3)


def test_a_choice_made_over_a_version_that_changed_again_is_asked_again(year):
    entry = enter_entry(year=year, amount_gr=10_00, **said(date=date(2026, 3, 1)))
    page, anna = address("ledger:entry-change", entry.pk), visitor(OFFICER)
    mine = as_shown(anna.get(page)) | {"amount_gr": "12,22", "reason": "pomyłka"}
    type(entry).objects.filter(pk=entry.pk).update(version=2, amount_gr=11_11)
    first = anna.post(page, mine)
    type(entry).objects.filter(pk=entry.pk).update(version=3, amount_gr=1)
    response = anna.post(page, as_chosen(first, amount_gr="mine"))
    assert response.status_code == 409
    assert [(row.before, row.now, row.mine) for row in response.context["found"]] == [
        ("11,11\u00a0zł", "0,01\u00a0zł", "12,22\u00a0zł")
    ]


def test_lines_are_filtered_by_classification_and_organisation(year):
    planned(year, 5_00, chapter="85295", paragraph="4300")
    facts = {"chapter": "85295", "paragraph": "4300"}
    enter_entry(year=year, amount_gr=5_00, **said(description="Z klasyfikacją") | facts)
    client = visitor(AUDITOR)
    shown = client.get(address("ledger:entries"), {"rozdzial": "85295"}).context["page"].object_list
    assert [row.description for row in shown] == ["Z klasyfikacją"]
    shown = client.get(address("ledger:entries"), {"rozdzial": "99999"}).context["page"].object_list
    assert list(shown) == []
