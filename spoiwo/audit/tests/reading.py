"""Readings for the tests of the room: a page with a protected value, and entries of one night in March."""

from datetime import UTC, datetime

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.audit.domain.reviews import Week
from spoiwo.audit.services import Deed, record_all, record_reading
from tests.visitors import person

VALUE = "ul. Nieistniejąca 7"
WEEK = Week(2026, 12)  # 16-22 March
NIGHT = datetime(2026, 3, 17, 22, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@audience(PUBLIC)
def protected(request):
    """A page with a protected value, written as rooms write theirs."""
    with transaction.atomic():
        record_reading(by=None, about=person(), purpose="podgląd", fields=["street"])
        return HttpResponse(VALUE)


urlpatterns = [path("chronione/", protected, name="protected")]


def opened() -> HttpResponse:
    """The page as a visitor gets it, also when it is an error."""
    with override_settings(ROOT_URLCONF=__name__):
        return Client(raise_request_exception=False, REMOTE_ADDR="192.0.2.7").get("/chronione/")


def read(by, *, at=NIGHT, times=1, deed="tests.opened", reading=True, about=None, **facts):
    """Readings of one moment; the numbers of the entries."""
    deeds = [Deed(deed, about or by, {"fields": ["street"], **facts}, "cel", reading=reading)] * times
    return [row.sequence for row in record_all(by=by, deeds=deeds, at=at)]


def refuse_writing() -> None:
    """The database takes no more entries: no rights, a full table, a damaged index: whatever the reason."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TEMP TRIGGER no_space BEFORE INSERT ON main.audit_record "
                "BEGIN SELECT RAISE(ABORT, 'no space left'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER no_space BEFORE INSERT ON audit_record FOR EACH STATEMENT EXECUTE FUNCTION no_space()"
            )
