"""The room as Django knows it."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Upkeep: backups, restoring, health, upgrades and the chores of the day."""

    name = "spoiwo.upkeep"
