"""J1: the content of the report of 2019, made from the real lines, figure by figure."""

import pytest

from spoiwo.kernel.canonical import fingerprint
from spoiwo.ledger.services.settlements import accept_difference
from spoiwo.reports.domain.content import sealed
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.versions import draft
from spoiwo.reports.tests.sayings import section, sentence, sentences, value

OWN, NGO = 83_194_60, 25_000_00
EXPECTED = {
    "total.computed": 8_941_855_17,
    "total.declared": 9_025_049_77,
    "total.difference": OWN,
    "programmes.computed": 5_831_416_34,
    "source.own.computed": 970_568_75,
    "source.own.declared": 1_053_763_35,
    "source.own.difference": OWN,
    "source.state.computed": 1_410_534_78,
    "source.state.declared": 1_410_534_78,
    "source.state.difference": 0,
    "source.pfron.computed": 3_450_312_81,
    "source.pfron.declared": 3_450_312_81,
    "source.eu.computed": 3_110_438_83,
    "source.eu.declared": 3_110_438_83,
    "programme.2014-p1": 90_363_35,
    "programme.2014-p2": 4_278_712_81,
    "programme.2014-p3": None,
    "programme.2014-p4": 107_121_07,
    "programme.2014-p5": 1_355_219_11,
    "programme.2014-kier": None,
    "programme.outside": 3_110_438_83,
    "cell.2014-p2.own": 828_400_00,
    "cell.2014-p2.pfron": 3_450_312_81,
    "cell.2014-p2.state": None,
    "cell.outside.eu": 3_110_438_83,
    "tag.ngo.computed": 71_000_00,
    "tag.ngo.declared": 96_000_00,
    "tag.ngo.difference": NGO,
    "share.own": "11.68",
    "share.state": "15.63",
    "share.pfron": "38.23",
    "share.eu": "34.46",
    "result.2019-otworz-osoby": "429",
    "result.2019-otworz-poradnie": "6",
    "result.2019-azymut-mieszkania": "2",
    "result.2019-p2-zaz": "2",
}


@pytest.fixture
def content(year, now):
    """The draft of 2019."""
    return content_of(year(2019), now=now)


@pytest.mark.parametrize(("figure", "expected"), EXPECTED.items())
def test_a_figure_of_2019_is_what_the_note_says(content, figure, expected):
    assert value(content, figure) == expected


def test_every_figure_says_what_it_is_by_which_rule_from_how_many_records(content):
    for id_, figure in content["figures"].items():
        assert figure["id"] == id_ == id_.lower()
        assert id_.isascii()
        assert figure["kind"] in {"money", "count", "share"}
        assert figure["label"]
        assert figure["rule"]["op"] in {"sum", "stated", "minus", "share", "count"}
        assert figure["precision"] in {"exact", "rounded", "about"}
        assert isinstance(figure["value"], int if figure["kind"] == "money" else str) or figure["value"] is None
    assert content["figures"]["total.computed"]["records"] == 10
    assert content["figures"]["cell.2014-p2.own"]["records"] == 3


def test_a_label_is_words_and_never_a_template(content):
    assert [row["label"] for row in content["figures"].values() if "n:" in row["label"] or "n?" in row["label"]] == []


def test_no_amount_is_nothing_and_never_zero(content):
    for code in ("2014-p3", "2014-kier"):
        (row,) = [row for row in content["matrix"]["rows"] if row["total"] == f"programme.{code}"]
        assert row["no_amount"]
        assert {value(content, cell) for cell in row["cells"].values()} == {None}
        assert section(content, row["programme"])["no_amount"]
    assert 0 not in [figure["value"] for figure in content["figures"].values() if figure["rule"]["op"] == "sum"]


def test_the_matrix_names_its_figures_and_adds_up_both_ways(content):
    matrix = content["matrix"]
    assert matrix["columns"] == ["own", "state", "pfron", "eu"]
    assert [row["number"] for row in matrix["rows"]] == ["1", "2", "3", "4", "5", "", ""]
    for row in matrix["rows"]:
        cells = [value(content, cell) or 0 for cell in row["cells"].values()]
        assert sum(cells) == (value(content, row["total"]) or 0)
    for column in matrix["columns"]:
        cells = [value(content, row["cells"][column]) or 0 for row in matrix["rows"]]
        assert sum(cells) == value(content, matrix["computed"][column])
    totals = [value(content, row["total"]) or 0 for row in matrix["rows"]]
    assert sum(totals) == value(content, matrix["computed"]["total"]) == 8_941_855_17


def test_the_list_of_differences_is_open_and_the_grand_one_follows(content):
    told = [
        (row["key"], row["status"], row["follows"], row["value_gr"], row["figure"]) for row in content["differences"]
    ]
    assert told == [
        ("2019-razem", "open", True, OWN, "total.difference"),
        ("2019-own", "open", False, OWN, "source.own.difference"),
        ("2019-ngo", "open", False, NGO, "tag.ngo.difference"),
    ]
    assert content["figures"]["source.own.difference"]["status"] == "open"
    assert content["figures"]["source.state.difference"]["status"] == "agrees"


