"""Named refusals of the room."""


class DifferencesOpen(Exception):
    """A report cannot become final while a difference is open; `keys` names them."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


class ReasonMissing(Exception):
    """A new version says why it is made."""


class NothingChanged(Exception):
    """The figures are those of the last final version; there is nothing to correct."""


class DoesNotHold(Exception):
    """The gathered report fails its own check; `problems` names the figures."""

    def __init__(self, problems: list) -> None:
        super().__init__(f"{len(problems)}")
        self.problems = problems


class SnapshotBroken(Exception):
    """The stored text of a final report does not fit its fingerprint: somebody changed it in the database."""


class NotAReport(Exception):
    """The file is not a report of this house; says what was found."""
