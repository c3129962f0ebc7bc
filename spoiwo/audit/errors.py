"""What the record of deeds refuses."""


class PurposeMissing(ValueError):
    """Personal data are read for a purpose, and none was given."""


class AlreadySigned(Exception):
    """The week was signed before; a signed week is not changed."""


class HitsChanged(Exception):
    """What the rules find in the week is not what the person saw before signing."""


class WeekNotOver(Exception):
    """A week is signed when it is over."""


class HeadUnreadable(ValueError):
    """A line of a file of heads is not a head."""


class HousekeyBroken(RuntimeError):
    """The key of the record cannot be read; nothing may be recorded with a half of it."""


class HousekeyLost(HousekeyBroken):
    """The key of the record is gone though entries were made with it; a new one is laid only by a deed of its own."""


class HousekeyThere(Exception):
    """A key of the record lies in its place; it is never written over."""
