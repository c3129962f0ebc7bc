"""What is kept no longer: a day before, on the day and a day after; rehearsed, removed, proven."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone, translation

from spoiwo.access.models import Attempt, Invitation, KnownBrowser
from spoiwo.audit.models import Record
from spoiwo.doors.letters import send_letter
from spoiwo.doors.models import Letter
from spoiwo.strategy.models import Consultation, Remark, StrategyVersion
from spoiwo.vault import retention
from spoiwo.vault.errors import RuleUnconfirmed
from spoiwo.vault.models import RetentionRun
from spoiwo.vault.retention import Due, Rule, register_rule, registered, rule_of
from spoiwo.vault.services import remove_what_is_over
from spoiwo.vault.services.keeping import digest_of, kept_on, plans
from tests.factories import StrategyFactory, UserFactory

NOON = datetime(2026, 3, 16, 11, tzinfo=UTC)  # 12.00 in Warsaw


def session():
    Session.objects.create(session_key="s" * 32, session_data="x", expire_date=NOON)
    return Session


def attempt():
    Attempt.objects.create(counter="account", key="k", at=NOON)
    return Attempt


def browser():
    KnownBrowser.objects.create(user=UserFactory(), browser="b", label="Firefox", since=NOON, seen_at=NOON)
    return KnownBrowser


def invitation():
    Invitation.objects.create(
        email="nikt@przyklad.example", token_hash="t", invited_at=NOON - timedelta(days=7), expires_at=NOON
    )
    return Invitation


def letter():
    row = send_letter(to="nikt@przyklad.example", subject="Temat", body="Treść", by=None, now=NOON)
    Letter.objects.filter(pk=row.pk).update(ended_at=NOON)
    return Letter


def upload(folder):
    (folder / "paczka").mkdir(parents=True)
    (folder / "paczka" / "plik").write_text("x")
    (folder / "luzem").write_text("x")
    for path in folder.iterdir():
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))


def remark():
    strategy = StrategyFactory()
    version = StrategyVersion.objects.create(strategy=strategy, number=1, title="Projekt")
    consultation = Consultation.objects.create(
        strategy_version=version,
        title="Konsultacje",
        about="o czym",
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 1, 31),
        published_at=NOON,
    )
    for key, sender in (("a", "Fundacja Zmyślona"), ("b", "")):
        Remark.objects.create(consultation=consultation, key=key, sender_kind="ngo", sender=sender, text="uwaga")


def counts(today):
    """How much would go on a day, by rule."""
    return {plan.kept.code: len(plan.found) for plan in plans(today) if plan.found}


@pytest.mark.django_db
@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("code", "make", "due"),
    [
        ("sessions", session, date(2026, 3, 17)),
        ("attempts", attempt, date(2026, 3, 17)),
        ("browsers", browser, date(2027, 3, 16)),
        ("invitations", invitation, date(2026, 9, 16)),
        ("letters", letter, date(2028, 3, 16)),
    ],
)
def test_rows_stay_through_the_day_before_and_go_on_the_day(code, make, due):
    model = make()
    assert [code in counts(due + timedelta(days=n)) for n in (-1, 0, 1)] == [False, True, True]
    remove_what_is_over(today=due - timedelta(days=1), now=NOON, by=None, only=code)
    assert model.objects.count() == 1
    run = remove_what_is_over(today=due, now=NOON, by=None, only=code)
    assert run.counts == {code: 1}
    assert model.objects.count() == 0
    again = remove_what_is_over(today=due, now=NOON, by=None, only=code)
    assert (again.counts, again.digest) == ({code: 0}, digest_of([]))


@pytest.mark.django_db
def test_the_sender_of_a_remark_goes_and_the_remark_stays():
    remark()
    due = date(2028, 3, 16)
    assert [counts(due + timedelta(days=n)).get("remark_senders") for n in (-1, 0, 1)] == [None, 1, 1]
    remove_what_is_over(today=due, now=NOON, by=None, only="remark_senders")
    assert list(Remark.objects.order_by("key").values_list("sender", "text", "version")) == [
        ("", "uwaga", 2),
        ("", "uwaga", 1),
    ]


@pytest.mark.django_db
def test_files_laid_aside_go_after_a_day(tmp_path, settings):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    assert "uploads" not in counts(date(2026, 3, 17))
    upload(settings.UPLOADS_DIR)
    assert [counts(date(2026, 3, day)).get("uploads") for day in (16, 17, 18)] == [None, 2, 2]
    remove_what_is_over(today=date(2026, 3, 17), now=NOON, by=None, only="uploads")
    assert list(settings.UPLOADS_DIR.iterdir()) == []


@pytest.mark.django_db
def test_the_day_is_the_day_of_warsaw():
    Session.objects.create(
        session_key="s" * 32, session_data="x", expire_date=datetime(2026, 3, 16, 23, 30, tzinfo=UTC)
    )
    assert [counts(date(2026, 3, day)).get("sessions") for day in (17, 18)] == [None, 1]


@pytest.mark.django_db
def test_what_nobody_confirmed_goes_only_when_it_is_named(tmp_path, settings):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    session()
    browser()
    officer, today = UserFactory(), date(2027, 3, 16)
    run = remove_what_is_over(today=today, now=NOON, by=officer)
    assert (run.counts["sessions"], run.total, "browsers" in run.counts) == (1, 1, False)
    assert (Session.objects.count(), KnownBrowser.objects.count()) == (0, 1)
    assert remove_what_is_over(today=today, now=NOON, by=officer, only="browsers").counts == {"browsers": 1}
    for unknown in ("nic", "records"):
        with pytest.raises(RuleUnconfirmed):
            remove_what_is_over(today=today, now=NOON, by=officer, only=unknown)


@pytest.mark.django_db
def test_a_removal_leaves_a_row_and_a_record_that_name_nothing(tmp_path, settings):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    session()
    officer = UserFactory()
    run = remove_what_is_over(today=date(2026, 3, 20), now=NOON, by=officer)
    assert (run.at, run.by, run.reached, run.total) == (NOON, officer, date(2026, 3, 20), 1)
    record = Record.objects.get(deed="vault.retention_applied")
    assert (record.about_id, record.facts) == (str(run.pk), {"counts": run.counts, "digest": run.digest})
    assert "ssss" not in str(record.facts)
    assert run.digest != digest_of([])
    assert str(run.reached) in str(run)


@pytest.mark.django_db
def test_a_removal_that_fails_leaves_no_proof_and_removes_nothing(monkeypatch):
    session()

    def fails(found):
        Session.objects.all().delete()
        raise ZeroDivisionError

    monkeypatch.setitem(retention._rules, "sessions", Rule("sessions", lambda last: [Due("x", last)], fails))
    with pytest.raises(ZeroDivisionError):
        remove_what_is_over(today=date(2026, 3, 20), now=NOON, by=None)
    assert (Session.objects.count(), RetentionRun.objects.count()) == (1, 0)


def test_every_rule_has_a_line_in_force_and_every_line_without_a_rule_says_why_nothing_goes():
    lines = kept_on(timezone.localdate())
    assert [code for code in registered() if code not in {line.code for line in lines}] == []
    assert [line.code for line in lines if not line.removable and not line.how.startswith("nie usuwa się")] == []
    assert len({line.code for line in lines}) == len(lines)
    assert all(line.what and line.basis and line.counted_from for line in lines)


def test_lines_hold_from_their_first_day_to_their_last():
    assert kept_on(date(2025, 12, 31)) == []
    assert "sessions" in {line.code for line in kept_on(date(2026, 1, 1))}


@pytest.mark.parametrize(
    ("code", "words"), [("sessions", "1\xa0dzień"), ("letters", "2\xa0lata"), ("invitations", "6\xa0miesięcy")]
)
def test_a_period_is_told_in_words(code, words):
    (line,) = [line for line in kept_on(date(2026, 11, 2)) if line.code == code]
    with translation.override("pl"):
        assert line.period_in_words == words


def test_a_rule_registered_again_replaces_itself():
    before = registered()
    register_rule(rule_of("sessions"))
    assert registered() == before
