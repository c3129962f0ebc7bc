"""The tables that a year hangs on: region, strategy, programmes, tasks, documents and the like."""

from spoiwo.ledger.domain.schema.model import Column, Kind, Table

SMALL = 32_767
OLDEST, LATEST = 1900, 2100
SOURCE_CLASSES = {
    "own": "środki własne",
    "state": "budżet państwa",
    "pfron": "PFRON",
    "eu": "Unia Europejska",
}
ORGANISATION_KINDS = {
    "rops": "ROPS",
    "assembly": "sejmik",
    "board": "zarząd województwa",
    "office": "urząd marszałkowski",
    "voivode_office": "urząd wojewódzki",
    "ngo": "organizacja pozarządowa",
    "zaz": "zakład aktywności zawodowej",
    "adoption_centre": "ośrodek adopcyjny",
    "council": "rada",
    "care_home": "dom pomocy społecznej",
    "other": "inna",
}
PROGRAMME_KINDS = {"programme": "program", "directions": "kierunki"}
TASK_KINDS = {"task": "zadanie", "project": "projekt", "commissioned": "zadanie zlecone"}
DOCUMENT_KINDS = {
    "note": "notatka",
    "news": "aktualność",
    "page": "strona internetowa",
    "resolution": "uchwała",
    "contract": "umowa",
    "decision": "decyzja",
    "statement": "zestawienie",
    "other": "inny",
}


def code(help: str, longest: int = 60) -> Column:
    """The code of a row."""
    return Column("code", "Kod", Kind.CODE, True, help, longest=longest)


def reference(name: str, label: str, required: bool, table: str, help: str, **more) -> Column:
    """A column that holds the code of a row of another table."""
    return Column(name, label, Kind.REFERENCE, required, help, refers_to=table, **more)


def year_column(name: str, label: str, required: bool, help: str) -> Column:
    """A calendar year."""
    return Column(name, label, Kind.INTEGER, required, help, smallest=OLDEST, largest=LATEST)


def order(required: bool) -> Column:
    """The place on lists."""
    help = "Kolejność na listach i w sprawozdaniu: mniejsza liczba stoi wcześniej."
    return Column("order", "Kolejność", Kind.INTEGER, required, help, largest=SMALL)


def note(help: str = "Dowolna uwaga.") -> Column:
    """A free remark."""
    return Column("note", "Uwaga", Kind.TEXT, False, help, longest=4000)


