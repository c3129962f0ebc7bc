"""Which region this house serves."""

from django.conf import settings

from spoiwo.organisations.models import Organisation
from spoiwo.strategy.models import Strategy

DEFAULT_REGION = "08"


def current_region() -> str:
    """The region this house serves: the setting, else the only one that has a strategy or organisations."""
    if settings.REGION:
        return settings.REGION
    strategies = Strategy.objects.order_by().values_list("region", flat=True)
    organisations = Organisation.objects.order_by().values_list("region", flat=True)
    regions = list(strategies.union(organisations)[:2])
    return regions[0] if len(regions) == 1 else DEFAULT_REGION
