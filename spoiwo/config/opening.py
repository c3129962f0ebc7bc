"""Before the first page: are the keys those of this database?"""

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils import translation

from spoiwo.vault.errors import VaultClosed
from spoiwo.vault.services import check_keys

logger = logging.getLogger(__name__)


def open_house() -> None:
    """Refuse to serve a database with keys of another; a database that does not answer is the pages' own business.

    Raises: ImproperlyConfigured with one sentence.
    """
    try:
        with translation.override("pl"):
            check_keys()
    except VaultClosed as refusal:
        raise ImproperlyConfigured(str(refusal)) from None
    except DatabaseError as problem:
        logger.warning("the keys were not compared with the database: %s", type(problem).__name__)
