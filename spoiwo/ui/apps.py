"""The room as Django knows it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Page shell, template tags, style sheets, fonts."""

    name = "spoiwo.ui"
