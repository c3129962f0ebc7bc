"""Three versions of a form side by side: as it was opened, as the record is now, as it was typed."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from spoiwo.ui.conflict import MINE, NOW, OPENED, SEEN, chosen, differences, opened, seen_version, values_of
from spoiwo.ui.forms import DayField

COLOURS = [("r", "czerwony"), ("g", "zielony"), ("b", "niebieski")]


class Card(forms.Form):
    """A field of every kind that our forms ask with."""

    columns = ("name", "day", "colour", "colours", "shown", "size", "text")
    name = forms.CharField(label="Nazwa", max_length=20)
    day = DayField(label="Dzień", required=False)
    colour = forms.ChoiceField(label="Kolor", choices=COLOURS, required=False)
    colours = forms.MultipleChoiceField(
        label="Kolory", choices=COLOURS, required=False, widget=forms.CheckboxSelectMultiple
    )
    shown = forms.BooleanField(label="Widać", required=False)
    size = forms.IntegerField(label="Rozmiar", required=False)
    text = forms.CharField(label="Treść", required=False, widget=forms.Textarea)
    reason = forms.CharField(label="Powód", required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


FULL = {
    "name": "Karta", "day": date(2026, 5, 17), "colour": "r", "colours": ["r", "g"], "shown": True, "size": 3,
    "text": "Pierwszy wiersz.\nDrugi wiersz.", "seen_version": 1,
}  # fmt: skip
SENT = {
    "name": ["Karta"], "day": ["17.05.2026"], "colour": ["r"], "colours": ["r", "g"], "shown": ["on"], "size": ["3"],
    "text": ["Pierwszy wiersz.\nDrugi wiersz."],
}  # fmt: skip


def data(**lists):
    """A form as the browser sends it; a line ends there with two signs."""
    query = QueryDict(mutable=True)
    for name, values in (SENT | lists).items():
        query.setlist(name, [value.replace("\n", "\r\n") for value in values])
    return query


def found(typed, now, base=FULL):
    """What differs: (name, before, now, mine, both)."""
    rows = differences(Card(typed), Card(initial=now), base and values_of(Card(initial=base)))
    return [(row.name, row.before, row.now, row.mine, row.both) for row in rows]


def test_what_a_browser_would_send_of_an_opened_form_is_known_for_every_kind_of_field():
    assert values_of(Card(initial=FULL)) == SENT
    assert values_of(Card()) == {
        "name": [""], "day": [""], "colour": [""], "colours": [], "shown": [], "size": [""], "text": [""],
    }  # fmt: skip


def test_where_nobody_changed_anything_nothing_differs():
    assert found(data(), FULL) == []


def test_what_only_i_changed_is_no_difference():
    assert found(data(name=["Moja"], colours=[], shown=[]), FULL) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("name", "Ich", ("Karta", "Ich", "Karta")),
        ("day", date(2027, 1, 2), ("17 maja 2026", "2 stycznia 2027", "17 maja 2026")),
        ("day", None, ("17 maja 2026", "–", "17 maja 2026")),
        ("colour", "b", ("czerwony", "niebieski", "czerwony")),
        ("colours", ["b"], ("czerwony, zielony", "niebieski", "czerwony, zielony")),
        ("colours", [], ("czerwony, zielony", "–", "czerwony, zielony")),
        ("shown", False, ("tak", "nie", "tak")),
        ("size", 0, ("3", "0", "3")),
        ("text", "", ("Pierwszy wiersz.\nDrugi wiersz.", "–", "Pierwszy wiersz.\nDrugi wiersz.")),
    ],
)
def test_what_only_the_other_changed_is_told_as_theirs(name, value, words):
    rows = [
        (row[0], *(text.replace("\u00a0", " ").replace("\r\n", "\n") for text in row[1:4]), row[4])
        for row in found(data(), FULL | {name: value})
    ]
    assert rows == [(name, *words, False)]


def test_what_both_changed_is_asked_and_what_both_changed_alike_is_not():
    now = FULL | {"name": "Ich", "size": 5}
    assert found(data(name=["Moja"], size=["5"]), now) == [("name", "Karta", "Ich", "Moja", True)]


def test_without_what_was_opened_everything_that_differs_is_asked():
    now = FULL | {"name": "Ich"}
    assert found(data(size=["5"]), now, base=None) == [
        ("name", "", "Ich", "Karta", True),
        ("size", "", "3", "5", True),
    ]


def test_the_order_of_ticked_boxes_and_the_ends_of_lines_are_no_difference():
    assert found(data(colours=["g", "r"]), FULL, base=None) == []


def test_only_texts_can_be_written_on_and_only_where_both_changed():
    now = FULL | {"name": "Ich", "text": "Ich", "size": 5, "day": None, "colour": "b"}
    rows = differences(
        Card(data(name=["Moja"], text=["Moje"], size=["6"], colour=["g"])),
        Card(initial=now),
        values_of(Card(initial=FULL)),
    )
    assert {row.name: row.bound is not None for row in rows} == {
        "name": True, "day": False, "colour": False, "size": False, "text": True,
    }  # fmt: skip


def test_a_value_that_the_form_would_not_take_is_shown_as_it_was_typed():
    assert found(data(day=["jutro"]), FULL | {"day": None}, base=None) == [("day", "", "–", "jutro", True)]


# --- what travels with the form --------------------------------------------------------------------


def request(typed=None):
    """A request of the page, or with its form."""
    made = RequestFactory().post("/", typed.urlencode(), "application/x-www-form-urlencoded") if typed else None
    return made or RequestFactory().get("/")


def conflicting(**choices):
    """A form sent from the page with both versions, with the choices."""
    from django.core import signing

    now = values_of(Card(initial=FULL | {"name": "Ich", "colours": [], "shown": False}))
    facts = {"values": values_of(Card(initial=FULL)), "now": now, "version": 2, "asked": ["name", "colours", "shown"]}
    held = {OPENED: [signing.dumps(facts, salt="spoiwo.ui.conflict", compress=True)], SEEN: ["1"]}
    return data(name=["Moja"], **held, **{f"take-{name}": [side] for name, side in choices.items()})


def test_nothing_sent_is_nothing_chosen():
    assert chosen(request()) is None


def test_a_form_sent_for_the_first_time_is_taken_as_it_is():
    typed = data(**{OPENED: [opened(Card(initial=FULL))], SEEN: [seen_version(Card(initial=FULL))]})
    assert chosen(request(typed)) == typed


def test_choices_are_put_in_and_the_form_stands_on_the_version_that_was_shown():
    got = chosen(request(conflicting(name=MINE, colours=NOW, shown=NOW)))
    assert (got["name"], got.getlist("colours"), got.getlist("shown"), got[SEEN]) == ("Moja", [], [], "2")
    again = differences(Card(got), Card(initial=FULL | {"name": "Trzecia", "colours": [], "shown": False}), None)
    assert [row.name for row in again] == ["name"]


@pytest.mark.parametrize("choices", [{}, {"name": MINE}, {"name": MINE, "colours": NOW, "shown": "x"}])
def test_while_a_choice_is_missing_the_old_version_stays_and_the_service_refuses(choices):
    got = chosen(request(conflicting(**choices)))
    assert (got["name"], got.getlist("colours"), got[SEEN]) == ("Moja", ["r", "g"], "1")


def test_a_form_that_came_back_with_a_fault_carries_on_what_it_was_opened_with():
    held = opened(Card(initial=FULL))
    assert opened(Card(data(**{OPENED: [held]}))) == held
    assert opened(Card(data())) == ""
