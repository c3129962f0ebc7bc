"""Every change of accounts; the two that other rooms use stand here."""

from spoiwo.access.services.accounts import open_account
from spoiwo.access.services.roles import give_role

__all__ = ["give_role", "open_account"]
