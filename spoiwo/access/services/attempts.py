"""Counting wrong tries in the database, where every process sees them."""

import secrets
from datetime import datetime

from django.db import transaction

from spoiwo.access.domain.attempts import (
    ACCOUNT,
    ADDRESS,
    BROWSER,
    CODE,
    LETTER,
    LIMITS,
    WINDOW,
    address_group,
    window_start,
)
from spoiwo.access.errors import TooManyAttempts
from spoiwo.access.models import Attempt, KnownBrowser, User
from spoiwo.audit.services import record
from spoiwo.kernel.sealing import keyed_fingerprint
from spoiwo.vault.services import keyring


def _key(*parts: str) -> str:
    return keyed_fingerprint(keyring().house_key("attempts"), "\n".join(parts))


def new_browser_sign() -> str:
    """The random sign that a browser will carry."""
    return secrets.token_urlsafe(32)


def begin_attempt(*, account: str, address: str, browser: str, now: datetime, code: bool = False) -> list[Attempt]:
    """Count a try before it is made, so that many at the same moment cannot pass the limit.

    `account`: the e-mail as typed; `browser`: the sign that the browser carries, or empty. A browser in which this
    account has signed in is counted apart, and tries of others elsewhere do not touch it.
    Returns the rows to be taken back after success. Raises: TooManyAttempts.
    """
    account = account.strip().casefold()
    if browser and knows_browser(account=account, browser=browser):
        keys = [(BROWSER, _key(BROWSER, account, browser, str(code)))]
    else:
        where = _key(ADDRESS, address_group(address))
        keys = [(CODE if code else ACCOUNT, _key(CODE if code else ACCOUNT, account)), (ADDRESS, where)]
    return _counted(keys, now)


def begin_letter(*, account: str, address: str, now: datetime) -> None:
    """Count a letter that somebody asked for, sent or not. Raises: TooManyAttempts."""
    where = _key(LETTER, address_group(address))
    _counted([(LETTER, _key(LETTER, account.strip().casefold())), (ADDRESS, where)], now)


def _counted(keys: list[tuple[str, str]], now: datetime) -> list[Attempt]:
    if any(_many(counter, key, now) >= LIMITS[counter] for counter, key in keys):
        raise TooManyAttempts
    rows = Attempt.objects.bulk_create([Attempt(counter=counter, key=key, at=now) for counter, key in keys])
    if any(_many(counter, key, now) > LIMITS[counter] for counter, key in keys):
        forget_attempts(rows)
        raise TooManyAttempts
    return rows


def _many(counter: str, key: str, now: datetime) -> int:
    return Attempt.objects.since(counter, key, window_start(now)).count()


def forget_attempts(rows: list[Attempt]) -> None:
    """The try was right: it does not count."""
    Attempt.objects.filter(pk__in=[row.pk for row in rows]).delete()


def forget_attempts_of(account: str) -> int:
    """Open the door again for everybody who tries this account; after a new password, or by an administrator."""
    account = account.strip().casefold()
    keys = [_key(counter, account) for counter in (ACCOUNT, CODE)]
    return Attempt.objects.filter(key__in=keys).delete()[0]


def stopped_until(user: User, now: datetime) -> datetime | None:
    """Until when unknown browsers cannot sign in to an account, or None."""
    key = _key(ACCOUNT, user.email.casefold())
    rows = list(Attempt.objects.since(ACCOUNT, key, window_start(now)).order_by("-at")[: LIMITS[ACCOUNT]])
    return rows[-1].at + WINDOW if len(rows) == LIMITS[ACCOUNT] else None


@transaction.atomic
def unlock(*, user: User, by: User | None) -> int:
    """An administrator lets an account be tried again. Returns how many tries were forgotten."""
    many = forget_attempts_of(user.email)
    record(by=by, deed="access.account_unlocked", about=user, attempts=many)
    return many


# Browsers


def knows_browser(*, account: str, browser: str) -> bool:
    """Whether the account has signed in there before."""
    return KnownBrowser.objects.filter(user__email=account, browser=_key(BROWSER, browser)).exists()


def is_browser(row: KnownBrowser, browser: str) -> bool:
    """Whether the row is about the browser that carries this sign."""
    return row.browser == _key(BROWSER, browser)


def remember_browser(*, user: User, browser: str, label: str, now: datetime) -> None:
    """The person signed in by this browser; strangers no longer close its door, and its own wrong tries are over."""
    facts = {"label": label, "seen_at": now}
    KnownBrowser.objects.update_or_create(
        user=user, browser=_key(BROWSER, browser), defaults=facts, create_defaults=facts | {"since": now}
    )
    account = user.email.casefold()
    own = [_key(BROWSER, account, browser, str(code)) for code in (True, False)]
    Attempt.objects.filter(counter=BROWSER, key__in=own).delete()


@transaction.atomic
def forget_browser(*, row: KnownBrowser, by: User) -> None:
    """The browser is a stranger again."""
    user, label = row.user, row.label
    row.delete()
    record(by=by, deed="access.browser_forgotten", about=user, browser=label)
