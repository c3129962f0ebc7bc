"""A year that keeps its plan, and the shortest way to say what was done in it."""

from datetime import date

from spoiwo.ledger.services.planning import commit, pay, set_plan
from tests.factories import SourceFactory, YearFactory


def kept_year(**facts):
    """2026, which keeps its plan."""
    return YearFactory(year=2026, keeps_plan=True, **facts)


def said(**facts):
    """What every line of own funds says."""
    return {"source": SourceFactory(), "description": "Szkolenie", "document": "Umowa 1", "by": None} | facts


def planned(year, amount_gr=100_00, **facts):
    """A plan of own funds outside programmes, of 2 January."""
    return set_plan(year=year, amount_gr=amount_gr, **said(date=date(2026, 1, 2)) | facts)


def committed(year, amount_gr=60_00, **facts):
    """A commitment of 1 February."""
    return commit(year=year, amount_gr=amount_gr, **said(date=date(2026, 2, 1)) | facts)


def paid(commitment, amount_gr, on=date(2026, 3, 1), **facts):
    """A payment of a commitment, of 1 March."""
    words = {"description": "Rachunek", "document": "Rachunek 1", "by": None}
    return pay(commitment=commitment, amount_gr=amount_gr, date=on, **words | facts)
