"""Numbers in the words of a report: which are claims, what each says, and which figure it is."""

import time
from decimal import Decimal

import pytest

from spoiwo.reports.domain.prose import Known, check, known_figures, known_lines, numbers_in
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.tables import in_words

FIGURES = [
    Known("total.computed", "Razem", "money", Decimal("6567890.12")),
    Known("source.own.difference", "Różnica", "money", Decimal("83194.60")),
    Known("cell.p2.pfron", "Roboty budowlane", "money", Decimal("36000.00")),
    Known("share.own", "Udział", "share", Decimal("12.48")),
    Known("result.ngo", "Organizacje", "count", Decimal(48)),
    Known("result.events", "Imprezy", "count", Decimal(240)),
    Known("result.trainings", "Szkolenia", "count", Decimal(8)),
    Known("result.people", "Osoby", "count", Decimal(2019)),
    Known("result.hours", "Godziny", "count", Decimal("2.5")),
]

CLAIMS = [
    # amounts
    ("Wydano 1 234,56 zł.", [("1 234,56 zł", "1234.56", "money")]),
    ("Wydano 1\u00a0234,56\u00a0zł.", [("1\u00a0234,56\u00a0zł", "1234.56", "money")]),
    ("różnica 83 194,60", [("83 194,60", "83194.60", "")]),
    ("brakuje −83 194,60 zł", [("−83 194,60 zł", "83194.60", "money")]),
    ("1.234,56 zł", [("1.234,56 zł", "1234.56", "money")]),
    ("83194.60 zł", [("83194.60 zł", "83194.60", "money")]),
    ("po 25 000 zł.", [("25 000 zł", "25000", "money")]),
    ("kwota 250 000zł", [("250 000zł", "250000", "money")]),
    ("250 000,- zł", [("250 000,- zł", "250000", "money")]),
    ("sto tysięcy złotych", [("sto tysięcy złotych", "100000", "money")]),
    ("1 mln 200 tys. zł", [("1 mln 200 tys. zł", "1200000", "money")]),
    ("2017: 6,6 mln zł", [("6,6 mln zł", "6600000", "money")]),
    ("25000 złotych", [("25000 złotych", "25000", "money")]),
    ("6,6 mln zł", [("6,6 mln zł", "6600000", "money")]),
    ("9 milionów złotych", [("9 milionów złotych", "9000000", "money")]),
    ("36 tysięcy zł", [("36 tysięcy zł", "36000", "money")]),
    ("36 tys. zł", [("36 tys. zł", "36000", "money")]),
    ("0,5 mln", [("0,5 mln", "500000", "")]),
    ("1,2 mld zł", [("1,2 mld zł", "1200000000", "money")]),
    ("9 mln 25 tys. zł", [("9 mln 25 tys. zł", "9025000", "money")]),
    ("12 zł 50 gr", [("12 zł 50 gr", "12.50", "money")]),
    ("półtora miliona złotych", [("półtora miliona złotych", "1500000", "money")]),
    ("milion złotych", [("milion złotych", "1000000", "money")]),
    ("dwa tysiące złotych", [("dwa tysiące złotych", "2000", "money")]),
    # shares
    ("to 12,5 % całości", [("12,5 %", "12.5", "share")]),
    ("to 12,5% całości", [("12,5%", "12.5", "share")]),
    ("dwanaście procent", [("dwanaście procent", "12", "share")]),
    # counts
    ("48 organizacji", [("48", "48", "count")]),
    ("wynosi 48.", [("48", "48", "")]),
    ("5 120 osób", [("5 120", "5120", "count")]),
    ("2019 osób", [("2019", "2019", "count")]),
    ("2,5 godziny", [("2,5", "2.5", "count")]),
    ("osiem organizacji", [("osiem", "8", "count")]),
    ("Osiem organizacji", [("Osiem", "8", "count")]),
    ("dla ośmiu gmin", [("ośmiu", "8", "count")]),
    ("dwadzieścia pięć osób", [("dwadzieścia pięć", "25", "count")]),
    ("sto dwanaście osób", [("sto dwanaście", "112", "count")]),
    ("tysiąc dwieście osób", [("tysiąc dwieście", "1200", "count")]),
    ("w 52 z 82 gmin", [("52", "52", ""), ("82", "82", "count")]),
    ("Nagrodzono 3. Wręczono 2 dyplomy", [("3", "3", ""), ("2", "2", "count")]),
    ("trzy z nich", [("trzy", "3", "")]),
    ("9 i 31 umów", [("9", "9", ""), ("31", "31", "count")]),
    ("48 (czterdzieści osiem) organizacji", [("48", "48", "")]),
    ("w programie 12 organizacji otrzymało", [("12", "12", "count")]),
    # ranges
    ("240–260 osób", [("240–260", "240..260", "count")]),
    ("10–12 tys. zł", [("10–12 tys. zł", "10000..12000", "money")]),
    ("od 10 do 12 tys. zł", [("10 do 12 tys. zł", "10000..12000", "money")]),
    # a claim among things that are none
    ("4 października 2019 r. przeszkolono 48 osób", [("48", "48", "count")]),
    ("program 3 objął 12 gmin", [("12", "12", "count")]),
    ("uchwałą nr 12/345/19 przyznano 25 000 zł", [("25 000 zł", "25000", "money")]),
    ("w 2019 r. 48 organizacji", [("48", "48", "count")]),
]

