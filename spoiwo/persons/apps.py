"""The room as Django knows it."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """The protected register of persons: whose data is kept, by which unit, and who may open it."""

    name = "spoiwo.persons"

    def ready(self) -> None:
        """Put the rules into the table, the page into the menu, the deeds into words."""
        from spoiwo.persons import menu, permissions, words  # noqa: F401 - importing registers them
        from spoiwo.persons.services import portrait, review  # noqa: F401 - what is held about one person; what is asked weekly
