"""Archives that are damaged, too large, or hold what they should not."""

import zipfile

from spoiwo.ledger.tests.intake.packages import write_zip
from tests.hostile.archives import (
    LINK,
    bomb,
    counted_wrong,
    damaged_data,
    encrypted,
    lying_about_size,
    many_entries,
    overlapping,
    renamed_entry,
    spoilt,
    swollen,
    with_entry,
)
from tests.hostile.case import Case, at

CASES = [
    Case(
        "archive-cut",
        spoilt(lambda content: content[:-200]),
        at(
            "broken_archive",
            "rok.zip",
            None,
            "",
            "archiwum ZIP bez zakończenia (ucięte?)",
            "całe, nieuszkodzone archiwum ZIP",
        ),
    ),
    Case(
        "archive-without-end",
        spoilt(lambda content: content[: len(content) // 2]),
        at(
            "broken_archive",
            "rok.zip",
            None,
            "",
            "archiwum ZIP bez zakończenia (ucięte?)",
            "całe, nieuszkodzone archiwum ZIP",
        ),
    ),
    Case(
        "archive-of-garbage",
        spoilt(lambda content: content[:4] + b"x" * 500),
        at(
            "broken_archive",
            "rok.zip",
            None,
            "",
            "archiwum ZIP bez zakończenia (ucięte?)",
            "całe, nieuszkodzone archiwum ZIP",
        ),
    ),
    Case(
        "archive-with-damaged-data",
        spoilt(damaged_data),
        at(
            "broken_archive",
            "rok.zip",
            None,
            "",
            "uszkodzoną część „money.csv”",
            "całe, nieuszkodzone archiwum ZIP",
        ),
    ),
    Case(
        "archive-with-false-length",
        spoilt(lying_about_size),
        at(
            "broken_archive",
            "rok.zip",
            None,
            "",
            "uszkodzoną część „money.csv”",
            "całe, nieuszkodzone archiwum ZIP",
        ),
    ),
    Case(
        "archive-overlapping",
        spoilt(overlapping),
        at(
            "broken_archive",
            "rok.zip",
            None,
            "",
            "część „year.csv” leżącą na innej",
            "całe, nieuszkodzone archiwum ZIP",
        ),
    ),
    Case(
        "archive-with-password",
        spoilt(encrypted),
        at("encrypted", "rok.zip", None, "", "część „money.csv” zaszyfrowaną hasłem", "archiwum bez hasła"),
    ),
    Case(
        "archive-bomb",
        bomb,
        at(
            "packed_too_hard",
            "rok.zip",
            None,
            "",
            "część „money.csv” ściśniętą 1028 razy",
            "zwykłe archiwum (ściśnięte najwyżej 100 razy)",
        ),
    ),
    Case(
        "archive-too-large",
        spoilt(swollen),
        at(
            "unpacks_too_large",
            "rok.zip",
            None,
            "",
            "archiwum, które po rozpakowaniu ma 300 MB",
            "najwyżej 200 MB",
        ),
    ),
    Case(
        "archive-of-many",
        many_entries,
        at("too_many_entries", "rok.zip", None, "", "zbyt wiele plików w archiwum", "najwyżej 2000"),
    ),
    Case(
        "archive-that-counts-wrong",
        spoilt(counted_wrong),
        at("too_many_entries", "rok.zip", None, "", "zbyt wiele plików w archiwum", "najwyżej 2000"),
    ),
    Case(
        "name-from-the-root",
        with_entry("/etc/cron.d/x"),
        at(
            "unsafe_name",
            "rok.zip",
            None,
            "",
            "część o nazwie „/etc/cron.d/x”",
            "nazwy bez „..”, bez „\\” i bez ścieżek od korzenia",
        ),
    ),
    Case(
        "name-that-climbs",
        with_entry("../../x.csv"),
        at(
            "unsafe_name",
            "rok.zip",
            None,
            "",
            "część o nazwie „../../x.csv”",
            "nazwy bez „..”, bez „\\” i bez ścieżek od korzenia",
        ),
    ),
    Case(
        "name-with-backslash",
        with_entry("..\\x.csv"),
        at(
            "unsafe_name",
            "rok.zip",
            None,
            "",
            "część o nazwie „..\\x.csv”",
            "nazwy bez „..”, bez „\\” i bez ścieżek od korzenia",
        ),
    ),
    Case(
        "name-with-drive",
        with_entry("C:/x.csv"),
        at(
            "unsafe_name",
            "rok.zip",
            None,
            "",
            "część o nazwie „C:/x.csv”",
            "nazwy bez „..”, bez „\\” i bez ścieżek od korzenia",
        ),
    ),
    Case(
        "name-with-nul",
        spoilt(renamed_entry(b"sourc\0s.csv")),
        at(
            "unsafe_name",
            "rok.zip",
            None,
            "",
            "część o nazwie „sourc<U+0000>s.csv”",
            "nazwy bez „..”, bez „\\” i bez ścieżek od korzenia",
        ),
    ),
    Case(
        "name-twice",
        with_entry("inny.txt", times=2),
        at("repeated_entry", "rok.zip", None, "", "część „inny.txt” dwa razy", "każda nazwa najwyżej raz"),
    ),
    Case(
        "name-twice-in-capitals",
        with_entry("MONEY.CSV"),
        at("repeated_entry", "rok.zip", None, "", "część „MONEY.CSV” dwa razy", "każda nazwa najwyżej raz"),
    ),
    Case(
        "link-in-archive",
        with_entry("dane", b"/etc/passwd", mode=LINK),
        at("link", "rok.zip", None, "", "część „dane”, która jest dowiązaniem", "zwykłe pliki"),
    ),
    Case(
        "archive-in-archive",
        with_entry("wiecej.zip"),
        at(
            "nested_archive",
            "rok.zip",
            None,
            "",
            "archiwum w archiwum: „wiecej.zip”",
            "archiwum z samymi plikami danych",
        ),
    ),
    Case(
        "archive-packed-with-bzip2",
        with_entry("inny.txt", method=zipfile.ZIP_BZIP2),
        at(
            "unknown_packing",
            "rok.zip",
            None,
            "",
            "część „inny.txt” ściśniętą nietypową metodą",
            "zwykłe archiwum ZIP",
        ),
    ),
    Case(
        "archive-without-description",
        lambda folder: write_zip(folder / "rok.zip", {"money.csv": b"key"}),
        at(
            "no_datapackage",
            "rok.zip",
            None,
            "",
            "brak pliku datapackage.json",
            "plik datapackage.json, który wymienia tabele i ich pliki CSV",
        ),
    ),
]
