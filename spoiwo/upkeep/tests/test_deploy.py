"""What lies ready for a server, and the page that a clerk takes out of an envelope."""

import re
import shutil
import subprocess

import pytest

from tests.tree import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
LONGEST_LINE, LONGEST_PAGE = 120, 60  # signs and lines of one printed page
WORST = 25  # tenths: the exposure that systemd may find


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_is_shut_in(unit):
    if not shutil.which("systemd-analyze"):
        pytest.skip("odporność usług: brak programu systemd-analyze")
    command = ["systemd-analyze", "security", "--offline=yes", f"--threshold={WORST}", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_every_timer_has_its_service_and_every_service_runs_a_command_of_the_house():
    from spoiwo.config.cli import COMMANDS

    timers = {path.stem for path in (ROOT / "deploy" / "systemd").glob("*.timer")}
    assert timers == {unit.stem for unit in UNITS} - {"spoiwo"}
    words = {re.search(r"^ExecStart=\S+/spoiwo (\S+)", unit.read_text(), re.MULTILINE)[1] for unit in UNITS}
    assert words == {"serve", "chores", "backup", "drill"}
    assert words <= set(COMMANDS)


def test_the_proxy_hides_the_counters_and_says_where_it_stands():
    text = (ROOT / "deploy" / "nginx" / "spoiwo.conf").read_text()
    assert "location = /metrics { return 404; }" in text
    assert "proxy_set_header X-Forwarded-Proto https;" in text
    assert text.count("{") == text.count("}")


def test_the_guide_for_a_clerk_is_one_page_and_uses_what_the_program_has():
    text = (ROOT / "docs" / "odtwarzanie.md").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert sum(1 + len(line) // LONGEST_LINE for line in lines) <= LONGEST_PAGE
    options = set(re.findall(r"--[a-z][a-z-]*", text))
    restore = (ROOT / "spoiwo" / "upkeep" / "management" / "commands" / "restore.py").read_text()
    serve = (ROOT / "spoiwo" / "config" / "management" / "commands" / "serve.py").read_text()
    assert [option for option in options if f'"{option}"' not in restore + serve] == []
    assert "odtwarzanie.md" in (ROOT / "docs" / "operacje.md").read_text(encoding="utf-8")
