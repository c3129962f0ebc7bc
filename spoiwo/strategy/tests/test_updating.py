"""A draft is opened, edited, adopted and enters the tree; earlier years keep the old names."""

from datetime import date

import pytest
from django.db import transaction

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.strategy.domain import versions
from spoiwo.strategy.errors import CodeInUse, DraftExists, DraftFrozen, ElementInUse, ReportMissing, StepRefused
from spoiwo.strategy.models import Goal, Programme, StrategyVersion, Target, Task
from spoiwo.strategy.services import updating
from spoiwo.strategy.tests.drafting import (
    AFTER,
    CLOSES,
    NEW,
    NOW,
    OLD,
    OPENS,
    TODAY,
    adopted,
    changed,
    consulted,
    opened,
    planted,
    remarked,
    renamed,
    reported,
)
from tests.factories import IndicatorFactory, ProgrammeFactory, StrategyFactory, TargetFactory, TaskFactory
from tests.visitors import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy():
    """A strategy with a goal, a programme and a task."""
    return planted()


@pytest.fixture
def anna():
    """An officer."""
    return person(Role.ROPS_OFFICER, full_name="Anna Zmyślona")


def added(draft, kind, code, **values):
    """An element added to a draft."""
    return updating.add_element(draft=draft, kind=kind, code=code, values=values, on=TODAY, by=None)


# --- a draft -------------------------------------------------------------------------------------


def test_the_tree_is_one_document(strategy):
    TargetFactory(indicator=IndicatorFactory(code="W1", name="Wskaźnik", programme=Programme.objects.get()))
    assert updating.tree_document(strategy) == {
        "goals": [
            {"code": "C1", "number": "1", "name": "Bezpieczny dom", "parent": None, "ended_on": None, "order": 0,
             "version": 1}
        ],
        "programmes": [
            {"code": "P4", "number": "4", "name": OLD, "short_name": "Narkomania", "from_year": None, "to_year": None,
             "goals": ["C1"], "order": 0, "kind": "programme", "version": 1}
        ],
        "tasks": [
            {"code": "p4-szkoly", "number": "", "name": "Profilaktyka w szkołach", "programme": "P4", "goal": None,
             "from_date": None, "to_date": None, "order": 0, "kind": "task", "version": 1}
        ],
        "targets": [
            {"code": "W1@2019", "name": "Wskaźnik", "indicator": "W1", "year": 2019, "value": "10", "version": 1}
        ],
    }  # fmt: skip


def test_the_document_holds_nothing_of_another_strategy(strategy):
    TaskFactory(programme=ProgrammeFactory(strategy=StrategyFactory(), code="inny"))
    assert [row["code"] for row in updating.tree_document(strategy)["programmes"]] == ["P4"]


def test_the_first_draft_keeps_the_tree_as_version_one(strategy, anna):
    draft = opened(strategy, by=anna)
    first = strategy.versions.get(number=1)
    assert (draft.number, draft.state, draft.based_on, draft.created_by) == (2, "draft", first, anna)
    assert draft.content == draft.base == first.content == updating.tree_document(strategy)
    assert (first.state, first.binding_from, first.title) == ("adopted", date(2021, 1, 1), "Strategia")
    record = Record.objects.about(draft).get()
    assert (record.deed, record.by) == ("strategy.draft_opened", anna)


def test_a_strategy_has_one_draft_at_a_time(strategy):
    draft = opened(strategy)
    with pytest.raises(DraftExists) as refusal, transaction.atomic():
        opened(strategy)
    assert refusal.value.version == draft
    assert strategy.versions.count() == 2
    assert opened(StrategyFactory()).number == 2


def test_a_change_stays_in_the_draft_and_is_recorded(strategy, anna):
    draft = changed(opened(strategy), "programme", "P4", name=NEW, by=anna)
    assert [(one.ref, one.before, one.after) for one in versions.diff(draft.base, draft.content)] == [
        ("programme:P4", OLD, NEW)
    ]
    assert Programme.objects.get().name == OLD
    record = Record.objects.get(deed="strategy.draft_changed")
    assert (record.by, record.facts) == (anna, {"element": "programme:P4", "changed": {"name": [OLD, NEW]}})


