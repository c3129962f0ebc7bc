"""Reports rendered once for all tests of the formats."""

import pytest

from spoiwo.reports.exports import render_all
from spoiwo.reports.tests.content import changed, report_2019, sealed

HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "+48 1",
    "<script>alert(1)</script>",
    '#include "/etc/passwd"',
    "$x$ *bold* _it_ `raw` ~ \\ // @ref <lab>",
    "]]> & &amp; <!-- -->",
    "„cudzysłów” 'a' \"b\"",
    "{n} {{ x }} {% y %}",
    "x" * 400,
)
CONTROL = "a\x00b\x07c\x1fd"


@pytest.fixture(scope="session")
def draft() -> dict:
    return report_2019()


@pytest.fixture(scope="session")
def final() -> dict:
    return report_2019(final=True)


@pytest.fixture(scope="session")
def draft_files(draft) -> dict[str, bytes]:
    return render_all(draft)


@pytest.fixture(scope="session")
def final_files(final) -> dict[str, bytes]:
    return render_all(final)


@pytest.fixture(scope="session")
def hostile() -> dict:
    """A report into which somebody wrote commands of every format, wherever a person can write."""
    content = changed(report_2019(final=True))
    for i, words in enumerate(HOSTILE):
        content["records"]["entries"][i]["description"] = words
    content["records"]["entries"][0] |= {"key": "=cmd()", "organisation": "@o", "checked_by": CONTROL}
    content["records"]["documents"][0] |= {"name": '=HYPERLINK("x")', "address": "javascript:alert(1)"}
    content["records"]["programmes"][0] |= {"name": HOSTILE[3], "short_name": "=2+5+cmd|' /C calc'!A0"}
    content["matrix"]["rows"][0] |= {"name": HOSTILE[3], "short_name": "=2+5+cmd|' /C calc'!A0"}
    content["matrix"]["rows"][1] |= {"short_name": HOSTILE[5]}
    content["sections"][0]["title"] = HOSTILE[3]
    content["sections"][1]["sentences"].append([HOSTILE[5], CONTROL])
    content["differences"][0]["resolution"]["reason"] = HOSTILE[3] + HOSTILE[4]
    content["records"]["events"][0]["name"] = HOSTILE[6]
    content |= {"title": HOSTILE[3] + " " + HOSTILE[5], "notice": HOSTILE[6] + " & " + HOSTILE[0]}
    content["region"] = content["region"] | {"office": HOSTILE[7], "name": "&P<b>"}
    return sealed(content)


@pytest.fixture(scope="session")
def hostile_files(hostile) -> dict[str, bytes]:
    return render_all(hostile)
