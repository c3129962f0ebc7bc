"""The room as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, in one transaction with the deed."""

    name = "spoiwo.audit"
