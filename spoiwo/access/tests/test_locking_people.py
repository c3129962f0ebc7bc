"""A deed of a person and a change of their account at the same moment: neither waits for the other for ever."""

from threading import Barrier

import pytest
from django.db import connection, transaction

from spoiwo.access.models import User
from spoiwo.access.services.versions import locked, moved
from spoiwo.audit.models import Record
from spoiwo.audit.services import record
from tests.factories import UserFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_person_does_is_written_while_their_account_is_changed():
    user, both = UserFactory(), Barrier(2)

    def own_deed():
        with transaction.atomic():
            record(by=user, deed="tests.own", about=user)  # holds the head of the chain; at its end it needs the person
            both.wait(30)

    def change_of_the_account():
        with transaction.atomic():
            held = locked(user)
            both.wait(30)
            moved(held)
            record(by=None, deed="tests.changed", about=held)

    if connection.features.has_select_for_update:
        assert at_once(own_deed, change_of_the_account) == [None, None]
        assert [row.deed for row in Record.objects.about(user)] == ["tests.own", "tests.changed"]
    else:  # SQLite lets in one who writes at a time, and asks for no lock of a row
        assert "FOR" not in str(User.objects.select_for_update(no_key=True).query).split()
