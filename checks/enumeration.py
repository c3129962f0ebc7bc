"""How long signing in and asking for a password take for accounts that are there and for those that are not.

Promise: over 200 tries each the medians differ by less than 5 ms, and the answers are the same. Real hashing (scrypt),
a new SQLite in a folder of its own, requests inside this process; known and unknown take turns, so that a busy
machine slows both. The counters of wrong tries are emptied between the tries, outside the measured time.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

TRIES, ALLOWED_MS = 200, 5.0
THERE, NOT_THERE = "zofia@pokaz.example", "nikt-taki@pokaz.example"
PASSWORD = "zmyslone-haslo-1"


def prepare(folder: str) -> None:
    """A house with one account."""
    for name in [name for name in os.environ if name.startswith("SPOIWO_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings",
        "SPOIWO_DATA_DIR": folder,
        "SPOIWO_PLAIN_HTTP": "1",
        "SPOIWO_HOSTS": "testserver",
    }
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    from spoiwo.access.services import open_account

    open_account(email=THERE, full_name="Zofia Zmyślona", password=PASSWORD, by=None)


def sign_in(email: str) -> tuple[int, str]:
    """A wrong password, from a browser nobody knows."""
    from django.test import Client
    from django.urls import reverse

    response = Client().post(reverse("account_login"), {"login": email, "password": "zgadywane-haslo-1"})
    return response.status_code, main_of(response.content.decode(), email)


def ask_for_password(email: str) -> tuple[int, str]:
    """The form that asks for a letter."""
    from django.test import Client
    from django.urls import reverse

    response = Client().post(reverse("account_reset_password"), {"email": email})
    return response.status_code, response.url


def main_of(page: str, email: str) -> str:
    """What the page says, without what was typed and without the secret of the form."""
    return page.replace(email, "…").split("<main", 1)[1].split("csrfmiddlewaretoken", 1)[0]


def measured(deed: Callable[[str], tuple[int, str]]) -> tuple[dict[str, list[float]], set]:
    """Milliseconds of each try, and the different answers that were seen."""
    from spoiwo.access.models import Attempt

    took: dict[str, list[float]] = {THERE: [], NOT_THERE: []}
    answers = set()
    for number in range(TRIES):
        for email in (THERE, NOT_THERE) if number % 2 else (NOT_THERE, THERE):
            Attempt.objects.all().delete()
            began = time.perf_counter()
            answers.add(deed(email))
            took[email].append((time.perf_counter() - began) * 1000)
    return took, answers


def main() -> int:
    """Measure both doors."""
    broken = False
    with tempfile.TemporaryDirectory(prefix="spoiwo-enumeration-") as folder:
        prepare(folder)
        for name, deed in (("logowanie", sign_in), ("prośba o hasło", ask_for_password)):
            took, answers = measured(deed)
            there, not_there = (statistics.median(took[email]) for email in (THERE, NOT_THERE))
            apart = abs(there - not_there)
            bad = apart >= ALLOWED_MS or len(answers) != 1
            broken |= bad
            print(
                f"{name}: po {TRIES} prób; mediana dla konta, które jest: {there:.2f} ms, którego nie ma: "
                f"{not_there:.2f} ms, różnica {apart:.2f} ms (dopuszczalna poniżej {ALLOWED_MS} ms); "
                f"różnych odpowiedzi: {len(answers)}{' – ZA DUŻO' if bad else ''}"
            )
        print(f"Obciążenie maszyny podczas pomiaru: {os.getloadavg()[0]:.2f} na {os.cpu_count()} rdzenie.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
