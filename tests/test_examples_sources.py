"""The packages of 2017 and 2019 say what their two sources say and nothing more. No Django."""

import re
from collections import Counter

import pytest

from spoiwo.kernel.money import parse_zl
from tests.plugin import SHELF
from tests.year_packages import LUBUSKIE, REAL, by_key, computed, declared, rows, said, signed_gr

SOURCE_TEXTS = ("news-2018-06-18.txt", "sejmik-note-2019-report.txt")
OWN_WORDS = {  # columns that hold sentences of ours; names and titles of others are facts
    "year": ("title", "notice"),
    "strategies": ("note",),
    "goals": ("note",),
    "programmes": ("note",),
    "organisations": ("note",),
    "tasks": ("note",),
    "documents": ("note",),
    "money": ("description",),
    "declared": ("note",),
    "results": ("statement",),
    "events": ("note",),
}


# --- 2019: J1 to the grosz -----------------------------------------------------------------------

LINES_2019 = {  # key -> grosze, source, programme, item of the source
    "2019-p1-own": (90_363_35, "own", "2014-P1"),  # S-111
    "2019-p2-own-ngo": (36_000_00, "own", "2014-P2"),  # S-112
    "2019-p2-own-zaz": (92_400_00, "own", "2014-P2"),  # S-113
    "2019-p2-own-roboty": (700_000_00, "own", "2014-P2"),  # S-114
    "2019-p2-pfron": (3_450_312_81, "pfron", "2014-P2"),  # S-115
    "2019-p4-own": (16_805_40, "own", "2014-P4"),  # S-117
    "2019-p4-state": (90_315_67, "state", "2014-P4"),  # S-118
    "2019-p5-own": (35_000_00, "own", "2014-P5"),  # S-119
    "2019-p5-state": (1_320_219_11, "state", "2014-P5"),  # S-120
    "2019-eu": (3_110_438_83, "eu", ""),  # S-126
}


def test_the_lines_of_2019_are_those_of_the_note():
    lines = {
        line["key"]: (signed_gr(line), line["source"], line["programme"]) for line in rows("lubuskie-2019", "money")
    }
    assert lines == LINES_2019


def test_the_sums_of_2019_are_those_of_the_first_journey():
    sums = computed("lubuskie-2019")
    by_source = {source: sums["source", source] for source in ("own", "state", "pfron", "eu")}
    assert by_source == {"own": 970_568_75, "state": 1_410_534_78, "pfron": 3_450_312_81, "eu": 3_110_438_83}
    by_programme = {code[1]: gr for code, gr in sums.items() if code[0] == "programme"}
    assert by_programme == {
        "2014-P1": 90_363_35,
        "2014-P2": 4_278_712_81,
        "2014-P4": 107_121_07,
        "2014-P5": 1_355_219_11,
    }
    assert sum(by_programme.values()) == 5_831_416_34
    assert sums["grand",] == 8_941_855_17
    assert sums["tag", "ngo"] == 71_000_00


def test_the_declared_totals_of_2019_and_the_one_gap_are_those_of_the_note():
    stated, sums = declared("lubuskie-2019"), computed("lubuskie-2019")
    assert stated == {
        ("grand",): 9_025_049_77,
        ("source", "own"): 1_053_763_35,
        ("source", "state"): 1_410_534_78,
        ("source", "pfron"): 3_450_312_81,
        ("source", "eu"): 3_110_438_83,
        ("tag", "ngo"): 96_000_00,
    }
    assert sum(gr for scope, gr in stated.items() if scope[0] == "source") == stated["grand",]
    gaps = {scope: gr - sums[scope] for scope, gr in stated.items() if gr != sums[scope]}
    assert gaps == {("grand",): 83_194_60, ("source", "own"): 83_194_60, ("tag", "ngo"): 25_000_00}


def test_two_lines_of_2019_and_no_others_carry_the_mark_of_ngos():
    tagged = {line["key"]: line["tags"] for line in rows("lubuskie-2019", "money") if line["tags"]}
    assert tagged == {"2019-p2-own-ngo": "ngo", "2019-p5-own": "ngo"}


