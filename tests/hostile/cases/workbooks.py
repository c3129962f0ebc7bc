"""Workbooks that hold more than data, or are no honest workbooks."""

from spoiwo.ledger.tests.intake.packages import edited, good, workbook_bytes
from tests.hostile.case import Case, at
from tests.hostile.workbooks import (
    ENTITIES,
    FILE_ENTITY,
    MONEY,
    book_with,
    deep,
    far_cell,
    one_long_text_everywhere,
    rows_to_the_end,
    saved,
    with_extra,
    without_part,
)

CASES = [
    Case(
        "last-corner-cell",
        far_cell("XFD1048576"),
        (
            at(
                "cell_too_far",
                "rok.xlsx",
                1048576,
                "XFD",
                "komórkę XFD1048576",
                "najwyżej 200000 wierszy i 200 kolumn",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "row-too-low",
        far_cell("A200001"),
        (
            at(
                "cell_too_far",
                "rok.xlsx",
                200001,
                "A",
                "komórkę A200001",
                "najwyżej 200000 wierszy i 200 kolumn",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "column-too-far",
        far_cell("GS9"),
        (
            at(
                "cell_too_far",
                "rok.xlsx",
                9,
                "GS",
                "komórkę GS9",
                "najwyżej 200000 wierszy i 200 kolumn",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "rectangle-too-large",
        far_cell("GR190000"),
        (
            at(
                "sheet_too_large",
                "rok.xlsx",
                190000,
                "",
                "arkusz, który sięga od A1 do GR190000",
                "najwyżej 6000000 komórek w prostokącie",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "all-rows-there-are",
        rows_to_the_end,
        (
            at(
                "cell_too_far",
                "rok.xlsx",
                200001,
                "A",
                "komórkę A200001",
                "najwyżej 200000 wierszy i 200 kolumn",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "one-long-text-everywhere",
        one_long_text_everywhere,
        (
            at(
                "too_much_content",
                "rok.xlsx",
                1251,
                "",
                "ponad 40000000 znaków tekstu",
                "mniejszy arkusz",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "macros",
        with_extra("xl/vbaProject.bin"),
        (
            at(
                "macros",
                "rok.xlsx",
                None,
                "",
                "makra (część „xl/vbaProject.bin”)",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
    Case(
        "macro-type",
        book_with(
            "[Content_Types].xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        (
            at(
                "macros",
                "rok.xlsx",
                None,
                "",
                "skoroszyt z obsługą makr (XLSM)",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
    Case(
        "macro-sheet",
        with_extra("xl/macrosheets/sheet1.xml"),
        (
            at(
                "macros",
                "rok.xlsx",
                None,
                "",
                "arkusze makr (część „xl/macrosheets/sheet1.xml”)",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
    Case(
        "external-link",
        with_extra("xl/externalLinks/externalLink1.xml"),
        (
            at(
                "external_links",
                "rok.xlsx",
                None,
                "",
                "połączenia z innymi skoroszytami (część „xl/externalLinks/externalLink1.xml”)",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
    Case(
        "data-connection",
        with_extra("xl/connections.xml"),
        (
            at(
                "external_links",
                "rok.xlsx",
                None,
                "",
                "połączenia z bazami danych (część „xl/connections.xml”)",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
    Case(
        "embedded-object",
        with_extra("xl/embeddings/oleObject1.bin"),
        (
            at(
                "embedded_objects",
                "rok.xlsx",
                None,
                "",
                "osadzone obiekty (część „xl/embeddings/oleObject1.bin”)",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
    Case(
        "sheet-in-another-file",
        book_with(
            "xl/_rels/workbook.xml.rels",
            'Target="worksheets/sheet11.xml"',
            'Target="http://example.org/x.xml" TargetMode="External"',
        ),
        (
            at(
                "external_links",
                "rok.xlsx",
                None,
                "",
                "arkusz, który leży w innym pliku",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
    Case(
        "entity-bomb-in-sheet",
        book_with(MONEY, "<worksheet ", ENTITIES + "<worksheet "),
        (
            at(
                "document_type",
                "rok.xlsx",
                None,
                "",
                "część „xl/worksheets/sheet11.xml” z deklaracją DOCTYPE (encje)",
                "skoroszyt zapisany przez program arkuszowy",
            ),
        ),
    ),
    Case(
        "entity-bomb-in-texts",
        book_with("xl/sharedStrings.xml", "<sst ", ENTITIES + "<sst "),
        (
            at(
                "document_type",
                "rok.xlsx",
                None,
                "",
                "część „xl/sharedStrings.xml” z deklaracją DOCTYPE (encje)",
                "skoroszyt zapisany przez program arkuszowy",
            ),
        ),
    ),
    Case(
        "entity-of-a-file",
        book_with("xl/workbook.xml", "<workbook ", FILE_ENTITY + "<workbook "),
        (
            at(
                "document_type",
                "rok.xlsx",
                None,
                "",
                "część „xl/workbook.xml” z deklaracją DOCTYPE (encje)",
                "skoroszyt zapisany przez program arkuszowy",
            ),
        ),
    ),
    Case(
        "entity-in-styles",
        book_with("xl/styles.xml", "<styleSheet ", ENTITIES + "<styleSheet "),
        (
            at(
                "document_type",
                "rok.xlsx",
                None,
                "",
                "część „xl/styles.xml” z deklaracją DOCTYPE (encje)",
                "skoroszyt zapisany przez program arkuszowy",
            ),
        ),
    ),
    Case(
        "broken-xml",
        book_with(MONEY, "</sheetData>", "</sheet>"),
        (
            at(
                "broken_part",
                "rok.xlsx",
                None,
                "",
                "część „xl/worksheets/sheet11.xml” z błędem XML w wierszu 2",
                "skoroszyt zapisany przez program arkuszowy",
            ),
        ),
    ),
    Case(
        "nested-without-end",
        saved(lambda: edited(workbook_bytes(good()), MONEY, deep)),
        (
            at(
                "broken_part",
                "rok.xlsx",
                None,
                "",
                "część „xl/worksheets/sheet11.xml” zagnieżdżoną ponad miarę",
                "skoroszyt zapisany przez program arkuszowy",
            ),
        ),
    ),
    Case(
        "workbook-without-a-sheet-part",
        without_part(MONEY),
        (
            at(
                "broken_workbook",
                "rok.xlsx",
                None,
                "",
                "brak treści arkusza „Kwoty”",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
    Case(
        "workbook-without-relations",
        without_part("xl/_rels/workbook.xml.rels"),
        (
            at(
                "broken_workbook",
                "rok.xlsx",
                None,
                "",
                "skoroszyt bez spisu arkuszy",
                "skoroszyt z samymi danymi, zapisany jako XLSX",
            ),
        ),
    ),
]
