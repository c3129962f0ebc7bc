"""Precision: three ways to state a figure, kept as text."""

import json

from spoiwo.kernel.precision import Precision


def test_precision_is_kept_under_the_words_of_the_year_package():
    assert [p.value for p in Precision] == ["exact", "rounded", "about"]


def test_precision_is_plain_text_in_data():
    assert json.dumps({"precision": Precision.ABOUT}) == '{"precision": "about"}'
    assert Precision("rounded") is Precision.ROUNDED
