"""Who may do what with the strategy."""

import rules

from spoiwo.access.permissions import is_administrator, is_director, is_officer, works_for_region

rules.add_perm("strategy.view_office", works_for_region)
rules.add_perm("strategy.change_tree", is_officer | is_director)
rules.add_perm("strategy.enter_value", is_officer | is_director)
rules.add_perm("strategy.change_indicator", is_officer | is_director)
rules.add_perm("strategy.draft_version", is_officer | is_director)
rules.add_perm("strategy.adopt_version", is_director)
rules.add_perm("strategy.answer_remark", is_officer | is_director)
rules.add_perm("strategy.publish_consultation", is_director)
rules.add_perm("strategy.mark_duty", is_officer | is_director)
rules.add_perm("strategy.change_duty", is_administrator)
