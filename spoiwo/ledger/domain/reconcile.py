"""Declared totals set beside computed ones: what agrees, what does not, what is settled."""

from dataclasses import dataclass, field

OUTSIDE = "outside"  # the row of money outside programmes
GRAND = "grand"


@dataclass(frozen=True)
class Sum:
    """A sum of lines; `amount_gr` is None when there is no line: no amount is not zero."""

    amount_gr: int | None = None
    lines: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        if not self.lines:
            return other
        if not other.lines:
            return self
        return Sum(self.amount_gr + other.amount_gr, self.lines + other.lines)


@dataclass(frozen=True)
class Declared:
    """A total stated in a document. Units: whole grosze; `rounded_to_gr` the step of rounding, if any."""

    key: str
    scope: str
    amount_gr: int
    source: str | None = None
    programme: str | None = None
    tag: str | None = None
    precision: str = "exact"
    rounded_to_gr: int | None = None


@dataclass(frozen=True)
class Settled:
    """A settlement in force, for exactly one amount of difference."""

    kind: str
    difference_gr: int


@dataclass(frozen=True)
class Comparison:
    """One declared total beside the computed one.

    `difference_gr` is declared minus computed; None when there is no line to compare with.
    `status`: agrees, open, explained, accepted, no_lines. `follows`: the difference of the grand
    total that is only the sum of the differences by source, and is settled with them.
    """

    declared: Declared
    computed: Sum
    difference_gr: int | None
    status: str
    follows: bool = False


@dataclass
class Reconciliation:
    """A year's matrix and what its declared totals say."""

    cells: dict[tuple[str | None, str], Sum]
    tags: dict[str, Sum]
    comparisons: list[Comparison] = field(default_factory=list)

    def by_source(self, source: str) -> Sum:
        """Everything from one source."""
        return _total(found for (_p, s), found in self.cells.items() if s == source)

    def by_programme(self, programme: str | None) -> Sum:
        """Everything of one programme; None: outside programmes."""
        return _total(found for (p, _s), found in self.cells.items() if p == programme)

    def in_programmes(self) -> Sum:
        """Everything that has a programme."""
        return _total(found for (p, _s), found in self.cells.items() if p is not None)

    def total(self) -> Sum:
        """Everything once; cross-cuts are never added."""
        return _total(self.cells.values())

    def of(self, scope: str, **where: str) -> Comparison | None:
        """The comparison of one place, if a total is declared for it."""
        for row in self.comparisons:
            if row.declared.scope == scope and all(getattr(row.declared, k) == v for k, v in where.items()):
                return row
        return None

    @property
    def open(self) -> list[Comparison]:
        """Differences that wait for an answer; one that follows from others is not counted again."""
        return [row for row in self.comparisons if row.status == "open" and not row.follows]


def _total(sums) -> Sum:
    result = Sum()
    for found in sums:
        result += found
    return result


def reconcile(
    *,
    cells: dict[tuple[str | None, str], Sum],
    tags: dict[str, Sum],
    declared: list[Declared],
    settled: dict[str, Settled],
) -> Reconciliation:
    """Compare every declared total with its lines.

    A rounded total agrees within half of its step; without any line it can only be shown (X-06).
    """
    result = Reconciliation(cells, tags)
    for stated in declared:
        result.comparisons.append(_compare(stated, _computed(result, stated), settled.get(stated.key)))
    result.comparisons = _follow(result.comparisons)
    return result


def _computed(result: Reconciliation, stated: Declared) -> Sum:
    match stated.scope:
        case "grand":
            return result.total()
        case "source":
            return result.by_source(stated.source)
        case "programme":
            return result.by_programme(stated.programme)
        case "cell":
            return result.cells.get((stated.programme, stated.source), Sum())
        case _:
            return result.tags.get(stated.tag, Sum())


def _compare(stated: Declared, computed: Sum, settled: Settled | None) -> Comparison:
    if computed.amount_gr is None and stated.precision != "exact":
        return Comparison(stated, computed, None, "no_lines")
    difference = stated.amount_gr - (computed.amount_gr or 0)
    if abs(difference) * 2 <= (stated.rounded_to_gr or 0) or difference == 0:
        return Comparison(stated, computed, difference, "agrees")
    if settled and settled.difference_gr == difference:
        return Comparison(stated, computed, difference, settled.kind)
    return Comparison(stated, computed, difference, "open")


def _follow(comparisons: list[Comparison]) -> list[Comparison]:
    """Mark the grand difference that is only the sum of the differences by source."""
    by_source = [row for row in comparisons if row.declared.scope == "source" and row.difference_gr]
    parts = sum(row.difference_gr for row in by_source)
    statuses = [row.status for row in by_source]
    result = []
    for row in comparisons:
        if row.declared.scope == GRAND and row.difference_gr and by_source and row.difference_gr == parts:
            status = next((s for s in ("open", "accepted", "explained") if s in statuses), "agrees")
            row = Comparison(row.declared, row.computed, row.difference_gr, status, follows=True)
        result.append(row)
    return result
