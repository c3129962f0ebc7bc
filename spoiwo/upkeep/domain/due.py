"""When a chore is due: also after the clock was set back or forward, and not sooner because it failed."""

from datetime import datetime, timedelta

RETRY = timedelta(minutes=15)  # a chore that failed is tried again no sooner


def is_due(*, every: timedelta, last: datetime | None, failed: bool, now: datetime) -> bool:
    """Tell whether a chore is to be done now; `last` is when it began last.

    A clock that jumps forward makes it due once, not once for each time that was jumped over. A beginning in the
    future means that the clock was set back: the chore is due, and its beginning is written anew.
    """
    if last is None or last > now:
        return True
    return now - last >= (min(every, RETRY) if failed else every)
