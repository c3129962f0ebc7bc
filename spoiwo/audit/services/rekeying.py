"""A new key of the record, when the old one is lost for good: by a deed of its own, never by the way."""

from django.db import transaction

from spoiwo.audit.errors import HousekeyThere
from spoiwo.audit.services.key import installation, lay_new_key
from spoiwo.audit.services.recording import locked_head, record

LAID_ANEW = "audit.key_laid_anew"


@transaction.atomic
def replace_lost_key(*, by) -> str:
    """Lay another key where there is none, and record it; the new number of the installation.

    Heads and fingerprints made with the old key can no longer be compared; the chain itself holds, it has no key.
    Raises: HousekeyThere when a key lies there, whole or not; OSError.
    """
    record(by=by, deed=LAID_ANEW, about=locked_head())  # first, so that no key is laid without it
    try:
        lay_new_key()
    except FileExistsError as problem:
        raise HousekeyThere from problem
    return installation()
