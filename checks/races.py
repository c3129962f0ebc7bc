"""Two people at one record, one who presses twice, more requests than money: hundreds of races over HTTP.

On SQLite and on PostgreSQL: lost updates 0 of 200, double rows 0 of 200, 200 requests for money enough for ten: ten.
"""

import os
import subprocess
import sys

LOST, DOUBLE, REQUESTS, PLACES = 200, 200, 200, 10
HANDS = 30  # requests under way at the same moment: a server of the tests takes forty connections


def main() -> int:
    """Both databases, each in a process of its own; 1 when a promise is broken."""
    if "--here" in sys.argv:
        return here()
    broken = 0
    for name, before in (("SQLite", ()), ("PostgreSQL", ("tests.postgres", sys.executable, "-m"))):
        print(f"\n{name}", flush=True)
        command = [sys.executable, "-m", *before, "checks.races", "--here"]
        env = {key: value for key, value in os.environ.items() if key != "SPOIWO_DATABASE_URL"}
        code = subprocess.run(command, env=env, check=False).returncode
        if code == 2:
            print(f"NIE SPRAWDZONO: {name} nie daje się uruchomić na tym komputerze")
        broken += code != 0
    return 1 if broken else 0


def here() -> int:
    """The races on the database that the settings name."""
    import django
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests import plugin  # sets the environment before Django reads it

    django.setup()
    plugin.pytest_configure(None)
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return _races()
    finally:
        teardown_databases(databases, verbosity=0)


def _races() -> int:
    from django.test.testcases import LiveServerThread, _StaticFilesHandler

    from spoiwo.audit.services import verify_chain
    from tests.racing import House, over_http, oversell, race_to_change, race_to_create, timed
    from tests.racing_forms import creating
    from tests.racing_records import changeable

    server = LiveServerThread("localhost", _StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    send, house, faults = over_http(server.port), House(), []
    try:
        for title, kinds, race, many in (
            ("Dwie osoby w jednym zapisie: utracone zmiany", changeable(house), race_to_change, LOST),
            ("Ten sam formularz dwa razy naraz: podwójne zapisy", creating(house), race_to_create, DOUBLE),
        ):
            each = -(-many // len(kinds))
            outcomes, seconds = timed(
                lambda race=race, kinds=kinds, each=each: [
                    race(house, kind, make, each, send) for kind, make in kinds.items()
                ]
            )
            wrong = [fault for outcome in outcomes for fault in outcome.faults]
            races = sum(one.races for one in outcomes)
            print(f"  {title}: {len(wrong)} z {races} ({len(kinds)} rodzajów, {seconds:.0f} s)")
            faults += wrong
    finally:
        server.terminate()
    (got, refused, left_gr), seconds = timed(lambda: oversell(REQUESTS, PLACES, HANDS))
    print(f"  {REQUESTS} wniosków o pieniądze na {PLACES} (naraz {HANDS}): {got} przyjętych, {refused} odmów, ", end="")
    print(f"zostało {left_gr} gr ({seconds:.0f} s)")
    faults += (
        [] if (got, refused, left_gr) == (PLACES, REQUESTS - PLACES, 0) else [f"przyjęto {got}, odmówiono {refused}"]
    )
    faults += list(verify_chain())
    for fault in faults[:20]:
        print(f"  ŹLE: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
