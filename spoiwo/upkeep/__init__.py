"""Upkeep: backups, restoring, health, upgrades and the chores of the day."""
