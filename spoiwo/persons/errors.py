"""Named refusals of the room. None of them repeats a protected value."""

from datetime import date


class KnownPesel(Exception):
    """The unit already keeps a person with this PESEL, under `case_number`."""

    def __init__(self, case_number: str) -> None:
        super().__init__(case_number)
        self.case_number = case_number


class NamesThePerson(Exception):
    """The words of a purpose hold what is protected: the record of deeds would keep it for ever."""


class PersonClosed(Exception):
    """A closed record takes no change; it is opened again first."""


class PersonErased(Exception):
    """The data of this person was erased; nothing can be opened or changed."""


class WrongDay(Exception):
    """A day before another one that it must not precede; `earliest` is the first one allowed."""

    def __init__(self, earliest: date) -> None:
        super().__init__(earliest)
        self.earliest = earliest


class NotInUnit(Exception):
    """Only people who work for the unit of a person run their case."""


class NotOneself(Exception):
    """Who has no access to a shielded person gives it to others, never to oneself."""


class LastCaseworker(Exception):
    """A shielded person without a caseworker could be opened by nobody."""


class StillKept(Exception):
    """The time of keeping is not over; `until` is its last day, None while the record is open."""

    def __init__(self, until: date | None) -> None:
        super().__init__(until)
        self.until = until


class SamePerson(Exception):
    """Who asked for an erasure does not carry it out."""


class AlreadyDecided(Exception):
    """The request for an erasure was decided, or another one waits."""


class PaperLost(Exception):
    """The sealed file of a paper is missing or is not what was stored."""
