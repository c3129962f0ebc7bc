"""Two roles of PostgreSQL at work: migrations as the owner, and the rights of the application after them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from spoiwo.kernel.addresses import postgres_at
from spoiwo.upkeep.domain.rights import WRITE_ONCE, right_statements


@contextmanager
def as_owner() -> Iterator[bool]:
    """Be the owner of the tables for as long as the block lasts; says whether there is such a role.

    Inside the block every question goes to the one connection of the owner, so that a migration never waits for itself.
    """
    if not settings.DATABASE_OWNER_URL:
        yield False
        return
    connection = connections["default"]
    owner = postgres_at(settings.DATABASE_OWNER_URL)
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    try:
        yield True
    finally:
        connection.close()
        connection.settings_dict.update(before)


def give_rights() -> None:
    """Let the application read and write rows, and never change what was recorded. As the owner; can be repeated."""
    application = postgres_at(settings.DATABASE_URL)["USER"]
    connection = connections["default"]
    held = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in right_statements(application=application, write_once=sorted(held & set(WRITE_ONCE))):
            cursor.execute(statement)
