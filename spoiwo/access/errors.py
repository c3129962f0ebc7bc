"""Named refusals of the room."""


class UndeclaredView(Exception):
    """A view that does not say who may use it; it is closed to everybody."""


class AccountExists(Exception):
    """An account with this e-mail is already there."""


class LastAdministrator(Exception):
    """The last administrator cannot be closed and keeps the role: nobody could give it back."""


class OwnAccount(Exception):
    """A person does not close their own account and takes no role from themself."""


class RoleNotHeld(Exception):
    """The role is not held, so it cannot be taken."""


class RoleNotAllowed(Exception):
    """This person may not give this role."""


class SamePerson(Exception):
    """Nobody stands in for themself."""


class SubstitutionChained(Exception):
    """What was lent is not lent on."""


class SubstitutionDoubled(Exception):
    """The person on leave has a substitute on one of these days."""


class SubstitutionEnded(Exception):
    """The substitution is over; it cannot be ended again."""


class InvitationGone(Exception):
    """The invitation was used, withdrawn or is too old."""


class AnotherPerson(Exception):
    """The invitation is for the holder of another account."""


class TooManyAttempts(Exception):
    """Too many wrong tries in a short time."""
