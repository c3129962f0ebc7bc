"""Records that two people change at the same moment: of the strategy, of the ledger, of reports."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.ledger.models import ColumnMapping, Entry, FiscalYear, LineQuestion
from spoiwo.ledger.services.classification import ask_about, question_token
from spoiwo.ledger.services.entries import enter_entry
from spoiwo.ledger.services.settlements import accept_difference
from spoiwo.ledger.tests.booksfiles import HEADINGS, mapped
from spoiwo.ledger.tests.planned import said
from spoiwo.reports.models import Narrative
from spoiwo.strategy.models import Consultation, Indicator, Strategy, StrategyVersion
from spoiwo.strategy.services import consultations, updating
from tests.factories import (
    DeclaredFactory,
    DefinitionFactory,
    DutyFactory,
    EntryFactory,
    GoalFactory,
    IndicatorFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TaskFactory,
)
from tests.racing import ALWAYS, House, Shared, reasons, times
from tests.racing_people import changeable_people

DAY = date(2026, 3, 2)
WHY = {"reason": "Wyścig zmyślony."}


def changeable(house: House) -> dict[str, Callable[[], Shared]]:
    """The forms that change a record, by the name of their address; each call makes a new record."""
    office = "strategy_office"
    return changeable_people(house) | {
        f"{office}:goal-change": lambda: _in_tree(GoalFactory(strategy=house.strategy), f"{office}:goal-change"),
        f"{office}:goal-end": lambda: _ended(GoalFactory(strategy=house.strategy), f"{office}:goal-end", "ended_on"),
        f"{office}:programme-change": lambda: _in_tree(
            ProgrammeFactory(strategy=house.strategy), f"{office}:programme-change"
        ),
        f"{office}:programme-end": lambda: _ended(
            ProgrammeFactory(strategy=house.strategy), f"{office}:programme-end", "to_year", ("2031", "2032")
        ),
        f"{office}:task-change": lambda: _in_tree(TaskFactory(), f"{office}:task-change", "note"),
        f"{office}:task-end": lambda: _ended(TaskFactory(), f"{office}:task-end", "to_date"),
        "indicators:change": lambda: _in_tree(indicator(), "indicators:change"),
        "indicators:target": _target,
        "duties:change": _duty,
        "updating:element": lambda: _element(house),
        "updating:withdraw": _withdrawn,
        "updating:adopt": _adopted,
        "updating:remark": _answer,
        "updating:report": _report,
        "ledger:entry-change": lambda: _entry(house),
        "ledger:entry-check": lambda: _checked(house),
        "ledger:withdraw": lambda: _settlement(house),
        "books:mapping": lambda: _mapping(house),
        "books:answer": lambda: _question(house),
        "report-office:narrative-year": lambda: _narrative(house),
        "report-office:narrative": lambda: _narrative_of_programme(house),
    }


def column(row: models.Model, name: str) -> Callable[[], str]:
    """How a column of a row is read back."""
    read = type(row).objects.filter(pk=row.pk).values_list(name, flat=True)
    return lambda: str(read.get())


def _in_tree(row: models.Model, page: str, name: str = "name") -> Shared:
    return Shared(reverse(page, args=[row.code]), name, column(row, name), {"reason": "wyścig"})


def _ended(row: models.Model, page: str, name: str, words=("2031-12-31", "2032-12-31")) -> Shared:
    return Shared(reverse(page, args=[row.code]), "on", column(row, name), WHY, words=words)


# --- indicators, duties ------------------------------------------------------------------------------


def indicator() -> Indicator:
    """An indicator of a task, with its definition."""
    row = IndicatorFactory(programme=None, task=TaskFactory())
    DefinitionFactory(indicator=row)
    return row


def _target() -> Shared:
    row = indicator()

    def read() -> str:
        return ", ".join(f"{target.value.normalize():f}" for target in row.targets.filter(year=2031))

    return Shared(reverse("indicators:target", args=[row.code]), "value", read, {"year": "2031"}, words=("7", "8"))


def _duty() -> Shared:
    row = DutyFactory()
    return Shared(reverse("duties:change", args=[2026, row.code]), "name", column(row, "name"), WHY)


# --- drafts of a strategy, consultations -------------------------------------------------------------


def draft_of(strategy: Strategy) -> StrategyVersion:
    """The draft of a strategy, opened when there is none."""
    held = strategy.versions.filter(state="draft").first()
    return held or updating.open_draft(strategy=strategy, title="Wyścig", now=timezone.now(), by=None)


def changed_draft() -> StrategyVersion:
    """A draft of a strategy of its own, in which a goal has another name; its version is 2."""
    strategy = StrategyFactory(**ALWAYS)
    goal = GoalFactory(strategy=strategy, code=f"C-{strategy.pk}")
    draft, values = draft_of(strategy), {"name": "Inny cel"}
    updating.change_element(
        draft=draft, kind="goal", code=goal.code, seen_version=1, values=values, on=timezone.localdate(), by=None
    )
    draft.refresh_from_db()
    return draft


def consulted(*, opened: int, closes: int) -> Consultation:
    """A consultation that opened so many days ago and ends in so many (or ended, below zero)."""
    draft, today = changed_draft(), timezone.localdate()
    opens_on = today - timedelta(days=opened)
    term = {"opens_on": opens_on, "closes_on": today + timedelta(days=closes), "on": opens_on}
    return consultations.start_consultation(draft=draft, seen_version=2, title="K", about="K", by=None, **term)


def reported() -> StrategyVersion:
    """A draft that was consulted, with the report of the consultation published."""
    held = consulted(opened=9, closes=-1)
    moment = {"now": timezone.now(), "on": timezone.localdate()}
    consultations.publish_consultation_report(
        consultation=held, seen_version=held.version, summary="Podsumowanie.", by=None, **moment
    )
    draft = held.strategy_version
    draft.refresh_from_db()
    return draft


def _element(house: House) -> Shared:
    draft = draft_of(house.strategy)
    code = f"W-{house.new()}"
    updating.add_element(draft=draft, kind="goal", code=code, values={"name": "Cel"}, on=DAY, by=None)

    def read() -> str:
        content = StrategyVersion.objects.get(pk=draft.pk).content
        return next(row["name"] for row in content["goals"] if row["code"] == code)

    return Shared(reverse("updating:element", args=[draft.pk, "goal", code]), "name", read)


def _withdrawn() -> Shared:
    draft = changed_draft()
    page = reverse("updating:withdraw", args=[draft.pk])
    return Shared(page, "reason", lambda: reasons(draft, "strategy.draft_withdrawn"))


def _adopted() -> Shared:
    draft, today = reported(), timezone.localdate()
    page = reverse("updating:adopt", args=[draft.pk])
    facts = {"adopting_body": "Sejmik", "adopted_on": today, "binding_from": today + timedelta(days=30)}
    return Shared(page, "resolution", column(draft, "resolution"), facts)


def _answer() -> Shared:
    held, today = consulted(opened=2, closes=9), timezone.localdate()
    said_by = {"sender_kind": "resident", "text": "Uwaga zmyślona", "now": timezone.now(), "on": today}
    row = consultations.receive_remark(consultation=held, key="", **said_by)
    page = reverse("updating:remark", args=[held.strategy_version_id, row.pk])
    return Shared(page, "answer", column(row, "answer"), {"decision": "accepted"})


def _report() -> Shared:
    held = consulted(opened=9, closes=-1)
    page = reverse("updating:report", args=[held.strategy_version_id])
    return Shared(page, "summary", column(held, "summary"))


# --- the ledger, reports -----------------------------------------------------------------------------


def line_of(house: House) -> Entry:
    """A payment of March."""
    return enter_entry(year=house.year, amount_gr=1, **said(date=date(2026, 3, 1)))


def _entry(house: House) -> Shared:
    row = line_of(house)
    page = reverse("ledger:entry-change", args=[house.year.year, row.pk])
    return Shared(page, "description", column(row, "description"), {"reason": "wyścig"})


def _checked(house: House) -> Shared:
    row = line_of(house)
    page, seen = reverse("ledger:entry-check", args=[house.year.year, row.pk]), {"seen_version": row.version}
    return Shared(page, "", lambda: times(row, "ledger.entry_checked"), seen, refused=(302,), button=True)


def _settlement(house: House) -> Shared:
    row = DeclaredFactory(year=house.year, scope="source", source=SourceFactory(code=f"s-{house.new()}"))
    accept_difference(declared=row, reason="Zaokrąglenie zmyślone", by=None)
    page = reverse("ledger:withdraw", args=[house.year.year, row.key])
    return Shared(page, "reason", lambda: reasons(row, "ledger.settlement_withdrawn"))


def books_of(house: House, client: Client, year: FiscalYear, day: str) -> str:
    """The address at which a file of the books, just sent by somebody, asks what its columns mean."""
    number = house.new()
    row = [f"K/{number}", day, f"FV {number}", "Szkolenie", "852", "85217", "4300", "0,01", house.source.code]
    text = "\r\n".join(";".join(cells) for cells in (HEADINGS, row))
    file = SimpleUploadedFile("ksiegi.csv", f"{text}\r\n".encode())
    return client.post(reverse("books:import"), {"year": year.pk, "file": file}).headers["Location"]


def columns_as(name: str) -> dict:
    """The form of a mapping of the headings, under a name that is not known yet."""
    return {**mapped().columns, "name": name, "signs": "plus", "seen_version": ""}


def _mapping(house: House) -> Shared:
    name = f"System {house.new()}"
    page, other = (books_of(house, client, house.year, "2026-03-01") for client in (house.officer, house.other))
    kept = ColumnMapping.objects.filter(name=name).values_list("constants", flat=True)
    typed = columns_as(name)
    return Shared(page, "signs", lambda: kept.get()["signs"], typed, words=("plus", "minus"), other_page=other)


def _question(house: House) -> Shared:
    line = EntryFactory(year=house.year, chapter="85217", paragraph="4307", source=house.source)
    ask_about([line])
    row = LineQuestion.objects.get(entry=line, rule="eu-digit-other-source")
    sent = {"question": question_token(row)}
    return Shared(reverse("books:answer"), "answer", column(row, "answer"), sent, button=True)


def _narrative(house: House) -> Shared:
    read = Narrative.objects.filter(year=house.year, programme=None).values_list("text", flat=True)
    return Shared(reverse("report-office:narrative-year", args=[house.year.year]), "text", lambda: read.get())


def _narrative_of_programme(house: House) -> Shared:
    row = ProgrammeFactory(strategy=house.strategy)
    read = Narrative.objects.filter(year=house.year, programme=row).values_list("text", flat=True)
    return Shared(reverse("report-office:narrative", args=[house.year.year, row.code]), "text", lambda: read.get())
