"""Rows made under numbers of our choice, and rows made after them."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection


def later_numbers() -> None:
    """Let every row made from now on get a number after those there are; PostgreSQL does not do so by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
