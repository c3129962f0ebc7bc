"""What comes in through the web, field by field, in words a clerk understands."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from spoiwo.ledger.forms import (
    PROBLEMS,
    AmountField,
    DayField,
    EntryFilter,
    EntryForm,
    ExplanationLines,
    PackageForm,
    ReasonForm,
)
from spoiwo.ledger.models import Source
from spoiwo.places.models import Place
from spoiwo.strategy.models import Programme, Task
from tests.factories import (
    DocumentFactory,
    EntryFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TagFactory,
    TaskFactory,
    YearFactory,
)

NBSP, NARROW = "\u00a0", "\u202f"


# --- amounts and days ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "gr"),
    [
        ("25000,00", 25_000_00),
        ("25 000,00", 25_000_00),
        (f"25{NBSP}000,00", 25_000_00),
        (f"25{NARROW}000,00 zł", 25_000_00),
        ("25000.00", 25_000_00),
        ("25.000,00", 25_000_00),
        (" 25000 ", 25_000_00),
        ("0", 0),
        ("0,1", 10),
        ("9025049,77", 9_025_049_77),
    ],
)
def test_an_amount_is_taken_as_people_write_it(written, gr):
    assert AmountField().clean(written) == gr


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("dużo", "text"),
        ("12 zł 50 gr", "text"),
        ("1e3", "text"),
        ("=1+1", "text"),
        ("NaN", "text"),
        ("٢٥", "text"),  # digits, but not ours
        ("-1", "negative"),
        ("\u22121,00", "negative"),
        ("(100,00)", "negative"),
        ("1 234,567", "three_decimals"),
        ("0,005", "three_decimals"),
        ("0,30000000000000004", "float_noise"),
        ("1.234", "ambiguous"),
        ("1,234", "ambiguous"),
        ("12 34,00", "ambiguous"),
        ("1,2,3", "ambiguous"),
        ("99999999999999999", "too_large"),
    ],
)
def test_what_is_no_amount_is_told_in_words(written, problem):
    with pytest.raises(ValidationError) as refusal:
        AmountField().clean(written)
    assert refusal.value.messages == [str(PROBLEMS[problem])]


def test_an_amount_of_endless_length_is_refused():
    with pytest.raises(ValidationError):
        AmountField().clean("1" * 31)


@pytest.mark.parametrize(
    ("written", "gr"), [("-25,00", -25_00), ("\u221225,00", -25_00), ("- 25", -25_00), ("25,00", 25_00), ("0", 0)]
)
def test_a_part_of_an_explanation_may_be_below_zero(written, gr):
    assert AmountField(signed=True).clean(written) == gr


@pytest.mark.parametrize("written", ["-", "--25", "-dużo", "25-", "-1.234"])
def test_a_minus_does_not_make_an_amount_of_what_is_none(written):
    with pytest.raises(ValidationError):
        AmountField(signed=True).clean(written)


def test_a_field_that_may_be_empty_gives_nothing_rather_than_zero():
    assert AmountField(required=False).clean("") is None


@pytest.mark.parametrize("written", ["17.05.2019", "2019-05-17"])
def test_a_day_is_taken_the_polish_and_the_international_way(written):
    assert DayField().clean(written) == date(2019, 5, 17)


@pytest.mark.parametrize("written", ["17/05/2019", "05.17.2019", "31.02.2019", "wczoraj", "17.05.19"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValidationError):
        DayField().clean(written)


# --- a line of money -----------------------------------------------------------------------------


@pytest.fixture
def year(db):
    """2019 under a strategy with one programme and two tasks; one source, one document, one cross-cut."""
    row = YearFactory()
    programme = ProgrammeFactory(strategy=row.strategy, code="P1")
    TaskFactory(programme=programme, code="z-1")
    TaskFactory(code="z-wolne")
    TaskFactory(code="z-dawne", to_date=date(2018, 12, 31))
    SourceFactory(code="own")
    DocumentFactory(year=row, name="Umowa 1")
    TagFactory(code="ngo")
    return row


def pk(model_queryset, **where):
    """The primary key of one row, as a form sends it."""
    return str(model_queryset.get(**where).pk)


def form(year, entry=None, **facts):
    """The form of a right line, changed in places."""
    data = {
        "description": "Dotacja",
        "programme": pk(Programme.objects, code="P1"),
        "source": pk(Source.objects, code="own"),
        "kind": "payment",
        "amount_gr": "100,00",
        "document": "Umowa 1",
    }
    return EntryForm(data | facts, year=year, entry=entry)


def task(code):
    """The key of a task."""
    return pk(Task.objects, code=code)


def test_a_right_line_gives_the_columns_of_the_service(year):
    filled = form(year, date="17.05.2019", task=task("z-1"))
    assert filled.errors == {}
    values = filled.values()
    assert (values["amount_gr"], values["date"], values["kind"]) == (100_00, date(2019, 5, 17), "payment")
    assert (values["programme"].code, values["task"].code, values["source"].code) == ("P1", "z-1", "own")
    assert values["place"] is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"description": ""}, "description"),
        ({"description": "x" * 301}, "description"),
        ({"source": ""}, "source"),
        ({"source": "0"}, "source"),
        ({"kind": "gift"}, "kind"),
        ({"amount_gr": ""}, "amount_gr"),
        ({"amount_gr": "-1"}, "amount_gr"),
        ({"document": "   "}, "document"),
        ({"date": "31.12.2018"}, "date"),
        ({"date": "01.01.2020"}, "date"),
        ({"programme": "0"}, "programme"),
        ({"task": "0"}, "task"),
        ({"place": "0"}, "place"),
        ({"tags": ["0"]}, "tags"),
    ],
)
def test_a_fault_stands_by_its_field(year, facts, field):
    assert list(form(year, **facts).errors) == [field]


@pytest.mark.parametrize("day", ["01.01.2019", "31.12.2019", ""])
def test_a_day_lies_in_the_year_or_is_not_given(year, day):
    assert form(year, date=day).errors == {}


def test_a_task_of_another_programme_is_refused(year):
    other = ProgrammeFactory(strategy=year.strategy)
    assert list(form(year, programme=str(other.pk), task=task("z-1")).errors) == ["task"]
    assert form(year, task=task("z-wolne")).errors == {}


def test_a_task_chosen_alone_brings_its_programme_along(year):
    filled = form(year, programme="", task=task("z-1"))
    assert filled.errors == {}
    assert filled.values()["programme"].code == "P1"


def test_a_task_that_ended_before_the_year_cannot_be_chosen(year):
    assert list(form(year, task=task("z-dawne")).errors) == ["task"]


def test_money_outside_programmes_needs_no_programme(year):
    assert form(year, programme="").errors == {}


def test_choices_are_those_of_the_region_the_strategy_and_the_year(year):
    foreign = ProgrammeFactory(strategy=StrategyFactory(region="14"))
    SourceFactory(code="eu", region="14")
    TagFactory(region="14")
    offered = EntryForm(year=year).fields
    assert [row.code for row in offered["programme"].queryset] == ["P1"]
    assert foreign not in offered["programme"].queryset
    assert [row.code for row in offered["source"].queryset] == ["own"]
    assert [row.code for row in offered["tags"].queryset] == ["ngo"]
    places = offered["place"].queryset
    assert places.count() == 82
    assert {place.code for place in places.filter(name="Brody")} == {"0811032"}  # the code of 2019


def test_a_programme_of_an_older_strategy_stays_a_choice_while_it_has_money(year):
    older = ProgrammeFactory(strategy=StrategyFactory(from_year=2007, to_year=2013))
    EntryFactory(year=year, programme=older)
    assert older in EntryForm(year=year).fields["programme"].queryset


def test_a_change_needs_a_reason_and_a_new_line_does_not(year):
    entry = EntryFactory(year=year)
    assert list(form(year, entry=entry).errors) == ["reason"]
    assert form(year, entry=entry, reason="pomyłka").errors == {}
    assert "reason" not in form(year).fields


@pytest.mark.parametrize("amount_gr", [100_05, -100_05, 0, 9_025_049_77])
def test_the_form_of_a_line_shows_what_the_line_says(year, amount_gr):
    entry = EntryFactory(year=year, amount_gr=amount_gr, date=date(2019, 5, 17), tags=[TagFactory()])
    initial = EntryForm(year=year, entry=entry)
    assert AmountField().clean(initial["amount_gr"].value()) == abs(amount_gr)
    assert initial["kind"].value() == entry.kind
    assert initial["seen_version"].value() == 1
    assert initial["document"].value() == entry.document.name
    assert initial["tags"].value() == [entry.tags.get().pk]


@pytest.mark.parametrize("code", ["08", "0802", "0811033"])
def test_the_form_keeps_a_place_that_a_package_gave_the_line(year, code):
    """Packages may name a voivodeship, a powiat, or a gmina under its present code."""
    entry = EntryFactory(year=year, place=Place.objects.get(code=code))
    sent = {name: bound.value() for name, bound in ((b.name, b) for b in EntryForm(year=year, entry=entry))}
    sent = {name: value for name, value in sent.items() if value is not None} | {"reason": "opis"}
    sent["date"] = ""
    again = EntryForm(sent, year=year, entry=entry)
    assert again.errors == {}
    assert again.values()["place"] == entry.place


# --- the filter ----------------------------------------------------------------------------------


def test_a_wrong_choice_keeps_no_line_rather_than_all(year):
    EntryFactory(year=year)
    assert EntryFilter({"zrodlo": "kasa"}, year=year).narrow(year.entries.all()).count() == 0
    assert EntryFilter(None, year=year).narrow(year.entries.all()).count() == 1
    assert EntryFilter({"strona": "2"}, year=year).narrow(year.entries.all()).count() == 1


# --- reasons, explanations, files ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "good"), [("dziewięć.", False), ("dziesięć..", True), ("    dziewięć.  ", False), ("", False)]
)
def test_a_reason_has_ten_signs(reason, good):
    assert ReasonForm({"reason": reason}).is_valid() is good


def explanation(*lines):
    """The lines of an explanation as the page sends them."""
    data = {"p-TOTAL_FORMS": str(len(lines)), "p-INITIAL_FORMS": "0"}
    for number, (description, amount, document) in enumerate(lines):
        data |= {
            f"p-{number}-description": description,
            f"p-{number}-amount_gr": amount,
            f"p-{number}-document": document,
        }
    return ExplanationLines(data, prefix="p")


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        (("Dotacja", "25,00", "Nota 1"), []),
        (("", "", ""), []),  # an empty line says nothing
        (("Dotacja", "", "Nota 1"), ["amount_gr"]),
        (("", "25,00", ""), ["description", "document"]),
        (("Dotacja", "dużo", "Nota 1"), ["amount_gr"]),
        (("Dotacja", "0", "Nota 1"), []),
    ],
)
def test_a_line_of_an_explanation_is_whole_or_empty(line, faults):
    lines = explanation(line)
    assert lines.is_valid() is (not faults)
    assert sorted(lines.forms[0].errors) == faults
    assert lines.forms[0].filled is bool(line[0])


def test_an_explanation_has_at_most_twelve_lines():
    assert explanation(*[("Dotacja", "1", "Nota 1")] * 12).is_valid()
    assert len(explanation(*[("Dotacja", "1", "Nota 1")] * 13).forms) == 12


def test_a_file_is_chosen_and_not_empty():
    assert PackageForm({}, {"package": SimpleUploadedFile("rok.zip", b"PK")}).is_valid()
    assert not PackageForm({}, {"package": SimpleUploadedFile("rok.zip", b"")}).is_valid()
    assert not PackageForm({}, {}).is_valid()


def test_a_file_larger_than_the_door_is_refused():
    upload = SimpleUploadedFile("rok.zip", b"PK")
    upload.size = 50 * 1024 * 1024 + 1
    assert not PackageForm({}, {"package": upload}).is_valid()
    upload.size -= 1
    assert PackageForm({}, {"package": upload}).is_valid()


def test_every_amount_of_the_house_comes_through_the_one_field():
    amounts = [EntryForm.base_fields["amount_gr"], ExplanationLines.form.base_fields["amount_gr"]]
    assert all(type(field) is AmountField for field in amounts)
    assert not any(isinstance(field, forms.FloatField | forms.DecimalField) for field in EntryForm.base_fields.values())
