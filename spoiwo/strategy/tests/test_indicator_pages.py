"""Pages of indicators: what they say, what a form takes and refuses, two people at one record, files, few queries."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.doors import once
from spoiwo.strategy.domain import status as rule
from spoiwo.strategy.domain.periods import DAYS_TO_ENTER
from spoiwo.strategy.models import Indicator, IndicatorValue
from spoiwo.strategy.services.measuring import correct_value, set_target
from spoiwo.strategy.tests.measuring import MEANING, NOW, created, entered, figures, gmina
from spoiwo.ui.conflict import opened
from tests.factories import (
    DefinitionFactory,
    GoalFactory,
    ProgrammeFactory,
    StrategyFactory,
    TaskFactory,
    UnitFactory,
    UserFactory,
)
from tests.queries import queries_of
from tests.visitors import as_chosen, key_for, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
LIST = "/biuro/wskazniki/"
LAST_YEAR = timezone.localdate().year - 1


@pytest.fixture
def anna():
    """Who enters."""
    return person(Role.ROPS_OFFICER, full_name="Anna Zmyślona")


@pytest.fixture
def task():
    """A task of a programme of 2021-2030."""
    strategy = StrategyFactory(from_year=2021, to_year=2030)
    return TaskFactory(code="z1", programme=ProgrammeFactory(code="P1", strategy=strategy))


@pytest.fixture
def row(anna, task):
    """Professional families: 100 in 2020, 200 in 2030, 130 in 2025."""
    indicator = created(anna, about=task)
    entered(indicator, anna, 130)
    return indicator


def sent(form, **changed):
    """What the browser would send of a form."""
    data = {name: form[name].value() for name in form.fields} | {"opened": opened(form)}
    return {name: value for name, value in (data | changed).items() if value not in (None, "")}


def of(row, page=""):
    """The address of a page of an indicator in the office."""
    return f"{LIST}{row.code}/{page}"


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/wskazniki/", "/wskazniki/z1-w1/", LIST, f"{LIST}z1-w1/"])
def test_pages_say_the_name_the_value_and_the_status_in_words(row, address):
    response = visitor(Role.EDITOR if address.startswith("/biuro") else None).get(address)
    page = text_of(response)
    assert response.status_code == 200
    for words in (row.name, "130", "200", "karta działania"):
        assert words in page
    assert any(word in page for word in ("plan zagrożony", "poza planem", "brak danych"))


def test_the_chart_has_a_title_a_description_and_its_figures_in_a_table(row):
    page = text_of(visitor().get("/wskazniki/z1-w1/"))
    assert '<title id="trend-wide-title">Rodziny zawodowe</title>' in page
    assert "Wartości według lat: 2025: 130. Wartości docelowe: 2030: 200." in page
    assert page.count("<polyline") == 4  # value and target, wide and narrow
    years = visitor().get("/wskazniki/z1-w1/").context["years"]
    assert [(year.year, year.target, year.actual) for year in years] == [
        (2020, "", "100"),
        (2025, "", "130"),
        (2030, "200", ""),
    ]


def test_a_changed_definition_breaks_the_line(anna, task, row):
    DefinitionFactory(indicator=row, number=2, valid_from=date(2026, 1, 1), reason="ustawa")
    entered(row, anna, 140, year=2026)
    response = visitor().get("/wskazniki/z1-w1/")
    assert [line.count(",") for line in response.context["drawings"]["wide"].lines] == [1, 1]
    assert len(response.context["drawings"]["wide"].breaks) == 1
    assert "ustawa" in text_of(response)


def test_persons_of_two_places_stand_side_by_side_and_the_page_says_why_there_is_no_sum(anna, task):
    indicator = created(anna, about=task, aggregation="distinct", definition=MEANING)
    for code, count in (("0801011", 429), ("0802022", 200)):
        entered(indicator, anna, count, place=gmina(code))
    response = visitor().get(f"/wskazniki/{indicator.code}/")
    page = text_of(response)
    assert "429" in page
    assert "200" in page
    assert "629" not in page
    assert "Osób z różnych miejsc nie dodaje się" in page


def test_the_public_reads_that_a_value_was_corrected_but_not_by_whom_and_why(anna, row):
    correct_value(value=row.values.get(), figures=figures(135), reason="Zmyślony powód", now=NOW, by=anna)
    public, office = (text_of(visitor(who).get(at)) for who, at in ((None, "/wskazniki/z1-w1/"), (anna, of(row))))
    for page in (public, office):
        assert "<del>130</del>" in page
        assert "<ins>135</ins>" in page
    assert "Zmyślony powód" in office
    assert "Zmyślony powód" not in public
    assert "Zmyślona" not in public


def test_the_rule_is_published_with_the_limits_that_the_program_uses():
    page = text_of(visitor().get("/wskazniki/jak-oceniamy/"))
    for share in (rule.ON_COURSE_WAY, rule.AT_RISK_WAY, rule.ON_COURSE_LEVEL, rule.AT_RISK_LEVEL):
        assert f"{share * 100} %" in page
    for days in DAYS_TO_ENTER.values():
        assert f'<td class="num">{days}</td>' in page


def test_an_indicator_of_another_region_is_not_found(anna):
    there = created(anna, about=TaskFactory(region="14", code="tam"))
    assert visitor(anna).get(of(there)).status_code == 404
    assert visitor().get(f"/wskazniki/{there.code}/").status_code == 404
    assert visitor(anna).get(LIST).context["indicators"] == []


# --- the list and its files ------------------------------------------------------------------------


@pytest.fixture
def several(anna, task):
    """Three indicators: off course, on course, without a target."""
    other = ProgrammeFactory(code="P2", strategy=task.programme.strategy)
    made = [
        created(anna, about=task, name="Daleko", kind="output"),
        created(anna, about=other, name="Blisko", source="GUS"),
        created(anna, about=GoalFactory(code="cel", strategy=other.strategy), name="Bez celu", targets={}),
    ]
    for indicator, value in zip(made, (100, 190, 100), strict=True):
        for year in range(2025, timezone.localdate().year + 1):
            entered(indicator, anna, value, year=year, today=timezone.localdate())
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Daleko", "Bez celu", "Blisko"]), ({"program": "P1"}, ["Daleko"]), ({"program": "P2"}, ["Blisko"]),
        ({"program": "nie-ma"}, []), ({"rodzaj": "output"}, ["Daleko"]), ({"ocena": "no_data"}, ["Bez celu"]),
        ({"ocena": "on_course"}, ["Blisko"]), ({"ocena": "nie-ma"}, []), ({"q": "gus"}, ["Blisko"]),
        ({"q": "DALEKO"}, ["Daleko"]), ({"q": "nie ma"}, []),
    ],
)  # fmt: skip
def test_indicators_are_filtered_the_worst_first_and_files_hold_the_same(several, query, expected):
    client = visitor(Role.EDITOR)
    assert [row["name"] for row in client.get(LIST, query).context["indicators"]] == expected
    text = client.get(f"{LIST}lista.csv", query).content.decode("utf-8-sig")
    assert [line[1] for line in csv.reader(io.StringIO(text), delimiter=";")][1:] == expected
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}lista.xlsx", query).content)).active
    assert [line[1].value for line in sheet.iter_rows(2)] == expected


def test_a_file_holds_exact_figures_and_no_formula(anna, task):
    created(anna, about=task, name="=1+1", source="@zly", definition=MEANING | {
        "baseline": Decimal("0.1"), "baseline_year": 2020}, targets={2030: "1234.5"})  # fmt: skip
    client = visitor(Role.EDITOR)
    text = client.get(f"{LIST}lista.csv").content.decode("utf-8-sig")
    (line,) = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    assert (line[1], line[5], line[7], line[8], line[9], line[11]) == ("'=1+1", "'@zly", "0,1", "2020", "1234,5", "")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}lista.xlsx").content)).active
    assert [sheet.cell(2, column).value for column in (2, 8, 10, 12)] == ["=1+1", 0.1, 1234.5, None]
    assert sheet.cell(2, 2).data_type == "s"


def test_a_format_that_is_not_there_is_not_found():
    assert visitor(Role.EDITOR).get(f"{LIST}lista.pdf").status_code == 404


def test_a_part_of_the_list_is_answered_to_htmx(several):
    part = visitor(Role.EDITOR).get(LIST, headers={"HX-Request": "true", "HX-Target": "wskazniki"})
    assert "<html" not in text_of(part)
    assert len(part.context["indicators"]) == 3


@pytest.mark.parametrize("address", [LIST, "/wskazniki/", f"{LIST}lista.csv", f"{LIST}lista.xlsx"])
def test_a_list_asks_as_often_for_three_indicators_as_for_one(anna, task, address):
    def grow():
        for about in (task, task.programme, GoalFactory(strategy=task.programme.strategy)):
            entered(
                created(anna, about=about, unit=UnitFactory(code=f"u{about.code}")), anna, 1, place=gmina("0801011")
            )

    entered(created(anna, about=task), anna, 1)
    client = visitor(Role.DIRECTOR)
    one = queries_of(client, address)
    grow()
    assert queries_of(client, address) == one


def test_a_page_asks_as_often_for_three_corrections_as_for_one(anna, row):
    def correct(value):
        held = row.values.get(superseded_at=None)
        correct_value(value=held, figures=figures(value), reason="pomyłka", now=timezone.now(), by=UserFactory())

    correct(131)
    client = visitor(Role.DIRECTOR)
    one = {address: queries_of(client, address) for address in (of(row), "/wskazniki/z1-w1/")}
    correct(132)
    correct(133)
    assert {address: queries_of(client, address) for address in one} == one


# --- forms -----------------------------------------------------------------------------------------


def test_a_new_indicator_is_made_once_by_a_form_sent_twice(anna, task):
    client, unit = visitor(anna), UnitFactory()
    form = client.get(f"{LIST}nowy/", {"dla": f"task:{task.pk}"}).context["form"]
    data = sent(
        form, name="Szkolenia", kind="output", unit=unit.pk, direction="rise", aggregation="sum", frequency="quarterly",
        source="karta", text="Ile ich było.", multiplier="1", baseline="1 000,5", baseline_year="2024",
        valid_from="1.01.2025",
    )  # fmt: skip
    assert data["about"] == f"task:{task.pk}"
    data[once.FIELD] = key_for(client, f"{LIST}nowy/")
    for _again in range(2):
        assert client.post(f"{LIST}nowy/", data).url == of(Indicator.objects.get())
    made = Indicator.objects.get()
    assert (made.task, made.code, made.definitions.get().baseline) == (task, "z1-w1", Decimal("1000.5"))


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"aggregation": "ratio"}, "numerator", "Iloraz ma licznik i mianownik"),
        ({"baseline": "12"}, "baseline_year", "Wartość bazowa i jej rok idą w parze"),
        ({"baseline": "dużo", "baseline_year": "2024"}, "baseline", "„dużo” to nie liczba"),
        ({"baseline": "1.234", "baseline_year": "2024"}, "baseline", "Nie wiadomo, czy kropka"),
        ({"valid_from": "wczoraj"}, "valid_from", "17.05.2019"),
        ({"about": ""}, "about", "Wybierz cel, program albo zadanie"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_nothing_is_saved(anna, task, changed, field, words):
    client = visitor(anna)
    form = client.get(f"{LIST}nowy/", {"dla": f"task:{task.pk}"}).context["form"]
    data = sent(form, name="Szkolenia", unit=UnitFactory().pk, kind="output", direction="rise", aggregation="sum",
                frequency="yearly", source="karta", text="Ile", multiplier="1", valid_from="1.01.2025")  # fmt: skip
    response = client.post(f"{LIST}nowy/", data | changed)
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[field]).replace("\u00a0", " ")
    assert Indicator.objects.count() == 0


def test_a_value_is_entered_once_by_a_form_sent_twice(anna, row):
    client = visitor(anna)
    data = sent(client.get(of(row, "wartosc/")).context["form"], year=LAST_YEAR, value="1 150,5", evidence="Lista 7",
                place=gmina("0801011").pk)  # fmt: skip
    data[once.FIELD] = key_for(client, of(row, "wartosc/"))
    for _again in range(2):
        assert client.post(of(row, "wartosc/"), data).status_code == 302
    held = row.values.get(evidence="Lista 7")
    assert (held.value, held.place.code, held.entered_by) == (Decimal("1150.5"), "0801011", anna)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"value": "wiele"}, "value", "„wiele” to nie liczba"),
        ({"value": ""}, "value", "Wpisz wartość cyframi"),
        ({"value": "1,23456"}, "value", "więcej niż cztery miejsca"),
        ({"evidence": ""}, "evidence", "Podaj dokument"),
        ({"year": "2025"}, "year", "mają już wartość"),
        ({"year": "2099"}, "year", "jeszcze się nie zaczął"),
        ({"year": "rok"}, "year", ""),
    ],
)
def test_a_wrong_value_is_told_beside_its_field(anna, row, changed, field, words):
    client = visitor(anna)
    data = sent(client.get(of(row, "wartosc/")).context["form"], year="2024", value="1", evidence="Lista 7")
    response = client.post(of(row, "wartosc/"), data | changed)
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[field]).replace("\u00a0", " ")
    assert row.values.count() == 1


def test_a_period_that_has_a_value_shows_it_and_leads_to_its_correction(anna, row):
    client = visitor(anna)
    data = sent(client.get(of(row, "wartosc/")).context["form"], year="2025", value="1", evidence="Lista 7")
    page = text_of(client.post(of(row, "wartosc/"), data))
    assert of(row, f"wartosc/{row.values.get().pk}/") in page


@pytest.mark.parametrize(
    ("numerator", "denominator", "field"), [("1", "0", "denominator"), ("1", "", "denominator"), ("", "5", "numerator")]
)
def test_a_ratio_asks_for_both_its_parts(anna, task, numerator, denominator, field):
    indicator, client = created(anna, about=task, aggregation="ratio"), visitor(anna)
    form = client.get(of(indicator, "wartosc/")).context["form"]
    assert "value" not in form.fields
    data = sent(form, year="2025", numerator=numerator, denominator=denominator, evidence="Lista")
    response = client.post(of(indicator, "wartosc/"), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize(("value", "status"), [("12,5", 422), ("-1", 422), ("12", 302)])
def test_persons_are_counted_whole(anna, task, value, status):
    indicator, client = created(anna, about=task, aggregation="distinct", definition=MEANING), visitor(anna)
    data = sent(client.get(of(indicator, "wartosc/")).context["form"], year="2025", value=value, evidence="Lista")
    assert client.post(of(indicator, "wartosc/"), data).status_code == status


def test_the_form_proposes_the_period_that_is_missing(anna, task):
    indicator = created(anna, about=task, frequency="quarterly")
    form = visitor(anna).get(of(indicator, "wartosc/")).context["form"]
    missing = visitor(anna).get(of(indicator)).context["judged"].status.period
    assert (form["year"].value(), form["part"].value()) == (missing.year, missing.part)


def test_a_correction_from_the_page_keeps_the_old_value(anna, row):
    client, old = visitor(anna), row.values.get()
    address = of(row, f"wartosc/{old.pk}/")
    form = client.get(address).context["form"]
    assert form["value"].value() == "130"
    refused = client.post(address, sent(form, value="135"))
    assert "Napisz, dlaczego poprawiasz wartość." in refused.context["form"].errors["reason"]
    assert client.post(address, sent(form, value="135", reason="pomyłka")).status_code == 302
    assert sorted(row.values.values_list("value", flat=True)) == [130, 135]
    assert client.get(address).url == of(row, f"wartosc/{row.values.get(value=135).pk}/")


# --- two people at one record ----------------------------------------------------------------------


def test_the_second_of_two_corrections_sees_the_first_and_may_still_be_sent(anna, row):
    old, jan = row.values.get(), person(Role.DIRECTOR)
    address, client = of(row, f"wartosc/{old.pk}/"), visitor(jan)
    data = sent(client.get(address).context["form"], value="999", reason="moja")
    correct_value(value=old, figures=figures(135), reason="pierwsza", now=NOW, by=anna)
    response = client.post(address, data)
    assert response.status_code == 409
    assert [(item.before, item.now, item.mine) for item in response.context["found"]] == [("130", "135", "999")]
    assert 'value="999"' in text_of(response)
    assert client.post(address, as_chosen(response)).status_code == 409
    assert row.values.count() == 2
    assert client.post(address, as_chosen(response, value="mine")).status_code == 302
    assert sorted(row.values.values_list("value", flat=True)) == [130, 135, 999]
    assert IndicatorValue.objects.get(superseded_at=None).value == 999


@pytest.mark.parametrize(("page", "changed"), [
    ("zmien/", {"name": "Moja nazwa"}),
    ("cel/", {"year": "2030", "value": "250"}),
    ("definicja/", {"text": "Moja treść", "reason": "powód", "valid_from": "1.01.2026"}),
])  # fmt: skip
def test_a_change_made_meanwhile_is_shown_and_nothing_typed_is_lost(anna, row, page, changed):
    client = visitor(person(Role.DIRECTOR))
    data = sent(client.get(of(row, page)).context["form"], **changed)
    set_target(indicator=row, seen_version=row.version, year=2030, value=Decimal(220), by=anna)
    response = client.post(of(row, page), data)
    assert response.status_code == 409
    assert next(iter(changed.values())) in text_of(response)
    assert says(response, "Somebody changed this record meanwhile")
    again = as_chosen(response, **{item.name: "mine" for item in response.context["found"]})
    assert client.post(of(row, page), again).status_code == 302
    seen = row.version
    row.refresh_from_db()
    assert row.version == seen + 2


# --- who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["zmien/", "cel/", "definicja/", "wartosc/"])
def test_who_only_reads_gets_no_form_and_no_button(row, page):
    reader = visitor(Role.AUDITOR)
    assert reader.get(of(row, page)).status_code == 403
    assert of(row, page) not in text_of(reader.get(of(row)))
    assert of(row, page) in text_of(visitor(Role.ROPS_OFFICER).get(of(row)))


def test_the_lists_lead_to_each_other(row):
    assert reverse("strategy:how-we-judge") in text_of(visitor(Role.EDITOR).get(LIST))
    assert reverse("strategy:indicator", args=[row.code]) in text_of(visitor().get("/wskazniki/"))
