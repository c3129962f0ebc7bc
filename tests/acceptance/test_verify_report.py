"""`spoiwo verify-report` recomputes every figure from the file alone and names each one that does not hold."""

import copy
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.acceptance import recompute
from tests.acceptance.house import Done


def entry(report: dict, key: str) -> dict:
    """One money line of a report."""
    (found,) = (row for row in report["records"]["entries"] if row["key"] == key)
    return found


def an_entry(report: dict) -> None:
    entry(report, "2019-p4-own")["amount_gr"] += 1


def an_entry_moved(report: dict) -> None:
    entry(report, "2019-p4-own")["programme"] = "2014-P3"


def an_entry_left_out(report: dict) -> None:
    report["records"]["entries"].remove(entry(report, "2019-p5-own"))


def an_entry_twice(report: dict) -> None:
    report["records"]["entries"].append(dict(entry(report, "2019-eu")))


def a_figure(report: dict) -> None:
    report["figures"]["programme.2014-p4"]["value"] -= 1


def a_rule(report: dict) -> None:
    figures = report["figures"]
    figures["programme.2014-p4"] |= {name: figures["programme.2014-p5"][name] for name in ("value", "rule", "records")}


def no_amount_made_0(report: dict) -> None:
    report["figures"]["programme.2014-p3"]["value"] = 0


def a_declared_total(report: dict) -> None:
    (row,) = (row for row in report["records"]["declared"] if row["key"] == "2019-own")
    row["amount_gr"] = 97_056_875


def an_explanation_line(report: dict) -> None:
    (row,) = (row for row in report["differences"] if row["key"] == "2019-ngo")
    row["resolution"]["lines"][0]["amount_gr"] -= 1


def a_difference_hidden(report: dict) -> None:
    report["differences"] = [row for row in report["differences"] if row["key"] != "2019-own"]


def a_difference_reopened(report: dict) -> None:
    (row,) = (row for row in report["differences"] if row["key"] == "2019-own")
    row["resolution"] = None


def a_number_in_a_sentence(report: dict) -> None:
    for section in report["sections"]:
        for sentence in section["sentences"]:
            for segment in sentence:
                if isinstance(segment, dict) and segment["text"].startswith("429"):
                    segment["text"] = segment["text"].replace("429", "529")
                    return
    raise AssertionError("no sentence with 429 people")


def a_word_in_a_sentence(report: dict) -> None:
    for section in report["sections"]:
        for sentence in section["sentences"]:
            if isinstance(sentence[0], str) and sentence[0].startswith("Fachowa pomoc"):
                sentence[0] = sentence[0].replace("była dostępna", "nie była dostępna")
                return
    raise AssertionError("no sentence about the help that was available")


def a_sentence_left_out(report: dict) -> None:
    (section,) = (section for section in report["sections"] if section["programme"] == "2014-P2")
    section["sentences"].pop()


def the_matrix(report: dict) -> None:
    rows = {row["programme"]: row for row in report["matrix"]["rows"]}
    rows["2014-P4"]["cells"]["own"], rows["2014-P5"]["cells"]["own"] = (
        rows["2014-P5"]["cells"]["own"],
        rows["2014-P4"]["cells"]["own"],
    )


def a_row_of_the_matrix(report: dict) -> None:
    report["matrix"]["rows"] = [row for row in report["matrix"]["rows"] if row["programme"] != "2014-P3"]


def the_reason(report: dict) -> None:
    (row,) = (row for row in report["differences"] if row["key"] == "2019-own")
    row["resolution"]["reason"] = ""


