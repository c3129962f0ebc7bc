"""A thousand wrong passwords of strangers, through the page: the officer still comes in from her own browser.

Promise: after 1 000 failures from a thousand addresses the right password opens from the browser in which she signed in
before, at the first try; from an unknown browser it waits. Real hashing, a new SQLite in a folder of its own.
"""

import sys
import tempfile
import time

from checks.enumeration import PASSWORD, THERE, prepare

FAILURES = 1000


def main() -> int:
    """Sign in, sign out, be attacked, sign in."""
    with tempfile.TemporaryDirectory(prefix="spoiwo-lockout-") as folder:
        prepare(folder)
        from django.test import Client
        from django.urls import reverse

        from spoiwo.access.models import Attempt

        def sign_in(client: Client, password: str, address: str) -> bool:
            facts = {"login": THERE, "password": password}
            client.post(reverse("account_login"), facts, REMOTE_ADDR=address)
            return "_auth_user_id" in client.session

        hers = Client()
        known = sign_in(hers, PASSWORD, "203.0.113.5")
        hers.post(reverse("account_logout"))
        began = time.monotonic()
        opened = [
            sign_in(Client(), f"zgadywane-{number}", f"198.51.{number % 250}.{number // 250}")
            for number in range(FAILURES)
        ]
        took = time.monotonic() - began
        unknown = sign_in(Client(), PASSWORD, "203.0.113.77")
        officer = sign_in(hers, PASSWORD, "203.0.113.5")
        print(
            f"{FAILURES} błędnych haseł z {FAILURES} adresów w {took:.0f} s: weszło {sum(opened)}; policzonych prób: "
            f"{Attempt.objects.filter(counter='account').count()}. Nieznana przeglądarka z dobrym hasłem: "
            f"{'weszła – ŹLE' if unknown else 'czeka'}. Znana przeglądarka: {'weszła' if officer else 'NIE WESZŁA'}."
        )
        return 0 if known and officer and not unknown and not any(opened) else 1


if __name__ == "__main__":
    sys.exit(main())
