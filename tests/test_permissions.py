"""Who may do what, as one table: every rule of the house by every role, written from the work of each role.

Officers run tasks and enter money, the treasurer also checks it and answers for differences, the director
decides and signs, the auditor sees everything and changes nothing; reporters of other offices have no desk here.
"""

import pytest
from rules.permissions import permissions

from spoiwo.access.models import Role
from tests.factories import UserFactory
from tests.visitors import person

OFFICER, DIRECTOR, TREASURER = Role.ROPS_OFFICER, Role.DIRECTOR, Role.TREASURER
EDITOR, AUDITOR, ADMINISTRATOR = Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR
REPORTERS = {Role.GMINA_REPORTER, Role.POWIAT_REPORTER, Role.NGO_REPORTER}
OFFICE = {OFFICER, DIRECTOR, TREASURER, EDITOR, AUDITOR, ADMINISTRATOR}
MONEY = {OFFICER, TREASURER, DIRECTOR}
CARE = Role.POWIAT_CARE_OFFICER
SEES_CASES = {Role.FOSTER_OFFICER, DIRECTOR, AUDITOR, Role.DATA_PROTECTION_OFFICER}  # without identities

TABLE = {
    "access.enter_office": OFFICE | {Role.DATA_PROTECTION_OFFICER},
    "audit.view_record": {AUDITOR, DIRECTOR, ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER},
    "audit.export_record": {AUDITOR, Role.DATA_PROTECTION_OFFICER},
    "audit.view_review": {AUDITOR, Role.DATA_PROTECTION_OFFICER},
    "audit.sign_review": {Role.DATA_PROTECTION_OFFICER},
    "doors.see_letters": {ADMINISTRATOR},
    "vault.see_protection": {Role.DATA_PROTECTION_OFFICER, AUDITOR, DIRECTOR, ADMINISTRATOR},
    "vault.export_person": {Role.DATA_PROTECTION_OFFICER},
    "persons.view_list": {CARE, *SEES_CASES},
    "persons.view_region": SEES_CASES,
    "persons.open_person": {CARE},
    "persons.change_person": {CARE},
    "persons.see_readings": {CARE, Role.DATA_PROTECTION_OFFICER},
    "persons.export_person": {Role.DATA_PROTECTION_OFFICER},
    "persons.decide_erasure": {Role.DATA_PROTECTION_OFFICER},
    "ledger.view_year": OFFICE,
    "ledger.import_year": MONEY,
    "ledger.enter_entry": MONEY,
    "ledger.check_entry": {TREASURER},
    "ledger.explain_difference": MONEY,
    "ledger.accept_difference": {TREASURER, DIRECTOR},
    "ledger.show_draft": {DIRECTOR},
    "ledger.plan": {TREASURER, DIRECTOR},
    "ledger.commit": MONEY,
    "ledger.correct_entry": MONEY,
    "ledger.correct_closed": {TREASURER},
    "ledger.close_period": {TREASURER},
    "ledger.answer_question": {TREASURER},
    "ledger.import_books": {TREASURER},
    "ledger.store_file": MONEY,
    "ledger.change_classification": {TREASURER, ADMINISTRATOR},
    "reports.view_draft": OFFICE,
    "reports.finalise": {DIRECTOR},
    "strategy.view_office": OFFICE,
    "strategy.change_tree": {OFFICER, DIRECTOR},
    "strategy.enter_value": {OFFICER, DIRECTOR},
    "strategy.change_indicator": {OFFICER, DIRECTOR},
    "strategy.draft_version": {OFFICER, DIRECTOR},
    "strategy.adopt_version": {DIRECTOR},
    "strategy.answer_remark": {OFFICER, DIRECTOR},
    "strategy.publish_consultation": {DIRECTOR},
    "reports.write_narrative": {OFFICER, EDITOR, DIRECTOR},
    "strategy.mark_duty": {OFFICER, DIRECTOR},
    "strategy.change_duty": {ADMINISTRATOR},
    "upkeep.view_state": {ADMINISTRATOR, DIRECTOR},
    "access.manage_accounts": {ADMINISTRATOR},
    "organisations.keep_accounts": {ADMINISTRATOR},  # and whoever keeps the accounts of an organisation
}


def test_the_table_names_every_rule_and_every_role():
    assert set(permissions) == set(TABLE)
    assert set(Role) == OFFICE | REPORTERS | SEES_CASES | {CARE, Role.COUNCILLOR}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_its_work_needs_and_nothing_else(role):
    user = person(role)
    assert {rule for rule in TABLE if user.has_perm(rule)} == {rule for rule, roles in TABLE.items() if role in roles}


@pytest.mark.django_db
def test_two_roles_may_what_each_of_them_may():
    user = person(EDITOR, TREASURER)
    assert {rule for rule in TABLE if user.has_perm(rule)} == {
        rule for rule, roles in TABLE.items() if {EDITOR, TREASURER} & roles
    }


@pytest.mark.django_db
def test_a_person_without_a_role_and_a_closed_account_may_nothing():
    nobody = UserFactory()
    closed = person(*Role, is_active=False)
    assert [rule for rule in TABLE if nobody.has_perm(rule) or closed.has_perm(rule)] == []


@pytest.mark.django_db
def test_who_enters_money_does_not_alone_make_it_final():
    """No single role of the daily work checks its own lines and closes the report (four eyes)."""
    officer = person(OFFICER)
    assert not any(officer.has_perm(rule) for rule in ("ledger.check_entry", "reports.finalise"))
    assert TABLE["ledger.check_entry"] & TABLE["reports.finalise"] == set()
