"""The room as Django knows it."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """The protected register of persons: whose data is kept, by which unit, and who may open it."""

    name = "spoiwo.persons"
