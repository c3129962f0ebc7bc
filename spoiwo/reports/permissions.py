"""Who may build and close a report."""

import rules

from spoiwo.access.permissions import is_director, is_editor, is_officer, works_for_region

rules.add_perm("reports.view_draft", works_for_region)
rules.add_perm("reports.finalise", is_director)
rules.add_perm("reports.write_narrative", is_officer | is_editor | is_director)