def test_the_second_of_two_people_in_one_element_is_told_and_overwrites_nothing(strategy):
    draft = changed(opened(strategy), "programme", "P4", name=NEW)
    records = Record.objects.count()
    with pytest.raises(ChangedMeanwhile) as refusal, transaction.atomic():
        changed(draft, "programme", "P4", seen=1, name="Moja nazwa")
    assert (refusal.value.current["name"], refusal.value.current["version"]) == (NEW, 2)
    draft.refresh_from_db()
    assert versions.find(draft.content, "programme", "P4")["name"] == NEW
    assert Record.objects.count() == records


def test_two_people_in_two_elements_do_not_disturb_each_other(strategy):
    draft = opened(strategy)
    same = StrategyVersion.objects.get(pk=draft.pk)
    changed(draft, "goal", "C1", seen=1, name="Bezpieczna rodzina")
    changed(same, "task", "p4-szkoly", seen=1, name="Profilaktyka w szkołach i klubach")
    same.refresh_from_db()
    assert len(versions.diff(same.base, same.content)) == 2


def test_a_change_that_changes_nothing_leaves_no_trace(strategy):
    draft = changed(opened(strategy), "programme", "P4", name=OLD)
    assert (draft.version, versions.find(draft.content, "programme", "P4")["version"]) == (1, 1)
    assert not Record.objects.filter(deed="strategy.draft_changed").exists()


def test_an_element_is_added_once_however_often_the_form_is_sent(strategy):
    draft = opened(strategy)
    for _n in range(2):
        added(draft, "goal", "C2", number="2", name="Nowy cel", parent=None, ended_on=None)
    draft.refresh_from_db()
    assert [row["code"] for row in draft.content["goals"]] == ["C1", "C2"]
    assert Record.objects.filter(deed="strategy.draft_element_added").count() == 1


def test_a_code_of_the_region_is_taken_once(strategy):
    ProgrammeFactory(strategy=StrategyFactory(), code="2014-P1")
    draft = opened(strategy)
    for code in ("P4", "2014-P1"):
        with pytest.raises(CodeInUse) as refusal, transaction.atomic():
            added(draft, "programme", code, name="Inny", short_name="Inny", goals=[])
        assert refusal.value.code == code
    assert added(draft, "goal", "2014-P1", name="Cel", parent=None)["code"] == "2014-P1"


def test_what_the_draft_added_can_be_taken_out_and_what_is_in_force_cannot(strategy):
    draft = opened(strategy)
    added(draft, "programme", "P9", name="Nowy", short_name="N", goals=[])
    changed(draft, "task", "p4-szkoly", programme="P9")
    with pytest.raises(ElementInUse) as refusal, transaction.atomic():
        updating.drop_element(draft=draft, kind="programme", code="P9", on=TODAY, by=None)
    assert refusal.value.names == ["Profilaktyka w szkołach"]
    changed(draft, "task", "p4-szkoly", programme="P4")
    updating.drop_element(draft=draft, kind="programme", code="P9", on=TODAY, by=None)
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        updating.drop_element(draft=draft, kind="programme", code="P4", on=TODAY, by=None)
    draft.refresh_from_db()
    assert versions.diff(draft.base, draft.content) == []
    assert [row["code"] for row in draft.content["programmes"]] == ["P4"]


@pytest.mark.parametrize(("on", "free"), [(TODAY, False), (OPENS, False), (CLOSES, False), (AFTER, True)])
def test_the_text_is_frozen_from_the_day_the_consultation_is_set_to_its_last_day(strategy, on, free):
    draft = renamed(strategy)
    consulted(draft)
    draft.refresh_from_db()
    assert updating.may_change(draft, on) is free
    if not free:
        with pytest.raises(DraftFrozen), transaction.atomic():
            changed(draft, "goal", "C1", on=on, name="Inna")
        return
    assert versions.find(changed(draft, "goal", "C1", on=on, name="Inna").content, "goal", "C1")["name"] == "Inna"


