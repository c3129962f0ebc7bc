"""The version of an account: it moves with every change made by the office, and open sessions notice."""

from spoiwo.access.models import User
from spoiwo.doors.locking import unchanged


def locked(user: User, seen_version: int | None = None) -> User:
    """The account, locked until the end of the transaction.

    Raises: ChangedMeanwhile when somebody changed it after `seen_version`; None asks for no comparison.
    """
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return held if seen_version is None else unchanged(held, seen_version)


def moved(held: User, user: User | None = None, *columns: str) -> None:
    """Save a locked account with the next version; `user` is the caller's row, which is told of it."""
    held.version += 1
    held.save(update_fields=["version", *columns])
    forget_held(held)
    if user is not None and user is not held:
        for name in ("version", *columns):
            setattr(user, name, getattr(held, name))
        forget_held(user)


def forget_held(user: User) -> None:
    """What the row remembered about roles is asked again."""
    for name in ("_in_force", "_substituted"):
        user.__dict__.pop(name, None)
