"""Looked for without running the house: settings of production, known mistakes, secrets, packages with known holes.

A thing that could not be checked is said so and never counts as passed: the advisories on packages need a network. With
`--release` it is a failure, because nobody should publish a version whose packages nobody checked.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BASELINE = ROOT / "checks" / "secrets.baseline"
REFRESHED_WITHIN = 90  # days; promised in SECURITY.md
PASSED, FAILED, UNCHECKED = "dobrze", "ŹLE", "NIE SPRAWDZONO"


@dataclass
class Verdict:
    """What came of one guard: passed, failed or not checked, and the places."""

    state: str
    words: str
    places: list[str] = field(default_factory=list)


def deploy_warnings() -> Verdict:
    """Django's own check of production settings."""
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith("SPOIWO_")}
        env |= {"SPOIWO_DATA_DIR": folder, "SPOIWO_HOSTS": "spoiwo.example", "SPOIWO_BEHIND_PROXY": "1"}
        env |= {"DJANGO_SETTINGS_MODULE": "spoiwo.config.settings", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
        run = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    places = [line for line in (run.stdout + run.stderr).splitlines() if line.startswith("?:") or ": (" in line]
    if run.returncode:
        return Verdict(FAILED, f"{len(places)} ostrzeżeń", places or run.stderr.splitlines()[-5:])
    return Verdict(PASSED, "0 ostrzeżeń")


def bandit_findings() -> Verdict:
    """Mistakes that Bandit knows, of medium or high severity, in everything that runs."""
    command = [BIN / "bandit", "--quiet", "--recursive", "spoiwo", "--exclude", "*/tests/*", "--format", "json"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    report = json.loads(run.stdout)
    if report["errors"]:
        return Verdict(FAILED, "Bandit nie odczytał plików", [str(error) for error in report["errors"]])
    lines = report["metrics"]["_totals"]["loc"]
    found = [row for row in report["results"] if row["issue_severity"] in {"MEDIUM", "HIGH"}]
    places = [f"{row['filename']}:{row['line_number']} {row['test_id']} {row['issue_text']}" for row in found]
    return Verdict(FAILED if places else PASSED, f"{len(places)} średnich i wysokich w {lines} wierszach", places)


def new_secrets() -> Verdict:
    """Secrets that detect-secrets sees and the list of looked-at ones does not hold."""
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.split(
        "\n"
    )
    binary = (".woff2", ".ttf", ".png", ".mo", ".xlsx", ".gz", BASELINE.name)
    files = [name for name in tracked if name and not name.endswith(binary)]
    if not files:
        return Verdict(UNCHECKED, "nie ma listy plików (git)")
    command = [BIN / "detect-secrets-hook", "--baseline", BASELINE, "--json", *files]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if run.returncode == 0:
        return Verdict(PASSED, f"0 nowych w {len(files)} plikach")
    try:
        results = json.loads(run.stdout)["results"]
    except (ValueError, KeyError):
        return Verdict(FAILED, "detect-secrets nie podał wyniku", (run.stdout + run.stderr).splitlines()[-5:])
    places = [f"{name}:{row['line_number']} {row['type']}" for name, rows in results.items() for row in rows]
    return Verdict(FAILED, f"{len(places)} nowych", places)


def package_advisories() -> Verdict:
    """Locked packages with known holes; packages that nobody could ask about are counted and named."""
    command = [BIN / "pip-audit", "--requirement", "requirements/base.txt", "--disable-pip", "--no-deps"]
    run = subprocess.run(
        [*command, "--format", "json", "--progress-spinner", "off", "--timeout", "10"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    return advisories_in(run.stdout, run.stderr)


def advisories_in(answer: str, complaint: str) -> Verdict:
    """The verdict on an answer of pip-audit: a skipped package is not a clean one."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Verdict(UNCHECKED, "pip-audit nie podał wyniku", complaint.splitlines()[-3:])
    holes = [
        f"{row['name']} {row['version']}: {', '.join(hole['id'] for hole in row['vulns'])}"
        for row in packages
        if row.get("vulns")
    ]
    skipped = [row["name"] for row in packages if "skip_reason" in row]
    if holes:
        return Verdict(FAILED, f"{len(holes)} pakietów ze znanymi lukami", holes)
    if skipped or not packages:
        return Verdict(UNCHECKED, f"{len(skipped)} z {len(packages)} pakietów: brak dostępu do ostrzeżeń")
    return Verdict(PASSED, f"{len(packages)} pakietów bez znanych luk")


def packages_fresh() -> Verdict:
    """The day on which the list of packages was last refreshed, against the promise of SECURITY.md."""
    command = ["git", "log", "-1", "--format=%cs", "--", "requirements/base.txt"]
    said = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()
    return freshness(said, datetime.now(tz=UTC).date())


def freshness(refreshed: str, today: date) -> Verdict:
    """The verdict on a day of refreshing (RRRR-MM-DD, or nothing where the history is not there)."""
    if not refreshed:
        return Verdict(UNCHECKED, "nie ma historii zmian (git)")
    days = (today - date.fromisoformat(refreshed)).days
    return Verdict(PASSED if days <= REFRESHED_WITHIN else FAILED, f"{days} dni, najwyżej {REFRESHED_WITHIN}")


GUARDS = {
    "ustawienia produkcyjne (check --deploy)": deploy_warnings,
    "znane błędy (Bandit)": bandit_findings,
    "tajemnice (detect-secrets)": new_secrets,
    "luki w pakietach (pip-audit)": package_advisories,
    "odświeżenie pakietów": packages_fresh,
}


def main(*, release: bool = False) -> int:
    """Run every guard; 1 when one failed, or was not checked for a release; 2 when one was not checked."""
    failed = unchecked = False
    for label, guard in GUARDS.items():
        verdict = guard()
        print(f"  {verdict.state}: {label}: {verdict.words}")
        for place in verdict.places:
            print(f"    {place}")
        failed |= verdict.state == FAILED
        unchecked |= verdict.state == UNCHECKED
    return 1 if failed or (release and unchecked) else 2 if unchecked else 0


if __name__ == "__main__":
    sys.exit(main(release="--release" in sys.argv[1:]))
