"""Paths at which there is no package at all."""

from spoiwo.ledger.tests.intake.packages import good, package_files, write_zip
from tests.hostile.case import Case, at
from tests.hostile.paths import OLE, kept, large, pipe, zipped

CASES = [
    Case(
        "nothing-there",
        lambda folder: folder / "nie-ma",
        at(
            "missing_path",
            "nie-ma",
            None,
            "",
            "brak takiego pliku ani folderu",
            "folder z datapackage.json, archiwum ZIP albo skoroszyt XLSX",
        ),
    ),
    Case(
        "empty-file",
        kept(b""),
        at(
            "empty_file",
            "dane",
            None,
            "",
            "pusty plik",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "pdf",
        kept(b"%PDF-1.7 ..."),
        at(
            "pdf",
            "dane",
            None,
            "",
            "dokument PDF",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "xls",
        kept(OLE + bytes(600)),
        at(
            "xls",
            "dane",
            None,
            "",
            "skoroszyt w dawnym formacie XLS",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "workbook-with-password",
        kept(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        at(
            "encrypted",
            "dane",
            None,
            "",
            "skoroszyt zaszyfrowany hasłem",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "rar",
        kept(b"Rar!\x1a\x07"),
        at(
            "other_archive",
            "dane",
            None,
            "",
            "archiwum RAR",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "seven-zip",
        kept(b"7z\xbc\xaf\x27\x1c"),
        at(
            "other_archive",
            "dane",
            None,
            "",
            "archiwum 7z",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "gzip",
        kept(b"\x1f\x8b\x08"),
        at(
            "other_archive",
            "dane",
            None,
            "",
            "archiwum gzip",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "html-called-xls",
        kept(b"<html><table><tr><td>1</td></tr></table></html>"),
        at(
            "not_a_workbook",
            "dane",
            None,
            "",
            "plik HTML albo XML",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "lone-csv",
        kept(package_files(good())["money.csv"]),
        at(
            "lone_csv",
            "dane",
            None,
            "",
            "sam plik CSV",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "lone-description",
        kept(package_files(good())["datapackage.json"]),
        at(
            "lone_json",
            "dane",
            None,
            "",
            "sam plik JSON",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "random-bytes",
        kept(bytes(range(256))),
        at(
            "unknown_file",
            "dane",
            None,
            "",
            "plik, który nie jest ani archiwum ZIP, ani skoroszytem XLSX",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "empty-archive",
        lambda folder: write_zip(folder / "dane", {}),
        at(
            "empty_archive",
            "dane",
            None,
            "",
            "puste archiwum ZIP",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "ods",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
        at("ods", "dane", None, "", "plik OpenDocument (ODS albo podobny)", "skoroszyt zapisany jako XLSX"),
    ),
    Case(
        "docx",
        zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        at(
            "not_a_workbook",
            "dane",
            None,
            "",
            "dokument tekstowy DOCX",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case(
        "xlsb",
        zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}),
        at(
            "xlsb",
            "dane",
            None,
            "",
            "skoroszyt binarny XLSB",
            "folder z datapackage.json, archiwum ZIP takiego folderu albo skoroszyt XLSX",
        ),
    ),
    Case("too-large-file", large, at("too_large", "dane", None, "", "plik wielkości 51 MB", "najwyżej 50 MB")),
    Case(
        "pipe",
        pipe,
        at(
            "not_a_file",
            "dane",
            None,
            "",
            "coś, co nie jest plikiem ani folderem",
            "folder z datapackage.json, archiwum ZIP albo skoroszyt XLSX",
        ),
    ),
]
