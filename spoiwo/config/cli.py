"""The console command `spoiwo`: the same job as on the web, without the web."""

import os
import sys
from contextlib import nullcontext

COMMANDS = (
    "serve",
    "demo",
    "migrate",
    "import-year",
    "reconcile",
    "settle-difference",
    "report",
    "verify-report",
    "open-account",
    "accounts",
    "import-places",
    "import-classification",
    "import-books",
    "reconcile-books",
    "export",
    "import-published",
    "audit",
    "letters",
    "keys",
    "privacy",
    "retention",
    "chores",
    "backup",
    "restore",
    "drill",
    "upgrade",
    "maintenance",
    "database-roles",
    "snapshot",
)
# These look after the house themselves, or only read; every other command waits while the house is closed.
UNGATED = {
    *("serve", "migrate", "check", "audit", "keys", "verify-report", "help", "makemigrations", "makemessages"),
    *("collectstatic", "chores", "backup", "restore", "compare", "drill", "upgrade", "maintenance", "database-roles"),
    "snapshot",
}

# Where Django looks over the whole house first; elsewhere that would take longer than the work itself.
CHECKED = {"serve", "check", "upgrade", "makemigrations"}


def main(argv: list[str] | None = None) -> int:
    """Run one command; errors go to stderr in one sentence. Codes: 0 done, 1 refused, 2 usage, 3 open difference."""
    os.umask(0o077)  # what this house writes is for its own account
    argv = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoiwo.config.settings")
    from django.core.exceptions import ImproperlyConfigured

    try:
        code = _run(argv)
    except ImproperlyConfigured as problem:
        print(problem, file=sys.stderr)
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except KeyboardInterrupt:
        print("Przerwano.", file=sys.stderr)
        code = 130
    if argv is sys.argv or code:
        sys.exit(code)
    return code


def _run(argv: list[str]) -> int:
    import django
    from django.core.management import CommandError, get_commands, load_command_class
    from django.db import DatabaseError, OperationalError
    from django.utils import translation

    django.setup()
    from spoiwo.upkeep import gate
    from spoiwo.upkeep.errors import InMaintenance
    from spoiwo.upkeep.refusals import in_words

    translation.activate("pl")
    name = argv[1] if len(argv) > 1 else "help"
    if name in {"help", "-h", "--help"}:
        return _print_commands()
    known = get_commands()
    key = name.replace("-", "_")
    if key not in known:
        print(f"Nie ma polecenia „{name}”. Listę poleceń pokazuje samo „spoiwo”.", file=sys.stderr)
        return 2
    command = load_command_class(known[key], key) if isinstance(known[key], str) else known[key]
    command._called_from_command_line = True  # a wrong argument is answered by argparse, in one sentence
    parser = command.create_parser("spoiwo", name)
    options = vars(parser.parse_args(argv[2:]))
    if name not in CHECKED:
        options["skip_checks"] = True
    try:
        with nullcontext() if name in UNGATED else gate.at_work():
            command.execute(*options.pop("args", ()), **options)
    except InMaintenance as problem:
        print(in_words(problem), file=sys.stderr)
        return 1
    except CommandError as problem:
        print(problem, file=sys.stderr)
        return problem.returncode
    except (OperationalError, DatabaseError) as problem:
        print(refused_by_the_database(str(problem)), file=sys.stderr)
        return 1
    return 0


# What a database says, in its own words, and what that means for whoever works here.
REFUSALS = (
    (("disk is full", "no space left"), "Na dysku bazy nie ma miejsca: nic nie zapisano. Zwolnij miejsce i powtórz."),
    (("no such table", "no such column", "does not exist"), "Baza jest starsza niż program: wykonaj „spoiwo migrate”."),
    (("locked", "deadlock", "lock timeout"), "Baza jest zajęta inną pracą: nic nie zapisano. Powtórz za chwilę."),
    (
        ("connection", "could not translate host"),
        "Baza nie odpowiada: sprawdź, czy serwer PostgreSQL działa i co jest w SPOIWO_DATABASE_URL.",
    ),
)


def refused_by_the_database(said: str) -> str:
    """What the database said, as one line that begins with what to do about it."""
    known = (words for signs, words in REFUSALS if any(sign in said.lower() for sign in signs))
    return f"{next(known, 'Baza danych odmówiła.')} ({' '.join(said.split())})"


def _print_commands() -> int:
    from django.core.management import get_commands, load_command_class

    print("Spoiwo. Polecenia (spoiwo POLECENIE --help powie więcej):\n")
    known = get_commands()
    for name in COMMANDS:
        key = name.replace("-", "_")
        print("  " + load_command_class(known[key], key).help)
    return 0
