"""How days, shares and short words are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from spoiwo.ui import text


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (date(2026, 9, 24), "", "24~września 2026"),
        (date(2026, 9, 24), "short", "24~września"),
        (date(2019, 10, 4), "table", "4.10.2019"),
        (date(2019, 6, 28), "table", "28.06.2019"),
        ("2019-12-31", "", "31~grudnia 2019"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "", "1~stycznia 2027"),  # already tomorrow in Warsaw
        (None, "", ""),
        ("", "table", ""),
    ],
)
def test_a_day_is_written_the_polish_way(value, style, written):
    assert text.written_day(value, style) == written.replace("~", text.NBSP)


def test_a_day_is_written_the_english_way_too():
    with translation.override("en"):
        assert text.written_day(date(2026, 9, 24)) == f"24{text.NBSP}September 2026"


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (datetime(2026, 9, 24, 9, 2, tzinfo=UTC), "", "24~września 2026, 11.02"),
        ("2026-11-21T09:05:00+01:00", "table", "21.11.2026, 9.05"),
        ("2026-11-21", "", "21~listopada 2026"),
        (None, "", ""),
    ],
)
def test_a_moment_is_written_in_the_zone_of_the_office(value, style, written):
    assert text.written_moment(value, style) == written.replace("~", text.NBSP)


@pytest.mark.parametrize("value", ["wczoraj", "2026-13-01"])
def test_what_is_no_day_is_refused(value):
    with pytest.raises(ValueError, match=r"isoformat|month"):
        text.written_day(value)


def test_a_style_that_nobody_drew_is_refused():
    with pytest.raises(ValueError, match="style"):
        text.written_day(date(2026, 1, 1), "long")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("11.68", "11,68~%"),
        (Decimal("82.2"), "82,2~%"),
        (0, "0~%"),
        ("-1.50", "−1,50~%"),
        ("12345.6", "12~345,6~%"),
        (None, ""),
    ],
)
def test_a_share_keeps_its_places_and_its_sign(value, written):
    assert text.written_share(value) == written.replace("~", text.NBSP)


def test_a_float_is_no_share():
    with pytest.raises(TypeError):
        text.written_share(11.68)


@pytest.mark.parametrize(
    ("plain", "joined"),
    [
        ("Pomoc w domu i poza nim", "Pomoc w~domu i~poza nim"),
        ("W regionie z PFRON", "W~regionie z~PFRON"),
        ("a i o u", "a~i~o~u"),
        ("9 025 049,77 zł w 2019 r.", "9~025~049,77~zł w~2019~r."),
        ("„W domu” (z mamą)", "„W~domu” (z~mamą)"),
        ("lekcja 5 wieku", "lekcja 5 wieku"),
        ("36 000 osób", "36~000~osób"),
        ("wiersz 14 250 dni", "wiersz 14~250~dni"),
    ],
)
def test_short_words_and_units_never_part(plain, joined):
    assert text.keep_together(plain) == joined.replace("~", text.NBSP)


def test_inside_a_tag_no_space_is_touched():
    html = '<a href="/x" title="w domu">w domu</a> i <b>z nim</b>'
    assert text.keep_together_in_html(html) == (
        f'<a href="/x" title="w domu">w{text.NBSP}domu</a> i{text.NBSP}<b>z{text.NBSP}nim</b>'
    )
