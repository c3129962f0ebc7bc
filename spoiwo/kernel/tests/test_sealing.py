"""Sealing as a cryptographer would try it: other places, other keys, changed bytes, cut bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.sealing import (
    BLOCK,
    FORM,
    NONCE_BYTES,
    TAG_BYTES,
    SealBroken,
    derived_key,
    folded,
    keyed_fingerprint,
    new_key,
    padded,
    place_of,
    seal,
    unpadded,
    unseal,
)

KEY = bytes(range(32))
PLACE = place_of("persons_person", "u1", "pesel")


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_was_sealed_opens_with_the_same_key_in_the_same_place(content, place):
    assert unseal(KEY, seal(KEY, content, place), place) == content


@given(st.binary(max_size=300))
def test_filling_up_is_taken_away_whole_and_hides_the_length(content):
    filled = padded(content)
    assert unpadded(filled) == content
    assert len(filled) % BLOCK == 0
    assert 0 < len(filled) - len(content) <= BLOCK


@pytest.mark.parametrize("content", [b"", b"abc", b"\x80x", b"\0" * 32])
def test_what_was_not_filled_up_is_refused(content):
    with pytest.raises(SealBroken):
        unpadded(content)


def test_short_words_are_sealed_to_the_same_length():
    assert {len(padded(word.encode())) for word in ("tak", "nie", "nie ustalono", "Jan")} == {BLOCK}


@given(st.lists(st.text(max_size=6), min_size=1, max_size=4), st.lists(st.text(max_size=6), min_size=1, max_size=4))
def test_two_places_are_the_same_only_when_all_their_parts_are(one, other):
    assert (place_of(*one) == place_of(*other)) is (one == other)


@pytest.mark.parametrize(
    "place",
    [
        place_of("persons_person", "u2", "pesel"),  # another row
        place_of("persons_person", "u1", "address"),  # another field
        place_of("persons_paper", "u1", "pesel"),  # another table
        place_of("persons_personu1", "", "pesel"),
        b"",
    ],
)
def test_a_value_moved_to_another_place_does_not_open(place):
    with pytest.raises(SealBroken):
        unseal(KEY, seal(KEY, b"abc", PLACE), place)


def test_another_key_does_not_open():
    with pytest.raises(SealBroken):
        unseal(new_key(), seal(KEY, b"abc", PLACE), PLACE)


def test_every_changed_bit_and_every_cut_byte_is_found():
    sealed = seal(KEY, b"abc", PLACE)
    changed = [
        sealed[:at] + bytes([sealed[at] ^ 1 << bit]) + sealed[at + 1 :] for at in range(len(sealed)) for bit in range(8)
    ]
    cut = [sealed[:length] for length in range(len(sealed))]
    opened = []
    for blob in [*changed, *cut, sealed + b"\0"]:
        try:
            opened.append(unseal(KEY, blob, PLACE))
        except SealBroken:
            continue
    assert opened == []
    assert len(sealed) == len(FORM) + NONCE_BYTES + 3 + TAG_BYTES


def test_the_same_content_sealed_twice_looks_different():
    assert seal(KEY, b"abc", PLACE) != seal(KEY, b"abc", PLACE)


def test_keys_of_two_purposes_differ_and_are_the_same_again():
    assert derived_key(KEY, "a") == derived_key(KEY, "a")
    assert len({derived_key(KEY, "a"), derived_key(KEY, "b"), derived_key(new_key(), "a"), KEY}) == 4


def test_a_fingerprint_needs_its_key():
    assert keyed_fingerprint(KEY, "abc") == keyed_fingerprint(KEY, "abc")
    assert keyed_fingerprint(KEY, "abc") != keyed_fingerprint(new_key(), "abc")
    assert len(keyed_fingerprint(KEY, "")) == 64


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Żółw-Nowak", "zolwnowak"),
        ("  ZÓŁW   nowak ", "zolwnowak"),
        ("Łęcka–Żak", "leckazak"),
        ("Straße", "strasse"),
        ("12 345", "12345"),
        ("-–—", ""),
        ("", ""),
    ],
)
def test_exact_search_folds_case_accents_dashes_and_blanks(text, expected):
    assert folded(text) == expected
