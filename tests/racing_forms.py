"""Forms that create, each kind ready to be sent: for who presses twice at the same moment."""

from collections.abc import Callable
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

from spoiwo.audit.models import Record
from spoiwo.ledger.models import Entry, FiscalYear, PeriodClosing, PlanEntry, Settlement
from spoiwo.ledger.tests.planned import committed, paid
from spoiwo.reports.models import Report
from spoiwo.strategy.models import (
    Consultation,
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Programme,
    Remark,
    StrategyVersion,
    Succession,
    Task,
)
from spoiwo.strategy.services import updating
from spoiwo.strategy.services.tree import add_succession
from tests.factories import (
    DeclaredFactory,
    IndicatorValueFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TaskFactory,
    UnitFactory,
    YearFactory,
)
from tests.racing import ALWAYS, House, Making, as_opened, counted
from tests.racing_people import creating_people
from tests.racing_records import (
    books_of,
    changed_draft,
    columns_as,
    consulted,
    draft_of,
    indicator,
    line_of,
    reported,
)


def creating(house: House) -> dict[str, Callable[[], Making]]:
    """The forms that create, by the name of their address; each call makes a new one, ready to be sent."""
    of_strategy = [house.strategy.code]
    office = "strategy_office"
    return creating_people(house) | {
        "ledger:entry-new": lambda: _line(house, "ledger:entry-new", Entry, kind="payment"),
        "plan:new": lambda: _line(house, "plan:new", PlanEntry),
        "plan:change": lambda: _line(house, "plan:change", PlanEntry),
        "plan:commit": lambda: _line(house, "plan:commit", PlanEntry),
        "plan:pay": lambda: _part(house, "pay", Entry),
        "plan:release": lambda: _part(house, "release", PlanEntry),
        "plan:refund": lambda: _refund(house),
        "plan:correct-entry": lambda: _correction(house, "plan:correct-entry", line_of(house)),
        "plan:correct": lambda: _correction(house, "plan:correct", committed(house.year, 100)),
        "plan:close": lambda: _month(house),
        "books:plan": lambda: _books(house),
        "ledger:accept": lambda: _settlement(house, "ledger:accept"),
        "ledger:explain": lambda: _settlement(house, "ledger:explain"),
        "report-office:draft": lambda: _report(house),
        f"{office}:goal-new": lambda: _row(house, Goal, f"{office}:goal-new", of_strategy),
        f"{office}:programme-new": lambda: _row(
            house, Programme, f"{office}:programme-new", of_strategy, short_name="K"
        ),
        f"{office}:task-new": lambda: _row(house, Task, f"{office}:task-new", []),
        f"{office}:succession-new": lambda: _succession(house),
        f"{office}:succession-remove": lambda: _succession_taken_back(house),
        "indicators:new": lambda: _new_indicator(house),
        "indicators:definition": lambda: _definition(house),
        "indicators:enter": lambda: _value(house),
        "indicators:correct": lambda: _corrected_value(house),
        "updating:draft-new": lambda: _draft(house),
        "updating:element-new": lambda: _new_element(house),
        "updating:consultation-new": lambda: _consultation(house),
        "updating:write": lambda: _written(house),
        "consultations:remark": lambda: _remark(house),
    }


def _line(house: House, page: str, model: type[models.Model], **more) -> Making:
    words = f"Linia {house.new()}"
    typed = {
        "description": words,
        "source": house.source.pk,
        "amount_gr": "0,01",
        "document": "Umowa",
        "date": "2.03.2026",
    }
    return Making(reverse(page, args=[house.year.year]), typed | more, counted(model, description=words), house.officer)


def _part(house: House, what: str, model: type[models.Model]) -> Making:
    words, held = f"Część {house.new()}", committed(house.year, 100)
    typed = {"description": words, "amount_gr": "0,01", "document": "Rachunek", "date": "2.03.2026"}
    page = reverse(f"plan:{what}", args=[house.year.year, held.pk])
    return Making(page, typed, counted(model, description=words), house.officer)


def _refund(house: House) -> Making:
    words, payment = f"Zwrot {house.new()}", paid(committed(house.year, 100), 100)
    typed = {"description": words, "amount_gr": "0,01", "document": "Nota", "date": "2.03.2026"}
    page = reverse("plan:refund", args=[house.year.year, payment.pk])
    return Making(page, typed, counted(Entry, description=words), house.officer)


def _correction(house: House, page: str, row: Entry | PlanEntry) -> Making:
    address = reverse(page, args=[house.year.year, row.pk])
    typed = as_opened(house.officer, address) | {"amount_gr": "0,50", "reason": "wyścig"}
    return Making(address, typed, counted(type(row), corrects=row), house.officer)


def past_year(house: House) -> FiscalYear:
    """A year that is over, without any line yet."""
    return YearFactory(year=2025 - house.new(), strategy=house.strategy)


def _month(house: House) -> Making:
    year = past_year(house)
    return Making(reverse("plan:close", args=[year.year, 1]), {}, counted(PeriodClosing, year=year), house.officer)


def _books(house: House) -> Making:
    year = FiscalYear.objects.filter(year=2030).first() or YearFactory(year=2030, strategy=house.strategy)
    asked = books_of(house, house.officer, year, "2030-03-01")
    shown = house.officer.post(asked, columns_as(f"Księgi {house.new()}"), follow=True)
    plan = shown.context["plan"]
    page = shown.redirect_chain[-1][0]
    keys = [line.key for line in plan.new]
    return Making(page, {"digest": plan.digest}, counted(Entry, year=year, key__in=keys), house.officer)


