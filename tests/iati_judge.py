"""What pyIATI says about files, for the tests: run by the Python of var/judges, without network.

var/judges/bin/python tests/iati_judge.py DAY FILE... → JSON: file → the names of its errors, sorted
"""

import json
import socket
import sys
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

warnings.simplefilter("ignore")  # pyIATI and what it stands on are of 2018


def refuse(*_args, **_kwargs):
    """Nobody outside is asked."""
    raise OSError("the judge works without network")


socket.socket.connect = refuse
socket.getaddrinfo = refuse


def verdict(file: Path, schema, rules) -> list[str]:
    """Names of errors: of XML, of the schema 2.03, of code lists, of the rules."""
    import iati.validator

    text = file.read_text(encoding="utf-8")
    text = text.partition("?>")[2] if text.startswith("<?xml") else text  # it takes text without a declaration
    log = iati.validator.validate_is_xml(text)
    if log.contains_errors():
        return names(log)
    found = set(names(schema_log(text, schema)))
    return sorted(found.union(*(names(schema_log(part, rules)) for part in alone(text))))


def schema_log(text: str, schema):
    """All that is said of a well-formed text."""
    import iati.data
    import iati.validator

    return iati.validator.full_validation(iati.data.Dataset(text), schema)


def names(log) -> list[str]:
    """The names of errors, without warnings."""
    return sorted({error.name for error in log if error.status == "error"})


def alone(text: str) -> Iterator[str]:
    """Each activity as a file of its own, for a rule of pyIATI stops at the first that keeps it or lacks its dates."""
    from lxml import etree

    root = etree.fromstring(text.strip())
    for activity in root:
        one = etree.Element(root.tag, dict(root.attrib))
        one.append(activity)
        yield etree.tostring(one, encoding="unicode")


def on(day: datetime) -> type[datetime]:
    """A clock that stands still: the rules ask it what is past."""

    class Clock(datetime):
        """Today is always the same day."""

        @classmethod
        def today(cls) -> datetime:
            """The day of the judgement."""
            return day

    return Clock


def main(today: str, *files: str) -> None:
    """Schemas for all files, as they are slow to load: one with code lists and rules, one with rules alone."""
    import iati.default
    import iati.rulesets

    iati.rulesets.datetime = on(datetime.strptime(today, "%Y-%m-%d"))
    schema, rules = iati.default.activity_schema("2.03"), iati.default.activity_schema("2.03", populate=False)
    rules.rulesets.add(iati.default.ruleset("2.03"))
    sys.stdout.write(json.dumps({name: verdict(Path(name), schema, rules) for name in files}))


if __name__ == "__main__":
    main(*sys.argv[1:])
