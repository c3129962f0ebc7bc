"""The room as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault: protected values, their keys, and the classes of every field."""

    name = "spoiwo.vault"
