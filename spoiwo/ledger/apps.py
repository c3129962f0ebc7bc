"""The room as Django knows it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Money by task, year and source; adds up to the grosz."""

    name = "spoiwo.ledger"

    def ready(self) -> None:
        """Put the rules into the table and the pages into the menu."""
        from spoiwo.ledger import menu, panels, permissions, tiles, words  # noqa: F401 - importing registers them
