"""The room as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public face."""

    name = "spoiwo.portal"

    def ready(self) -> None:
        """Put the pages into the menu."""
        from spoiwo.portal import menu  # noqa: F401 - importing registers it
