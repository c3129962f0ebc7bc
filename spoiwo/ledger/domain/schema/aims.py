"""What a strategy aims at: goals, indicators with their definitions, targets and values."""

from spoiwo.ledger.domain.schema.frame import code, note, order, reference, year_column
from spoiwo.ledger.domain.schema.model import Column, Kind, Table
from spoiwo.ledger.domain.schema.records import PRECISIONS, key

INDICATOR_KINDS = {"output": "produkt", "result": "rezultat"}
DIRECTIONS = {"rise": "ma rosnąć", "fall": "ma spadać", "hold": "ma się utrzymać"}
AGGREGATIONS = {
    "sum": "suma",
    "last": "ostatnia wartość",
    "ratio": "iloraz",
    "distinct": "osoby bez powtórzeń",
    "none": "nie dodaje się",
}
FREQUENCIES = {
    "yearly": "co rok",
    "half_yearly": "co pół roku",
    "quarterly": "co kwartał",
    "monthly": "co miesiąc",
}
PARTS = {"yearly": 0, "half_yearly": 2, "quarterly": 4, "monthly": 12}
"""Into how many parts a frequency divides the year; part 0 is the whole of it."""


def number(name: str, label: str, help: str) -> Column:
    """A number with up to four decimal places."""
    return Column(name, label, Kind.NUMBER, False, help)


def indicator() -> Column:
    """The indicator of a row."""
    return reference("indicator", "Wskaźnik", True, "indicators", "Kod wskaźnika.")


GOALS = Table(
    "goals",
    "Cele",
    "Cele strategii; cel operacyjny wskazuje swój cel strategiczny.",
    (
        code("Kod jedyny w województwie, np. 2021-C1.", longest=40),
        reference("strategy", "Strategia", True, "strategies", "Kod strategii."),
        reference("parent", "Cel nadrzędny", False, "goals", "Kod celu strategicznego; puste: sam jest strategiczny."),
        Column("number", "Numer", Kind.LINE, False, "Numer w strategii, np. 1.2.", longest=10),
        Column("name", "Nazwa", Kind.LINE, True, "Nazwa celu.", longest=400),
        note(),
        order(False),
    ),
    key="code",
    optional=True,
)
INDICATORS = Table(
    "indicators",
    "Wskaźniki",
    "Co się mierzy: wskaźnik celu, programu albo zadania, zawsze dokładnie jednego z nich.",
    (
        code("Kod jedyny w województwie, np. 2021-lts-imprezy."),
        reference("goal", "Cel", False, "goals", "Kod celu, jeżeli wskaźnik jest celu."),
        reference("programme", "Program", False, "programmes", "Kod programu, jeżeli wskaźnik jest programu."),
        reference("task", "Zadanie", False, "tasks", "Kod zadania, jeżeli wskaźnik jest zadania."),
        Column("name", "Nazwa", Kind.LINE, True, "Nazwa wskaźnika."),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Produkt albo rezultat.", choices=INDICATOR_KINDS),
        reference("unit", "Jednostka miary", True, "units", "Kod jednostki miary."),
        Column("direction", "Kierunek", Kind.CHOICE, True, "Dokąd ma zmierzać.", choices=DIRECTIONS),
        Column(
            "aggregation",
            "Jak sumować",
            Kind.CHOICE,
            True,
            "Jak z wartości części powstaje wartość całości.",
            choices=AGGREGATIONS,
        ),
        Column("frequency", "Częstość", Kind.CHOICE, True, "Jak często podaje się wartość.", choices=FREQUENCIES),
        reference("responsible", "Odpowiada", False, "organisations", "Kod instytucji, która podaje wartość."),
        Column("source", "Źródło danych", Kind.LINE, True, "Skąd bierze się wartość."),
        Column("invented", "Dane wymyślone", Kind.YES_NO, False, "tak, jeżeli wartości są tylko przykładem."),
        order(False),
    ),
    key="code",
    optional=True,
)
DEFINITIONS = Table(
    "definitions",
    "Definicje wskaźników",
    "Co wskaźnik znaczy od danego dnia. Zmiana znaczenia to nowy wiersz: szereg wartości się tam przerywa.",
    (
        key(),
        indicator(),
        Column("number", "Numer", Kind.INTEGER, True, "Która to definicja wskaźnika.", smallest=1, largest=99),
        Column("valid_from", "Ważna od", Kind.DATE, True, "Pierwszy dzień definicji."),
        Column("text", "Definicja", Kind.TEXT, True, "Co dokładnie się liczy.", longest=2000),
        Column("numerator", "Licznik", Kind.LINE, False, "Co stoi w liczniku ilorazu."),
        Column("denominator", "Mianownik", Kind.LINE, False, "Co stoi w mianowniku ilorazu."),
        Column(
            "multiplier",
            "Mnożnik",
            Kind.INTEGER,
            False,
            "Przez co mnoży się iloraz: 100 dla procentu, 10000 dla liczby na 10 tysięcy; puste: 1.",
            smallest=1,
        ),
        number("baseline", "Wartość bazowa", "Od jakiej wartości się zaczyna."),
        year_column("baseline_year", "Rok bazowy", False, "Z którego roku jest wartość bazowa."),
        Column("reason", "Powód zmiany", Kind.TEXT, False, "Dlaczego definicja się zmieniła.", longest=2000),
    ),
    key="key",
    optional=True,
)
TARGETS = Table(
    "targets",
    "Wartości docelowe",
    "Jaką wartość wskaźnik ma osiągnąć w danym roku.",
    (
        key(),
        indicator(),
        year_column("year", "Rok", True, "Rok, którego dotyczy wartość."),
        Column("value", "Wartość", Kind.NUMBER, True, "Wartość docelowa, do czterech miejsc po przecinku."),
    ),
    key="key",
    optional=True,
)
VALUES = Table(
    "indicator_values",
    "Wartości wskaźników",
    "Co zmierzono w roku pakietu. Poprawka to nowy wiersz, który wskazuje poprawiany.",
    (
        key(),
        indicator(),
        reference("definition", "Definicja", True, "definitions", "Klucz definicji, według której liczono."),
        Column("part", "Część roku", Kind.INTEGER, False, "Numer półrocza, kwartału albo miesiąca; puste: cały rok."),
        Column("place", "Miejsce", Kind.PLACE, False, "Kod TERYT; puste: całe województwo."),
        number("value", "Wartość", "Wartość, jeżeli wskaźnik nie jest ilorazem."),
        number("numerator", "Licznik", "Licznik, jeżeli wskaźnik jest ilorazem."),
        number("denominator", "Mianownik", "Mianownik, jeżeli wskaźnik jest ilorazem; większy od zera."),
        Column("precision", "Dokładność", Kind.CHOICE, False, "Puste: dokładna.", choices=PRECISIONS),
        Column("evidence", "Dowód", Kind.LINE, True, "Dokument albo rejestr, z którego to wiadomo."),
        note(),
        reference("corrects", "Poprawia", False, "indicator_values", "Klucz wartości, którą ten wiersz poprawia."),
        Column("reason", "Powód poprawki", Kind.TEXT, False, "Dlaczego wartość poprawiono.", longest=2000),
    ),
    key="key",
    optional=True,
)
