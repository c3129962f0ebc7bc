"""Random histories from plan to closing agree with a ledger kept by hand, to the grosz.

Two machines walk the same steps: one in memory over the rules alone, thousands of times; one through the services
and the database, fewer times.
"""

from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from spoiwo.access.models import Role
from spoiwo.ledger import errors
from spoiwo.ledger.domain.periods import canonical_sums, month_of, next_to_close, sum_changes
from spoiwo.ledger.domain.pockets import Line, Pocket, Rule, balance, overdrawn, refusal_of
from spoiwo.ledger.models import Entry, PlanEntry
from spoiwo.ledger.services.closing import changes_since_closing, close_month
from spoiwo.ledger.services.corrections import correct_entry, reverse_entry
from spoiwo.ledger.services.entries import enter_entry
from spoiwo.ledger.services.plan import plan_summary, sums_by_classification
from spoiwo.ledger.services.planning import change_plan, commit, pay, refund, release, set_plan
from spoiwo.ledger.services.pockets import line_of
from spoiwo.ledger.tests.histories import POCKETS, YEAR, Machine, day_of
from spoiwo.ledger.tests.plain_ledger import PAID, PLAN, PROMISE
from tests.factories import ProgrammeFactory, SourceFactory, StrategyFactory, TaskFactory, YearFactory
from tests.visitors import person


class InMemory(Machine):
    """The rules alone."""

    def __init__(self):
        super().__init__()
        self.lines, self.months, self.undone, self.closings = [], [], set(), {}

    def add(self, *new, allowed=False, plan=False):
        """Lines with their months, or the refusal that a service would raise."""
        for _line, month in new:
            if not allowed and month_of(day_of(month)) in self.closings:
                raise errors.PeriodClosed(month_of(day_of(month)))
        over = refusal_of(self.lines, *(line for line, _month in new))
        if over and over.rule is Rule.PLAN:
            raise (errors.PlanBelowUse if plan else errors.PlanExceeded)(over.over_gr)
        if over:
            raise (errors.CommitmentExceeded if over.rule is Rule.COMMITMENT else errors.RefundAbovePayment)(
                over.over_gr
            )
        self.lines += [line for line, _month in new]
        self.months += [month for _line, month in new]

    def do_plan(self, pocket, month, amount):
        self.add((Line("plan", pocket, amount), month), plan=True)

    def do_change(self, pocket, month, amount):
        self.add((Line("change", pocket, amount), month), plan=True)

    def do_commit(self, pocket, month, amount):
        self.add((Line("commitment", pocket, amount, commitment=len(self.lines)), month))

    def do_spend(self, pocket, month, amount):
        self.add((Line("payment", pocket, amount, payment=len(self.lines)), month))

    def do_come_back(self, pocket, month, amount):
        self.add((Line("refund", pocket, -amount), month))

    def do_come_back_of(self, number, month, amount):
        self.add((Line("refund", self.lines[number].pocket, -amount, commitment=number), month))

    def do_pay(self, number, month, amount):
        pocket = self.lines[number].pocket
        self.add((Line("payment", pocket, amount, commitment=number, payment=len(self.lines)), month))

    def do_release(self, number, month, amount):
        self.add((Line("release", self.lines[number].pocket, -amount, commitment=number), month))

    def do_refund(self, number, month, amount):
        paid = self.lines[number]
        self.add((Line("refund", paid.pocket, -amount, commitment=paid.commitment, payment=number), month))

    def do_reverse(self, number, treasurer):
        self._correct(number, treasurer)

    def do_correct(self, number, month, amount, treasurer):
        self._correct(
            number, treasurer, (month, -amount if self.lines[number].kind in ("release", "refund") else amount)
        )

    def _correct(self, number, treasurer, right=None):
        line = self.lines[number]
        if number in self.undone:
            raise errors.LineReversed
        facts = {"commitment": line.commitment, "payment": line.payment}
        new = [(Line(line.kind, line.pocket, -line.amount_gr, **facts), self.months[number])]
        if right:
            facts["payment"] = len(self.lines) + 1 if line.kind == "payment" else line.payment
            new.append((Line(line.kind, line.pocket, right[1], **facts), right[0]))
        self.add(*new, allowed=treasurer, plan=line.kind in PLAN)
        self.undone.add(number)

    def do_close(self, month):
        if month != next_to_close(self.closings):
            raise errors.NotTheNextMonth(next_to_close(self.closings))
        self.closings[month] = self.sums_of(month)

    def sums_of(self, month):
        """The sums of a month, as a closing keeps them."""
        found = {}
        for line, held in zip(self.lines, self.months, strict=True):
            if month_of(day_of(held)) == month:
                found[line.kind, *line.pocket] = found.get((line.kind, *line.pocket), 0) + line.amount_gr
        return canonical_sums((*key, total) for key, total in found.items())

    @invariant()
    def every_sum_agrees_and_nothing_is_overdrawn(self):
        """By pocket, to the grosz; and left is never below zero."""
        assert overdrawn(self.lines) == []
        planned, promised, paid = (self.plain.sums("pocket", kinds=kinds) for kinds in (PLAN, PROMISE, PAID))
        for pocket in POCKETS:
            found = balance(line for line in self.lines if line.pocket == pocket)
            key = (pocket,)
            assert (found.plan_gr, found.committed_gr, found.spent_gr) == (
                planned.get(key), promised.get(key), paid.get(key),
            )  # fmt: skip
            assert found.left_gr >= 0
            assert (found.spent_gr or 0) <= (found.plan_gr or 0)

    @invariant()
    def a_closed_month_is_what_it_was_and_what_corrections_added(self):
        """The sums kept at closing, and the late lines, make up the sums of today."""
        for month, kept in self.closings.items():
            late = [(kind, *pocket, total) for (kind, pocket), total in self.plain.late(month).items() if total]
            assert sum_changes(kept, self.sums_of(month)) == canonical_sums(late)
            assert kept == canonical_sums((kind, *p, total) for (kind, p), total in self.plain.kept[month][0].items())