def _settlement(house: House, page: str) -> Making:
    row = DeclaredFactory(year=house.year, scope="source", source=SourceFactory(code=f"s-{house.new()}"))
    part = {"description": "Część zmyślona", "amount_gr": "100,00", "document": "Nota 1"}
    sheet = {"pozycja-TOTAL_FORMS": "1", "pozycja-INITIAL_FORMS": "0"}
    typed = {"reason": "Wyścig zmyślony."} | sheet | {f"pozycja-0-{name}": value for name, value in part.items()}
    return Making(
        reverse(page, args=[house.year.year, row.key]), typed, counted(Settlement, declared=row), house.officer
    )


def _report(house: House) -> Making:
    year = past_year(house)
    typed = {"sent": "1"}
    return Making(reverse("report-office:draft", args=[year.year]), typed, counted(Report, year=year), house.officer)


def _row(house: House, model: type[models.Model], page: str, args: list, **more) -> Making:
    name = f"Nazwa {house.new()}"
    typed = {"name": name, "code": f"w-{house.new()}", "kind": "programme" if model is Programme else "task"} | more
    return Making(reverse(page, args=args), typed, counted(model, name=name), house.officer)


def _succession(house: House) -> Making:
    later = ProgrammeFactory(strategy=house.strategy)
    earlier = ProgrammeFactory(strategy=house.strategy)
    page = reverse("strategy_office:succession-new", args=[later.code])
    typed = {"direction": "poprzednik", "other": earlier.pk}
    return Making(page, typed, counted(Succession, successor=later), house.officer)


def _succession_taken_back(house: House) -> Making:
    later, earlier = (ProgrammeFactory(strategy=house.strategy) for _n in range(2))
    add_succession(predecessor=earlier, successor=later, note="", by=None)
    words = f"Pomyłka {house.new()}"
    page = reverse("strategy_office:succession-remove", args=[later.code, earlier.code])
    return Making(page, {"reason": words}, counted(Record, reason=words), house.officer)


def _new_indicator(house: House) -> Making:
    name = f"Wskaźnik {house.new()}"
    typed = {
        "about": f"task:{TaskFactory().pk}", "name": name, "kind": "output", "unit": UnitFactory().pk,
        "direction": "rise", "aggregation": "sum", "frequency": "yearly", "source": "karta", "text": "Ile ich było.",
        "multiplier": "1", "valid_from": "1.01.2025",
    }  # fmt: skip
    return Making(reverse("indicators:new"), typed, counted(Indicator, name=name), house.officer)


def _value(house: House) -> Making:
    row, evidence = indicator(), f"Lista {house.new()}"
    typed = {"year": "2025", "part": "0", "value": "5", "precision": "exact", "evidence": evidence}
    return Making(
        reverse("indicators:enter", args=[row.code]), typed, counted(IndicatorValue, evidence=evidence), house.officer
    )


def _definition(house: House) -> Making:
    row, text = indicator(), f"Co się liczy {house.new()}"
    page = reverse("indicators:definition", args=[row.code])
    typed = as_opened(house.officer, page) | {"text": text, "valid_from": "1.01.2031", "reason": "wyścig"}
    return Making(page, typed, counted(IndicatorDefinition, text=text), house.officer)


def _corrected_value(house: House) -> Making:
    row = indicator()
    value = IndicatorValueFactory(indicator=row, definition=row.definitions.get())
    page = reverse("indicators:correct", args=[row.code, value.pk])
    typed = as_opened(house.officer, page) | {"value": "77", "reason": "wyścig"}
    return Making(page, typed, counted(IndicatorValue, corrects=value), house.officer)


def _draft(house: House) -> Making:
    title, strategy = f"Projekt {house.new()}", StrategyFactory(**ALWAYS)
    page = reverse("updating:draft-new", args=[strategy.code])
    return Making(page, {"title": title}, counted(StrategyVersion, title=title), house.officer)


def _consultation(house: House) -> Making:
    draft, today = changed_draft(), timezone.localdate()
    page = reverse("updating:consultation-new", args=[draft.pk])
    typed = as_opened(house.officer, page) | {"about": "Pytamy o cel.", "closes_on": today + timedelta(days=30)}
    return Making(page, typed, counted(Consultation, strategy_version=draft), house.officer)


def _written(house: House) -> Making:
    draft, today = reported(), timezone.localdate()
    yesterday = today - timedelta(days=1)
    days = {"adopted_on": yesterday, "binding_from": today, "on": yesterday, "now": timezone.now()}
    facts = {"seen_version": draft.version, "adopting_body": "Sejmik", "resolution": f"R/{house.new()}"}
    updating.adopt(draft=draft, by=None, **facts, **days)  # it enters the tree from the next day, by the button
    written = counted(Record, deed="strategy.version_written", reason=facts["resolution"])
    return Making(reverse("updating:write", args=[draft.pk]), {}, written, house.officer)


def _new_element(house: House) -> Making:
    draft = draft_of(house.strategy)
    code = f"N-{house.new()}"

    def count() -> int:
        return sum(row["code"] == code for row in StrategyVersion.objects.get(pk=draft.pk).content["goals"])

    typed = {"code": code, "name": "Cel nowy"}
    return Making(reverse("updating:element-new", args=[draft.pk, "goal"]), typed, count, house.officer)


def _remark(house: House) -> Making:
    held, text = consulted(opened=0, closes=30), f"Uwaga zmyślona {house.new()}"
    typed = {"sender_kind": "resident", "text": text}
    page = reverse("consultations:remark", args=[held.pk])
    return Making(page, typed, counted(Remark, text=text), house.nobody)