def test_after_the_report_the_text_is_frozen_for_good(strategy):
    draft = renamed(strategy)
    reported(consulted(draft))
    with pytest.raises(DraftFrozen), transaction.atomic():
        changed(draft, "goal", "C1", on=AFTER, name="Inna")


def test_a_withdrawn_draft_stays_to_be_read_and_makes_room_for_another(strategy, anna):
    draft = opened(strategy)
    updating.withdraw(draft=draft, seen_version=draft.version, reason="Zmieniła się ustawa.", on=TODAY, by=anna)
    assert opened(strategy).number == 3
    assert StrategyVersion.objects.get(pk=draft.pk).state == "withdrawn"
    with pytest.raises(StepRefused), transaction.atomic():
        updating.withdraw(draft=draft, seen_version=draft.version, reason="Jeszcze raz.", on=TODAY, by=anna)


# --- adoption ------------------------------------------------------------------------------------


def test_a_draft_that_was_not_consulted_is_not_adopted(strategy):
    draft = renamed(strategy)
    with pytest.raises(StepRefused), transaction.atomic():
        adopted(draft)
    assert Programme.objects.get().name == OLD


def test_a_draft_whose_report_is_not_published_is_not_adopted(strategy):
    draft = renamed(strategy)
    remarked(consulted(draft))
    with pytest.raises(ReportMissing), transaction.atomic():
        adopted(draft)
    draft.refresh_from_db()
    assert (draft.state, Programme.objects.get().name) == ("consulted", OLD)


def test_a_draft_that_changed_under_the_eyes_of_who_adopts_it_is_not_adopted(strategy):
    draft = renamed(strategy)
    reported(consulted(draft))
    facts = {"adopting_body": "Sejmik", "resolution": "1", "adopted_on": AFTER, "binding_from": AFTER}
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        updating.adopt(draft=draft, seen_version=1, **facts, now=NOW, on=AFTER, by=None)


def test_adoption_writes_names_goals_tasks_and_targets_into_the_tree(strategy, anna):
    indicator = IndicatorFactory(code="W1", programme=Programme.objects.get())
    TargetFactory(indicator=indicator, year=2030, value=10)
    draft = renamed(strategy)
    added(draft, "goal", "C2", number="2", name="Cel nowy", parent=None, ended_on=None)
    added(
        draft, "task", "nowe", number="", name="Zadanie nowe", programme="P4", goal="C2", from_date=None, to_date=None
    )
    added(draft, "target", "W1@2028", name="W", indicator="W1", year=2028, value="7.5")
    changed(draft, "programme", "P4", goals=["C2"])
    changed(draft, "task", "p4-szkoly", to_date="2026-12-31")
    changed(draft, "target", "W1@2030", value="12")
    reported(consulted(draft))
    version = adopted(draft, by=anna)
    programme, ended, new = Programme.objects.get(), Task.objects.get(code="p4-szkoly"), Task.objects.get(code="nowe")
    assert (programme.name, programme.short_name, programme.version) == (NEW, "Uzależnienia", 2)
    assert [goal.name for goal in programme.goals.all()] == ["Cel nowy"]
    assert (ended.to_date, ended.version) == (date(2026, 12, 31), 2)
    assert (new.name, new.programme, new.goal.code, new.from_date) == (
        "Zadanie nowe", programme, "C2", date(2026, 5, 4)
    )  # fmt: skip
    assert [(row.year, str(row.value)) for row in Target.objects.all()] == [(2028, "7.5000"), (2030, "12.0000")]
    assert (version.state, version.resolution, version.written_at) == ("adopted", "XX/1/26", NOW)
    assert Goal.objects.get(code="C1").version == 1
    indicator.refresh_from_db()
    assert indicator.version == 3, "one for each target: a form opened before the adoption must notice"
    assert updating.tree_document(strategy)["programmes"][0]["name"] == NEW


