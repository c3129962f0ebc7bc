"""A consultation that is open today, with one remark: for walks through every page."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.strategy.models import Consultation, Remark, Strategy, StrategyVersion
from spoiwo.strategy.services.consultations import receive_remark, start_consultation
from spoiwo.strategy.services.updating import change_element, open_draft

REMARK = "uwaga-do-obejscia"


def consulted(code: str, pk: int, goal: str) -> Consultation:
    """A draft of the strategy `code` that renames one goal, in consultation from today; all of it under one number."""
    now = timezone.localtime()
    draft = open_draft(strategy=Strategy.objects.get(code=code), title="Zmiana zmyślona", now=now, by=None)
    StrategyVersion.objects.filter(pk=draft.pk).update(id=pk)
    draft = StrategyVersion.objects.get(pk=pk)
    values = {"name": "Cel o zmienionej nazwie"}
    change_element(draft=draft, kind="goal", code=goal, seen_version=1, values=values, on=now.date(), by=None)
    term = {"opens_on": now.date(), "closes_on": now.date() + timedelta(days=30), "on": now.date()}
    words = {"title": "Konsultacje zmyślone", "about": "Prosimy o uwagi.", "seen_version": 2}
    held = start_consultation(draft=draft, **words, **term, by=None)
    Consultation.objects.filter(pk=held.pk).update(id=pk)
    held = Consultation.objects.get(pk=pk)
    given = {"sender_kind": "resident", "text": "Uwaga zmyślona o celu.", "now": now, "on": now.date()}
    remark = receive_remark(consultation=held, key=REMARK, **given)
    Remark.objects.filter(pk=remark.pk).update(id=pk)
    return held
