"""10 000 random worlds of units, people and persons: who sees and who opens is what the rule says in plain words.

    .venv/bin/python -m checks.scoping [how many worlds] [how many of them through the pages]

In a house of its own. A world is a person with roles, memberships and substitutions of some days, and four persons of
the register: of three units, shielded or not, closed, erased, run by the one who looks or not. Some of the worlds are
walked through the pages: the list is what opens, and what one may not know of is not found, never refused.
"""

import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

WORLDS, WALKED = 10_000, 100


def main() -> int:
    """Build the house, judge the worlds, print the figures."""
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else WORLDS
    walked = int(sys.argv[2]) if len(sys.argv) > 2 else WALKED
    folder = Path(tempfile.mkdtemp(prefix="spoiwo-zakres-"))
    (folder / "static").mkdir()
    for name in [name for name in os.environ if name.startswith("SPOIWO_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings",
        "SPOIWO_DATA_DIR": str(folder),
        "SPOIWO_PLAIN_HTTP": "1",
        "SPOIWO_HOSTS": "localhost,127.0.0.1,[::1],testserver",
    }
    try:
        return _checked(worlds, walked)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _checked(worlds: int, walked: int) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils.timezone import localdate

    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    call_command("migrate", verbosity=0)
    from tests.registered import TODAY
    from tests.scoping import Stage, by_pages, by_rules

    stage, seen = Stage(), Counter()
    print(f"obciążenie maszyny: {os.getloadavg()[0]:.1f}")
    broken = _judged(stage, worlds, by_rules, TODAY, seen)
    broken += _judged(stage, walked, by_pages, localdate(), Counter(), active=True)
    print("światy, w których ktoś coś: " + ", ".join(f"{what} {count}" for what, count in sorted(seen.items())))
    print("nie zgadza się z regułą: " + (f"{broken} przebiegów" if broken else "nic"))
    return 1 if broken or min(seen.values(), default=0) < worlds // 100 else 0


def _judged(stage, many: int, check, today, seen: Counter, *, active: bool | None = None) -> int:
    """Judge so many worlds; 1 when one of them is not as the rule says (it is printed)."""
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.scoping import WORLD

    @settings(
        max_examples=many, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(world=WORLD)
    def judge(world: dict) -> None:
        def watched(*facts) -> None:
            _stage, _user, visible, openable, _today = facts
            seen.update(
                {"widzi": bool(visible), "otwiera": bool(openable), "widzi, ale nie otwiera": bool(visible - openable)}
            )
            check(*facts)

        stage.judge(world if active is None else world | {"active": active}, watched, today)

    started = time.perf_counter()
    try:
        judge()
    except AssertionError as problem:
        print(f"{check.__name__}: {problem}")
        return 1
    print(f"{check.__name__}: {many} światów, {time.perf_counter() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
