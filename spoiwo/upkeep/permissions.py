"""Who sees how the house stands."""

import rules

from spoiwo.access.permissions import is_administrator, is_director

rules.add_perm("upkeep.view_state", is_administrator | is_director)