SILENT = [
    "Nic tu nie policzono.",
    "4 października 2019 r.",
    "w dniach 11–16 października 2021 r.",
    "10 i 11 maja odbyły się spotkania",
    "od 5 do 9 maja",
    "4.10.2019",
    "2019-10-04",
    "o godz. 10.00",
    "o 10:30",
    "w 2019 r.",
    "w roku 2019",
    "na lata 2014-20",
    "w latach 2016, 2017 i 2018",
    "w latach 2014–2020",
    "w 2019 przeszkolono wielu",
    "w okresie 2019/2020",
    "art. 5a ust. 1 pkt 3",
    "§ 12 ust. 4",
    "Dz.U. 2024 poz. 1283",
    "uchwała nr XXXIX/212/2005",
    "uchwała 48/2019",
    "sprawa ROPS.0122.3.2019",
    "formularz MPiPS-03 i Rb-28S",
    "podczas COVID-19",
    "3. edycja konkursu",
    "Program:\n1. Pomoc\n2. Rodzina",
    "20-lecie ośrodka, 3-letni program",
    "seniorzy 60+",
    "osoby, które ukończyły 60 lat",
    "w ciągu 30 dni",
    "w programie 1 przeszkolono",
    "cel operacyjny 2.1",
    "zadania 3 i 4",
    "załącznik nr 2",
    "rozdział 85203",
    "ul. Kopernika 12",
    "al. Niepodległości 36/4",
    "65-034 Zielona Góra",
    "tel. 68 323 18 80",
    "+48 683 231 880",
    "NIP 9730590332",
    "jeden z programów",
    "program P2 i wersja 2",
    "raz, dwa i już",
]


def said(text):
    """The claims of a text as (words, value, unit)."""

    def value(number):
        ends = sorted({f"{end.normalize():f}" for end in (number.low, number.high)}, key=Decimal)
        return "..".join(ends)

    return [(text[number.start : number.end], value(number), number.unit) for number in numbers_in(text)]


def as_expected(rows):
    """The rows of the table with values without needless noughts."""
    return [
        (words, "..".join(f"{Decimal(end).normalize():f}" for end in value.split("..")), unit)
        for words, value, unit in rows
    ]


@pytest.mark.parametrize(("text", "claims"), CLAIMS)
def test_a_number_is_read_as_a_person_reads_it(text, claims):
    assert said(text) == as_expected(claims)


@pytest.mark.parametrize("text", SILENT)
def test_days_acts_ordinals_names_and_addresses_claim_nothing(text):
    assert said(text) == []


