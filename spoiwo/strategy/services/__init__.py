"""Which region this house serves."""

from django.conf import settings

from spoiwo.access.remembering import remembered
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.models import Strategy

DEFAULT_REGION = "08"


def current_region() -> str:
    """The region this house serves: the setting, else the only one that has a strategy or organisations.

    Every page asks, so one that was found is remembered until the next deed; that there is none yet is not.
    """
    return settings.REGION or remembered(("region",), _only_region) or _only_region() or DEFAULT_REGION


def _only_region() -> str:
    strategies = Strategy.objects.order_by().values_list("region", flat=True)
    organisations = Organisation.objects.order_by().values_list("region", flat=True)
    regions = list(strategies.union(organisations)[:2])
    return regions[0] if len(regions) == 1 else ""
