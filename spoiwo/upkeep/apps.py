"""The room as Django knows it."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Upkeep: backups, restoring, health, upgrades and the chores of the day."""

    name = "spoiwo.upkeep"

    def ready(self) -> None:
        """Put the rule into the table, the tile on the morning page and the probe among those of health."""
        from spoiwo.upkeep import permissions, probes, tiles, words  # noqa: F401 - importing registers them
