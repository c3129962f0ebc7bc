"""The room as Django knows it."""

from django.apps import AppConfig
from django.urls import reverse


class AccessConfig(AppConfig):
    """Accounts, roles and who may open what."""

    name = "spoiwo.access"

    def ready(self) -> None:
        """Put the rules into the table and the desk into the menu, and tell the shell how a person is shown."""
        from spoiwo.access import menu, permissions, privacy, probes, signals, tiles, visiting, words  # noqa: F401 - importing registers them
        from spoiwo.access.heads import mail_head
        from spoiwo.access.models import Role
        from spoiwo.audit.acting import register_roles
        from spoiwo.audit.services.heads import register_carrier
        from spoiwo.audit.words import register_roles as register_role_words
        from spoiwo.ui.menu import register_person

        register_roles(lambda user: user.current_roles)
        register_role_words(dict(Role.choices))
        register_carrier(mail_head)
        register_person(person_in_the_shell)


def person_in_the_shell(user) -> dict:
    """How the signed-in person is shown: a substitute sees for whom."""
    roles = ", ".join(user.role_names())
    return {"name": user.full_name, "role": roles, "url": reverse("account_home")}
