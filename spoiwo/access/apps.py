"""The room as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts, roles and who may open what."""

    name = "spoiwo.access"

    def ready(self) -> None:
        """Put the rules into the table and the desk into the menu, and tell the shell how a person is shown."""
        from spoiwo.access import menu, permissions, tiles  # noqa: F401 - importing registers them
        from spoiwo.ui.menu import register_person

        register_person(lambda user: {"name": user.full_name, "role": ", ".join(user.role_names())})
