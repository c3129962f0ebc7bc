"""The room as Django knows it."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Start."""

    name = "spoiwo.config"

    def ready(self) -> None:
        """Say the classes of the fields that packages bring."""
        from spoiwo.config import privacy  # noqa: F401 - importing declares them
