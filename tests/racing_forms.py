"""Forms that create, each kind ready to be sent: for who presses twice at the same moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.doors import once
from spoiwo.ledger.models import Entry, PlanEntry
from spoiwo.ledger.services.entries import enter_entry
from spoiwo.ledger.tests.planned import committed, paid, said
from spoiwo.strategy.models import Goal, Indicator, IndicatorValue, Programme, Remark, StrategyVersion, Succession, Task
from spoiwo.strategy.services import consultations, updating
from tests.factories import GoalFactory, ProgrammeFactory, StrategyFactory, TaskFactory, UnitFactory
from tests.racing import ALWAYS, House, Outcome, Send, as_opened, at_once, draft_of, indicator, through_django
from tests.visitors import key_for


@dataclass(frozen=True)
class Making:
    """A form that creates: its page, what is typed, and how the rows it makes are counted."""

    page: str
    typed: dict
    count: Callable[[], int]
    client: Client


def creating(house: House) -> dict[str, Callable[[], Making]]:
    """Kinds of forms that create; each call makes a new one, ready to be sent."""
    return {
        "wpis rejestru": lambda: _line(house, "ledger:entry-new", Entry, kind="payment"),
        "plan": lambda: _line(house, "plan:new", PlanEntry),
        "zmiana planu": lambda: _line(house, "plan:change", PlanEntry),
        "zobowiązanie": lambda: _line(house, "plan:commit", PlanEntry),
        "płatność zobowiązania": lambda: _part(house, "pay", Entry),
        "zwolnienie zobowiązania": lambda: _part(house, "release", PlanEntry),
        "zwrot": lambda: _refund(house),
        "storno": lambda: _correction(house),
        "cel": lambda: _row(house, Goal, "strategy_office:goal-new", [house.strategy.code]),
        "program": lambda: _row(
            house, Programme, "strategy_office:programme-new", [house.strategy.code], short_name="K"
        ),
        "zadanie": lambda: _row(house, Task, "strategy_office:task-new", []),
        "następstwo": lambda: _succession(house),
        "wskaźnik": lambda: _new_indicator(house),
        "wartość wskaźnika": lambda: _value(house),
        "element projektu": lambda: _new_element(house),
        "uwaga w konsultacjach": lambda: _remark(house),
    }


def _counted(model: type[models.Model], **facts) -> Callable[[], int]:
    rows = model.objects.filter(**facts)
    return lambda: rows.count()


def _line(house: House, page: str, model: type[models.Model], **more) -> Making:
    words = f"Linia {house.new()}"
    typed = {
        "description": words,
        "source": house.source.pk,
        "amount_gr": "0,01",
        "document": "Umowa",
        "date": "2.03.2026",
    }
    return Making(
        reverse(page, args=[house.year.year]), typed | more, _counted(model, description=words), house.officer
    )


def _part(house: House, what: str, model: type[models.Model]) -> Making:
    words, held = f"Część {house.new()}", committed(house.year, 100)
    typed = {"description": words, "amount_gr": "0,01", "document": "Rachunek", "date": "2.03.2026"}
    page = reverse(f"plan:{what}", args=[house.year.year, held.pk])
    return Making(page, typed, _counted(model, description=words), house.officer)


def _refund(house: House) -> Making:
    words, payment = f"Zwrot {house.new()}", paid(committed(house.year, 100), 100)
    typed = {"description": words, "amount_gr": "0,01", "document": "Nota", "date": "2.03.2026"}
    page = reverse("plan:refund", args=[house.year.year, payment.pk])
    return Making(page, typed, _counted(Entry, description=words), house.officer)


def _correction(house: House) -> Making:
    row = enter_entry(year=house.year, amount_gr=100, **said(date=date(2026, 3, 1)))
    page = reverse("plan:correct-entry", args=[house.year.year, row.pk])
    typed = as_opened(house.officer, page) | {"amount_gr": "0,50", "reason": "wyścig"}
    return Making(page, typed, _counted(Entry, corrects=row), house.officer)


def _row(house: House, model: type[models.Model], page: str, args: list, **more) -> Making:
    name = f"Nazwa {house.new()}"
    typed = {"name": name, "code": f"w-{house.new()}", "kind": "programme" if model is Programme else "task"} | more
    return Making(reverse(page, args=args), typed, _counted(model, name=name), house.officer)


def _succession(house: House) -> Making:
    later = ProgrammeFactory(strategy=house.strategy)
    earlier = ProgrammeFactory(strategy=house.strategy)
    page = reverse("strategy_office:succession-new", args=[later.code])
    typed = {"direction": "poprzednik", "other": earlier.pk}
    return Making(page, typed, _counted(Succession, successor=later), house.officer)


def _new_indicator(house: House) -> Making:
    name = f"Wskaźnik {house.new()}"
    typed = {
        "about": f"task:{TaskFactory().pk}", "name": name, "kind": "output", "unit": UnitFactory().pk,
        "direction": "rise", "aggregation": "sum", "frequency": "yearly", "source": "karta", "text": "Ile ich było.",
        "multiplier": "1", "valid_from": "1.01.2025",
    }  # fmt: skip
    return Making(reverse("indicators:new"), typed, _counted(Indicator, name=name), house.officer)


def _value(house: House) -> Making:
    row, evidence = indicator(), f"Lista {house.new()}"
    typed = {"year": "2025", "part": "0", "value": "5", "precision": "exact", "evidence": evidence}
    return Making(
        reverse("indicators:enter", args=[row.code]), typed, _counted(IndicatorValue, evidence=evidence), house.officer
    )


def _new_element(house: House) -> Making:
    draft = draft_of(house.strategy)
    code = f"N-{house.new()}"

    def count() -> int:
        return sum(row["code"] == code for row in StrategyVersion.objects.get(pk=draft.pk).content["goals"])

    typed = {"code": code, "name": "Cel nowy"}
    return Making(reverse("updating:element-new", args=[draft.pk, "goal"]), typed, count, house.officer)


def _remark(house: House) -> Making:
    strategy, today = StrategyFactory(**ALWAYS), timezone.localdate()
    GoalFactory(strategy=strategy, code=f"C-{house.new()}")
    draft = updating.open_draft(strategy=strategy, title="Wyścig", now=timezone.now(), by=None)
    code = strategy.goals.get().code
    values = {"name": "Inny cel"}
    updating.change_element(draft=draft, kind="goal", code=code, seen_version=1, values=values, on=today, by=None)
    term = {"opens_on": today, "closes_on": today + timedelta(days=30), "on": today}
    held = consultations.start_consultation(draft=draft, seen_version=2, title="K", about="K", by=None, **term)
    text = f"Uwaga zmyślona {house.new()}"
    typed = {"sender_kind": "resident", "text": text}
    page = reverse("consultations:remark", args=[held.pk])
    return Making(page, typed, _counted(Remark, text=text), house.nobody)


def race_to_create(house: House, kind: str, races: int, send: Send = through_django) -> Outcome:
    """The same form twice at the same moment: one row, and both answers lead to it."""
    outcome = Outcome(kind)
    for _n in range(races):
        made = creating(house)[kind]()
        data = made.typed | {once.FIELD: key_for(made.client, made.page)}
        found = at_once(*[lambda made=made, data=data: send(made.client, made.page, data)] * 2)
        outcome.races += 1
        alike = isinstance(found[0], tuple) and found[0] == found[1] and found[0][0] == 302
        if not alike or made.count() != 1:
            outcome.faults.append(f"{kind}: {found}, wierszy {made.count()}")
    return outcome
