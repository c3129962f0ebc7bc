"""Whatever the bytes are, the readers end with an answer and the checker with a list."""

import io
import json
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.ledger.domain.check import check_package
from spoiwo.ledger.domain.faults import Fault
from spoiwo.ledger.domain.raw import RawPackage, RawTable
from spoiwo.ledger.domain.schema import TABLES
from spoiwo.ledger.intake import child
from spoiwo.ledger.intake.protocol import Inlet, Outlet
from spoiwo.ledger.tests.intake.packages import KNOWN, good, package_files, workbook_bytes, write_folder

FILES = package_files(good())
WORKBOOK = workbook_bytes(good())
PARTS = [name for name in zipfile.ZipFile(io.BytesIO(WORKBOOK)).namelist() if name.endswith((".xml", ".rels"))]
VALUES = ["", "0", "-1", "1e999", "XFD1048576", "ZZZZ9", "A0", "9" * 30, "../x", "ż", "s", "e", "true"]
WORDS = ["p-1", "p-2", "own", "d-1", "ngo", "08", "2019", "exact", "grand", "tak", "{n}", "{w-1:loc}", "1,5"]
many = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,  # the same examples every time: a red build tells of a change, not of luck
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def answer(path) -> RawPackage:
    """What the reading process would answer, read in this one."""
    stream = io.BytesIO()
    outlet = Outlet(stream, path.name)
    child.read(path, outlet)
    outlet.end()
    inlet = Inlet(path.name)
    for line in stream.getvalue().splitlines(keepends=True):
        inlet.take(line)
    assert inlet.ended
    return inlet.package


def check_answer(path) -> None:
    """The answer is a list of complete faults, or tables without any."""
    checked = check_package(answer(path), KNOWN)
    for fault in checked.faults:
        assert fault.code
        assert fault.found
        assert fault.expected
        assert fault.file
        assert "\n" not in str(fault)
    json.dumps([str(fault) for fault in checked.faults])


@many
@given(content=st.binary(max_size=500))
def test_random_bytes_as_a_file(content, tmp_path):
    path = tmp_path / "plik"
    path.write_bytes(content)
    check_answer(path)


@many
@given(content=st.binary(max_size=500), name=st.sampled_from(sorted(FILES)))
def test_random_bytes_as_a_file_of_a_package(content, name, tmp_path):
    check_answer(write_folder(tmp_path / "rok", FILES | {name: content}))


@many
@given(name=st.sampled_from(sorted(FILES)), data=st.data())
def test_a_package_with_a_few_bytes_changed(name, data, tmp_path):
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    check_answer(write_folder(tmp_path / "rok", FILES | {name: bytes(content)}))


@many
@given(data=st.data())
def test_an_archive_with_a_few_bytes_changed(data, tmp_path):
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "rok.xlsx"
    path.write_bytes(content)
    check_answer(path)


@many
@given(part=st.sampled_from(PARTS), data=st.data())
def test_a_workbook_whose_xml_was_tampered_with(part, data, tmp_path):
    path = tmp_path / "rok.xlsx"
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, tampered(text.decode(), data).encode() if name == part else text)
    check_answer(path)


def tampered(text: str, data) -> str:
    """One value between quotes or tags replaced, or a stretch of text doubled or dropped."""
    places = list(re.finditer(r'"[^"<>]*"|>[^<>]+<', text))
    chosen = data.draw(st.sampled_from(places)) if places else None
    if chosen and data.draw(st.booleans()):
        start, end = chosen.span()
        return text[: start + 1] + data.draw(st.sampled_from(VALUES)) + text[end - 1 :]
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.integers(0, 200)))
    return text[:start] + text[start:end] * data.draw(st.sampled_from([0, 2])) + text[end:]


cell = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=20),
    st.sampled_from(WORDS),
)


@many
@given(data=st.data())
def test_random_cells_in_the_right_columns(data):
    tables = []
    for described in TABLES:
        header = [column.name for column in described.columns]
        rows = data.draw(st.lists(st.lists(cell, max_size=len(header) + 1), max_size=3))
        tables.append(RawTable(described.name, "f", described.name, header, list(enumerate(rows, 2))))
    checked = check_package(RawPackage(file="rok", tables=tables), KNOWN)
    assert all(isinstance(fault, Fault) for fault in checked.faults)


@pytest.mark.parametrize("row", range(1, 5))
def test_changing_a_cell_of_money_to_anything_wrong_is_never_silent(row):
    """Every cell of the first lines is required, referred to, or typed: a stray word is told."""
    header = good()["money"][0]
    for index, heading in enumerate(header):
        tables = good()
        tables["money"][row][index] = "\x07 nic z tego"
        read = [RawTable(n, f"{n}.csv", n, list(r[0]), list(enumerate(map(list, r[1:]), 2))) for n, r in tables.items()]
        told = check_package(RawPackage(file="rok", tables=read), KNOWN).faults
        assert (row + 1, heading) in [(fault.row, fault.column) for fault in told]
