"""Years and lines of money: for everybody those that are public, for the office all, and entering a line."""

import hashlib
from datetime import date

from django.http import HttpRequest
from ninja import Field, Header, Path, Query, Schema

from spoiwo.access.api import Fault, HouseRouter, Missing, Page, Paging, problem
from spoiwo.access.audience import PUBLIC, may
from spoiwo.ledger.errors import YearNotFound
from spoiwo.ledger.forms.refusals import REFUSALS, said
from spoiwo.ledger.models import Entry, EntryKind, FiscalYear, Source, SourceClass
from spoiwo.ledger.services.entries import enter_entry
from spoiwo.ledger.services.visible import public_years
from spoiwo.ledger.services.years import find_year
from spoiwo.strategy.models import Programme, Task
from spoiwo.strategy.services import current_region

router = HouseRouter(tags=["pieniądze"])
YEAR = Path(ge=1990, le=2100, description="Rok budżetowy.")
CODE = r"^[^\x00]*$"
ONCE = "Od 8 do 80 znaków; ten sam klucz wpisuje pozycję raz."


class YearOut(Schema):
    """One year and whether it is published."""

    year: int
    title: str
    strategy: str
    invented: bool
    published: bool
    lines: int
    total_gr: int | None = Field(description="Suma wydatków w groszach; null, gdy nie ma żadnej pozycji.")


class LineOut(Schema):
    """One line of money."""

    key: str
    date: date | None
    amount_gr: int = Field(description="Grosze; zwrot jest ujemny.")
    kind: EntryKind
    description: str
    source: str = Field(alias="source.code")
    source_class: SourceClass = Field(alias="source.source_class")
    programme: str | None
    task: str | None
    chapter: str
    paragraph: str
    document: str = Field(alias="document.name")

    @staticmethod
    def resolve_programme(row: Entry) -> str | None:
        """The code of its programme."""
        return row.programme.code if row.programme_id else None

    @staticmethod
    def resolve_task(row: Entry) -> str | None:
        """The code of its task."""
        return row.task.code if row.task_id else None


class LineFilter(Paging):
    """Which lines."""

    source: str = Field("", max_length=20, pattern=CODE, description="Kod źródła.")
    programme: str = Field("", max_length=40, pattern=CODE, description="Kod programu.")
    task: str = Field("", max_length=60, pattern=CODE, description="Kod zadania.")

    def narrow(self, rows):
        """Lines that were asked for, by day."""
        asked = {"source": self.source, "programme": self.programme, "task": self.task}
        chosen = {f"{name}__code": code for name, code in asked.items() if code}
        return rows.filter(**chosen).select_related("source", "programme", "task", "document").order_by("date", "pk")


class LineIn(Schema):
    """A line to be entered."""

    model_config = {"extra": "forbid"}

    amount_gr: int = Field(ge=0, le=10**13, description="Grosze, zawsze dodatnie.")
    kind: EntryKind = EntryKind.PAYMENT
    date: date
    description: str = Field(min_length=1, max_length=300, pattern=CODE)
    document: str = Field(min_length=1, max_length=300, pattern=CODE, description="Numer albo nazwa dokumentu.")
    source: str = Field(max_length=20, pattern=CODE)
    programme: str = Field("", max_length=40, pattern=CODE)
    task: str = Field("", max_length=60, pattern=CODE)
    chapter: str = Field("", pattern=r"^(\d{5})?$")
    paragraph: str = Field("", pattern=r"^(\d{4})?$")


@router.operation("GET", "/years", who=PUBLIC, response=Page[YearOut], summary="Lata, które każdy może zobaczyć")
def list_years(request: HttpRequest, asked: Query[Paging]):
    """Published years and those shown before they are final, the latest first."""
    found = asked.of(public_years(current_region()))
    return found | {"items": [_year_out(seen.year, seen.published) for seen in found["items"]]}


@router.operation("GET", "/years/{year}", who=PUBLIC, response=YearOut, summary="Jeden rok")
def one_year(request: HttpRequest, year: int = YEAR):
    """One year that everybody may see."""
    seen = _public_year(year)
    return _year_out(seen.year, seen.published)


@router.operation("GET", "/years/{year}/lines", who=PUBLIC, response=Page[LineOut], summary="Pozycje roku")
def lines_of_year(request: HttpRequest, asked: Query[LineFilter], year: int = YEAR):
    """Lines of a year that everybody may see."""
    return asked.of(asked.narrow(_public_year(year).year.entries.all()))


@router.operation(
    "GET",
    "/office/years/{year}/lines",
    who=may("ledger.view_year"),
    response=Page[LineOut],
    summary="Pozycje roku dla urzędu",
)
def office_lines(request: HttpRequest, asked: Query[LineFilter], year: int = YEAR):
    """Lines of any year, also of one in progress."""
    return asked.of(asked.narrow(_year(year).entries.all()))


@router.operation(
    "POST",
    "/office/years/{year}/lines",
    who=may("ledger.enter_entry"),
    response=LineOut,
    also=(409,),
    summary="Wpisanie pozycji",
)
def enter_line(
    request: HttpRequest,
    sent: LineIn,
    year: int = YEAR,
    idempotency_key: str = Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{8,80}$", description=ONCE),
):
    """Enter one line; the same key again gives the same line. A refusal of the office's rules is a conflict."""
    row = _year(year)
    where = {
        "source": _chosen(Source, "source", sent.source),
        "programme": _chosen(Programme, "programme", sent.programme) if sent.programme else None,
        "task": _chosen(Task, "task", sent.task) if sent.task else None,
    }
    wrong = [name for name, found in where.items() if found is Missing]
    if wrong or sent.date.year != row.year:
        places = wrong or ["date"]
        words = "W województwie nie ma pozycji o takim kodzie." if wrong else f"Oczekiwano dnia roku {row.year}."
        return problem(422, "Pozycja nie została zapisana.", errors=[Fault(where=p, message=words) for p in places])
    plain = sent.model_dump(include={"amount_gr", "kind", "date", "description", "document", "chapter", "paragraph"})
    key = hashlib.sha256(f"{request.user.pk} {idempotency_key}".encode()).hexdigest()[:24]
    try:
        return enter_entry(year=row, key=f"api-{key}", by=request.user, **plain, **where)
    except REFUSALS as refusal:
        name, words = said(refusal)
        return problem(409, "Pozycja nie została zapisana.", errors=[Fault(where=name, message=words)])


def _chosen(model, name: str, code: str):
    """The row under a code, or Missing itself when there is none."""
    return model.objects.filter(region=current_region(), code=code).first() or Missing


def _year(year: int) -> FiscalYear:
    try:
        return find_year(year, current_region())
    except YearNotFound as problem:
        raise Missing("Takiego roku nie ma w rejestrze.") from problem


def _public_year(year: int):
    seen = next((seen for seen in public_years(current_region()) if seen.year.year == year), None)
    if seen is None:
        raise Missing("Takiego roku nie ma albo nie jest jeszcze ogłoszony.")
    return seen


def _year_out(row: FiscalYear, published: bool) -> dict:
    return {
        "year": row.year,
        "title": row.title,
        "strategy": row.strategy.code,
        "invented": row.invented,
        "published": published,
        "lines": row.entries.count(),
        "total_gr": row.entries.total_gr(),
    }
