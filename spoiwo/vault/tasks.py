"""What the house does by itself: what is over goes, what was interrupted is finished."""

from datetime import datetime

from django.utils.timezone import localdate

from spoiwo.vault.services import finish_erasures, finish_reseals, remove_what_is_over


def remove_daily(now: datetime) -> str:
    """Remove what is over by the confirmed rules; says in one Polish sentence how much."""
    run = remove_what_is_over(today=localdate(now), now=now, by=None)
    return f"Usunięto po terminie: {run.total}, dowód nr {run.pk}."


def finish_interrupted(now: datetime) -> str:
    """Finish erasures and changes of keys; says in one Polish sentence how many."""
    return f"Dokończone usunięcia: {finish_erasures(now)}, zniszczone dawne klucze osób: {finish_reseals(now)}."
