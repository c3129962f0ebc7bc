"""Make the invented money of the demonstration year: money lines, papers, recipients, declared totals.

    python -m examples.make_demo [FOLDER]

Writes money.csv, documents.csv, organisations.csv and declared.csv of the year package in FOLDER
(examples/lubuskie-demo when not named); its other tables are kept by hand. The same seed gives the
same files on every machine: only `Random.random()` is used, which Python promises not to change.
The year in progress is made by examples.make_2026.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from spoiwo.kernel.money import zl, zl_plain
from spoiwo.ledger.domain.schema import table

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "examples" / "lubuskie-demo"
EARLIER = ROOT / "examples" / "lubuskie-2019"
REGISTER = ROOT / "spoiwo" / "places" / "data" / "teryt-2026-01-01.csv"
SEED, YEAR, REGION = 2025, 2025, "08"
STATEMENT = "zestawienie-2025"
UNUSED = frozenset({"case_sign", "commitment", "returns"})  # columns that the year does without
INVENTED = "Dokument zmyślony na potrzeby pokazu."
UNDECLARED_GR = 4_350_00  # by so much the declared total of NGOs is higher than the lines that carry the tag
DIGIT_FORGOTTEN = "ue-blisko-domu"  # its first line lacks the fourth digit of EU money: a question to be asked
ROUND_GR, TO_THE_GROSZ = 100_00, 1
FREE_DAYS = {(1, 1), (1, 6), (5, 1), (8, 15), (11, 11), (12, 24), (12, 25), (12, 26)}
PAPERS = {  # the word in the name of a paper -> its kind; all four words are feminine
    "Umowa": "contract",
    "Decyzja": "decision",
    "Faktura": "other",
    "Nota zwrotu": "statement",
}
RECIPIENTS = {  # how many, their name, their kind
    "ngo": (14, "Organizacja pokazowa nr {} (zmyślona)", "ngo"),
    "applicant": (12, "Wnioskodawca pokazowy nr {} (zmyślony)", "other"),
    "plant": (2, "Zakład aktywności zawodowej pokazowy nr {} (zmyślony)", "zaz"),
}


def rows_of(file: Path) -> list[dict[str, str]]:
    """A CSV file as dicts."""
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@dataclass(frozen=True)
class Batch:
    """Lines of one task that are alike: how many, from where, how much (złote), for what, to whom, where."""

    task: str
    source: str
    lines: int
    low: int
    high: int
    paper: str
    purposes: tuple[str, ...]
    months: tuple[int, int] = (2, 12)
    to: str = ""  # "ngo", "applicant", "plant": each in turn; or the code of one organisation
    tags: str = ""
    step_gr: int = TO_THE_GROSZ
    at: tuple[str, ...] = ()  # TERYT codes to choose from; none: where the recipient is
    kind: str = "payment"


GRANT = {"paper": "Umowa", "to": "ngo", "tags": "ngo", "step_gr": ROUND_GR, "months": (3, 6)}
REFUND = {"paper": "Nota zwrotu", "purposes": ("Zwrot niewykorzystanej dotacji",), "kind": "refund"}
CENTRES = ("Wynagrodzenia specjalistów", "Czynsz i media", "Badania i konsultacje dla rodzin")
TRAINING = ("Prowadzenie szkolenia", "Sala i poczęstunek", "Materiały szkoleniowe")
WORKS = ("Przebudowa wejścia i podjazdu", "Winda w budynku rehabilitacji", "Dostosowanie łazienek")
GMINAS = tuple(row["code"] for row in rows_of(REGISTER) if row["code"].startswith(REGION) and len(row["code"]) == 7)
POWIATS = ("0801", "0803", "0804", "0806", "0810", "0812")
BATCHES = (
    Batch("2021-p1-lts", "own", 12, 2_500, 14_000, "Faktura",
          ("Wynajem sali i nagłośnienia", "Występ zespołu", "Druk programu imprez", "Przewóz seniorów"),
          (9, 11), tags="seniors", at=GMINAS),
    Batch("2021-p1-mikolajki", "own", 5, 1_800, 9_500, "Faktura",
          ("Paczki dla dzieci", "Przedstawienie", "Przewóz dzieci"), (11, 12), at=("0862011",)),
    Batch("2021-p1-ngo", "own", 6, 4_000, 12_000, purposes=("Dotacja: pomoc osobom w kryzysie",), **GRANT),
    Batch("2021-p1-ngo", "own", 2, 5_000, 9_000, purposes=("Dotacja: zajęcia dla seniorów",),
          **GRANT | {"tags": "ngo;seniors"}),
    Batch("2021-p1-ngo", "own", 1, 300, 900, **REFUND, months=(10, 12), to="pokaz-ngo-3", tags="ngo"),
    Batch("2021-p1-kadry", "own", 4, 3_200, 11_000, "Faktura", TRAINING),
    Batch("2021-p1-kadry", "state", 3, 6_000, 18_000, "Faktura", TRAINING, (4, 11)),
    Batch("2021-p1-zasoby", "own", 2, 8_000, 21_000, "Umowa",
          ("Opracowanie danych z gmin", "Badanie potrzeb"), (4, 6), at=("08",)),
    Batch("2021-p2-adopcja", "state", 7, 62_000, 118_000, "Decyzja", CENTRES, to="oa-zielona-gora"),
    Batch("2021-p2-adopcja", "state", 6, 51_000, 97_000, "Decyzja", CENTRES, to="oa-gorzow"),
    Batch("2021-p2-adopcja", "state", 1, 1_500, 4_800, **REFUND, months=(12, 12), to="oa-gorzow"),
    Batch("2021-p2-ngo", "own", 5, 5_000, 10_000, purposes=("Dotacja: wsparcie rodzin",), **GRANT),
    Batch("2021-p2-promocja", "own", 6, 2_100, 16_000, "Faktura",
          ("Materiały o rodzicielstwie zastępczym", "Spotkanie o rodzicielstwie zastępczym"), at=POWIATS),
    Batch("2021-p2-kadry", "state", 4, 4_500, 13_500, "Faktura", TRAINING, (3, 11), at=("0808053",)),
    Batch("2021-p3-roboty", "pfron", 12, 85_000, 390_000, "Umowa", WORKS, (5, 12), to="applicant"),
    Batch("2021-p3-roboty", "own", 3, 120_000, 210_000, "Umowa", ("Roboty budowlane: udział województwa",),
          (6, 11), to="applicant", step_gr=ROUND_GR),
    Batch("2021-p3-zaz", "pfron", 8, 118_000, 164_000, "Decyzja", ("Działanie zakładu, kolejna rata",),
          to="plant", step_gr=ROUND_GR),
    Batch("2021-p3-zaz", "own", 4, 21_000, 29_000, "Decyzja", ("Działanie zakładu, udział województwa",),
          to="plant", step_gr=ROUND_GR),
    Batch("2021-p3-ngo", "pfron", 10, 12_000, 48_000,
          purposes=("Dotacja: zajęcia i rehabilitacja", "Dotacja: sport osób niepełnosprawnych"), **GRANT),
    Batch("2021-p3-ngo", "pfron", 1, 400, 2_600, **REFUND, months=(10, 12), to="pokaz-ngo-2", tags="ngo"),
    Batch("2021-p3-ngo", "pfron", 1, 400, 2_600, **REFUND, months=(10, 12), to="pokaz-ngo-7", tags="ngo"),
    Batch("2021-p3-dzien", "own", 3, 2_400, 8_800, "Faktura",
          ("Sala i pętla indukcyjna", "Tłumaczenie na język migowy", "Poczęstunek"), (11, 12),
          at=("0862011",)),
    Batch("2021-p4-szkoly", "own", 6, 1_900, 7_400, "Faktura",
          ("Warsztaty dla uczniów", "Szkolenie nauczycieli"), (3, 11), at=GMINAS),
    Batch("2021-p4-ngo", "own", 5, 8_000, 20_000, purposes=("Dotacja: profilaktyka i terapia",), **GRANT),
    Batch("2021-p4-ekspert", "own", 2, 3_000, 9_000, "Umowa", ("Raport o uzależnieniach w regionie",),
          (5, 12), at=("08",)),
    Batch("2021-p5-tarcza", "own", 2, 4_000, 12_500, "Faktura", ("Utrzymanie portalu",)),
    Batch("2021-p5-tarcza", "state", 2, 9_000, 19_000, "Decyzja", ("Rozbudowa portalu",), (5, 10)),
    Batch("2021-p5-szkolenia", "state", 8, 5_200, 17_800, "Faktura", TRAINING, (3, 11),
          at=("0861011", "0862011", "0811021")),
    Batch("2021-p5-ngo", "own", 4, 6_000, 14_000,
          purposes=("Dotacja: pomoc osobom doznającym przemocy",), **GRANT),
    Batch("2021-p6-granty", "own", 8, 3_000, 10_000, purposes=("Mały grant",), **GRANT | {"months": (4, 10)}),
    Batch("2021-p6-konsultacje", "own", 2, 1_200, 3_900, "Faktura", ("Sala na konsultacje",), (9, 11)),
    Batch("2021-kier-karta", "own", 5, 2_800, 13_900, "Faktura",
          ("Druk i personalizacja kart", "Wysyłka kart")),
    Batch("2021-kier-kampania", "own", 3, 4_000, 15_000, "Faktura", ("Spot i plakaty", "Emisja w radiu"),
          (3, 11), at=("08",)),
    Batch("ue-koordynacja", "eu", 12, 68_000, 214_000, "Faktura",
          ("Wynagrodzenia zespołu projektu", "Szkolenia i doradztwo", "Badania i ewaluacja"), at=("08",)),
    Batch("ue-koordynacja", "own", 2, 22_000, 41_000, "Decyzja", ("Wkład własny województwa",), (6, 12)),
    Batch("ue-blisko-domu", "eu", 6, 54_000, 131_000, "Faktura",
          ("Wyposażenie mieszkań", "Usługi opiekuńcze", "Wynagrodzenia trenerów"),
          at=("0802063", "0804011", "0810021")),
)  # fmt: skip


CLASSIFICATION = {  # task and source -> chapter (rozdział) and paragraph with its fourth digit
    ("2021-p1-lts", "own"): ("85295", "4300"),
    ("2021-p1-mikolajki", "own"): ("85295", "4300"),
    ("2021-p1-ngo", "own"): ("85295", "2360"),
    ("2021-p1-kadry", "own"): ("85217", "4300"),
    ("2021-p1-kadry", "state"): ("85217", "4300"),
    ("2021-p1-zasoby", "own"): ("85217", "4300"),
    ("2021-p1-zasoby", "state"): ("85217", "4300"),
    ("2021-p2-adopcja", "state"): ("85509", "4300"),
    ("2021-p2-ngo", "own"): ("85504", "2360"),
    ("2021-p2-promocja", "own"): ("85508", "4300"),
    ("2021-p2-kadry", "state"): ("85508", "4300"),
    ("2021-p3-roboty", "pfron"): ("85311", "6230"),
    ("2021-p3-roboty", "own"): ("85311", "6230"),
    ("2021-p3-zaz", "pfron"): ("85311", "2830"),
    ("2021-p3-zaz", "own"): ("85311", "2830"),
    ("2021-p3-ngo", "pfron"): ("85311", "2360"),
    ("2021-p3-dzien", "own"): ("85311", "4300"),
    ("2021-p4-szkoly", "own"): ("85153", "4300"),
    ("2021-p4-ngo", "own"): ("85153", "2360"),
    ("2021-p4-ekspert", "own"): ("85153", "4300"),
    ("2021-p5-tarcza", "own"): ("85205", "4300"),
    ("2021-p5-tarcza", "state"): ("85205", "4300"),
    ("2021-p5-szkolenia", "own"): ("85205", "4300"),
    ("2021-p5-szkolenia", "state"): ("85205", "4300"),
    ("2021-p5-ngo", "own"): ("85205", "2360"),
    ("2021-p6-granty", "own"): ("85295", "2360"),
    ("2021-p6-konsultacje", "own"): ("85295", "4300"),
    ("2021-kier-karta", "own"): ("85503", "4300"),
    ("2021-kier-kampania", "own"): ("85504", "4300"),
    ("ue-koordynacja", "eu"): ("85395", "4307"),
    ("ue-koordynacja", "own"): ("85395", "4309"),
    ("ue-blisko-domu", "eu"): ("85395", "4307"),
}
OTHER_PARAGRAPHS = {"Wynagrodzenia": "401", "Materiały": "421", "Paczki": "421", "Wyposażenie": "421"}
"""First words of purposes that have a paragraph of their own; the fourth digit follows the task."""


def classified(task: str, source: str, purpose: str) -> dict[str, str]:
    """Chapter and paragraph of a line."""
    chapter, paragraph = CLASSIFICATION[task, source]
    own = OTHER_PARAGRAPHS.get(purpose.split()[0])
    return {"chapter": chapter, "paragraph": own + paragraph[3] if own else paragraph}


class Maker:
    """Makes the rows, one draw after the other."""

    def __init__(self) -> None:
        self.rng = Random(SEED)
        self.programme_of = {row["code"]: row["programme"] for row in rows_of(PACKAGE / "tasks.csv")}
        self.turn: dict[str, int] = defaultdict(int)
        self.organisations = [*_public_organisations(), *self._invented_organisations()]
        self.place_of = {organisation["code"]: organisation["place"] for organisation in self.organisations}
        lines = sorted((self._line(batch) for batch in BATCHES for _ in range(batch.lines)), key=_day)
        self.money = [{"key": f"2025-{i:03d}"} | line for i, line in enumerate(lines, start=1)]
        forgotten = next(line for line in self.money if line["task"] == DIGIT_FORGOTTEN)
        forgotten["paragraph"] = forgotten["paragraph"][:3] + "0"
        self.documents = [*_known_documents(), *self._papers()]

    def draw(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def choose(self, among: tuple[str, ...]) -> str:
        """One of several."""
        return among[self.draw(0, len(among) - 1)]

    def _invented_organisations(self) -> Iterator[dict]:
        """Recipients that do not exist, each in a real gmina."""
        for to, (count, name, kind) in RECIPIENTS.items():
            for i in range(1, count + 1):
                place = self.choose(GMINAS)
                yield {"code": f"pokaz-{to}-{i}", "name": name.format(i), "kind": kind, "place": place}

    def _line(self, batch: Batch) -> dict:
        """One line; `gr` is the amount in whole grosze, `paper` the word for the paper it rests on."""
        gr = self.draw(batch.low * 100, batch.high * 100) // batch.step_gr * batch.step_gr
        recipient = self._next(batch.to)
        line = {
            "programme": self.programme_of[batch.task],
            "task": batch.task,
            "source": batch.source,
            "kind": batch.kind,
            "gr": gr,
            "amount": zl_plain(gr),
            "date": self._working_day(batch.months).isoformat(),
            "description": self.choose(batch.purposes),
            "paper": batch.paper,
            "organisation": recipient,
            "place": self.choose(batch.at) if batch.at else self.place_of.get(recipient, ""),
            "tags": batch.tags,
        }
        return line | classified(batch.task, batch.source, line["description"])

    def _next(self, to: str) -> str:
        """The next recipient in turn, so that no organisation gets two grants of one task."""
        if to not in RECIPIENTS:
            return to
        self.turn[to] += 1
        return f"pokaz-{to}-{(self.turn[to] - 1) % RECIPIENTS[to][0] + 1}"

    def _working_day(self, months: tuple[int, int]) -> date:
        """A day from the first of one month to the last of another; no weekend, no holiday."""
        first = date(YEAR, months[0], 1)
        end = date(YEAR + months[1] // 12, months[1] % 12 + 1, 1)
        while True:
            day = first + timedelta(days=self.draw(0, (end - first).days - 1))
            if day.weekday() < 5 and (day.month, day.day) not in FREE_DAYS:
                return day

    def _papers(self) -> Iterator[dict]:
        """A numbered paper for each line, dated shortly before the payment; the line gets its code."""
        numbers: dict[str, int] = defaultdict(int)
        for line in self.money:
            word = line["paper"]
            numbers[word] += 1
            dated = max(date(YEAR, 1, 2), date.fromisoformat(line["date"]) - timedelta(days=self.draw(3, 14)))
            dated -= timedelta(days=max(0, dated.weekday() - 4))  # a Saturday or Sunday: the Friday before
            line["document"] = f"{word.lower().replace(' ', '-')}-{numbers[word]}-2025"
            yield {
                "code": line["document"],
                "name": f"{word} pokazowa {numbers[word]}/2025",
                "kind": PAPERS[word],
                "date": dated.isoformat(),
                "note": INVENTED,
            }


def _day(line: dict) -> str:
    """What lines are ordered by."""
    return line["date"]


def _known_documents() -> Iterator[dict]:
    """The page behind the older strategy, as another package describes it, and the year's own statement."""
    yield from (d for d in rows_of(EARLIER / "documents.csv") if d["code"] == "strategia-2014-strona")
    name = "Zestawienie pokazowe ROPS za 2025 rok"
    yield {"code": STATEMENT, "name": name, "kind": "statement", "note": INVENTED}