YEAR = Table(
    "year",
    "Rok",
    "Jeden wiersz: którego województwa i roku dotyczą dane.",
    (
        Column("region", "Województwo", Kind.PLACE, True, "Dwucyfrowy kod TERYT województwa, np. 08."),
        Column("year", "Rok", Kind.INTEGER, True, "Rok kalendarzowy.", smallest=1999, largest=LATEST),
        Column("title", "Tytuł", Kind.LINE, True, "Tytuł sprawozdania."),
        reference("strategy", "Strategia", True, "strategies", "Kod strategii, z której jest sprawozdanie."),
        Column(
            "outside_label",
            "Nazwa grupy poza programami",
            Kind.LINE,
            False,
            "Jak nazwać kwoty bez programu, np. Projekty unijne; puste: Poza programami.",
            longest=120,
        ),
        Column("invented", "Dane wymyślone", Kind.YES_NO, True, "tak, jeżeli dane są tylko przykładem."),
        Column("notice", "Komunikat", Kind.TEXT, False, "Zdanie pokazywane na każdej stronie.", longest=1000),
        reference("document", "Dokument", False, "documents", "Dokument, z którego pochodzą dane roku."),
        Column(
            "keeps_plan",
            "Pilnuje planu",
            Kind.YES_NO,
            False,
            "tak, jeżeli wydatki i zaangażowanie nie mogą przekroczyć planu z tabeli Plan.",
        ),
    ),
    only_row=True,
)
SOURCES = Table(
    "sources",
    "Źródła",
    "Źródła pieniędzy. Bez tej tabeli obowiązują cztery: own, state, pfron, eu.",
    (
        code("Kod, np. own.", longest=20),
        Column("name", "Nazwa", Kind.LINE, True, "Pełna nazwa źródła.", longest=120),
        Column("short_name", "Nazwa krótka", Kind.LINE, True, "Nagłówek kolumny w tabelach.", longest=40),
        Column("class", "Klasa", Kind.CHOICE, True, "Jedna z czterech klas.", choices=SOURCE_CLASSES),
        order(True),
    ),
    key="code",
    optional=True,
)
ORGANISATIONS = Table(
    "organisations",
    "Instytucje",
    "Instytucje i organizacje, które występują w danych. Bez osób prywatnych.",
    (
        code("Kod, np. zaz-szprotawa."),
        Column("name", "Nazwa", Kind.LINE, True, "Pełna nazwa."),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Rodzaj instytucji.", choices=ORGANISATION_KINDS),
        Column("place", "Miejsce", Kind.PLACE, False, "Kod TERYT siedziby: 2, 4 albo 7 cyfr."),
        Column("address", "Adres", Kind.LINE, False, "Adres siedziby albo strony internetowej."),
        note(),
    ),
    key="code",
    optional=True,
)
STRATEGIES = Table(
    "strategies",
    "Strategie",
    "Strategie polityki społecznej.",
    (
        code("Kod, np. 2014-2020.", longest=40),
        Column("name", "Nazwa", Kind.LINE, True, "Pełna nazwa."),
        Column("short_name", "Nazwa krótka", Kind.LINE, True, "Nazwa do tabel.", longest=120),
        year_column("from_year", "Od roku", True, "Pierwszy rok obowiązywania."),
        year_column("to_year", "Do roku", True, "Ostatni rok obowiązywania."),
        Column("adopted_on", "Data przyjęcia", Kind.DATE, False, "Dzień przyjęcia."),
        Column("adopting_body", "Kto przyjął", Kind.LINE, False, "Organ, np. Sejmik.", longest=200),
        Column("resolution", "Uchwała", Kind.LINE, False, "Numer uchwały.", longest=120),
        note("Skąd to wiadomo i czego nie ustalono."),
    ),
    key="code",
)
PROGRAMMES = Table(
    "programmes",
    "Programy",
    "Programy i kierunki strategii, także wcześniejsze, do których się odwołujesz.",
    (
        code("Kod jedyny w województwie, np. 2014-P1.", longest=40),
        reference("strategy", "Strategia", True, "strategies", "Kod strategii, do której należy."),
        Column("number", "Numer", Kind.LINE, False, "Numer w sprawozdaniu, np. 1.", longest=10),
        Column("name", "Nazwa", Kind.LINE, True, "Pełna nazwa.", longest=400),
        Column("short_name", "Nazwa krótka", Kind.LINE, True, "Nazwa do tabel.", longest=120),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Program albo kierunki.", choices=PROGRAMME_KINDS),
        year_column("from_year", "Od roku", False, "Pierwszy rok programu."),
        year_column("to_year", "Do roku", False, "Ostatni rok programu."),
        Column("adopting_body", "Kto przyjął", Kind.LINE, False, "Organ, np. Zarząd.", longest=200),
        Column("adopted_on", "Data przyjęcia", Kind.DATE, False, "Dzień przyjęcia."),
        Column("resolution", "Uchwała", Kind.LINE, False, "Numer uchwały.", longest=120),
        reference("parent", "Program nadrzędny", False, "programmes", "Kod programu, którego to część."),
        reference(
            "predecessors",
            "Poprzednicy",
            False,
            "programmes",
            "Kody programów sprzed zmiany.",
            many=True,
            longest=4000,
        ),
        note(),
        order(True),
        reference("goals", "Cele", False, "goals", "Kody celów, którym program służy.", many=True, longest=4000),
        Column(
            "predecessors_note",
            "Jak kontynuuje",
            Kind.LINE,
            False,
            "Jak program kontynuuje poprzedników, np. w części albo pod inną nazwą.",
            longest=400,
        ),
    ),
    key="code",
)
TASKS = Table(
    "tasks",
    "Zadania",
    "Zadania i projekty, na które idą pieniądze.",
    (
        code("Kod, np. 2019-zaz."),
        reference("programme", "Program", False, "programmes", "Kod programu; puste: poza programami."),
        Column("name", "Nazwa", Kind.LINE, True, "Nazwa zadania.", longest=400),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Rodzaj zadania.", choices=TASK_KINDS),
        Column("from_date", "Od dnia", Kind.DATE, False, "Pierwszy dzień."),
        Column("to_date", "Do dnia", Kind.DATE, False, "Ostatni dzień."),
        note(),
        order(False),
        Column("number", "Numer", Kind.LINE, False, "Numer w strategii albo programie, np. 1.2.3.", longest=12),
        reference("goal", "Cel", False, "goals", "Kod celu, który zadanie realizuje."),
        reference("organisation", "Realizator", False, "organisations", "Kod instytucji, która prowadzi zadanie."),
    ),
    key="code",
    optional=True,
)
UNITS = Table(
    "units",
    "Jednostki miary",
    "Co się liczy, w formach potrzebnych w zdaniu.",
    (
        code("Kod, np. ngo."),
        Column("one", "1 (kto? co?)", Kind.LINE, True, "Np. organizacja.", longest=120),
        Column("few", "2 (kto? co?)", Kind.LINE, True, "Np. organizacje.", longest=120),
        Column("many", "5 (kogo? czego?)", Kind.LINE, True, "Np. organizacji.", longest=120),
        Column("one_acc", "1 (kogo? co?)", Kind.LINE, False, "Np. organizację.", longest=120),
        Column("loc_one", "w 1 (kim? czym?)", Kind.LINE, False, "Np. organizacji.", longest=120),
        Column("loc_many", "w 5 (kim? czym?)", Kind.LINE, False, "Np. organizacjach.", longest=120),
        Column(
            "gen_one", "do 1; 2,5 (kogo? czego?)", Kind.LINE, False, "Np. do 1 organizacji; 2,5 godziny.", longest=120
        ),
    ),
    key="code",
    optional=True,
)
MEASURES = Table(
    "measures",
    "Miary",
    "Liczby dodawane z kilku wyników, np. wszystkie dofinansowane organizacje.",
    (
        code("Kod, np. ngo-razem."),
        Column("name", "Nazwa", Kind.LINE, True, "Nazwa miary.", longest=200),
        reference("unit", "Jednostka miary", True, "units", "Kod jednostki miary."),
    ),
    key="code",
    optional=True,
)
DOCUMENTS = Table(
    "documents",
    "Dokumenty",
    "Dokumenty, z których pochodzą kwoty i wyniki.",
    (
        code("Kod, np. notatka-2019."),
        Column("name", "Nazwa", Kind.LINE, True, "Nazwa dokumentu."),
        Column("kind", "Rodzaj", Kind.CHOICE, True, "Rodzaj dokumentu.", choices=DOCUMENT_KINDS),
        Column("date", "Data", Kind.DATE, False, "Data dokumentu."),
        Column("address", "Adres", Kind.LINE, False, "Adres w internecie albo miejsce w archiwum."),
        note(),
    ),
    key="code",
)
TAGS = Table(
    "tags",
    "Przekroje",
    "Znaczniki kwot, które dają osobną sumę w poprzek programów, np. organizacje pozarządowe.",
    (
        code("Kod, np. ngo.", longest=40),
        Column("name", "Nazwa", Kind.LINE, True, "Nazwa przekroju.", longest=120),
    ),
    key="code",
    optional=True,
)
DEFAULT_SOURCES = (  # of a region that brings no table of its own: the four classes of the report
    {"code": "own", "name": "Środki własne województwa", "short_name": "Własne", "class": "own", "order": 1},
    {"code": "state", "name": "Budżet państwa", "short_name": "Budżet państwa", "class": "state", "order": 2},
    {"code": "pfron", "name": "PFRON", "short_name": "PFRON", "class": "pfron", "order": 3},
    {"code": "eu", "name": "Unia Europejska", "short_name": "UE", "class": "eu", "order": 4},
)
