"""The room as Django knows it."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Institutions, councils, organisations."""

    name = "spoiwo.organisations"