HAND = {  # what was tampered with: how, and what the program has to name (any of them)
    "one entry": (an_entry, {"programme.2014-p4", "cell.2014-p4.own"}),
    "an entry moved to another programme": (an_entry_moved, {"programme.2014-p4", "cell.2014-p4.own"}),
    "an entry left out": (an_entry_left_out, {"programme.2014-p5", "cell.2014-p5.own"}),
    "an entry twice": (an_entry_twice, {"2019-eu"}),
    "one figure": (a_figure, {"programme.2014-p4"}),
    "the rule of a figure": (a_rule, {"programme.2014-p4"}),
    "no amount made 0": (no_amount_made_0, {"programme.2014-p3"}),
    "one declared total": (a_declared_total, {"source.own.declared"}),
    "one explanation line": (an_explanation_line, {"2019-ngo"}),
    "a difference hidden": (a_difference_hidden, {"2019-own"}),
    "a settlement taken away": (a_difference_reopened, {"2019-own"}),
    "the reason of a settlement": (the_reason, {"2019-own"}),
    "the number in one sentence": (a_number_in_a_sentence, {"2019-otworz-osoby"}),
    "a word in one sentence": (a_word_in_a_sentence, {"2019-otworz-osoby"}),
    "a sentence left out": (a_sentence_left_out, {"2019-p2-zaz", "2014-P2"}),
    "the matrix": (the_matrix, {"cell.2014-p4.own", "cell.2014-p5.own", "2014-P4"}),
    "a row of the matrix": (a_row_of_the_matrix, {"2014-P3", "programme.2014-p3"}),
}


@pytest.fixture(scope="module")
def verify(final, tmp_path_factory) -> Callable[..., Done]:
    """Write a report to a file and verify it in a house that never saw that year."""
    folder = tmp_path_factory.mktemp("tampered")

    def run(report: dict, *options: str) -> Done:
        file = folder / f"{len(list(folder.iterdir()))}-{abs(hash(json.dumps(report)))}.json"
        file.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
        return final("verify-report", file, *options)

    return run


@pytest.fixture(scope="module")
def outcomes(final_2019, verify) -> dict[str, Done]:
    """Every tampering by somebody clever enough to write the new fingerprint into the file."""

    def tamper(change: Callable[[dict], None]) -> Done:
        report = copy.deepcopy(final_2019.json)
        change(report)
        assert report != final_2019.json
        return verify(report | {"fingerprint": recompute.fingerprint(report)})

    with ThreadPoolExecutor(2) as pool:
        done = pool.map(tamper, (change for change, _ in HAND.values()))
        return dict(zip(HAND, done, strict=True))


def test_after_final_the_report_verifies_and_with_its_own_fingerprint(final, final_2019, empty):
    final.does("verify-report", final_2019.file("json"))
    empty.does("verify-report", final_2019.file("json"), "--fingerprint", final_2019.json["fingerprint"])


def test_a_draft_verifies_as_well(empty, draft_2019):
    empty.does("verify-report", draft_2019.file("json"))


@pytest.mark.slow
@pytest.mark.parametrize("what", HAND)
def test_tampering_is_found_and_named_even_under_a_new_fingerprint(outcomes, what):
    done = outcomes[what]
    assert done.code not in {0, None}, f"{what}: not found"
    assert "Traceback" not in done.all
    assert any(name in done.all for name in HAND[what][1]), done


def test_a_fingerprint_that_does_not_fit_the_content_is_named(final_2019, verify):
    report = copy.deepcopy(final_2019.json)
    report["title"] += "."
    done = verify(report)
    assert done.code not in {0, None}
    assert report["fingerprint"] in done.all
    assert recompute.fingerprint(report) in done.all


def test_the_fingerprint_known_from_paper_catches_what_nothing_in_the_file_can(final_2019, verify):
    report = copy.deepcopy(final_2019.json)
    report["title"] = "Inny tytuł"
    report["fingerprint"] = recompute.fingerprint(report)
    done = verify(report, "--fingerprint", final_2019.json["fingerprint"])
    assert done.code not in {0, None}
    assert final_2019.json["fingerprint"] in done.all


def test_a_program_of_our_own_finds_every_money_figure_equal_to_the_grosz(final_2019, draft_2019, draft_2017):
    for edition in (final_2019, draft_2019, draft_2017):
        report = edition.json
        stated = {name: row["value"] for name, row in report["figures"].items() if row["kind"] == "money"}
        assert stated == recompute.money(report)
        assert report["fingerprint"] == recompute.fingerprint(report)
    assert len(recompute.money(final_2019.json)) > 40
