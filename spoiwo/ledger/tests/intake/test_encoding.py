"""The encoding of a text, told by its bytes."""

import pytest

from spoiwo.ledger.intake.encoding import WrongEncoding, wrong_encoding

TEXT = "code,name\nngo,Zażółć gęślą jaźń\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "ascii"])
def test_utf_8_passes(codec):
    assert wrong_encoding(TEXT.encode(codec, "ignore")) is None


@pytest.mark.parametrize(
    ("codec", "name"),
    [("cp1250", "Windows-1250 (cp1250)"), ("iso8859-2", "ISO-8859-2"), ("cp852", "CP852 (DOS)")],
)
def test_an_eight_bit_encoding_is_named_and_its_letters_are_shown(codec, name):
    wrong = wrong_encoding(TEXT.encode(codec))
    assert wrong == WrongEncoding("encoding_not_utf8", 2, f"tekst w {name}, który czyta się: „ngo,Zażółć gęślą jaźń”")


def test_two_encodings_that_cannot_be_told_apart_are_both_named():
    wrong = wrong_encoding("a\nłódź\n".encode("cp1250")[:-2])
    assert wrong.found == "tekst w Windows-1250 (cp1250) albo ISO-8859-2, który czyta się: „łód”"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_told_at_once(codec):
    assert (wrong_encoding(TEXT.encode(codec)).code, wrong_encoding(TEXT.encode(codec)).row) == ("encoding_utf16", 1)


def test_bytes_of_no_language_are_named_by_the_first_that_is_wrong():
    assert wrong_encoding(b"a\n\x81\xfe\xff") == WrongEncoding("encoding_not_utf8", 2, "bajt 81 spoza UTF-8")


def test_a_single_nul_is_no_encoding():
    assert wrong_encoding(b"a\nb\nc\0d\n") == WrongEncoding("nul_byte", 3, "bajt zerowy (NUL) w tekście")


def test_a_letter_cut_at_the_end_is_found():
    assert wrong_encoding("a\nż".encode()[:-1]).row == 2
