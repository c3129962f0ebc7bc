"""The tables that a year consists of: money, declared totals, results and events."""

from spoiwo.ledger.domain.schema.frame import SMALL, note, reference
from spoiwo.ledger.domain.schema.model import Column, Kind, Table

MONEY_KINDS = {"payment": "wypłata", "refund": "zwrot"}
PLAN_KINDS = {
    "plan": "plan",
    "change": "zmiana planu",
    "commitment": "zaangażowanie",
    "release": "zwolnienie zaangażowania",
}
SCOPES = {
    "grand": "ogółem",
    "source": "źródło",
    "programme": "program",
    "cell": "program i źródło",
    "tag": "przekrój",
}
PRECISIONS = {"exact": "dokładna", "rounded": "zaokrąglona", "about": "około"}
EVENT_KINDS = {
    "senior_week": "Tydzień Seniora",
    "children": "impreza dla dzieci",
    "picnic": "piknik",
    "conference": "konferencja",
    "training": "szkolenie",
    "meeting": "posiedzenie",
    "publication": "publikacja",
    "contest": "konkurs",
    "fair": "targi",
    "campaign": "kampania",
    "other": "inne",
}


def key() -> Column:
    """The key of a record."""
    return Column("key", "Klucz", Kind.CODE, True, "Klucz wiersza, jedyny w tabeli, np. k-01.", longest=80)


def programme(help: str = "Kod programu.") -> Column:
    """The programme of a record."""
    return reference("programme", "Program", False, "programmes", help)


def task() -> Column:
    """The task of a record."""
    return reference("task", "Zadanie", False, "tasks", "Kod zadania.")


def document() -> Column:
    """The document of a record."""
    return reference("document", "Dokument", True, "documents", "Kod dokumentu, z którego to wiadomo.")


def people() -> Column:
    """How many people were reached."""
    return Column("people", "Osoby", Kind.INTEGER, False, "Ile osób objęto.")


def source() -> Column:
    """The source of money."""
    return reference("source", "Źródło", True, "sources", "Kod źródła: own, state, pfron, eu albo z tabeli Źródła.")


def classification() -> tuple[Column, Column]:
    """The budget classification: chapter (rozdział) and paragraph (paragraf) with its fourth digit."""
    return (
        Column("chapter", "Rozdział", Kind.DIGITS, False, "Rozdział klasyfikacji budżetowej, np. 85217.", longest=5),
        Column(
            "paragraph",
            "Paragraf",
            Kind.DIGITS,
            False,
            "Paragraf z czwartą cyfrą, np. 2360; bez czwartej cyfry na końcu 0.",
            longest=4,
        ),
    )


def case_sign() -> Column:
    """The sign of the case in the office's files."""
    return Column("case_sign", "Znak sprawy", Kind.LINE, False, "Znak sprawy, np. ROPS.3012.4.2026.", longest=60)


