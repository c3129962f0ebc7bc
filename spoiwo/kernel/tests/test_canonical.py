"""The canonical writing of a value: the same facts, the same bytes, the same fingerprint."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.canonical import canonical_json, fingerprint

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_and_nothing_is_added():
    assert canonical_json({"b": [1, None, True], "a": "złoty\n"}) == '{"a":"złoty\\n","b":[1,null,true]}'.encode()


def test_the_fingerprint_is_the_sha256_of_the_bytes():
    # printf '{}' | sha256sum
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), st.integers(), max_size=8))
def test_the_order_in_which_facts_were_entered_does_not_matter(facts):
    assert fingerprint(facts) == fingerprint(dict(reversed(facts.items())))


@given(values)
def test_what_is_written_reads_back_and_writes_the_same_again(value):
    written = canonical_json(value)
    assert json.loads(written) == value
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(), min_size=1), st.sampled_from([-1, 1]))
def test_one_grosz_changes_the_fingerprint(amounts, grosz):
    changed = dict(amounts)
    changed[min(changed)] += grosz
    assert fingerprint(changed) != fingerprint(amounts)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.5, r"\$: float"),
        ({"figures": [1, {"value": 0.1}]}, r"\$\.figures\[1\]\.value: float"),
        ([float("nan")], r"\$\[0\]: float"),
        ({"on": date(2019, 12, 31)}, r"\$\.on: date"),
        ({"share": Decimal("11.68")}, r"\$\.share: Decimal"),
        ({1: "a"}, r"\$: the key 1"),
        ({"a": {2}}, r"\$\.a: set"),
        (b"bytes", r"\$: bytes"),
    ],
)
def test_what_has_no_one_writing_is_refused_with_its_place(value, place):
    with pytest.raises(TypeError, match=place):
        canonical_json(value)


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(ValueError, match="surrogates"):
        canonical_json({"name": "\ud800"})