def test_every_element_that_adoption_writes_has_its_record(strategy, anna):
    draft = renamed(strategy)
    reported(consulted(draft))
    adopted(draft, by=anna)
    record = Record.objects.about(Programme.objects.get()).get()
    assert (record.deed, record.by, record.reason) == ("strategy.version_written", anna, "XX/1/26")
    assert record.facts["changed"] == {"name": [OLD, NEW], "short_name": ["Narkomania", "Uzależnienia"]}


def test_what_the_tree_changed_elsewhere_stays(strategy):
    draft = renamed(strategy)
    TaskFactory(programme=Programme.objects.get(), code="p4-dopisane", name="Dopisane obok")
    Programme.objects.update(number="4a")
    reported(consulted(draft))
    adopted(draft)
    assert (Programme.objects.get().name, Programme.objects.get().number) == (NEW, "4a")
    assert Task.objects.get(code="p4-dopisane").to_date is None


def test_a_version_enters_the_tree_on_its_day_and_once(strategy):
    draft = renamed(strategy)
    reported(consulted(draft))
    version = adopted(draft, binding_from=date(2027, 1, 1), on=date(2026, 5, 4))
    assert (version.state, version.written_at, Programme.objects.get().name) == ("adopted", None, OLD)
    facts = {"version": version, "now": NOW, "by": None}
    assert updating.write_into_tree(**facts, on=date(2026, 12, 31)) == 0
    with pytest.raises(DraftExists), transaction.atomic():
        opened(strategy)
    assert list(updating.due("08", date(2026, 12, 31))) == []
    assert list(updating.due("08", date(2027, 1, 1))) == [version]
    assert updating.write_into_tree(**facts, on=date(2027, 1, 1)) == 1
    assert Programme.objects.get().name == NEW
    assert updating.write_into_tree(**facts, on=date(2027, 1, 2)) == 0
    assert Programme.objects.get().version == 2


def test_the_next_draft_begins_with_what_was_adopted(strategy):
    draft = renamed(strategy)
    reported(consulted(draft))
    adopted(draft)
    later = opened(strategy)
    assert (later.number, later.based_on) == (3, draft)
    assert versions.find(later.content, "programme", "P4")["name"] == NEW


# --- names of earlier years ----------------------------------------------------------------------


def test_a_day_before_the_version_bound_has_the_old_names(strategy):
    draft = renamed(strategy)
    reported(consulted(draft))
    adopted(draft, binding_from=date(2026, 5, 4))
    programme, task = Programme.objects.get(), Task.objects.get()
    before, after = (updating.names_on("08", day) for day in (date(2026, 5, 3), date(2026, 5, 4)))
    assert [before.of(programme), before.of(programme, "short_name"), before.of(programme, "number")] == [
        OLD, "Narkomania", "4"
    ]  # fmt: skip
    assert before.of(task) == "Profilaktyka w szkołach"
    assert [after.of(programme), after.of(programme, "short_name")] == [NEW, "Uzależnienia"]


def test_of_two_later_versions_each_day_has_the_name_that_bound_then(strategy):
    for name, day in (("Druga nazwa", date(2026, 5, 4)), ("Trzecia nazwa", date(2027, 5, 4))):
        draft = changed(opened(strategy), "programme", "P4", name=name)
        reported(consulted(draft))
        adopted(draft, binding_from=day, on=day)
    programme = Programme.objects.get()
    days = [date(2026, 5, 3), date(2026, 12, 31), date(2027, 5, 4)]
    assert [updating.names_on("08", day).of(programme) for day in days] == [OLD, "Druga nazwa", "Trzecia nazwa"]


def test_names_of_another_region_and_of_a_version_not_yet_in_the_tree_are_the_trees(strategy):
    draft = renamed(strategy)
    reported(consulted(draft))
    adopted(draft, binding_from=date(2027, 1, 1), on=date(2026, 5, 4))
    assert updating.names_on("08", date(2026, 12, 31)).former == {}
    updating.write_into_tree(version=draft, now=NOW, on=date(2027, 1, 1), by=None)
    assert updating.names_on("14", date(2026, 12, 31)).former == {}
    assert list(updating.names_on("08", date(2026, 12, 31)).former) == [("programme", "P4")]
