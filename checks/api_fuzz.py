"""The API asked by Schemathesis as nobody and as each role: no error of the server, nothing undocumented."""

import os
import sys
import tempfile
from pathlib import Path

EXAMPLES = 25


def main(examples: int = EXAMPLES) -> int:
    """Print the figures by role; 1 when an answer was not as described."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "SPOIWO_DATA_DIR": folder,
            "SPOIWO_PLAIN_HTTP": "1",
            "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("demo", verbosity=0)
        (Path(folder) / "static").mkdir(exist_ok=True)
        return _ask_as_everybody(examples)


def _ask_as_everybody(examples: int) -> int:
    from checks.attack.api import fuzz
    from checks.attack.visitors import visit_of
    from spoiwo.access.models import Role

    broken = asked = 0
    for role in [None, *Role]:
        found = fuzz(visit_of(role), examples=examples)
        asked += found.asked
        broken += len(found.faults)
        answers = dict(sorted(found.statuses.items()))
        print(f"{role or 'nikt'}: {found.asked} pytań, {answers}, {len(found.faults)} usterek", flush=True)
        for where, words in found.faults.items():
            print(f"  {where}\n    " + words.replace("\n", "\n    "))
    print(f"razem {asked} pytań, {broken} usterek")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
