"""Files of a folder that cannot be read as tables."""

from tests.hostile.case import Case, at
from tests.hostile.texts import long_money, recoded, replaced, with_files

CASES = [
    Case(
        "encoding-cp1250",
        recoded("sources", "cp1250"),
        at(
            "encoding_not_utf8",
            "sources.csv",
            2,
            "",
            "tekst w Windows-1250 (cp1250), który czyta się: „own,Środki własne,Własne,own,1”",
            "tekst w UTF-8 (w arkuszu: zapisz jako CSV UTF-8)",
        ),
    ),
    Case(
        "encoding-iso-8859-2",
        recoded("sources", "iso8859-2"),
        at(
            "encoding_not_utf8",
            "sources.csv",
            2,
            "",
            "tekst w ISO-8859-2, który czyta się: „own,Środki własne,Własne,own,1”",
            "tekst w UTF-8 (w arkuszu: zapisz jako CSV UTF-8)",
        ),
    ),
    Case(
        "encoding-cp852",
        recoded("sources", "cp852"),
        at(
            "encoding_not_utf8",
            "sources.csv",
            2,
            "",
            "tekst w CP852 (DOS), który czyta się: „own,Środki własne,Własne,own,1”",
            "tekst w UTF-8 (w arkuszu: zapisz jako CSV UTF-8)",
        ),
    ),
    Case(
        "encoding-utf-16",
        recoded("money", "utf-16"),
        at(
            "encoding_utf16",
            "money.csv",
            1,
            "",
            "tekst w UTF-16",
            "tekst w UTF-8 (w arkuszu: zapisz jako CSV UTF-8)",
        ),
    ),
    Case(
        "encoding-utf-16-without-mark",
        recoded("money", "utf-16-le"),
        at(
            "encoding_utf16",
            "money.csv",
            1,
            "",
            "tekst w UTF-16 bez znacznika",
            "tekst w UTF-8 (w arkuszu: zapisz jako CSV UTF-8)",
        ),
    ),
    Case(
        "encoding-utf-32",
        recoded("tags", "utf-32"),
        at(
            "encoding_utf16",
            "tags.csv",
            1,
            "",
            "tekst w UTF-32",
            "tekst w UTF-8 (w arkuszu: zapisz jako CSV UTF-8)",
        ),
    ),
    Case(
        "nul-byte",
        replaced("money", b"Zwrot dotacji", b"Zwrot\0dotacji"),
        at(
            "nul_byte",
            "money.csv",
            4,
            "",
            "bajt zerowy (NUL) w tekście",
            "tekst w UTF-8 (w arkuszu: zapisz jako CSV UTF-8)",
        ),
    ),
    Case(
        "semicolons",
        replaced(
            "measures",
            b"code,name,unit\nngo-razem,Organizacje razem,ngo",
            b"code;name;unit\nngo-razem;Organizacje razem;ngo",
        ),
        at(
            "wrong_separator",
            "measures.csv",
            1,
            "",
            "pola rozdzielone średnikami",
            "pola rozdzielone przecinkami",
        ),
    ),
    Case(
        "tabs",
        replaced(
            "measures",
            b"code,name,unit\nngo-razem,Organizacje razem,ngo",
            b"code\tname\tunit\nngo-razem\tOrganizacje razem\tngo",
        ),
        at(
            "wrong_separator",
            "measures.csv",
            1,
            "",
            "pola rozdzielone tabulatorami",
            "pola rozdzielone przecinkami",
        ),
    ),
    Case(
        "quote-not-closed",
        replaced("money", b"Zwrot dotacji", b'"Zwrot dotacji'),
        at(
            "unbalanced_quotes",
            "money.csv",
            4,
            "",
            "cudzysłów, który nie jest zamknięty",
            "cudzysłowy w parach",
        ),
    ),
    Case(
        "quote-inside-a-field",
        replaced("money", b"Zwrot dotacji", b'"Zwrot" dotacji'),
        at(
            "bad_quotes",
            "money.csv",
            4,
            "",
            "cudzysłów w środku pola",
            "pole w całości w cudzysłowie, a cudzysłów wewnątrz pola podwojony",
        ),
    ),
    Case(
        "field-too-long",
        replaced("money", b"Zwrot dotacji", b"x" * 40_000),
        at("field_too_long", "money.csv", 4, "", "pole dłuższe niż 32767 znaków", "krótsze pole"),
    ),
    Case(
        "row-too-short",
        replaced("money", b"k-3,p-1,,own,zwrot", b"k-3,p-1,,own"),
        at("ragged_row", "money.csv", 4, "", "11 pól, od „k-3” do „”", "12 pól, tyle co nagłówków"),
    ),
    Case(
        "row-too-long",
        replaced("money", b"k-3,p-1,,own,zwrot", b"k-3,p-1,,,own,zwrot"),
        at("ragged_row", "money.csv", 4, "", "13 pól, od „k-3” do „”", "12 pól, tyle co nagłówków"),
    ),
    Case(
        "file-of-nothing",
        with_files(tags=b""),
        at("empty_file", "tags.csv", None, "", "pusty plik", "co najmniej wiersz nagłówków"),
    ),
    Case(
        "file-of-a-mark",
        with_files(tags=b"\xef\xbb\xbf\n"),
        at("empty_file", "tags.csv", None, "", "pusty plik", "co najmniej wiersz nagłówków"),
    ),
    Case(
        "too-many-columns",
        replaced("tags", b"code,name", b"code,name" + b",x" * 199),
        at("too_many_columns", "tags.csv", 1, "", "201 kolumn", "najwyżej 200"),
    ),
    Case(
        "too-many-rows",
        long_money(200_001),
        at("too_many_rows", "money.csv", 200001, "", "wiersz 200001", "najwyżej 200000 wierszy"),
    ),
]
