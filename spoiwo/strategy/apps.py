"""The room as Django knows it."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """Strategy, programme, task and what came of them."""

    name = "spoiwo.strategy"

    def ready(self) -> None:
        """Put the rules into the table and the pages into the menu."""
        from spoiwo.strategy import menu, permissions, privacy, tiles, words  # noqa: F401 - importing registers them
