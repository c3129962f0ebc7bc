"""Strategies, programmes, tasks and indicators, for everybody."""

from datetime import date

from django.http import HttpRequest
from ninja import Field, Path, Query, Schema

from spoiwo.access.api import HouseRouter, Missing, Page, Paging
from spoiwo.access.audience import PUBLIC
from spoiwo.strategy.models import Indicator, Programme, Strategy, Task
from spoiwo.strategy.services import current_region

router = HouseRouter(tags=["strategia"])
CODE = Path(max_length=60, description="Kod, jak w adresie strony.")


class StrategyOut(Schema):
    """One strategy."""

    code: str
    name: str
    from_year: int
    to_year: int
    adopted_on: date | None
    adopting_body: str
    resolution: str


class ProgrammeOut(Schema):
    """One programme; its period is its own, else its strategy's."""

    code: str
    strategy: str = Field(alias="strategy.code")
    number: str
    name: str
    kind: str
    first_year: int
    last_year: int
    adopted_on: date | None
    resolution: str


class TaskOut(Schema):
    """One task."""

    code: str
    name: str
    programme: str | None
    from_date: date | None
    to_date: date | None

    @staticmethod
    def resolve_programme(row: Task) -> str | None:
        """The code of its programme."""
        return row.programme.code if row.programme_id else None


class IndicatorOut(Schema):
    """One indicator."""

    code: str
    name: str
    kind: str
    direction: str
    aggregation: str
    frequency: str
    unit: str = Field(alias="unit.many")
    source: str
    invented: bool


class Filter(Paging):
    """Which of them."""

    strategy: str = Field("", max_length=40, description="Kod strategii.")
    year: int | None = Field(None, ge=1990, le=2100, description="Tylko obowiązujące w tym roku.")


@router.operation("GET", "/strategies", who=PUBLIC, response=Page[StrategyOut], summary="Strategie województwa")
def list_strategies(request: HttpRequest, asked: Query[Paging]):
    """Every strategy of the region, the latest first."""
    return asked.of(Strategy.objects.of_region(current_region()).order_by("-from_year", "code"))


@router.operation("GET", "/strategies/{code}", who=PUBLIC, response=StrategyOut, summary="Jedna strategia")
def one_strategy(request: HttpRequest, code: str = CODE):
    """One strategy by its code."""
    return _of_region(Strategy.objects.all(), code)


@router.operation("GET", "/programmes", who=PUBLIC, response=Page[ProgrammeOut], summary="Programy")
def list_programmes(request: HttpRequest, asked: Query[Filter]):
    """Programmes of the region, of one strategy or of one year."""
    rows = Programme.objects.filter(region=current_region()).select_related("strategy").order_by("strategy", "code")
    if asked.strategy:
        rows = rows.filter(strategy__code=asked.strategy)
    if asked.year:
        rows = rows.in_force_in(asked.year)
    return asked.of(rows)


@router.operation("GET", "/programmes/{code}", who=PUBLIC, response=ProgrammeOut, summary="Jeden program")
def one_programme(request: HttpRequest, code: str = CODE):
    """One programme by its code."""
    return _of_region(Programme.objects.select_related("strategy"), code)


@router.operation("GET", "/programmes/{code}/tasks", who=PUBLIC, response=Page[TaskOut], summary="Zadania programu")
def tasks_of_programme(request: HttpRequest, asked: Query[Paging], code: str = CODE):
    """Tasks of one programme, in its order."""
    programme = _of_region(Programme.objects.all(), code)
    return asked.of(programme.tasks.select_related("programme").order_by("order", "code"))


@router.operation("GET", "/tasks/{code}", who=PUBLIC, response=TaskOut, summary="Jedno zadanie")
def one_task(request: HttpRequest, code: str = CODE):
    """One task by its code."""
    return _of_region(Task.objects.select_related("programme"), code)


@router.operation("GET", "/indicators", who=PUBLIC, response=Page[IndicatorOut], summary="Wskaźniki")
def list_indicators(request: HttpRequest, asked: Query[Paging]):
    """Indicators of the region, by code."""
    rows = Indicator.objects.filter(region=current_region()).select_related("unit").order_by("code")
    return asked.of(rows)


@router.operation("GET", "/indicators/{code}", who=PUBLIC, response=IndicatorOut, summary="Jeden wskaźnik")
def one_indicator(request: HttpRequest, code: str = CODE):
    """One indicator by its code."""
    return _of_region(Indicator.objects.select_related("unit"), code)


def _of_region(rows, code: str):
    """The row under a code. Raises: Missing."""
    row = rows.filter(region=current_region(), code=code).first()
    if row is None:
        raise Missing("W województwie nie ma pozycji o takim kodzie.")
    return row