class ThroughServices(Machine):
    """The whole way: services, database, closing."""

    regions = count(10)

    def __init__(self):
        super().__init__()
        region = str(next(self.regions))
        self.year = YearFactory(strategy=StrategyFactory(region=region), year=YEAR, keeps_plan=True)
        programme = ProgrammeFactory(strategy=self.year.strategy, code="P1")
        task = TaskFactory(region=region, code="z1", programme=programme)
        self.sources = {code: SourceFactory(region=region, code=code) for code in ("own", "state")}
        self.programmes, self.tasks = {"P1": programme, None: None}, {"z1": task, None: None}
        self.treasurer, self.officer = person(Role.TREASURER), person(Role.ROPS_OFFICER)
        self.rows, self.closings = [], {}

    def entered(self, deed, month, **facts):
        """A line entered by the officer."""
        self.rows.append(deed(description="próba", document="Dokument", date=day_of(month), by=self.officer, **facts))

    def where(self, pocket):
        """The columns of a pocket."""
        return {
            "year": self.year,
            "programme": self.programmes[pocket.programme],
            "task": self.tasks[pocket.task],
            "source": self.sources[pocket.source],
            "chapter": pocket.chapter,
            "paragraph": pocket.paragraph,
        }

    def do_plan(self, pocket, month, amount):
        self.entered(set_plan, month, amount_gr=amount, **self.where(pocket))

    def do_change(self, pocket, month, amount):
        self.entered(change_plan, month, amount_gr=amount, **self.where(pocket))

    def do_commit(self, pocket, month, amount):
        self.entered(commit, month, amount_gr=amount, **self.where(pocket))

    def do_spend(self, pocket, month, amount):
        self.entered(enter_entry, month, amount_gr=amount, **self.where(pocket))

    def do_come_back(self, pocket, month, amount):
        self.entered(enter_entry, month, amount_gr=amount, kind="refund", **self.where(pocket))

    def do_come_back_of(self, number, month, amount):
        where = self.where(self.plain.rows[number]["pocket"]) | {"commitment": self.rows[number], "kind": "refund"}
        self.entered(enter_entry, month, amount_gr=amount, **where)

    def do_pay(self, number, month, amount):
        self.entered(pay, month, amount_gr=amount, commitment=self.rows[number])

    def do_release(self, number, month, amount):
        self.entered(release, month, amount_gr=amount, commitment=self.rows[number])

    def do_refund(self, number, month, amount):
        self.entered(refund, month, amount_gr=amount, payment=self.rows[number])

    def do_reverse(self, number, treasurer):
        by = self.treasurer if treasurer else self.officer
        self.rows.append(reverse_entry(line=self.rows[number], seen_version=1, reason="pomyłka", by=by))

    def do_correct(self, number, month, amount, treasurer):
        by = self.treasurer if treasurer else self.officer
        values = {"amount_gr": amount, "date": day_of(month)}
        right = correct_entry(line=self.rows[number], seen_version=1, values=values, reason="pomyłka", by=by)
        self.rows += [right.corrects.reversed_by, right]

    def do_close(self, month):
        self.closings[month] = close_month(year=self.year, month=month, today=date(YEAR + 1, 1, 1), by=self.treasurer)

    def teardown(self):
        """At the end of a history every sum of the house is compared."""
        summary = plan_summary(self.year, date(YEAR, 6, 30))
        pocket_of = {POCKETS[n]: n for n in range(len(POCKETS))}
        assert {pocket_of[key] for key in self._pockets(summary)} == {pocket_of[r["pocket"]] for r in self.plain.rows}
        self._compare(self._pockets(summary), lambda pocket: pocket)
        self._compare(summary.by_source, lambda pocket: pocket.source)
        self._compare(summary.by_programme, lambda pocket: pocket.programme)
        self._compare(summary.by_task, lambda pocket: pocket.task)
        for month in range(1, 13):
            by_class = sums_by_classification(self.year, month)
            self._compare(by_class, lambda pocket: (pocket.chapter, pocket.paragraph), until=month)
        if self.plain.rows:
            assert summary.total.left_gr is None or summary.total.left_gr >= 0
        models = [*PlanEntry.objects.filter(year=self.year), *Entry.objects.filter(year=self.year)]
        assert overdrawn(map(line_of, models)) == []
        self._compare_closings()

    @staticmethod
    def _pockets(summary):
        return {
            Pocket(
                row.programme and row.programme.code, row.task and row.task.code,
                row.source.code, row.chapter, row.paragraph,
            ): row.standing
            for row in summary.rows
        }  # fmt: skip

    def _compare(self, found, name, until=12):
        rows = [row | {"group": name(row["pocket"])} for row in self.plain.rows if (row["month"] or 12) <= until]
        planned, promised, paid = (self.plain.sums("group", kinds=kinds, rows=rows) for kinds in (PLAN, PROMISE, PAID))
        expected = {
            group: (planned.get((group,)), promised.get((group,)), paid.get((group,)))
            for group in {row["group"] for row in rows}
        }
        assert {key: (row.plan_gr, row.committed_gr, row.spent_gr) for key, row in found.items()} == expected

    def _compare_closings(self):
        for month, closing in self.closings.items():
            closing.refresh_from_db()
            kept, _rows = self.plain.kept[month]
            assert {(kind, Pocket(*where)): total for _table, kind, *where, total in closing.sums} == kept
            now = changes_since_closing(closing)
            assert now.holds
            changed = {(kind, Pocket(*where)): total for _table, kind, *where, total in now.changes}
            assert changed == {key: total for key, total in self.plain.late(month).items() if total}


CALM = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
HISTORIES = settings().max_examples  # of the profile in use: a longer night run asks for more


@pytest.mark.slow
def test_thousands_of_histories_keep_the_rules_in_memory():
    run_state_machine_as_test(InMemory, settings=settings(max_examples=10 * HISTORIES, stateful_step_count=20, **CALM))


@pytest.mark.slow
@pytest.mark.django_db
def test_histories_through_the_services_keep_the_rules_in_the_database():
    some = HISTORIES // 3
    run_state_machine_as_test(ThroughServices, settings=settings(max_examples=some, stateful_step_count=25, **CALM))
