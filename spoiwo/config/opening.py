"""Before the first page: are the keys those of this database, and is the key of its record there?"""

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils import translation

from spoiwo.audit.errors import HousekeyBroken
from spoiwo.audit.services.key import check_key
from spoiwo.vault.errors import VaultClosed
from spoiwo.vault.services import check_keys

logger = logging.getLogger(__name__)


def open_house() -> None:
    """Refuse to serve a database with keys of another, or without the key of its record.

    A database that does not answer is the pages' own business. Raises: ImproperlyConfigured with one sentence.
    """
    try:
        with translation.override("pl"):
            check_keys()
            check_key()
    except (VaultClosed, HousekeyBroken) as refusal:
        raise ImproperlyConfigured(str(refusal)) from None
    except DatabaseError as problem:
        logger.warning("the keys were not compared with the database: %s", type(problem).__name__)