PLAN = Table(
    "plan",
    "Plan",
    "Plan roku, jego zmiany, zaangażowanie i jego zwolnienia, każde w osobnym wierszu.",
    (
        key(),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Co robi wiersz.", choices=PLAN_KINDS),
        programme("Kod programu; puste: poza programami."),
        task(),
        source(),
        *classification(),
        Column(
            "amount",
            "Kwota",
            Kind.AMOUNT,
            True,
            "Złote z groszami. Minus ma tylko zmiana, która zmniejsza plan; zwolnienie też wpisuje się dodatnio.",
            signed=True,
        ),
        Column("date", "Data", Kind.DATE, False, "Dzień wpisu, w roku pakietu."),
        Column("due_on", "Zapłata do dnia", Kind.DATE, False, "Do kiedy zapłacić zaangażowanie."),
        Column("description", "Opis", Kind.LINE, True, "Czego wiersz dotyczy."),
        document(),
        reference("organisation", "Instytucja", False, "organisations", "Kod instytucji, z którą jest umowa."),
        Column("place", "Miejsce", Kind.PLACE, False, "Kod TERYT: 2, 4 albo 7 cyfr."),
        case_sign(),
        reference("commitment", "Zaangażowanie", False, "plan", "Klucz zaangażowania; potrzebny przy zwolnieniu."),
    ),
    key="key",
    optional=True,
)
MONEY = Table(
    "money",
    "Kwoty",
    "Wypłaty i zwroty roku, każda w osobnym wierszu.",
    (
        key(),
        programme("Kod programu; puste: poza programami."),
        task(),
        source(),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Wypłata albo zwrot.", choices=MONEY_KINDS),
        Column(
            "amount",
            "Kwota",
            Kind.AMOUNT,
            True,
            "Złote z groszami, nigdy z minusem; zwrot też dodatnio.",
            minus_means="zwrot wpisuje się dodatnio, z rodzajem „zwrot” (refund)",
        ),
        Column("date", "Data", Kind.DATE, False, "Dzień wypłaty, w roku sprawozdania."),
        Column("description", "Opis", Kind.LINE, True, "Na co poszły pieniądze."),
        document(),
        reference("organisation", "Instytucja", False, "organisations", "Kod instytucji, która dostała pieniądze."),
        Column("place", "Miejsce", Kind.PLACE, False, "Kod TERYT: 2, 4 albo 7 cyfr."),
        reference("tags", "Przekroje", False, "tags", "Kody przekrojów.", many=True, longest=4000),
        *classification(),
        case_sign(),
        reference("commitment", "Zaangażowanie", False, "plan", "Klucz zaangażowania z tabeli Plan, które opłacono."),
        reference("returns", "Zwrot wypłaty", False, "money", "Przy zwrocie: klucz wypłaty, która wróciła."),
    ),
    key="key",
)
DECLARED = Table(
    "declared",
    "Sumy podane",
    "Sumy, które podaje dokument. Program porówna je z sumami policzonymi z kwot.",
    (
        key(),
        Column("scope", "Zakres", Kind.CHOICE, True, "Czego to suma.", choices=SCOPES),
        reference("source", "Źródło", False, "sources", "Kod źródła, gdy zakres to źródło albo program i źródło."),
        programme("Kod programu, gdy zakres to program albo program i źródło."),
        reference("tag", "Przekrój", False, "tags", "Kod przekroju, gdy zakres to przekrój."),
        Column("amount", "Kwota", Kind.AMOUNT, True, "Podana suma w złotych."),
        Column("precision", "Dokładność", Kind.CHOICE, True, "Jak dokładnie ją podano.", choices=PRECISIONS),
        Column("rounded_to", "Zaokrąglona do", Kind.AMOUNT, False, "Do ilu złotych, np. 100000 dla 0,1 mln."),
        document(),
        note(),
    ),
    key="key",
)
RESULTS = Table(
    "results",
    "Wyniki",
    "Co zrobiono: zdania, a w nich liczby.",
    (
        key(),
        programme(),
        task(),
        reference("measure", "Miara", False, "measures", "Kod miary, do której wlicza się ta liczba."),
        Column(
            "statement",
            "Zdanie",
            Kind.STATEMENT,
            True,
            "Zdanie sprawozdania; {n} wstawia liczbę z jednostką w dobrej formie.",
            longest=1000,
        ),
        Column("value", "Liczba", Kind.NUMBER, False, "Wynik, do czterech miejsc po przecinku."),
        reference("unit", "Jednostka miary", False, "units", "Kod jednostki miary; potrzebny, gdy jest liczba."),
        Column("precision", "Dokładność", Kind.CHOICE, False, "Potrzebna, gdy jest liczba.", choices=PRECISIONS),
        Column(
            "place",
            "Miejsce",
            Kind.PLACE,
            False,
            "Kody TERYT rozdzielone średnikiem.",
            many=True,
            longest=4000,
        ),
        people(),
        document(),
        Column("order", "Kolejność", Kind.INTEGER, False, "Kolejność zdań w rozdziale.", largest=SMALL),
    ),
    key="key",
    optional=True,
)
EVENTS = Table(
    "events",
    "Wydarzenia",
    "Imprezy, szkolenia, konferencje, posiedzenia, publikacje.",
    (
        key(),
        programme(),
        task(),
        Column("name", "Nazwa", Kind.LINE, True, "Nazwa wydarzenia."),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Rodzaj wydarzenia.", choices=EVENT_KINDS),
        Column("date_from", "Od dnia", Kind.DATE, False, "Pierwszy dzień."),
        Column("date_to", "Do dnia", Kind.DATE, False, "Ostatni dzień."),
        Column("place", "Miejsce", Kind.PLACE, False, "Kod TERYT: 2, 4 albo 7 cyfr."),
        people(),
        Column("precision", "Dokładność", Kind.CHOICE, False, "Dokładność liczby osób.", choices=PRECISIONS),
        document(),
        note(),
    ),
    key="key",
    optional=True,
)
