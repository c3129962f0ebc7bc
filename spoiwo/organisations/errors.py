"""Named refusals of the room."""


class NotOnlyHere(Exception):
    """The person works elsewhere too; only the office closes such an account."""
