"""Named refusals of the room."""

from datetime import date


class ProgrammeEnded(Exception):
    """The programme is past its period and takes no new task; `programme` is its row, `last_year` its last year."""

    def __init__(self, programme: object, last_year: int) -> None:
        super().__init__(programme, last_year)
        self.programme, self.last_year = programme, last_year


class CodeTaken(Exception):
    """Another row of the region has this code; `holder` is that row."""

    def __init__(self, holder: object) -> None:
        super().__init__(holder)
        self.holder = holder


class EndReasonMissing(Exception):
    """A goal, a programme or a task ends only with a written reason."""


class EndsBeforeItBegan(Exception):
    """The end would come before the beginning; `began` is the first day or year."""

    def __init__(self, began: object) -> None:
        super().__init__(began)
        self.began = began


class SuccessionCircle(Exception):
    """The link would make a programme its own ancestor."""


class StepRefused(Exception):
    """A version in `state` does not take this `step`."""

    def __init__(self, state: str, step: str) -> None:
        super().__init__(state, step)
        self.state, self.step = state, step


class DraftExists(Exception):
    """There is a draft of this strategy already, or an adopted version that has not entered the tree; see `version`."""

    def __init__(self, version: object) -> None:
        super().__init__(version)
        self.version = version


class DraftFrozen(Exception):
    """The text is being consulted, or its report is published: it does not change now."""


class CodeInUse(Exception):
    """An element of this kind with this `code` is there already."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ElementInUse(Exception):
    """Other elements of the draft belong to this one; `names` says which."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


class NothingChanges(Exception):
    """The draft does not differ from the tree: there is nothing to consult."""


class TermRefused(Exception):
    """A consultation opens today or later and closes no earlier than it opens."""


class NotInTerm(Exception):
    """Remarks are taken from the first to the last day of the consultation."""

    def __init__(self, opens_on: date, closes_on: date) -> None:
        super().__init__(opens_on, closes_on)
        self.opens_on, self.closes_on = opens_on, closes_on


class TooManyRemarks(Exception):
    """Too many remarks came from one connection within an hour."""


class RemarksUnanswered(Exception):
    """A report is published only when every remark has an answer; `remarks` are those without one."""

    def __init__(self, remarks: list) -> None:
        super().__init__(remarks)
        self.remarks = remarks


class ConsultationOpen(Exception):
    """The term of the consultation has not ended; `closes_on` is its last day."""

    def __init__(self, closes_on: date) -> None:
        super().__init__(closes_on)
        self.closes_on = closes_on


class ReportMissing(Exception):
    """A version is adopted only after the report of its consultation is published."""


class ReportPublished(Exception):
    """The report of the consultation is published: answers do not change any more."""


class NotAdditive(Exception):
    """Values under this rule are never added: `rule` says which, `over` over what ("parts" of a year, "places").

    The same person may be counted in two places; a published index has no parts.
    """

    def __init__(self, rule: str, over: str) -> None:
        super().__init__(rule, over)
        self.rule, self.over = rule, over


class DefinitionsDiffer(Exception):
    """Values of different definitions (`numbers`) are not put together."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class PeriodHasValue(Exception):
    """The period and place already have a value, `current`; it is corrected, not entered again."""

    def __init__(self, current: object) -> None:
        super().__init__(current)
        self.current = current


class WrongFigures(Exception):
    """A ratio takes a numerator and a denominator above zero, every other indicator one value."""


class WrongPeriod(Exception):
    """The part does not fit how often the indicator is measured, or the period has not begun."""


class DefinitionNotLater(Exception):
    """A new definition holds from a day after the one before it, `after`."""

    def __init__(self, after: object) -> None:
        super().__init__(after)
        self.after = after


class DutyFrozen(Exception):
    """The duty is marked as done in `year`, which would come after its last year."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year
