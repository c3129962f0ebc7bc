"""The room as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault: protected values, their keys, and the classes of every field."""

    name = "spoiwo.vault"

    def ready(self) -> None:
        """Say how the deeds of the room are called."""
        from spoiwo.vault import words  # noqa: F401 - importing registers them
