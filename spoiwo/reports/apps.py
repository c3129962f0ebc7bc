"""The room as Django knows it."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The yearly report, gathered, summed, then frozen."""

    name = "spoiwo.reports"

    def ready(self) -> None:
        """Put the rules into the table and the pages into the menu."""
        from spoiwo.reports import menu, permissions, published, readiness, words  # noqa: F401 - importing registers them
