"""Make the invented money of the demonstration's year in progress: plan, commitments, payments, papers.

    python -m examples.make_2026 [FOLDER]

Writes plan.csv, money.csv, documents.csv and organisations.csv of the year package in FOLDER
(examples/lubuskie-2026 when not named), as they stand on 20 November 2026; its other tables are kept by
hand. The same seed gives the same files on every machine.
"""

import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random

from examples import make_demo
from spoiwo.kernel.money import share_out, zl_plain

PACKAGE = make_demo.ROOT / "examples" / "lubuskie-2026"
EARLIER = make_demo.PACKAGE
SEED, YEAR, TODAY = 2026, 2026, date(2026, 11, 20)
BUDGET, CHANGE, STATEMENT = "plan-2026", "zmiana-planu-2026", "stan-2026-11-20"
FIRST_DAY, CHANGED_ON = date(2026, 1, 2), date(2026, 6, 29)
PAID_WITHIN = 14  # days from a payment to the term of its commitment


@dataclass(frozen=True)
class Open:
    """A commitment of which nothing is paid yet: złote, the day it was made, the day it falls due."""

    zl: int
    made: tuple[int, int]
    due: tuple[int, int]


@dataclass(frozen=True)
class Pocket:
    """One task and source: plan in złote, spent in grosze by how many contracts in how many payments each.

    `contracts` 0: payments without a commitment. `raised`: by how many złote the plan was changed in the year.
    `unpaid`: what is left of the last contract, in złote. `released`: how much of the first one was let go.
    `back_gr`: what came back of the last payment; spent is less that.
    """

    task: str
    source: str
    plan: int
    spent_gr: int
    contracts: int
    payments: int
    purpose: str
    months: tuple[int, int] = (2, 11)
    to: str = ""
    at: tuple[str, ...] = ()
    tags: str = ""
    raised: int = 0
    unpaid: int = 0
    released: int = 0
    back_gr: int = 0
    open: tuple[Open, ...] = ()


