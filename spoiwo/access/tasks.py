"""What the chores of the house do about accounts."""

from datetime import datetime

from spoiwo.access.services.visits import forget_old_visits


def forget_ended_visits(now: datetime) -> str:
    """Take sessions that are over off the lists of their owners."""
    return f"Sesje zdjęte z listy, bo się skończyły: {forget_old_visits(now=now)}."
