"""What the house does by itself, in one sentence."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from spoiwo.vault.models import RetentionRun, Subject
from spoiwo.vault.services import keyring
from spoiwo.vault.tasks import finish_interrupted, remove_daily
from spoiwo.vault.tests.samples import NOW, sample

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def test_what_is_over_goes_daily_with_a_proof(tmp_path, settings):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    Session.objects.create(session_key="s" * 32, session_data="x", expire_date=NOW - timedelta(days=1))
    assert remove_daily(NOW) == f"Usunięto po terminie: 1, dowód nr {RetentionRun.objects.get().pk}."


def test_what_was_interrupted_is_finished():
    erased, changed = sample(), sample()
    Subject.objects.filter(pk=erased.subject_id).update(erasure_began_at=NOW)
    keyring().new_subject_key(changed.subject_id, NOW - timedelta(hours=1))
    assert finish_interrupted(NOW) == "Dokończone usunięcia: 1, zniszczone dawne klucze osób: 1."
    assert finish_interrupted(NOW) == "Dokończone usunięcia: 0, zniszczone dawne klucze osób: 0."
