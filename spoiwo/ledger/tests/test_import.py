"""Reading a year package into an empty house: a dry run first, then all of it or nothing."""

import pytest
from django.db import transaction

from spoiwo.audit.models import Record
from spoiwo.audit.services import verify_chain
from spoiwo.ledger.errors import PackageRefused, PlanChanged
from spoiwo.ledger.models import Entry, EntryState, FiscalYear, Source
from spoiwo.ledger.services.import_year import import_year, plan_import
from spoiwo.ledger.services.years import find_year
from spoiwo.ledger.tests.importing import LUBUSKIE, counted, summary
from spoiwo.places.models import Place
from spoiwo.strategy.models import Programme, Result, Task
from tests.factories import UserFactory
from tests.imported import EXAMPLES, SECOND_REGION, changed_copy, put, without, zipped

pytestmark = pytest.mark.django_db


def test_a_dry_run_says_what_is_new_and_saves_nothing():
    before = counted()
    plan = plan_import(LUBUSKIE)
    assert (plan.region, plan.year, plan.faults) == ("08", 2019, [])
    assert plan.counts()["money"] == {"new": 10, "changed": 0, "unchanged": 0}
    assert plan.counts()["declared"] == {"new": 6, "changed": 0, "unchanged": 0}
    assert summary(plan)["unchanged"] == 0
    assert counted() == before


def test_all_rows_are_saved_each_with_its_record():
    by, before = UserFactory(), Record.objects.count()
    plan = import_year(path=LUBUSKIE, by=by)
    year = find_year(2019)
    assert (year.entries.count(), year.declared.count(), year.documents.count()) == (10, 6, 3)
    assert year.entries.total_gr() == 8_941_855_17
    assert (year.outside_label, year.strategy.code, year.document_code) == (
        "Projekty unijne",
        "2014-2020",
        "sejmik-note-2019",
    )
    assert not year.shown_before_final
    new = summary(plan)["new"]
    assert Record.objects.count() - before == new  # the year's own record tells of the package
    assert Record.objects.filter(sequence__gt=before, by=by).count() == new
    assert Record.objects.about(year).get().facts["counts"] == plan.counts()
    assert list(verify_chain()) == []


def test_a_line_remembers_who_read_it_in_and_from_which_file():
    by = UserFactory()
    plan = import_year(path=LUBUSKIE, by=by, name="rok-2019.zip")
    entry = Entry.objects.get(key="2019-p5-own")
    assert (entry.entered_by, entry.batch.name, entry.batch.sha256) == (by, "rok-2019.zip", plan.sha256)
    assert (entry.amount_gr, entry.state, entry.version) == (35_000_00, EntryState.ENTERED, 1)
    assert [tag.code for tag in entry.tags.all()] == ["ngo"]
    assert entry.organisation_id is None


def test_references_between_rows_are_kept():
    import_year(path=EXAMPLES / "lubuskie-demo", by=None)
    later = Programme.objects.get(code="2021-P3")
    assert [row.code for row in later.predecessors.all()] == ["2014-P2"]
    assert Task.objects.get(code="2021-p3-zaz").programme == later
    result = Result.objects.exclude(places=None).first()
    assert {place.code[:2] for place in result.places.all()} == {"08"}
    refund = Entry.objects.filter(kind="refund").first()
    assert refund.amount_gr < 0


def test_a_zip_is_the_same_package(tmp_path):
    archive = zipped(LUBUSKIE, tmp_path / "rok.zip")
    import_year(path=LUBUSKIE, by=None)
    assert plan_import(archive).empty


@pytest.mark.parametrize("package", ["lubuskie-2017", "lubuskie-2019", "lubuskie-demo", "lubuskie-2026"])
def test_the_same_package_again_changes_nothing(package):
    import_year(path=EXAMPLES / package, by=None)
    before = counted()
    plan = import_year(path=EXAMPLES / package, by=None)
    assert plan.empty
    assert summary(plan)["new"] == summary(plan)["changed"] == 0
    assert plan.absent == {}
    assert counted() == before


def test_a_refused_package_names_all_its_faults_and_saves_nothing(copied):
    path = copied(
        money=lambda rows: [row | {"source": "kasa", "amount": "-1"} for row in rows[:2]],
        declared=put("2019-own", amount="1 234,567"),
    )
    before = counted()
    with pytest.raises(PackageRefused) as refusal, transaction.atomic():
        import_year(path=path, by=None)
    places = {(fault.file, fault.row, fault.column) for fault in refusal.value.args[0].faults}
    assert {("money.csv", 2, "source"), ("money.csv", 2, "amount"), ("money.csv", 3, "source")} <= places
    assert ("declared.csv", 3, "amount") in places
    assert counted() == before


def test_when_the_last_step_fails_nothing_is_saved(monkeypatch):
    def no_ink(**facts):
        raise OSError("the record cannot be written")

    before = counted()
    monkeypatch.setattr("spoiwo.ledger.services.import_year.record_all", no_ink)
    with pytest.raises(OSError, match="record"):
        import_year(path=LUBUSKIE, by=None)
    assert counted() == before


def test_the_plan_that_was_seen_is_the_plan_that_is_saved():
    plan = plan_import(LUBUSKIE)
    saved = import_year(path=LUBUSKIE, by=None, expected_digest=plan.digest)
    assert saved.digest == plan.digest
    assert find_year(2019).entries.count() == 10


def test_another_package_under_the_same_digest_is_refused(copied):
    digest = plan_import(LUBUSKIE).digest
    with pytest.raises(PlanChanged), transaction.atomic():
        import_year(path=copied(money=put("2019-p4-own", amount="1,00")), by=None, expected_digest=digest)
    assert not FiscalYear.objects.exists()


def test_data_that_came_in_meanwhile_are_noticed(copied):
    digest = plan_import(LUBUSKIE).digest
    import_year(path=EXAMPLES / "lubuskie-2017", by=None)  # brings the strategy and its programmes
    with pytest.raises(PlanChanged), transaction.atomic():
        import_year(path=LUBUSKIE, by=None, expected_digest=digest)


def test_a_package_without_sources_has_the_four_of_the_report(tmp_path):
    import_year(path=without(LUBUSKIE, tmp_path / "bez", "sources"), by=None)
    assert list(Source.objects.values_list("code", flat=True)) == ["own", "state", "pfron", "eu"]


def test_a_package_without_sources_has_the_four_though_another_region_has_its_own(tmp_path):
    renamed = changed_copy(
        SECOND_REGION,
        tmp_path / "druga",
        sources=lambda rows: [row | {"code": "x-" + row["code"]} for row in rows],
        money=lambda rows: [row | {"source": "x-" + row["source"]} for row in rows],
        plan=lambda rows: [row | {"source": "x-" + row["source"]} for row in rows],
        declared=lambda rows: [row | {"source": "x-" + row["source"] if row["source"] else ""} for row in rows],
    )
    import_year(path=renamed, by=None)
    plan = plan_import(without(LUBUSKIE, tmp_path / "bez", "sources"))
    assert [str(fault) for fault in plan.faults] == []


def test_a_year_may_speak_of_a_place_under_its_former_code(copied):
    import_year(path=copied(money=put("2019-p4-own", place="0811032")), by=None)
    assert Entry.objects.get(key="2019-p4-own").place == Place.objects.get(code="0811032")
