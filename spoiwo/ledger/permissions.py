"""Who may do what with money."""

import rules

from spoiwo.access.permissions import is_director, is_officer, is_treasurer, works_for_region

rules.add_perm("ledger.view_year", works_for_region)
rules.add_perm("ledger.import_year", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.enter_entry", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.check_entry", is_treasurer)
rules.add_perm("ledger.explain_difference", is_officer | is_treasurer | is_director)
rules.add_perm("ledger.accept_difference", is_treasurer | is_director)
rules.add_perm("ledger.show_draft", is_director)
