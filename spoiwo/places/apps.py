"""The room as Django knows it."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Voivodeship, powiat, gmina (TERYT)."""

    name = "spoiwo.places"
