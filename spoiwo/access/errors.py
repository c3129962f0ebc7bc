"""Named refusals of the room."""


class UndeclaredView(Exception):
    """A view that does not say who may use it; it is closed to everybody."""


class AccountExists(Exception):
    """An account with this e-mail is already there."""