def test_what_the_note_does_not_say_is_left_out():
    lines = rows("lubuskie-2019", "money")
    assert {line["date"] for line in lines} == {""}
    without_amount = {row["code"] for row in rows("lubuskie-2019", "programmes")} - {
        line["programme"] for line in lines
    }
    assert without_amount == {"2014-P3", "2014-KIER"}
    assert rows("lubuskie-2019", "year")[0]["outside_label"] == "Projekty unijne"


def test_the_results_of_2019_are_those_of_the_note():
    values = {key: value for key, value in by_key("lubuskie-2019", "results", "value").items() if value}
    assert values == {
        "2019-p2-zaz": "2",
        "2019-otworz-osoby": "429",
        "2019-otworz-poradnie": "6",
        "2019-azymut-mieszkania": "2",
    }
    points = by_key("lubuskie-2019", "results", "place")["2019-otworz-poradnie"].split(";")
    assert points == ["0804023", "0805053", "0806043", "0808053", "0862011", "0810021"]
    projects = [r["name"] for r in rows("lubuskie-2019", "tasks") if r["kind"] == "project" and not r["programme"]]
    assert len(projects) == 4
    assert any("IV edycja" in name for name in by_key("lubuskie-2019", "events", "name").values())


# --- 2017: J2, counts exact, money honest --------------------------------------------------------


def test_the_counts_of_2017_are_those_of_the_news():
    figures = {r["key"]: (int(r["value"]), r["precision"]) for r in rows("lubuskie-2017", "results") if r["value"]}
    assert figures == {
        "2017-p1-ngo": (9, "exact"),  # S-050
        "2017-p1-mikolajki": (125, "exact"),  # S-052
        "2017-p1-lts": (240, "about"),  # S-055
        "2017-p1-lts-gminy": (52, "exact"),  # S-056
        "2017-p1-rada": (3, "exact"),  # S-061
        "2017-p2-roboty": (17, "exact"),  # S-064
        "2017-p2-zaz": (2, "exact"),  # S-066 to S-068
        "2017-p2-dps": (2, "exact"),  # S-069
        "2017-p2-ngo": (31, "exact"),  # S-073
        "2017-p4-zespoly": (2, "exact"),  # S-079
        "2017-p5-ngo": (8, "exact"),  # S-086
        "2017-p5-osrodki-rops": (2, "exact"),  # S-087
        "2017-p5-osrodek-zary": (1, "exact"),  # S-090
    }
    ngos = [int(r["value"]) for r in rows("lubuskie-2017", "results") if r["measure"] == "ngo_cofinanced"]
    assert sorted(ngos) == [8, 9, 31]
    assert sum(ngos) == 48


def test_the_money_of_2017_is_one_rounded_total_without_lines():
    assert rows("lubuskie-2017", "money") == []
    (total,) = rows("lubuskie-2017", "declared")
    assert (total["scope"], total["precision"]) == ("grand", "rounded")
    assert (parse_zl(total["amount"]), parse_zl(total["rounded_to"])) == (6_600_000_00, 100_000_00)


def test_the_task_that_ended_with_2017_says_so_and_is_not_in_2019():
    ended = by_key("lubuskie-2017", "tasks", "to_date")
    assert {code: day for code, day in ended.items() if day} == {"2014-p5-koordynacja": "2017-12-31"}
    assert "2014-p5-koordynacja" not in by_key("lubuskie-2019", "tasks", "code")


def test_the_programme_for_older_people_is_nested_and_has_its_own_body_and_years():
    (older,) = [row for row in rows("lubuskie-2017", "programmes") if row["parent"]]
    assert (older["parent"], older["adopted_on"], older["from_year"]) == ("2014-P1", "2017-12-13", "2018")
    assert older["adopting_body"] == "Zarząd Województwa Lubuskiego"


def test_the_five_outputs_of_adoption_are_five_records():
    outputs = Counter(r["kind"] for r in rows("lubuskie-2017", "events") if r["task"] == "2014-p5-adopcja")
    assert outputs == {"publication": 2, "other": 2, "conference": 1}


