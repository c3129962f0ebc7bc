"""What the demonstration shows: a year in progress for the office alone, and a draft of the strategy for everybody."""

from datetime import date

import pytest

from spoiwo.access.models import User
from spoiwo.config import demonstration
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.closing import changes_since_closing
from spoiwo.ledger.services.plan import commitment_rows, late_rows
from spoiwo.persons.models import NAMES, Person
from spoiwo.strategy.domain import versions
from spoiwo.strategy.domain.remarks import Phase
from spoiwo.strategy.domain.status import State
from spoiwo.strategy.models import Consultation
from spoiwo.strategy.services.consultations import counted
from spoiwo.strategy.services.indicators import all_judged, of_region
from spoiwo.strategy.services.updating import phase_of
from spoiwo.vault.services import unsealed

TODAY = date(2026, 11, 20)


@pytest.fixture
def year(db) -> FiscalYear:
    """The demonstration's year in progress, loaded as `spoiwo demo` does."""
    demonstration.load(lambda name: None)
    return FiscalYear.objects.get(year=2026)


def test_the_demonstration_holds_a_year_in_progress(year):
    assert list(FiscalYear.objects.values_list("year", "shown_before_final")) == [
        (2026, False),
        (2025, True),
        (2019, True),
        (2017, False),
    ]
    assert [closing.month for closing in year.closings.all()] == list(range(1, demonstration.CLOSED_TO + 1))
    assert all(changes_since_closing(closing).holds for closing in year.closings.all())
    late = late_rows(commitment_rows(year), TODAY)
    assert len(late) == 4
    states = {one.indicator.code: one.status.state for one in all_judged(of_region("08"), TODAY)}
    assert set(states.values()) == set(State)
    assert {code for code, state in states.items() if state is State.NO_DATA} == {"es-przedsiebiorstwa"}


@pytest.mark.usefixtures("year")
def test_the_demonstration_holds_an_invented_draft_in_consultation_with_one_remark_unanswered():
    consultation = counted(Consultation.objects.all()).get()
    draft = consultation.strategy_version
    assert phase_of(consultation, TODAY) is Phase.OPEN
    assert (consultation.received, consultation.unanswered) == (3, 1)
    kinds = consultation.remarks.values_list("sender_kind", "decision", "element_label")
    assert list(kinds) == [
        ("powiat", "partly", demonstration.NEW_PROGRAMME["name"]),
        ("ngo", "accepted", "Przedsiębiorstwa społeczne działające w regionie (2030)"),
        ("resident", "", "Lepsza jakość życia seniorów i ich opiekunów (zmiana zmyślona)"),
    ]
    changes = [(change.what, change.ref) for change in versions.diff(draft.base, draft.content)]
    assert sorted(changes) == [
        ("added", "programme:2021-ES"),
        ("renamed", "goal:2021-C1"),
        ("target", "target:es-przedsiebiorstwa@2030"),
    ]
    assert "zmyślony" in consultation.title
    assert "zmyślony" in consultation.about
    senders = consultation.remarks.exclude(sender="").values_list("sender", flat=True)
    assert all("zmyślon" in sender for sender in senders)


@pytest.mark.usefixtures("year")
def test_the_demonstration_keeps_eight_persons_who_do_not_exist():
    persons = Person.objects.select_related("unit")
    assert {(one.unit.code, one.invented) for one in persons} == {(demonstration.REGISTER, True)}
    opened = [unsealed(one, list(NAMES)) for one in persons]
    assert len(opened) == 8
    assert all("zmyślon" in values["last_name"].lower() and "zmyślon" in values["notes"] for values in opened)
    assert {values["pesel"] for values in opened} == {""}
    pat, piotr, dora = (User.objects.get(email=f"{name}@pokaz.example") for name in ("pat", "piotr", "dora"))
    seen = [Person.objects.visible_to(user, TODAY).count() for user in (pat, piotr, dora)]
    named = [Person.objects.identifiable_by(user, TODAY).count() for user in (pat, piotr, dora)]
    assert (seen, named) == ([8, 0, 8], [8, 0, 0])
    demonstration.load(lambda name: None)
    assert Person.objects.count() == 8
