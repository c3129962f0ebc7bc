"""What rooms register, and how it appears in the shell."""

import pytest
from django.utils.translation import gettext_lazy, override

from spoiwo.ui import menu
from spoiwo.ui.context import Shell
from spoiwo.ui.tests.render import Person, request_for


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    monkeypatch.setattr(menu, "registry", menu.Registry())


def shown(path="/", user=None):
    """The staff menu as (group, [labels])."""
    groups = Shell(request_for(path, user)).staff_menu
    return [(str(group["label"]), [str(link["label"]) for link in group["links"]]) for group in groups]


def test_entries_stand_by_their_order_and_groups_by_their_first_entry():
    menu.register_staff("Porządek", "Dziennik", "audit", "eye", 40)
    menu.register_staff("Pieniądze", "Sprawozdania", "reports", "file", 30)
    menu.register_staff("Pieniądze", "Rejestr", "ledger:years", "coins", 20)
    menu.register_staff("", "Pulpit", "home", "home", 50)
    assert shown() == [
        ("", ["Pulpit"]),
        ("Pieniądze", ["Rejestr", "Sprawozdania"]),
        ("Porządek", ["Dziennik"]),
    ]


def test_a_room_that_registers_twice_stands_once():
    for _ in range(2):
        menu.register_public("Pieniądze", "money", 10)
        menu.register_footer("Dane", "Otwarte dane", "money", 10)
        menu.register_staff("", "Pulpit", "home", "home", 1)
    shell = Shell(request_for())
    assert len(shell.public_menu) == len(shell.footer[0]["links"]) == len(shell.staff_menu[0]["links"]) == 1


def test_an_entry_with_a_permission_is_only_for_those_who_hold_it():
    menu.register_staff("", "Pulpit", "home", "home", 1)
    menu.register_staff("", "Dziennik", "audit", "eye", 2, "audit.view")
    assert shown(user=Person()) == [("", ["Pulpit"])]
    assert shown(user=Person(permissions=frozenset({"audit.view"}))) == [("", ["Pulpit", "Dziennik"])]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ledger/", {"Rejestr": "page", "Pulpit": "", "Wszystko": ""}),
        ("/ledger/entry/7/", {"Rejestr": "true", "Pulpit": "", "Wszystko": ""}),
        ("/", {"Rejestr": "", "Pulpit": "page", "Wszystko": ""}),
        ("/reports/", {"Rejestr": "", "Pulpit": "", "Wszystko": "true"}),
    ],
)
def test_one_entry_at_most_is_current_and_the_page_itself_wins(path, expected):
    menu.register_staff("", "Pulpit", "home", "home", 1)
    menu.register_staff("", "Rejestr", "ledger:years", "coins", 2, under=("ledger:*",))
    menu.register_staff("", "Wszystko", "import", "inbox", 3, under=("ledger:years", "ledger:entry", "reports"))
    links = Shell(request_for(path)).staff_menu[0]["links"]
    assert {link["label"]: link["current"] for link in links} == expected


def test_a_count_is_asked_only_when_the_menu_is_shown():
    asked = []
    menu.register_staff("", "Rejestr", "ledger:years", "coins", 2, count=lambda request: asked.append(1) or 3)
    shell = Shell(request_for())
    assert asked == []
    assert shell.staff_menu[0]["links"][0]["count"] == 3
    assert asked == [1]


def test_a_group_named_in_another_language_stays_one_group():
    menu.register_staff(gettext_lazy("Strategy and money"), "A", "home", "home", 1)
    menu.register_staff(menu.MONEY, "B", "audit", "eye", 2)
    for language in ("pl", "en"):
        with override(language):
            assert [labels for _group, labels in shown()] == [["A", "B"]]


def test_the_footer_has_three_columns_at_most():
    for number, name in enumerate(["home", "money", "strategy", "reports"]):
        menu.register_footer(f"Kolumna {number}", name, name, number)
    assert [column["label"] for column in Shell(request_for()).footer] == ["Kolumna 0", "Kolumna 1", "Kolumna 2"]


def test_the_desk_of_a_person_is_their_first_entry_and_nobody_else_has_one():
    menu.register_staff("", "Dziennik", "audit", "eye", 1, "audit.view")
    menu.register_staff("", "Rejestr", "ledger:years", "coins", 2)
    assert Shell(request_for(user=Person())).desk["url"] == "/ledger/"
    assert Shell(request_for()).desk is None


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Anna Przykładowa", "AP"), ("Ewa Anna Pokazowa", "EP"), ("żaneta@example.org", "ŻO"), ("", "")],
)
def test_initials_stand_for_the_first_and_the_last_name(name, initials):
    menu.register_person(lambda user: {"name": name, "role": ""})
    assert Shell(request_for(user=Person())).person["initials"] == initials


def test_without_any_room_the_shell_is_empty_and_still_there():
    shell = Shell(request_for(user=Person()))
    assert (shell.office, shell.public_menu, shell.staff_menu, shell.footer) == ({}, [], [], [])
    assert shell.person["name"] == "anna@example.org"
