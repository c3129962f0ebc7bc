"""Named refusals of the room."""


class NotOnlyHere(Exception):
    """The person works elsewhere too; only the office closes such an account."""


class NoProtectedCases(Exception):
    """An organisation of this kind keeps no protected cases."""


class CareRoleNotHeld(Exception):
    """The person does not hold the role of a care officer today."""
