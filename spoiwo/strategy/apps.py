"""The room as Django knows it."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """Strategy, programme, task and what came of them."""

    name = "spoiwo.strategy"

    def ready(self) -> None:
        """Put the pages into the menu."""
        from spoiwo.strategy import menu  # noqa: F401 - importing registers it
