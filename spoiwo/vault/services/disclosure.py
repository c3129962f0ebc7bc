"""Giving a person what is held about them (GDPR art. 15 and 20): one file for people, one for programs."""

import hashlib
import io
import json
import zipfile
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from spoiwo.audit.services import record
from spoiwo.kernel.sealing import keyed_fingerprint
from spoiwo.vault.errors import NothingSought, PurposeMissing
from spoiwo.vault.holdings import Asked, holdings
from spoiwo.vault.models import Disclosure
from spoiwo.vault.services.values import keyring


@transaction.atomic
def export_person(
    *, email: str = "", subject: UUID | None = None, by, purpose: str, now: datetime
) -> tuple[Disclosure, bytes]:
    """Everything that rooms hold about one person, as a ZIP of JSON, HTML and text; recorded before anybody sees it.

    What it says about the giving: when, by whom, why, how many of each kind and a digest of the file; not whose data.
    Raises: PurposeMissing, NothingSought; Erased and VaultClosed from what rooms open.
    """
    email = email.strip().lower()
    if not purpose.strip():
        raise PurposeMissing("vault.person_exported")
    if not email and subject is None:
        raise NothingSought
    asked = Asked(by=by, purpose=purpose, now=now, email=email, subject=subject)
    parts = [(holding, holding.found(asked)) for holding in holdings()]
    counts = {holding.code: len(rows) for holding, rows in parts}
    given = Disclosure.objects.create(
        at=now, by=by, purpose=purpose, sought=sought_index(email or subject), found=counts
    )
    content = _packed(asked, parts)
    given.digest = hashlib.sha256(content).hexdigest()
    given.save(update_fields=["digest"])
    record(by=by, deed="vault.person_exported", about=given, reason=purpose, found=counts, digest=given.digest)
    return given, content


def officer_of(email: str):
    """The account that gives data out, if it may; None otherwise."""
    user = get_user_model().objects.filter(email__iexact=email).first() if email else None
    return user if user is not None and user.has_perm("vault.export_person") else None


def sought_index(whose: str | UUID) -> str:
    """The keyed fingerprint under which givings about one person are found."""
    return keyed_fingerprint(keyring().index_key("vault_disclosure.sought"), str(whose).casefold())


def _packed(asked: Asked, parts: list) -> bytes:
    told = [
        {"code": holding.code, "title": str(holding.title), "rows": [_plain(row) for row in rows]}
        for holding, rows in parts
    ]
    facts = {"email": asked.email, "subject": str(asked.subject or ""), "at": asked.now.isoformat(timespec="seconds")}
    context = {"parts": _for_people(parts), "whose": asked.email or asked.subject, "at": _shown(asked.now)}
    context["empty"] = [title for title, rows in context["parts"] if not rows]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("dane.json", json.dumps({"about": facts, "held": told}, ensure_ascii=False, indent=1))
        pack.writestr("dane.html", render_to_string("vault/person.html", context))
        pack.writestr("dane.txt", _text(context))
    return out.getvalue()


def _for_people(parts: list) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """Each kind with its rows as the screen would show them."""
    return [
        (str(holding.title), [[(str(name), _shown(value)) for name, value in row.items()] for row in rows])
        for holding, rows in parts
    ]


def _text(context: dict) -> str:
    lines = [f"Dane o osobie: {context['whose']}", f"Stan na: {context['at']}", ""]
    for title, rows in context["parts"]:
        lines += [title, "-" * len(title)]
        for row in rows:
            lines += [f"{name}: {value}" for name, value in row] + [""]
        lines += [] if rows else ["nic", ""]
    return "\r\n".join(lines)


def _shown(value: object) -> str:
    """A value as a person reads it: a list in a row, a day and the time of the place as on the pages."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j.m.Y, G.i")
    if isinstance(value, date):
        return date_format(value, "j.m.Y")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_shown(item) for item in value) or "–"
    return str(value)


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Values that JSON has; days and times as ISO text, anything else as the screen shows it."""
    return {str(name): _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_value(item) for item in value]
    return str(value)