def _public_organisations() -> Iterator[dict[str, str]]:
    """The public institutions, as the package of 2019 describes them."""
    wanted = {"rops", "sejmik", "oa-zielona-gora", "oa-gorzow"}
    return (row for row in rows_of(EARLIER / "organisations.csv") if row["code"] in wanted)


def declared(lines: list[dict]) -> list[dict]:
    """Totals as a statement would give them: all agree with the lines but that of the NGOs."""
    sums: dict[tuple, int] = defaultdict(int)
    for line in lines:
        gr = -line["gr"] if line["kind"] == "refund" else line["gr"]
        sums["grand",] += gr
        sums["source", line["source"]] += gr
        if line["programme"]:
            sums["programme", line["programme"]] += gr
        for tag in filter(None, line["tags"].split(";")):
            sums["tag", tag] += gr
    sums["tag", "ngo"] += UNDECLARED_GR
    rows = []
    for (scope, *of), gr in sorted(sums.items()):
        row = {"key": "-".join(["2025", scope, *of]).lower(), "scope": scope, "amount": zl_plain(gr)}
        row |= {"precision": "exact", "document": STATEMENT} | ({scope: of[0]} if of else {})
        if of == ["ngo"]:
            row["note"] = f"Pokaz różnicy: podano o {zl(UNDECLARED_GR)} więcej, niż wynosi suma oznaczonych pozycji."
        rows.append(row)
    return rows


def write(folder: Path) -> int:
    """Write the four tables into a folder and return the number of money lines."""
    maker = Maker()
    tables = {
        "money": maker.money,
        "documents": maker.documents,
        "organisations": maker.organisations,
        "declared": declared(maker.money),
    }
    write_tables(folder, tables, without=UNUSED)
    return len(maker.money)


def write_tables(folder: Path, tables: dict[str, list[dict]], *, without: frozenset[str] = frozenset()) -> None:
    """Write tables as CSV with the columns of the schema."""
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
            columns = [column.name for column in table(name).columns if column.name not in without]
            writer = csv.DictWriter(target, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    target_folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    sys.stdout.write(f"{write(target_folder)} lines\n")
