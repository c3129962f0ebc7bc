"""What the vault does: sealing and opening, erasing, changing keys, keeping for a time, and telling what is held."""

from spoiwo.vault.services.disclosure import export_person
from spoiwo.vault.services.erasure import erase, finish_erasure, finish_erasures
from spoiwo.vault.services.keeping import remove_what_is_over
from spoiwo.vault.services.proof import check_keys
from spoiwo.vault.services.rotation import finish_reseals, reseal
from spoiwo.vault.services.values import (
    fingerprint_of,
    fingerprints_of,
    keyring,
    new_subject,
    open_values,
    protected_models,
    seal_into,
    sealed_field,
    unsealed,
)

__all__ = [
    "check_keys",
    "erase",
    "export_person",
    "fingerprint_of",
    "fingerprints_of",
    "finish_erasure",
    "finish_erasures",
    "finish_reseals",
    "keyring",
    "new_subject",
    "open_values",
    "protected_models",
    "remove_what_is_over",
    "reseal",
    "seal_into",
    "sealed_field",
    "unsealed",
]
