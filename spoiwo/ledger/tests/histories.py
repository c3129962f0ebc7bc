"""The steps of a random year, from plan to closing, beside a ledger kept by hand."""

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from spoiwo.ledger import errors
from spoiwo.ledger.domain.pockets import Pocket
from spoiwo.ledger.tests.plain_ledger import PAID, PLAN, PROMISE, PlainLedger

YEAR = 2026
REFUSALS = (
    "PlanExceeded", "PlanBelowUse", "CommitmentExceeded", "RefundAbovePayment",
    "PeriodClosed", "NotTheNextMonth", "LineReversed",
)  # fmt: skip
POCKETS = [
    Pocket("P1", "z1", "own", "85295", "4300"),
    Pocket("P1", "z1", "state", "85295", "4300"),
    Pocket("P1", None, "own", "85295", "4300"),
    Pocket(None, None, "own", "", ""),
]
pockets = st.sampled_from(POCKETS)
months = st.one_of(st.none(), st.integers(1, 12))
amounts = st.integers(1, 10_00)
kinds = st.sampled_from([*PLAN, *PROMISE, *PAID])
picks = st.integers(0, 10_000)
beside = st.sampled_from([None, -1, 0, 0, 1])  # None: the amount as drawn; else so many grosze beside the edge


def has(*kinds):
    """A step makes sense once there is a line of these kinds."""
    return precondition(lambda machine: machine.picked(0, *kinds) is not None)


def day_of(month):
    """A day of the month; a line without a month has no day."""
    return month and date(YEAR, month, 1 + month)


