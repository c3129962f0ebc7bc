"""How small a number of persons is too small to be published by this house."""

from django.conf import settings

from spoiwo.kernel.suppression import Policy


def public_policy() -> Policy:
    """The policy of every public figure about persons: the threshold of the installation, never under three."""
    return Policy(settings.SMALL_NUMBERS_UNDER)
