"""The room as Django knows it."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Start."""

    name = "spoiwo.config"