class Machine(RuleBasedStateMachine):
    """The steps of a year. A subclass says how each is done; the ledger kept by hand says what must come of it."""

    def __init__(self):
        super().__init__()
        self.plain = PlainLedger()

    def same(self, expected, deed, *facts, **named):
        """Do a deed and compare what became of it with what the ledger by hand said."""
        problem = None
        try:
            deed(*facts, **named)
        except tuple(vars(errors)[name] for name in REFUSALS) as refused:
            problem = refused
        name, amounts = expected or ("NoneType", set())
        assert type(problem).__name__ == name
        assert not amounts or problem.over_gr in amounts

    def picked(self, pick, *kinds):
        """One of the lines of some kinds, as their place in the list."""
        numbers = [n for n, row in enumerate(self.plain.rows) if row["kind"] in kinds and row["reverses"] is None]
        return numbers[pick % len(numbers)] if numbers else None

    @initialize(
        planned=st.lists(st.integers(1, 100_00), min_size=3, max_size=3), month=months, closed=st.integers(0, 12)
    )
    def begin(self, planned, month, closed):
        """Three of four pockets have a plan, a half of it promised, a part paid; some months are closed."""
        for pocket, amount in zip(POCKETS, planned, strict=False):
            self.plan(pocket, month, amount)
            self.promise(pocket, month, max(1, amount // 2), None)
            self.spend(pocket, month, max(1, amount // 4), None)
            self.pay(len(self.plain.rows), month, max(1, amount // 4), None)
        for number in range(max(0, closed - 6)):
            self.close(number + 1)

    @rule(pocket=pockets, month=months, amount=amounts)
    def plan(self, pocket, month, amount):
        """Money is planned."""
        self.same(self.plain.enter("plan", pocket, month, amount), self.do_plan, pocket, month, amount)

    @rule(pocket=pockets, month=months, amount=amounts, down=st.booleans(), edge=beside)
    def change(self, pocket, month, amount, down, edge):
        """The plan goes up or down."""
        signed = -self.at_edge(self.left(pocket), edge, amount) if down else amount
        self.same(self.plain.enter("change", pocket, month, signed), self.do_change, pocket, month, signed)

    @rule(pocket=pockets, month=months, amount=amounts, edge=beside)
    def promise(self, pocket, month, amount, edge):
        """Money is promised."""
        amount = self.at_edge(self.left(pocket), edge, amount)
        self.same(self.plain.enter("commitment", pocket, month, amount), self.do_commit, pocket, month, amount)

    @rule(pocket=pockets, month=months, amount=amounts, edge=beside)
    def spend(self, pocket, month, amount, edge):
        """Money is paid without a commitment."""
        amount = self.at_edge(self.left(pocket), edge, amount)
        self.same(self.plain.enter("payment", pocket, month, amount), self.do_spend, pocket, month, amount)

    @rule(pocket=pockets, month=months, amount=amounts)
    def come_back(self, pocket, month, amount):
        """Money comes back, nobody says of which payment."""
        self.same(self.plain.enter("refund", pocket, month, -amount), self.do_come_back, pocket, month, amount)

    @has("commitment")
    @rule(pick=picks, month=months, amount=amounts, edge=beside)
    def pay(self, pick, month, amount, edge):
        """A part of a commitment is paid."""
        number = self.root(pick)
        promised, paid = self.plain.commitment(number)
        amount = self.at_edge(promised - paid, edge, amount)
        pocket = self.plain.rows[number]["pocket"]
        expected = self.plain.enter("payment", pocket, month, amount, commitment=number)
        self.same(expected, self.do_pay, number, month, amount)

    @has("commitment")
    @rule(pick=picks, month=months, amount=amounts, edge=beside)
    def come_back_of(self, pick, month, amount, edge):
        """Money comes back of a commitment, nobody says of which payment."""
        number = self.root(pick)
        _promised, paid = self.plain.commitment(number)
        amount, pocket = self.at_edge(paid, edge, amount), self.plain.rows[number]["pocket"]
        expected = self.plain.enter("refund", pocket, month, -amount, commitment=number)
        self.same(expected, self.do_come_back_of, number, month, amount)

    @has("commitment")
    @rule(pick=picks, month=months, amount=amounts, edge=beside)
    def let_go(self, pick, month, amount, edge):
        """A part of a commitment is released."""
        number = self.root(pick)
        promised, paid = self.plain.commitment(number)
        amount = self.at_edge(promised - paid, edge, amount)
        pocket = self.plain.rows[number]["pocket"]
        expected = self.plain.enter("release", pocket, month, -amount, commitment=number)
        self.same(expected, self.do_release, number, month, amount)

    @has("payment")
    @rule(pick=picks, month=months, amount=amounts, edge=beside)
    def give_back(self, pick, month, amount, edge):
        """A part of a payment comes back."""
        number = self.picked(pick, "payment")
        row, amount = self.plain.rows[number], self.at_edge(self.plain.stays(number), edge, amount)
        expected = self.plain.enter("refund", row["pocket"], month, -amount, commitment=row["of"], payment=number)
        self.same(expected, self.do_refund, number, month, amount)

    @rule(pick=picks, kind=kinds, treasurer=st.booleans())
    def reverse(self, pick, kind, treasurer):
        """A line is taken back."""
        number = self.picked(pick, kind)
        if number is not None:
            self.same(self.plain.reverse(number, treasurer=treasurer), self.do_reverse, number, treasurer)

    @rule(pick=picks, kind=kinds, month=months, amount=amounts, treasurer=st.booleans())
    def correct(self, pick, kind, month, amount, treasurer):
        """A line is set right."""
        number = self.picked(pick, kind)
        if number is not None:
            signed = -amount if kind in ("release", "refund") else amount
            expected = self.plain.correct(number, month, signed, treasurer=treasurer)
            self.same(expected, self.do_correct, number, month, amount, treasurer)

    @rule(month=st.one_of(st.none(), st.none(), st.integers(1, 12)))
    def close(self, month):
        """A month is closed, the next one or out of turn."""
        month = month or min(len(self.plain.closed) + 1, 12)
        self.same(self.plain.close(month), self.do_close, month)

    def root(self, pick):
        """One of the commitments as first entered."""
        roots = [n for n, row in enumerate(self.plain.rows) if row["kind"] == "commitment" and row["of"] is None]
        return roots[pick % len(roots)]

    def left(self, pocket):
        """What may still be promised or spent."""
        return self.plain.left(pocket)

    @staticmethod
    def at_edge(edge_gr, beside_gr, amount):
        """An amount near the edge where a refusal begins, or the one drawn."""
        return amount if beside_gr is None else max(1, edge_gr + beside_gr)