def test_the_two_tables_hold_at_least_sixty_cases():
    assert len(CLAIMS) + len(SILENT) >= 60


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("6 567 890,12 zł", "total.computed"),
        ("6,6 mln zł", "total.computed"),
        ("6,57 mln zł", "total.computed"),
        ("6 567 890 zł", "total.computed"),
        ("ponad 6,5 mln zł", "total.computed"),
        ("prawie 6,6 mln zł", "total.computed"),
        ("83 194,60", "source.own.difference"),
        ("83 tys. zł", "source.own.difference"),
        ("83 195 zł", "source.own.difference"),
        ("około 83 000 zł", "source.own.difference"),
        ("36 000 zł", "cell.p2.pfron"),
        ("36 000,00 zł", "cell.p2.pfron"),
        ("36 000", "cell.p2.pfron"),
        ("12,48 %", "share.own"),
        ("12,5 %", "share.own"),
        ("12 %", "share.own"),
        ("48 organizacji", "result.ngo"),
        ("około 240 imprez", "result.events"),
        ("ponad 200 imprez", "result.events"),
        ("osiem szkoleń", "result.trainings"),
        ("2019 osób", "result.people"),
        ("2 019 osób", "result.people"),
        ("2,5 godziny", "result.hours"),
        ("230–250 imprez", "result.events"),
    ],
)
def test_a_number_that_is_a_fair_writing_of_a_figure_is_that_figure(text, figure):
    (found,) = check(text, FIGURES)
    assert found.figure.id == figure
    assert found.nearest is None


@pytest.mark.parametrize(
    ("text", "nearest", "distance"),
    [
        ("6 567 890,13 zł", "total.computed", "0.01"),
        ("6,7 mln zł", "total.computed", "132109.88"),
        ("ponad 6,6 mln zł", "total.computed", "32109.88"),
        ("83 194,61", "source.own.difference", "0.01"),
        ("83 194 zł", "source.own.difference", "0.60"),
        ("12,4 %", "share.own", "0.08"),
        ("49 organizacji", "result.ngo", "1"),
        ("siedem szkoleń", "result.trainings", "1"),
        ("250–260 imprez", "result.events", "10"),
        ("około 300 imprez", "result.events", "60"),
        ("36 001 zł", "cell.p2.pfron", "1.00"),
    ],
)
def test_a_number_that_is_no_figure_names_the_nearest_of_its_kind(text, nearest, distance):
    (found,) = check(text, FIGURES)
    assert found.figure is None
    assert (found.nearest.id, found.distance) == (nearest, Decimal(distance))


def test_an_amount_of_a_single_line_is_known_to_the_grosz_and_no_nearer():
    lines = known_lines([("wpis-1", "Dotacja", 25_000_00)])
    assert [found.figure.id for found in check("25 000 zł i 25 000,00 zł", FIGURES, lines)] == ["wpis-1", "wpis-1"]
    assert [found.matched for found in check("25 tys. zł, 25 000,01 zł", FIGURES, lines)] == [True, False]


def test_without_any_figure_nothing_is_nearest():
    (found,) = check("48 organizacji", [])
    assert (found.figure, found.nearest, found.distance) == (None, None, None)


def test_positions_point_into_the_text_as_it_was_typed():
    text = "Wydano\u00a06,6\u202fmln zł na 48 organizacji."
    assert [text[n.start : n.end] for n in numbers_in(text)] == ["6,6\u202fmln zł", "48"]


@pytest.mark.parametrize(
    "piece",
    ["48 ", "1.", "art. ", "9, ", "dwa ", "2019 do ", "ul. a", "- 5", "1/", "zadania 1, ", "\n", "\n ", "1+", "+48 1"],
)
def test_a_long_text_is_read_in_a_moment(piece):
    started = time.perf_counter()
    numbers_in(piece * (20_000 // len(piece)))
    assert time.perf_counter() - started < 3


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2019, 2017])
def test_every_figure_of_a_report_typed_as_it_is_printed_is_recognised(year, now, number):
    content = content_of(year(number), now=now)
    known = known_figures(content)
    unknown = []
    for row in content["figures"].values():
        if row["value"] is not None:
            found = check(f"W sprawozdaniu podano {in_words(content, row)} i na tym koniec.", known)
            if len(found) != 1 or not found[0].matched:
                unknown.append((row["id"], in_words(content, row), found))
    assert unknown == []
    assert len(known) >= 15
