"""What allauth tells about services that are linked with accounts; it is written down."""

from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.dispatch import receiver

from spoiwo.access.services.identities import identity_linked, identity_unlinked


@receiver(social_account_added, dispatch_uid="spoiwo.access.identity_linked")
def _linked(sender, sociallogin, **kwargs) -> None:
    identity_linked(user=sociallogin.user, provider=sociallogin.account.provider)


@receiver(social_account_removed, dispatch_uid="spoiwo.access.identity_unlinked")
def _unlinked(sender, socialaccount, **kwargs) -> None:
    identity_unlinked(user=socialaccount.user, provider=socialaccount.provider)
