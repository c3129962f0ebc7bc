"""Who may do what with money."""

import rules

from spoiwo.access.permissions import is_administrator, is_director, is_officer, is_treasurer, works_for_region

rules.add_perm("ledger.view_year", works_for_region)
rules.add_perm("ledger.import_year", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.enter_entry", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.check_entry", is_treasurer)
rules.add_perm("ledger.explain_difference", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.accept_difference", is_treasurer | is_director)
rules.add_perm("ledger.show_draft", is_director)
rules.add_perm("ledger.plan", is_treasurer | is_director)
rules.add_perm("ledger.commit", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.correct_entry", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.correct_closed", is_treasurer)
rules.add_perm("ledger.close_period", is_treasurer)
rules.add_perm("ledger.answer_question", is_treasurer)
rules.add_perm("ledger.import_books", is_treasurer)
rules.add_perm("ledger.store_file", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.change_classification", is_treasurer | is_administrator)
