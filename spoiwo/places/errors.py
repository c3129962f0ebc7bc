"""Named refusals of the room."""


class NotARegister(Exception):
    """The file is not a register of places: says where and what was expected."""
