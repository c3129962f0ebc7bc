"""The room as Django knows it."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Institutions, councils, organisations."""

    name = "spoiwo.organisations"

    def ready(self) -> None:
        """Put the rules, the menu and the words in place; say what the room holds about one person."""
        from spoiwo.organisations import menu, permissions, privacy, services, words  # noqa: F401 - importing registers
