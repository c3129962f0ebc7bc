"""Master keys as values: their file, their page on paper, and that they never print themselves."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.vault.domain.masters import Masters, founded, masters_from
from spoiwo.vault.domain.paper import from_paper, on_paper
from spoiwo.vault.errors import PaperWrong, VaultClosed

KEYS = st.binary(min_size=32, max_size=32)
MASTERS = st.builds(
    lambda keys, *roots: Masters(max(keys), keys, *roots),
    st.dictionaries(st.integers(1, 999_999), KEYS, min_size=1, max_size=4),
    KEYS,
    KEYS,
    st.none() | KEYS,
)


@given(MASTERS)
def test_master_keys_come_back_from_their_file_and_from_paper(masters):
    assert masters_from(masters.written()) == masters
    assert from_paper("\n".join(on_paper(masters))) == masters


def test_the_first_files_had_one_root_for_fingerprints_and_for_the_house():
    held = json.loads(founded().written())
    del held["house"]
    masters = masters_from(json.dumps(held))
    assert masters.house == masters.index


@pytest.mark.parametrize(
    "spoil",
    [
        lambda held: held.pop("keys"),
        lambda held: held.pop("index"),
        lambda held: held.update(current=7),
        lambda held: held.update(index="AAAA"),  # shorter than a key
        lambda held: held.update(index="#" * 44),
        lambda held: held["keys"].update({"1": "AAAA"}),
        lambda held: held["keys"].update({"x": held["index"]}),
        lambda held: held.update(keys=[]),
    ],
)
def test_a_file_that_is_not_whole_is_refused(spoil):
    held = json.loads(founded().written())
    spoil(held)
    with pytest.raises(VaultClosed):
        masters_from(json.dumps(held))


@pytest.mark.parametrize("text", ["", "[]", "nic", "{", "null", "\u0142"])
def test_what_is_no_file_of_keys_is_refused(text):
    with pytest.raises(VaultClosed):
        masters_from(text)


def test_keys_are_in_no_text_that_is_made_of_them():
    masters = founded().followed()
    for text in (repr(masters), str(masters), f"{masters}"):
        assert text == "Masters(current=2, numbers=[1, 2])"


def test_a_new_master_key_leaves_the_others_until_they_are_dropped():
    first = founded()
    second = first.followed()
    assert (second.current, set(second.keys), second.keys[1]) == (2, {1, 2}, first.keys[1])
    assert second.without_old() == replace(second, keys={2: second.keys[2]})
    assert second.without_old().followed().current == 3


def test_a_change_of_the_root_of_fingerprints_that_is_under_way_is_not_begun_again():
    first = founded()
    second = first.with_new_index()
    assert second.index_before == first.index != second.index
    assert second.with_new_index() is second


@given(st.data())
def test_one_wrong_digit_is_found_with_its_line(data):
    lines = on_paper(founded())
    number = data.draw(st.integers(0, len(lines) - 2))
    place = data.draw(st.integers(4, 22).filter(lambda at: lines[number][at] != " "))
    digit = data.draw(st.sampled_from("0123456789ABCDEF").filter(lambda sign: sign != lines[number][place]))
    lines[number] = lines[number][:place] + digit + lines[number][place + 1 :]
    with pytest.raises(PaperWrong) as refusal:
        from_paper("\n".join(lines))
    # One slip in 256 agrees with the check of its line; the check of the page finds that one too.
    assert refusal.value.line in {number + 1, 0}


def spoiled(change):
    """The lines of a page after a change."""
    lines = on_paper(founded())
    return change(lines)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: lines[1:], ("", "1")),  # a line is missing
        (lambda lines: lines[4:], None),  # a whole key is missing
        (lambda lines: lines[:-1], None),  # the last line is missing
        (lambda lines: [lines[1], lines[0], *lines[2:]], None),  # two lines changed about
        (lambda lines: [*lines[:-1], "= 2 " + lines[-1][4:]], None),
        (lambda lines: [lines[0], *lines], None),  # a line twice
        (lambda lines: [], None),
    ],
)
def test_a_page_that_is_not_whole_is_refused(change, told):
    with pytest.raises(PaperWrong) as refusal:
        from_paper("\n".join(spoiled(change)))
    assert refusal.value.line == 0
    if told:
        assert refusal.value.key == told[1]


def test_a_line_of_a_wrong_shape_is_named():
    lines = on_paper(founded())
    lines[2] = lines[2].replace(" = ", " ")
    with pytest.raises(PaperWrong) as refusal:
        from_paper("\n".join(lines))
    assert refusal.value.line == 3


def test_small_letters_wide_gaps_and_words_for_people_do_not_matter():
    masters = founded()
    typed = "\n".join(["Strona z sejfu", *(f"  {line.lower().replace(' ', '   ')}" for line in on_paper(masters))])
    assert from_paper(typed) == masters


def test_a_page_without_the_key_in_use_is_refused():
    masters = replace(founded(), current=5)
    with pytest.raises(PaperWrong):
        from_paper("\n".join(on_paper(masters)))
