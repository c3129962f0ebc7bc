"""The address of a database in one line."""

import pytest

from spoiwo.kernel.addresses import postgres_at


def test_every_part_stands_in_its_place():
    found = postgres_at("postgresql://spo%40iwo:ta%2Fjne@baza.example:5433/spoiwo")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("spo@iwo", "ta/jne", "baza.example")
    assert (found["PORT"], found["NAME"], found["ENGINE"]) == ("5433", "spoiwo", "django.db.backends.postgresql")


def test_what_is_not_said_is_empty():
    found = postgres_at("postgres:///spoiwo")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("", "", "", "")


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "postgresql://host:port/name", "spoiwo", ""])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueError, match=r"postgresql://user|Port|port"):
        postgres_at(url)
