"""Who may do what with persons. Rows are narrowed by `visible_to` and `identifiable_by`; here only roles speak.

A unit's care officer works with the persons of the unit. The region sees cases without identities. The data-protection
officer sees who looked, exports and erases, and browses no names. The administrator of the installation has nothing
here.
"""

import rules

from spoiwo.access.permissions import (
    is_auditor,
    is_care_officer,
    is_data_protection_officer,
    is_director,
    is_foster_officer,
)

sees_all_cases = is_foster_officer | is_director | is_auditor | is_data_protection_officer

rules.add_perm("persons.view_list", is_care_officer | sees_all_cases)
rules.add_perm("persons.view_region", sees_all_cases)
rules.add_perm("persons.open_person", is_care_officer)
rules.add_perm("persons.change_person", is_care_officer)
rules.add_perm("persons.see_readings", is_care_officer | is_data_protection_officer)
rules.add_perm("persons.export_person", is_data_protection_officer)
rules.add_perm("persons.decide_erasure", is_data_protection_officer)
