"""What must not stand in any file: secrets, numbers of people, addresses of one machine, common typos.

`python -m tests.scan` prints each place and ends with 1 when there is one.
"""

import re
import sys
from datetime import date

from tests.tree import files, relative, text_of

SECRETS = re.compile(
    r"""-----BEGIN [A-Z ]*PRIVATE\ KEY-----
    | \bAKIA[0-9A-Z]{16}\b
    | \bgh[pousr]_[A-Za-z0-9]{36}
    | \bxox[abprs]-[A-Za-z0-9-]{10,}
    | \bsk-[A-Za-z0-9]{32,}
    | \beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.
    | (?i:secret_?key|api_?key|access_?token|auth_?token) \s*[:=]\s* ["'][^"'\s{]{16,}["']
    """,
    re.VERBOSE,
)
MACHINE_PATHS = re.compile(r"(?<![\w.$})])/(?:root|work|Users/\w+|home/\w+)/")
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|deb\.debian\.org|crates\.io")
ELEVEN_DIGITS = re.compile(r"(?<![0-9A-Za-z.,_-])\d{11}(?![0-9A-Za-z_-])")
PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
PESEL_CENTURIES = {0: 1900, 20: 2000, 40: 2100, 60: 2200, 80: 1800}

# Right spelling by the wrong one; a wrong one is written here in two parts, so that this file is clean.
TYPOS = {
    "".join(parts): right
    for parts, right in {
        ("t", "eh"): "the",
        ("recie", "ve"): "receive",
        ("seper", "ate"): "separate",
        ("occur", "ed"): "occurred",
        ("occur", "ence"): "occurrence",
        ("accomo", "date"): "accommodate",
        ("adr", "ess"): "address",
        ("defin", "ately"): "definitely",
        ("existan", "ce"): "existence",
        ("len", "ght"): "length",
        ("wi", "ch"): "which",
        ("unt", "ill"): "until",
        ("succes", "ful"): "successful",
        ("neccess", "ary"): "necessary",
        ("refer", "ed"): "referred",
        ("prefer", "ed"): "preferred",
        ("trans", "fered"): "transferred",
        ("wri", "ten"): "written",
        ("wzi", "ąść"): "wziąć",
        ("napew", "no"): "na pewno",
        ("wogó", "le"): "w ogóle",
        ("nar", "azie"): "na razie",
        ("conaj", "mniej"): "co najmniej",
        ("wyszcze", "gulnić"): "wyszczególnić",
        ("spow", "rotem"): "z powrotem",
        ("orginal", "ny"): "oryginalny",
        ("zało", "rzenie"): "założenie",
        ("poni", "weż"): "ponieważ",
        ("włan", "czać"): "włączać",
    }.items()
}
TYPO = re.compile(rf"\b(?:{'|'.join(map(re.escape, TYPOS))})\b", re.IGNORECASE)
TWICE = re.compile(r"\b(the|an|of|and|to|is|are|in|that|się|nie|jest|oraz|przez) +\1\b", re.IGNORECASE)
PROSE = {".py", ".md", ".html", ".sh", ".toml", ".yml", ".po", ".txt", ".css", ".scss", ".js", ".typ", ""}


def is_pesel(digits: str) -> bool:
    """Tell whether eleven digits could be somebody's PESEL: a real day and the right check digit."""
    month = int(digits[2:4])
    century = PESEL_CENTURIES[month // 20 * 20]
    try:
        date(century + int(digits[:2]), month % 20, int(digits[4:6]))
    except ValueError:
        return False
    return sum(int(digit) * weight for digit, weight in zip(digits, PESEL_WEIGHTS, strict=True)) % 10 == 0


def faults(text: str, *, prose: bool = True) -> list[tuple[int, str]]:
    """Every fault of one text as (line, what it is)."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        found += [(number, what) for what in _faults_of_line(line, prose)]
    return found


def _faults_of_line(line: str, prose: bool) -> list[str]:
    found = []
    if SECRETS.search(line):
        found.append("a secret")
    if any(is_pesel(digits) for digits in ELEVEN_DIGITS.findall(line)):
        found.append("a PESEL number")
    if match := MACHINE_PATHS.search(line):
        found.append(f"a path of one machine: {match.group()}")
    if match := REGISTRIES.search(line):
        found.append(f"an address of a package registry: {match.group()}")
    if prose:
        found += [f"typo {word}: {TYPOS[word.lower()]}" for word in TYPO.findall(line)]
        found += [f"a word twice: {word}" for word in TWICE.findall(line)]
    return found


def main() -> int:
    """Print every fault of every file; 1 when there is one."""
    count = 0
    for path in files():
        text = text_of(path)
        if text is None or path.name.startswith("LICENSE"):
            continue
        for line, what in faults(text, prose=path.suffix in PROSE):
            sys.stdout.write(f"{relative(path)}:{line}: {what}\n")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
