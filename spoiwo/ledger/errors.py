"""Named refusals of the room."""


class NoSuchDifference(Exception):
    """The declared total agrees with the computed one, or follows from others: there is nothing to settle."""


class ReasonMissing(Exception):
    """A difference is accepted only with a written reason."""


class LinesDoNotAddUp(Exception):
    """Explaining lines must add up to the difference exactly; `missing_gr` is what they lack."""

    def __init__(self, missing_gr: int) -> None:
        super().__init__(missing_gr)
        self.missing_gr = missing_gr


class SamePerson(Exception):
    """The person who entered a line does not check it."""


class PackageRefused(Exception):
    """The package has faults; nothing was saved."""


class PlanChanged(Exception):
    """The data changed between the dry run and the decision; nothing was saved."""


class YearNotFound(Exception):
    """There is no such year; `years` names those there are."""

    def __init__(self, year: int, years: list[int]) -> None:
        super().__init__(year)
        self.year, self.years = year, years


class Exceeded(Exception):
    """Something would end above what it may be, by `over_gr`; nothing was saved."""

    def __init__(self, over_gr: int) -> None:
        super().__init__(over_gr)
        self.over_gr = over_gr


class PlanExceeded(Exceeded):
    """Commitments and direct payments would exceed the plan."""


class PlanBelowUse(Exceeded):
    """The plan would fall below what is already promised or spent."""


class CommitmentExceeded(Exceeded):
    """Payments would exceed the commitment, or the commitment would fall below its payments."""


class RefundAbovePayment(Exceeded):
    """More would come back than was paid."""


class OtherPocket(Exception):
    """A line and what it settles or takes back differ in year, programme, task, source or classification."""


class PeriodClosed(Exception):
    """The month is closed: it takes only corrections, with a reason, by the treasurer."""

    def __init__(self, month: int) -> None:
        super().__init__(month)
        self.month = month


class MonthNotOver(Exception):
    """A month is closed when it is over, not before."""


class NotTheNextMonth(Exception):
    """Months are closed in order; `expected` is the one that comes next, None when all are closed."""

    def __init__(self, expected: int | None) -> None:
        super().__init__(expected)
        self.expected = expected


class LineReversed(Exception):
    """The line was reversed, or reverses another: it stays as it is."""


class NotAClassification(Exception):
    """The file is not a table of the budget classification; the message says where and what was expected."""


class BooksRefused(Exception):
    """The file of the accounting system has faults; the plan with them is the argument; nothing was saved."""


class PublishedRefused(Exception):
    """The table of published amounts has faults; nothing was saved."""

    def __init__(self, faults: list) -> None:
        super().__init__(len(faults))
        self.faults = faults