NGO = {"to": "ngo", "tags": "ngo", "months": (3, 6)}
REGION = ("08",)
POCKETS = (
    Pocket("2021-p1-lts", "own", 120_000, 98_240_15, 5, 1, "Wynajem sali i nagłośnienia", (9, 11),
           tags="seniors", at=make_demo.GMINAS, raised=20_000, open=(Open(11_500, (10, 2), (11, 6)),)),
    Pocket("2021-p1-mikolajki", "own", 35_000, 0, 0, 0, "Paczki dla dzieci", at=("0862011",),
           open=(Open(28_000, (11, 9), (12, 11)),)),
    Pocket("2021-p1-ngo", "own", 70_000, 69_550_00, 5, 1, "Dotacja: pomoc osobom w kryzysie", back_gr=450_00, **NGO),
    Pocket("2021-p1-kadry", "own", 40_000, 24_310_40, 0, 3, "Prowadzenie szkolenia",
           open=(Open(8_000, (10, 12), (12, 4)),)),
    Pocket("2021-p1-zasoby", "own", 32_000, 31_800_00, 1, 2, "Badanie potrzeb", (4, 6), at=REGION),
    Pocket("2021-p2-ngo", "own", 45_000, 45_000_00, 4, 1, "Dotacja: wsparcie rodzin", **NGO),
    Pocket("2021-p2-promocja", "own", 87_000, 41_222_18, 0, 4, "Spotkanie o rodzicielstwie zastępczym",
           at=make_demo.POWIATS, raised=-13_000, open=(Open(15_000, (9, 7), (10, 30)),)),
    Pocket("2021-p3-roboty", "own", 420_000, 350_000_00, 2, 1, "Roboty budowlane: udział województwa", (7, 10),
           to="applicant", open=(Open(60_000, (8, 17), (10, 30)),)),
    Pocket("2021-p3-zaz", "own", 96_000, 88_000_00, 2, 4, "Działanie zakładu, udział województwa", to="plant"),
    Pocket("2021-p3-dzien", "own", 18_000, 0, 0, 0, "Sala i pętla indukcyjna", at=("0862011",),
           open=(Open(14_600, (11, 2), (12, 10)),)),
    Pocket("2021-p4-szkoly", "own", 40_000, 27_415_90, 0, 4, "Warsztaty dla uczniów", at=make_demo.GMINAS),
    Pocket("2021-p4-ngo", "own", 75_000, 75_000_00, 4, 1, "Dotacja: profilaktyka i terapia", **NGO),
    Pocket("2021-p4-ekspert", "own", 14_000, 6_500_00, 1, 1, "Raport o uzależnieniach w regionie", at=REGION,
           unpaid=6_500),
    Pocket("2021-p5-tarcza", "own", 20_000, 11_200_00, 1, 2, "Utrzymanie portalu", unpaid=2_800),
    Pocket("2021-p5-szkolenia", "own", 20_000, 12_000_00, 0, 2, "Prowadzenie szkolenia", at=("0861011",)),
    Pocket("2021-p6-granty", "own", 62_000, 60_000_00, 5, 1, "Mały grant", **NGO | {"months": (4, 9)}),
    Pocket("2021-p6-konsultacje", "own", 6_000, 2_140_00, 0, 1, "Sala na konsultacje", (9, 10)),
    Pocket("2021-kier-karta", "own", 40_000, 19_023_64, 0, 4, "Druk i personalizacja kart"),
    Pocket("2021-p1-kadry", "state", 160_000, 152_340_31, 2, 2, "Prowadzenie szkolenia", (4, 11), released=4_000),
    Pocket("2021-p1-zasoby", "state", 300_000, 297_000_00, 1, 3, "Opracowanie danych z gmin", (4, 10), at=REGION),
    Pocket("2021-p2-adopcja", "state", 520_000, 399_880_00, 0, 9, "Wynagrodzenia specjalistów", (2, 11),
           to="oa-zielona-gora"),
    Pocket("2021-p2-adopcja", "state", 260_400, 170_154_00, 1, 8, "Czynsz i media", (2, 11), to="oa-gorzow",
           unpaid=52_246, back_gr=1_846_00),
    Pocket("2021-p2-kadry", "state", 72_000, 42_000_00, 1, 2, "Prowadzenie szkolenia", (3, 9), at=("0808053",),
           open=(Open(26_000, (9, 14), (11, 13)),)),
    Pocket("2021-p5-tarcza", "state", 92_900, 90_200_00, 1, 2, "Rozbudowa portalu", (5, 10)),
    Pocket("2021-p5-szkolenia", "state", 180_000, 171_296_00, 3, 2, "Prowadzenie szkolenia", (3, 11),
           at=("0861011", "0862011", "0811021")),
    Pocket("2021-p3-roboty", "pfron", 3_000_000, 2_952_318_75, 8, 1, "Przebudowa wejścia i podjazdu", (5, 11),
           to="applicant", raised=250_000),
    Pocket("2021-p3-zaz", "pfron", 1_250_000, 1_142_000_00, 2, 5, "Działanie zakładu, kolejna rata", to="plant",
           unpaid=108_000),
    Pocket("2021-p3-ngo", "pfron", 400_000, 376_800_00, 9, 1, "Dotacja: zajęcia i rehabilitacja", back_gr=2_600_00,
           **NGO),
    Pocket("ue-koordynacja", "eu", 1_500_000, 1_190_212_40, 0, 9, "Wynagrodzenia zespołu projektu", at=REGION),
    Pocket("ue-koordynacja", "eu", 1_920_000, 1_013_347_72, 3, 3, "Szkolenia i doradztwo", at=REGION, unpaid=40_000,
           raised=-420_000),
)  # fmt: skip


