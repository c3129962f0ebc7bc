"""A strategy with a goal, a programme and a task, and its draft on its way."""

from datetime import UTC, date, datetime

from spoiwo.strategy.domain import versions
from spoiwo.strategy.services import consultations, updating
from tests.factories import GoalFactory, ProgrammeFactory, StrategyFactory, TaskFactory

TODAY = date(2026, 3, 2)
OPENS, CLOSES, AFTER = date(2026, 3, 10), date(2026, 4, 14), date(2026, 4, 15)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD, NEW = "Program przeciwdziałania narkomanii", "Program przeciwdziałania uzależnieniom"


def planted():
    """The strategy of 2021-2030 with one goal, one programme, one task."""
    strategy = StrategyFactory(code="2021-2030", from_year=2021, to_year=2030, name="Strategia", short_name="S 2030")
    goal = GoalFactory(strategy=strategy, code="C1", number="1", name="Bezpieczny dom")
    programme = ProgrammeFactory(strategy=strategy, code="P4", number="4", name=OLD, short_name="Narkomania")
    programme.goals.add(goal)
    TaskFactory(programme=programme, code="p4-szkoly", name="Profilaktyka w szkołach")
    return strategy


def opened(strategy, by=None):
    """A draft of the strategy that changes nothing yet."""
    return updating.open_draft(strategy=strategy, title="Aktualizacja 2027", now=NOW, by=by)


def changed(draft, kind, code, *, on=TODAY, by=None, seen=None, **values):
    """The draft with an element changed by somebody who sees it as it is now."""
    draft.refresh_from_db()
    row = versions.find(draft.content, kind, code)
    seen = row["version"] if seen is None else seen
    updating.change_element(draft=draft, kind=kind, code=code, seen_version=seen, values=values, on=on, by=by)
    draft.refresh_from_db()
    return draft


def renamed(strategy):
    """A draft in which the programme has a new name."""
    return changed(opened(strategy), "programme", "P4", name=NEW, short_name="Uzależnienia")


def consulted(draft, *, on=TODAY, opens=OPENS, closes=CLOSES):
    """A consultation of a draft."""
    facts = {"title": "Konsultacje zmyślone", "about": "Zmieniamy nazwę programu.", "seen_version": draft.version}
    return consultations.start_consultation(draft=draft, **facts, opens_on=opens, closes_on=closes, on=on, by=None)


def withdrawn(draft, *, on, by=None, reason="Zmieniła się ustawa."):
    """A draft given up by somebody who sees it as it is."""
    return updating.withdraw(draft=draft, seen_version=draft.version, reason=reason, on=on, by=by)


def remarked(consultation, text="Uwaga zmyślona", *, key="", on=OPENS, **facts):
    """A remark of a resident, unless the facts say otherwise."""
    facts = {"sender_kind": "resident"} | facts
    return consultations.receive_remark(consultation=consultation, key=key, text=text, now=NOW, on=on, **facts)


def answered(remark, answer="Odpowiedź zmyślona", *, decision="accepted", seen=None, by=None):
    """A remark with an answer."""
    seen = remark.version if seen is None else seen
    return consultations.answer_remark(
        remark=remark, seen_version=seen, decision=decision, answer=answer, now=NOW, by=by
    )


def reported(consultation, *, on=AFTER):
    """A consultation with its report published."""
    consultation.refresh_from_db()
    return consultations.publish_consultation_report(
        consultation=consultation, seen_version=consultation.version, summary="Podsumowanie.", now=NOW, on=on, by=None
    )


def adopted(draft, *, binding_from=date(2026, 5, 4), on=date(2026, 5, 4), by=None):
    """A draft with its resolution."""
    draft.refresh_from_db()
    return updating.adopt(
        draft=draft,
        seen_version=draft.version,
        adopting_body="Sejmik",
        resolution="XX/1/26",
        adopted_on=date(2026, 4, 27),
        binding_from=binding_from,
        now=NOW,
        on=on,
        by=by,
    )
