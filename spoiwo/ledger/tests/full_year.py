"""An invented year with every kind of line, several sources, classification and indicators."""

from datetime import date
from decimal import Decimal

from spoiwo.ledger.models import FiscalYear
from spoiwo.places.models import Place
from tests.factories import (
    DeclaredFactory,
    DefinitionFactory,
    DocumentFactory,
    EntryFactory,
    GoalFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    PlanEntryFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TagFactory,
    TargetFactory,
    TaskFactory,
    YearFactory,
)

ENTERED = date(2024, 6, 1)


def full_year(number: int = 2024) -> FiscalYear:
    """The year with its lines; what it adds up to is known: see `SPENT_GR` and the others below."""
    strategy = StrategyFactory(code="S1", from_year=number - 3, to_year=number + 3)
    year = YearFactory(year=number, strategy=strategy, title=f"Rok zmyślony {number}")
    _Filling(year).fill()
    return year


PLANNED_GR = {"own": 500_000_00 - 20_000_50, "state": 300_000_00, "pfron": 1_000_000_00}
COMMITTED_GR = {"own": 120_000_00 - 10_000_00, "pfron": 400_000_00}
SPENT_GR = {"own": 60_000_01 - 5_000_00 + 12_345_67, "state": 90_315_67, "pfron": 33, "eu": 777_00}


class _Filling:
    """The year while it is filled."""

    def __init__(self, year: FiscalYear) -> None:
        self.year, self.number = year, year.year
        self.sources = {code: SourceFactory(code=code) for code in ("own", "state", "pfron", "eu")}
        self.first = ProgrammeFactory(strategy=year.strategy, code="P1", number="1", short_name="Pomoc")
        self.second = ProgrammeFactory(strategy=year.strategy, code="P2", number="2", short_name="Włączenie")
        self.goal = GoalFactory(strategy=year.strategy, code="C1")
        self.task = TaskFactory(code="Z1", programme=self.first, goal=self.goal, name="Zadanie <&> „zmyślone”")
        self.paper = DocumentFactory(year=year, code="UM-1", name="Umowa zmyślona 1")
        self.ngo = OrganisationFactory(code="ngo-1", name="Stowarzyszenie Zmyślone")
        self.place = Place.objects.get(code="0862011", valid_to=None)

    def fill(self) -> None:
        """Plan, commitments, execution, declared totals, indicators."""
        self._plan()
        self._execution()
        DeclaredFactory(year=self.year, key="razem", amount_gr=sum(SPENT_GR.values()), document=self.paper)
        self._indicators()

    def _day(self, month: int, day: int) -> date:
        return date(self.number, month, day)

    def _planned(self, key: str, kind: str, source: str, amount_gr: int, **facts):
        held = {"chapter": "85217", "paragraph": "4300", "programme": self.first, "task": self.task} | facts
        return PlanEntryFactory(
            year=self.year,
            key=key,
            kind=kind,
            source=self.sources[source],
            amount_gr=amount_gr,
            document=self.paper,
            date=self._day(1, 15),
            **held,
        )

    def _plan(self) -> None:
        self._planned("pl-1", "plan", "own", 500_000_00)
        self._planned("pl-2", "change", "own", -20_000_50)
        self._planned("pl-3", "plan", "state", 300_000_00, chapter="85504", paragraph="2210", task=None)
        self._planned("pl-4", "plan", "pfron", 1_000_000_00, programme=self.second, task=None, chapter="85311")
        self.promise = self._planned(
            "zo-1", "commitment", "own", 120_000_00, organisation=self.ngo, due_on=self._day(11, 30)
        )
        self._planned("zo-2", "release", "own", -10_000_00, organisation=self.ngo, commitment=self.promise)
        self._planned(
            "zo-3", "commitment", "pfron", 400_000_00, programme=self.second, task=None, chapter="85311",
            description="=HYPERLINK(\"http://zly.example\")",
        )  # fmt: skip

    def _paid(self, key: str, source: str, amount_gr: int, **facts):
        held = {"date": self._day(5, 20), "document": self.paper} | facts
        return EntryFactory(year=self.year, key=key, source=self.sources[source], amount_gr=amount_gr, **held)

    def _execution(self) -> None:
        ngo = TagFactory(code="ngo", name="Organizacje")
        where = {"programme": self.first, "task": self.task, "chapter": "85217", "paragraph": "4300"}
        paid = self._paid("wy-1", "own", 60_000_01, **where, organisation=self.ngo, commitment=self.promise, tags=[ngo])
        self._paid("zw-1", "own", -5_000_00, **where, organisation=self.ngo, commitment=self.promise, returns=paid,
                   tags=[ngo])  # fmt: skip
        self._paid("wy-2", "own", 12_345_67, date=None, place=self.place)
        self._paid("wy-3", "state", 90_315_67, programme=self.first, chapter="85504", paragraph="2210")
        wrong = self._paid("wy-4", "pfron", 100, programme=self.second, chapter="85311", paragraph="4300")
        self._paid("wy-5", "pfron", -100, kind="payment", programme=self.second, chapter="85311", paragraph="4300",
                   reverses=wrong)  # fmt: skip
        self._paid("wy-6", "pfron", 33, programme=self.second, chapter="85311", paragraph="4300", corrects=wrong)
        self._paid("wy-7", "eu", 777_00, description="+48 600 000 000; =1+1", state="checked")

    def _indicators(self) -> None:
        of_goal = IndicatorFactory(
            code="W1", goal=self.goal, programme=None, aggregation="ratio", direction="fall", name="Udział zmyślony"
        )
        ratio = DefinitionFactory(indicator=of_goal, key="D1", multiplier=100, baseline=Decimal("12.5"),
                                  baseline_year=2020)  # fmt: skip
        IndicatorValueFactory(definition=ratio, key="V1", year=self.number, value=None, numerator=1, denominator=3)
        TargetFactory(indicator=of_goal, key="T1", year=self.number, value=Decimal("30"))
        of_task = IndicatorFactory(code="W2", task=self.task, programme=None, kind="output")
        count = DefinitionFactory(indicator=of_task, key="D2")
        IndicatorValueFactory(definition=count, key="V2", year=self.number, value=17)
        IndicatorValueFactory(definition=count, key="V3", year=self.number, value=5, place=self.place)
        IndicatorFactory(code="W3", programme=self.second)  # without a value and a target: not of this year
        TargetFactory(indicator=IndicatorFactory(code="W4", programme=self.second), key="T4", year=self.number)
