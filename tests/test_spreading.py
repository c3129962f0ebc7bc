"""How tests are spread over processes."""

from tests.spreading import place_in_line, stretches


def test_what_is_prepared_for_long_begins_first():
    paths = [
        "spoiwo/a/tests/test_a.py",
        "tests/test_benchmarks.py",
        "tests/browser/test_b.py",
        "tests/acceptance/test_c.py",
    ]
    assert sorted(paths, key=place_in_line) == list(reversed(paths))
    assert place_in_line("tests/test_benchmarks_of_others.py") == place_in_line("tests/test_a.py")


def test_neighbours_of_a_file_or_of_a_prepared_folder_stay_together_and_in_order():
    found = stretches(
        ["tests/browser/a.py::x", "tests/browser/b.py::x[1::2]", "t/a.py::x", "t/a.py::y", "t/b.py::x", "t/a.py::z"]
    )
    assert found == {
        "tests/browser/a.py::x": "1 tests/browser", "tests/browser/b.py::x[1::2]": "1 tests/browser",
        "t/a.py::x": "2 t/a.py", "t/a.py::y": "2 t/a.py", "t/b.py::x": "3 t/b.py", "t/a.py::z": "4 t/a.py",
    }  # fmt: skip
