"""Who may build and close a report."""

import rules

from spoiwo.access.permissions import is_director, works_for_region

rules.add_perm("reports.view_draft", works_for_region)
rules.add_perm("reports.finalise", is_director)