@pytest.mark.parametrize(
    ("package", "key", "sentence"),
    [
        ("lubuskie-2017", "2017-p1-ngo", "Wsparciem finansowym objęto 9 organizacji pozarządowych."),
        ("lubuskie-2017", "2017-p1-lts", "XIX Lubuski Tydzień Seniora objął około 240 imprez w 52 gminach."),
        ("lubuskie-2017", "2017-p1-rada", "Odbyły się 3 posiedzenia Lubuskiej Społecznej Rady Seniorów."),
        ("lubuskie-2017", "2017-p2-ngo", "Pomoc finansowa trafiła do 31 organizacji pozarządowych."),
        (
            "lubuskie-2017",
            "2017-p5-osrodek-zary",
            "W Żarach organizacja pozarządowa prowadziła 1 ośrodek adopcyjny.",
        ),
        ("lubuskie-2019", "2019-p2-zaz", "Dofinansowano działanie 2 zakładów aktywności zawodowej."),
        ("second-region", "r-kluby", "Działały 22 kluby sąsiedzkie."),
        ("second-region", "r-staz-2", "W drugim naborze staż zaczęło około 12 stażystów."),
        ("second-region", "r-opieka", "Z opieki wytchnieniowej skorzystało 117 osób."),
    ],
)
def test_sentences_come_out_in_correct_polish(package, key, sentence):
    assert said(package)[key] == sentence


# --- nothing but what the sources say ------------------------------------------------------------

ALLOWED = {
    "lubuskie-2017": {
        "9", "31", "8", "125", "52", "240", "17", "2", "3", "1",  # S-050 to S-090
        "6600000", "6,6", "100000",  # S-048
        "13", "2017", "2018", "2013", "24", "2014", "2020", "2030", "2021", "2019",  # days and periods
        "2005", "212",  # the resolution of the oldest strategy
    },
    "lubuskie-2019": {
        "90363,35", "36000", "92400", "700000", "3450312,81", "16805,4", "90315,67", "35000", "1320219,11",
        "9025049,77", "1053763,35", "96000", "1410534,78", "3110438,83",  # S-111 to S-126
        "429", "6", "2",  # S-129, S-132, S-137, S-113
        "970568,75", "83194,6", "71000",  # X-01 and J1: computed from the above
        "240", "100",
        "2014", "2020", "2021", "2023", "2030", "2019", "2018", "2013", "24",  # periods; S-142
        "2005", "212",  # the resolution of the oldest strategy
    },
}  # fmt: skip
FIGURE = re.compile(r"(?<![\w,.])\d+(?:[ \u00a0]\d{3})*(?:,\d+)?(?![\w])")
FREE_OF_FIGURES = {
    "code",
    "key",
    "place",
    "order",
    "address",
    "document",
    "tags",
    "strategy",
    "programme",
    "task",
}
FREE_OF_FIGURES |= {"parent", "predecessors", "number", "adopted_on", "date", "to_date", "region"}


def figures(text: str) -> set[str]:
    """The numbers in a text, without spaces between thousands and zeros at the end of grosze."""
    found = {re.sub(r"[ \u00a0]", "", number) for number in FIGURE.findall(text)}
    return {number.rstrip("0").rstrip(",") if "," in number else number for number in found}


@pytest.mark.parametrize("package", REAL)
def test_every_figure_of_a_real_year_stands_in_its_source(package):
    strangers = {
        (table, number)
        for table in (*OWN_WORDS, "units", "measures", "tags")
        for row in rows(package, table)
        for column, text in row.items()
        if column not in FREE_OF_FIGURES
        for number in figures(text) - ALLOWED[package]
    }
    assert strangers == set()


def test_the_search_for_figures_would_see_a_stranger():
    assert figures("Wydano 1 234,50 zł dla 17 osób w 2017 roku, XIX raz, kod a5.") == {
        "1234,5",
        "17",
        "2017",
    }


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """All runs of so many consecutive words, without case and punctuation."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.mark.shelf
@pytest.mark.parametrize("package", LUBUSKIE)
def test_no_sentence_shares_eight_words_in_a_row_with_the_source(package):
    source = set().union(
        *(runs((SHELF / "domain" / "source" / name).read_text(encoding="utf-8")) for name in SOURCE_TEXTS)
    )
    ours = list(said(package).values())
    ours += [row[column] for table, columns in OWN_WORDS.items() for row in rows(package, table) for column in columns]
    assert len(source) > 500
    assert [text for text in ours if runs(text) & source] == []
