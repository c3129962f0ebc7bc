"""Facts about a person's roles, from which every room builds its rules."""

import rules

from spoiwo.access.models import Role


def holds(*roles: Role):
    """A predicate: the person holds at least one of these roles today."""

    @rules.predicate(name="holds:" + "|".join(roles))
    def has_role(user) -> bool:
        return bool(user.is_authenticated and user.current_roles & set(roles))

    return has_role


is_officer = holds(Role.ROPS_OFFICER)
is_director = holds(Role.DIRECTOR)
is_treasurer = holds(Role.TREASURER)
is_editor = holds(Role.EDITOR)
is_auditor = holds(Role.AUDITOR)
is_administrator = holds(Role.ADMINISTRATOR)
is_care_officer = holds(Role.POWIAT_CARE_OFFICER)
is_foster_officer = holds(Role.FOSTER_OFFICER)
is_councillor = holds(Role.COUNCILLOR)
is_data_protection_officer = holds(Role.DATA_PROTECTION_OFFICER)
works_for_region = is_officer | is_director | is_treasurer | is_editor | is_auditor | is_administrator

rules.add_perm("access.enter_office", works_for_region | is_data_protection_officer)
rules.add_perm("audit.view_record", is_auditor | is_director | is_administrator | is_data_protection_officer)
rules.add_perm("audit.export_record", is_auditor | is_data_protection_officer)
rules.add_perm("audit.view_review", is_auditor | is_data_protection_officer)
rules.add_perm("audit.sign_review", is_data_protection_officer)
rules.add_perm("doors.see_letters", is_administrator)
rules.add_perm("vault.see_protection", is_data_protection_officer | is_auditor | is_director | is_administrator)
rules.add_perm("vault.export_person", is_data_protection_officer)
rules.add_perm("access.manage_accounts", is_administrator)
