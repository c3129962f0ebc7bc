"""What `make messages` does to the Polish catalogue after makemessages has collected into it.

Guesses of msgmerge are taken out (a missing message is honest, a wrong one is not), short words are tied to the
next one, the head is ours. Prints every message that has no Polish yet and ends with 1 when there is one.
"""

import re
import sys
from pathlib import Path

import polib

from spoiwo.ui.text import NBSP, keep_together

HEAD = "Messages of Spoiwo in Polish. `make messages` collects and compiles them."
FACTS = {
    "Project-Id-Version": "Spoiwo",
    "Report-Msgid-Bugs-To": "",
    "Last-Translator": "Spoiwo",
    "Language-Team": "Polish",
    "Language": "pl",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": ("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"),
}
COUNT_AND_NOUN = re.compile(r"(%\((?:n|limit_value|min_length)\)[sd]) (?=\w)")


def tidy(path: Path) -> list[polib.POEntry]:
    """Rewrite the catalogue in place; the messages without Polish, in their order."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header = HEAD
    catalogue.metadata, catalogue.metadata_is_fuzzy = dict(FACTS), []
    for entry in catalogue:
        if entry.fuzzy:
            _forget(entry)
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
        _tie(entry)
    catalogue.save(str(path))
    return catalogue.untranslated_entries()


def _forget(entry: polib.POEntry) -> None:
    """Take a guess out, saying what it was: often only a letter of the English changed."""
    guess = entry.msgstr or entry.msgstr_plural.get(0, "")
    sys.stderr.write(f"  bez zgadywania: „{entry.msgid}” to nie „{guess}”\n")
    entry.flags.remove("fuzzy")
    entry.msgstr = ""
    entry.msgstr_plural = dict.fromkeys(range(3), "") if entry.msgid_plural else {}


def _tie(entry: polib.POEntry) -> None:
    """Put no-break spaces where Polish typography has them."""
    entry.msgstr = _tied(entry.msgstr)
    entry.msgstr_plural = {form: _tied(text) for form, text in entry.msgstr_plural.items()}


def _tied(text: str) -> str:
    return COUNT_AND_NOUN.sub(rf"\1{NBSP}", keep_together(text))


def main(path: str) -> int:
    """Tidy one catalogue and name what is missing."""
    missing = tidy(Path(path))
    for entry in missing:
        sys.stderr.write(f"  bez tłumaczenia ({entry.occurrences[0][0]}): {entry.msgid}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
