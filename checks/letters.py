"""Five hundred letters, one of them to nobody, and a sender that is killed again and again: nothing is lost.

Promises: every recipient but the refused one gets the letter; one that got it twice is marked so; the log of sending
is who was written to. The mail server is a sink on this machine, the database a new SQLite in a folder of its own.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from spoiwo.doors.tests.sink import Sink, mail_server

LETTERS, KILLS, REFUSED = 500, 10, 499
COMMAND = [sys.executable, "-m", "spoiwo.config", "letters", "send"]


def prepare(folder: str, port: int) -> None:
    """Settings of a house in the folder that sends to the sink, and its database."""
    for name in [name for name in os.environ if name.startswith("SPOIWO_")]:
        del os.environ[name]
    url = f"smtp://127.0.0.1:{port}?tls=none"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings",
        "SPOIWO_DATA_DIR": folder,
        "SPOIWO_PLAIN_HTTP": "1",
        "SPOIWO_MAIL_URL": url,
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def address(number: int) -> str:
    """An invented recipient."""
    return f"osoba-{number}@pokaz.example"


def write(now) -> None:
    """All letters in one transaction."""
    from django.db import transaction

    from spoiwo.doors.letters import send_letter

    with transaction.atomic():
        for number in range(LETTERS):
            send_letter(to=address(number), subject="Zaproszenie", body="Dzień dobry.", by=None, now=now)


def killed(sink: Sink, chance: random.Random) -> bool:
    """Start a sender and kill it after some more letters were taken; whether it was still at work."""
    until = len(sink.taken) + chance.randint(5, 40)
    with subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL) as sender:
        while sender.poll() is None and len(sink.taken) < until:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.02)
        at_work = sender.poll() is None
        sender.kill()
    return at_work


def judged(sink: Sink) -> int:
    """Compare who got a letter with who should have, and with the log."""
    from spoiwo.doors.letters import recipient_index
    from spoiwo.doors.models import Letter

    got = Counter(sink.recipients())
    wanted = {address(number) for number in range(LETTERS) if number != REFUSED}
    twice = {recipient_index(one) for one, times in got.items() if times > 1}
    marked = set(Letter.objects.filter(perhaps_twice=True).values_list("recipient_index", flat=True))
    log = set(Letter.objects.filter(state="sent").values_list("recipient_index", flat=True))
    lost, unmarked = wanted - set(got), twice - marked
    wrong_log = log ^ {recipient_index(one) for one in got}
    left = Letter.objects.exclude(state="sent").exclude(recipient_index=recipient_index(address(REFUSED))).count()
    print(f"listów {LETTERS}, doszło do {len(got)}, zginęło {len(lost)}, nadal czeka {left}")
    print(f"doszło dwa razy {len(twice)}, z tego bez oznaczenia {len(unmarked)}; oznaczonych {len(marked)}")
    print(f"różnic między dziennikiem wysyłek a tym, co doszło: {len(wrong_log)}")
    return 1 if lost or unmarked or wrong_log or left else 0


def main() -> int:
    """Write, send, kill, and send what is left a quarter of an hour later."""
    with tempfile.TemporaryDirectory() as folder, mail_server() as sink:
        Path(folder, "static").mkdir()
        prepare(folder, sink.port)
        from django.utils import timezone

        from spoiwo.doors.posting import send_waiting_letters

        sink.refused = {address(REFUSED): 550}
        now, chance = timezone.now(), random.Random(8105)
        write(now)
        kills = sum(killed(sink, chance) for _time in range(KILLS))
        print(f"nadawcę przerwano {kills} razy; do tej chwili doszło {len(sink.taken)}")
        print(send_waiting_letters(now + timedelta(minutes=30)))
        return judged(sink)


if __name__ == "__main__":
    sys.exit(main())
