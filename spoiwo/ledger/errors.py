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


class EntryChanged(Exception):
    """Somebody changed the entry in the meantime; nothing was saved."""


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