class Maker:
    """Makes the rows, one draw after the other."""

    def __init__(self) -> None:
        self.rng = Random(SEED)
        self.programme_of = {row["code"]: row["programme"] for row in make_demo.rows_of(PACKAGE / "tasks.csv")}
        self.organisations = make_demo.rows_of(EARLIER / "organisations.csv")
        self.place_of = {row["code"]: row["place"] for row in self.organisations}
        self.turn: dict[str, int] = defaultdict(int)
        self.papers: list[dict] = []
        self.plan: list[dict] = []
        self.money: list[dict] = []
        self.documents = [
            _document(STATEMENT, "Stan pokazowy na 20 listopada 2026 roku", "statement", TODAY),
            _document(BUDGET, "Plan finansowy pokazowy na 2026 rok", "resolution", FIRST_DAY),
            _document(CHANGE, "Zmiana planu pokazowa 1/2026", "resolution", CHANGED_ON),
        ]
        for pocket in POCKETS:
            self._fill(pocket)
        self._number()

    def draw(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def _fill(self, pocket: Pocket) -> None:
        """The lines of one pocket: its plan, what was promised, what was paid, what came back."""
        self._plan_line(pocket, "plan", (pocket.plan - pocket.raised) * 100, FIRST_DAY, document=BUDGET)
        if pocket.raised:
            self._plan_line(pocket, "change", pocket.raised * 100, CHANGED_ON, document=CHANGE)
        count = max(pocket.contracts, 1) * pocket.payments
        if count:
            step = 100_00 if pocket.tags == "ngo" else 1
            whole = pocket.spent_gr + pocket.back_gr
            shares = [part * step for part in share_out(whole // step, [self.draw(70, 130) for _ in range(count)])]
            shares[-1] += whole % step
            if pocket.contracts:
                self._contracts(pocket, shares)
            else:
                self._payments(pocket, shares, self._days(pocket.months, len(shares)), self._recipient(pocket))
        for promised in pocket.open:
            made, due = date(YEAR, *promised.made), date(YEAR, *promised.due)
            self._commit(pocket, promised.zl * 100, made, due, self._recipient(pocket))

    def _contracts(self, pocket: Pocket, shares: list[int]) -> None:
        """Commitments, each with its payments; the first is let go in part, the last is not paid to its end."""
        for i in range(pocket.contracts):
            paid = shares[i * pocket.payments : (i + 1) * pocket.payments]
            days = self._days(pocket.months, len(paid))
            released_gr = pocket.released * 100 if i == 0 else 0
            unpaid_gr = pocket.unpaid * 100 if i == pocket.contracts - 1 else 0
            due = date(YEAR, 12, 15) if unpaid_gr else days[-1] + timedelta(days=PAID_WITHIN)
            recipient = self._recipient(pocket)
            made = _working(max(FIRST_DAY, days[0] - timedelta(days=self.draw(10, 25))))
            line = self._commit(pocket, sum(paid) + released_gr + unpaid_gr, made, due, recipient)
            self._payments(pocket, paid, days, recipient, line)
            if released_gr:
                self._release(pocket, released_gr, days[-1], line)

    def _release(self, pocket: Pocket, gr: int, day: date, contract: dict) -> None:
        """What is not needed of a contract goes back to the plan."""
        more = {name: contract[name] for name in ("paper", "case", "organisation", "place")}
        self._plan_line(pocket, "release", gr, day, names=contract, **more)

    def _commit(self, pocket: Pocket, gr: int, made: date, due: date, recipient: str) -> dict:
        """A contract, with its case."""
        more = {"due_on": due.isoformat(), "organisation": recipient, "place": self._place(pocket, recipient)}
        paper = self._paper("Umowa", made)
        return self._plan_line(pocket, "commitment", gr, made, paper=paper, case=paper, **more)

    def _payments(
        self, pocket: Pocket, shares: list[int], days: list[date], recipient: str, contract: dict | None = None
    ) -> None:
        """Payments in order of their days; what came back of the last one follows it."""
        for gr, day in zip(shares, days, strict=True):
            line = self._money_line(pocket, "payment", gr, day, recipient, contract)
        if pocket.back_gr and not self._returned(pocket):
            back = _working(min(TODAY, day + timedelta(days=self.draw(40, 70))))
            self._money_line(pocket, "refund", pocket.back_gr, back, recipient, contract, returns=line)
            if contract:
                self._release(pocket, pocket.back_gr, back, contract)

    def _returned(self, pocket: Pocket) -> bool:
        """Whether the pocket's money came back already."""
        return any(line["kind"] == "refund" and line["pocket"] is pocket for line in self.money)

    def _plan_line(self, pocket: Pocket, kind: str, gr: int, day: date, *, names: dict | None = None, **more) -> dict:
        """One line of the plan."""
        words = {"plan": "Plan na rok", "change": "Zmiana planu", "release": "Zwolnienie reszty umowy"}
        line = self._line(pocket, kind, gr, day) | more
        line |= {"description": words.get(kind, pocket.purpose), "names": names}
        self.plan.append(line)
        return line

    def _money_line(self, pocket, kind, gr, day, recipient, contract, returns=None) -> dict:
        """One payment or refund."""
        word = "Nota zwrotu" if kind == "refund" else "Decyzja" if pocket.to == "plant" else "Faktura"
        grant = contract and kind == "payment" and pocket.tags == "ngo"  # paid on the contract itself
        line = self._line(pocket, kind, gr, day) | {
            "description": "Zwrot niewykorzystanej dotacji" if kind == "refund" else pocket.purpose,
            "paper": contract["paper"] if grant else self._paper(word, day),
            "organisation": recipient,
            "place": contract["place"] if contract else self._place(pocket, recipient),
            "tags": pocket.tags,
            "case": contract["case"] if contract else None,
            "names": contract,
            "takes_back": returns,
        }
        self.money.append(line)
        return line

    def _line(self, pocket: Pocket, kind: str, gr: int, day: date) -> dict:
        """What a line of either table has."""
        return {
            "pocket": pocket,
            "kind": kind,
            "programme": self.programme_of[pocket.task],
            "task": pocket.task,
            "source": pocket.source,
            **make_demo.classified(pocket.task, pocket.source, pocket.purpose),
            "amount": ("-" if gr < 0 else "") + zl_plain(abs(gr)),
            "date": day.isoformat(),
        }

    def _number(self) -> None:
        """Keys and papers in the order of days; then a line can name another."""
        self._number_papers()
        for prefix, lines in (("plan", self.plan), ("kwota", self.money)):
            lines.sort(key=lambda line: line["date"])
            for number, line in enumerate(lines, start=1):
                line["key"] = f"{YEAR}-{prefix}-{number:03d}"
        for line in chain(self.plan, self.money):
            case, names, taken_back = line.get("case"), line["names"], line.get("takes_back")
            line["case_sign"] = f"ROPS.POKAZ.{case['number']}.{YEAR}" if case else ""
            line["document"] = line["document"] if "document" in line else line["paper"]["code"]
            line["commitment"] = names["key"] if names else ""
            line["returns"] = taken_back["key"] if taken_back else ""

    def _number_papers(self) -> None:
        """Each kind of paper has numbers of its own, as the days go."""
        numbers: dict[str, int] = defaultdict(int)
        for paper in sorted(self.papers, key=lambda paper: paper["day"]):
            word = paper["word"]
            numbers[word] += 1
            paper["number"] = numbers[word]
            paper["code"] = f"{word.lower().replace(' ', '-')}-{numbers[word]}-{YEAR}"
            name = f"{word} pokazowa {numbers[word]}/{YEAR}"
            self.documents.append(_document(paper["code"], name, make_demo.PAPERS[word], paper["day"]))

    def _recipient(self, pocket: Pocket) -> str:
        """The next recipient in turn, or the one that the pocket names."""
        if pocket.to not in make_demo.RECIPIENTS:
            return pocket.to
        self.turn[pocket.to] += 1
        return f"pokaz-{pocket.to}-{(self.turn[pocket.to] - 1) % make_demo.RECIPIENTS[pocket.to][0] + 1}"

    def _place(self, pocket: Pocket, recipient: str) -> str:
        """One of the pocket's places, else where the recipient is."""
        if pocket.at:
            return pocket.at[self.draw(0, len(pocket.at) - 1)]
        return self.place_of.get(recipient, "")

    def _days(self, months: tuple[int, int], count: int) -> list[date]:
        """Working days, spread over the months and none after today."""
        first, end = date(YEAR, months[0], 3), min(TODAY, date(YEAR, months[1], 28))
        step = (end - first).days / count
        days = [first + timedelta(days=int(step * i) + self.draw(0, int(step * 0.8))) for i in range(count)]
        return sorted(map(_working, days))

    def _paper(self, word: str, day: date) -> dict:
        """A paper of that day; it gets its number when all are there."""
        paper = {"word": word, "day": day}
        self.papers.append(paper)
        return paper


def _document(code: str, name: str, kind: str, day: date) -> dict:
    return {"code": code, "name": name, "kind": kind, "date": day.isoformat(), "note": make_demo.INVENTED}


def _working(day: date) -> date:
    """The day, or the nearest earlier one that is no weekend and no holiday."""
    while day.weekday() > 4 or (day.month, day.day) in make_demo.FREE_DAYS:
        day -= timedelta(days=1)
    return day


def write(folder: Path) -> tuple[int, int]:
    """Write the four tables into a folder and return the numbers of lines of the plan and of money."""
    maker = Maker()
    tables = {
        "plan": maker.plan,
        "money": maker.money,
        "documents": maker.documents,
        "organisations": maker.organisations,
    }
    make_demo.write_tables(folder, tables)
    return len(maker.plan), len(maker.money)


if __name__ == "__main__":
    target_folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    sys.stdout.write("{} lines of the plan, {} of money\n".format(*write(target_folder)))