def test_an_accepted_difference_carries_its_reason(year, now):
    row = year(2019)
    accept_difference(declared=row.declared.get(key="2019-own"), reason="Notatka milczy o tej kwocie.", by=None)
    found = {row["key"]: row for row in content_of(row, now=now)["differences"]}
    assert found["2019-own"]["resolution"]["reason"] == "Notatka milczy o tej kwocie."
    assert (found["2019-own"]["status"], found["2019-razem"]["status"]) == ("accepted", "accepted")
    assert found["2019-razem"]["resolution"] is None
    assert found["2019-ngo"]["resolution"] is None


def test_the_cross_cut_is_beside_the_matrix_and_in_no_sum(content):
    assert content["cross_cuts"] == [
        {
            "tag": "ngo",
            "name": "Organizacje pozarządowe",
            "computed": "tag.ngo.computed",
            "declared": "tag.ngo.declared",
            "difference": "tag.ngo.difference",
        }
    ]
    assert "tag" not in str(content["matrix"])


def test_the_sentences_of_2019_are_polish(content):
    said = sentences(content)
    assert "Dofinansowano działanie 2 zakładów aktywności zawodowej." in said
    assert any(words.startswith("Fachowa pomoc była dostępna dla 429 osób z rodzin") for words in said)
    assert any(words.startswith("Pomagano w 6 poradniach") or "w 6 " in words for words in said)
    assert not any("{" in words or "}" in words for words in said)


def test_a_number_in_a_sentence_is_a_figure(content):
    numbers = [
        part for row in content["sections"] for words in row["sentences"] for part in words if isinstance(part, dict)
    ]
    assert len(numbers) == 4
    for part in numbers:
        number = content["figures"][part["figure"]]["value"]
        assert part["text"].replace("\u00a0", " ").startswith(number)


def test_each_section_holds_its_own_tasks_and_money_outside_programmes_is_the_last(content):
    assert [row["programme"] for row in content["sections"]][-1] is None
    outside = section(content, None)
    assert outside["title"] == "Projekty unijne"
    assert {task["code"] for task in outside["tasks"]} == {
        "ue-otworz",
        "ue-azymut",
        "ue-kooperacja",
        "ue-efekt-synergii",
    }
    assert "2014-p5-adopcja" in {task["code"] for task in section(content, "2014-P5")["tasks"]}


def test_a_task_that_only_the_papers_of_another_year_name_is_not_said_to_be_under_way(content, year, now):
    """2017 tells of trainings in care homes and of a council's preparations; 2019 tells of EU projects."""
    told = {task["code"] for row in content["sections"] for task in row["tasks"]}
    assert {"2014-p2-dps", "2014-p1-os"} & told == set()
    before = {task["code"] for row in content_of(year(2017), now=now)["sections"] for task in row["tasks"]}
    assert {"ue-otworz", "ue-efekt-synergii"} & before == set()


def test_the_head_says_whose_report_it_is_and_that_it_is_a_draft(content):
    assert content["format"] == "spoiwo-report/1"
    assert (content["year"], content["state"], content["version"]) == (2019, "draft", None)
    assert content["region"]["code"] == "08"
    assert content["region"]["assembly"] == "Sejmik Województwa Lubuskiego"
    assert content["as_of"] == "2026-11-21T10:00:00+01:00"
    assert not content["invented"]


def test_the_whole_draft_holds_by_its_own_records_and_its_fingerprint(year, now):
    whole = draft(year(2019), now=now)
    assert verify(whole) == []
    assert whole["fingerprint"] == fingerprint({k: v for k, v in whole.items() if k != "fingerprint"})
    assert len(whole["records"]["entries"]) == 10
    assert sum(row["amount_gr"] for row in whole["records"]["entries"]) == whole["figures"]["total.computed"]["value"]


def test_the_same_records_give_the_same_fingerprint_and_another_moment_another(year, now):
    row = year(2019)
    assert draft(row, now=now)["fingerprint"] == draft(row, now=now)["fingerprint"]
    later = now.replace(hour=11)
    assert draft(row, now=later)["fingerprint"] != draft(row, now=now)["fingerprint"]


def test_sealing_covers_everything_but_the_seal():
    assert sealed({"a": 1, "fingerprint": "old"}) == sealed({"a": 1})
    assert sealed({"a": 1})["fingerprint"] != sealed({"a": 2})["fingerprint"]


def test_the_text_of_a_sentence_is_all_of_it(content):
    first = section(content, "2014-P2")["sentences"][0]
    assert sentence(first) == "Województwo płaciło za współpracę z organizacjami pozarządowymi i za roboty budowlane."
