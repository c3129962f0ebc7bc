"""The rules of pockets applied to rows: nothing is promised, spent or taken back beyond what there is."""

from collections.abc import Iterable

from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

from spoiwo.ledger.domain.pockets import PLANNED, Line, Overdraft, Pocket, Rule, refusal
from spoiwo.ledger.errors import CommitmentExceeded, OtherPocket, PlanBelowUse, PlanExceeded, RefundAbovePayment
from spoiwo.ledger.models import Entry, EntryKind, FiscalYear, PlanEntry
from spoiwo.ledger.querysets import POCKET

Row = Entry | PlanEntry
NEW = "new"  # the key of a commitment that has none yet
ALWAYS = frozenset({Rule.COMMITMENT, Rule.SETTLED, Rule.PAYMENT})  # the others bind a year that keeps a plan


def pocket_of(row: Row) -> Pocket:
    """Where a row counts."""
    return Pocket(*(getattr(row, name) for name in POCKET))


def line_of(row: Row, *, sign: int = 1) -> Line:
    """A row as the rules see it; with `sign` -1 what its disappearance means."""
    pocket, amount_gr = pocket_of(row), sign * row.amount_gr
    if isinstance(row, PlanEntry):
        account = None if row.kind in PLANNED else row.commitment_id or row.pk or NEW
        return Line(str(row.kind), pocket, amount_gr, commitment=account)
    taken_back = row.returns_id or ((row.reverses_id or row.pk) if row.kind == EntryKind.PAYMENT else None)
    return Line(str(row.kind), pocket, amount_gr, row.commitment_id, taken_back)


def require_within(year: FiscalYear, *, added: Iterable[Row] = (), removed: Iterable[Row] = ()) -> None:
    """Make sure that a change of rows keeps the rules; call it under the lock of the year, before saving.

    `removed` are rows as they were, `added` as they will be, not saved yet.
    Raises: PlanExceeded, PlanBelowUse, CommitmentExceeded, RefundAbovePayment, each with `over_gr`; OtherPocket.
    """
    added, removed = list(added), list(removed)
    for row in added:
        _require_same_pocket(row)
    change = [line_of(row) for row in added] + [line_of(row, sign=-1) for row in removed]
    named = any(line.commitment is not None or line.payment is not None for line in change)
    if not (year.keeps_plan or named):
        return
    held = _held(year, {line.pocket for line in change}, {line.payment for line in change} - {None})
    over = refusal(held, [*held, *change], binding=frozenset(Rule) if year.keeps_plan else ALWAYS)
    if over:
        raise _named(over, plan=any(row.kind in PLANNED for row in (*added, *removed)))


def _named(over: Overdraft, *, plan: bool) -> Exception:
    if over.rule is Rule.PLAN:
        return PlanBelowUse(over.over_gr) if plan else PlanExceeded(over.over_gr)
    return CommitmentExceeded(over.over_gr) if over.rule is Rule.COMMITMENT else RefundAbovePayment(over.over_gr)


def _require_same_pocket(row: Row) -> None:
    """What a row settles, lowers or takes back is of its own year and pocket, and is the first of its kind."""
    where = row.year_id, pocket_of(row)
    held = row.commitment
    if held and not held.is_first_commitment:
        raise OtherPocket
    if held and where != (held.year_id, pocket_of(held)):
        raise OtherPocket
    paid = row.returns if isinstance(row, Entry) else None
    if paid and not (paid.kind == EntryKind.PAYMENT and paid.reverses_id is None):
        raise OtherPocket
    if paid and (*where, row.commitment_id) != (paid.year_id, pocket_of(paid), paid.commitment_id):
        raise OtherPocket


def _held(year: FiscalYear, pockets: set[Pocket], payments: set[int]) -> list[Line]:
    """The lines of some pockets, summed by what the rules ask: every commitment, and the payments concerned."""
    account = Coalesce(F("commitment_id"), F("pk"))
    taken_back = Case(
        When(Q(returns__in=payments), then=F("returns_id")),
        When(Q(reverses__in=payments, kind=EntryKind.PAYMENT), then=F("reverses_id")),
        When(Q(pk__in=payments), then=F("pk")),
        default=None,
    )
    lines = []
    for pocket in pockets:
        planned = year.plan_entries.in_pocket(pocket).annotate(account=account).sums("kind", "account")
        lines += [
            Line(kind, pocket, total_gr, commitment=None if kind in PLANNED else key) for kind, key, total_gr in planned
        ]
        spent = year.entries.in_pocket(pocket).annotate(payment=taken_back).sums("commitment_id", "payment")
        lines += [Line(EntryKind.PAYMENT.value, pocket, total_gr, *accounts) for *accounts, total_gr in spent]
    return lines
