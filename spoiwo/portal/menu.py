"""The portal's own pages in the menus, and the office whose house this is."""

import json

from django.utils.translation import gettext_lazy as _

from spoiwo.access.remembering import remembered
from spoiwo.organisations.services import region_profile
from spoiwo.strategy.services import current_region
from spoiwo.ui.menu import THIS_SITE, register_footer, register_office, register_public

FOR_OFFICES = _("For offices")
register_public(_("Help"), "portal:help", 10)
register_footer(THIS_SITE, _("Site map"), "portal:sitemap", 10)
register_footer(THIS_SITE, _("Accessibility declaration"), "portal:declaration", 20)
register_footer(THIS_SITE, _("Privacy"), "portal:privacy", 30)
register_footer(FOR_OFFICES, _("Sign in"), "account_login", 40)


def office() -> dict:
    """Names of the office and the assembly; every page asks for them, and they seldom change."""
    return json.loads(remembered(("office",), lambda: json.dumps(_office())))


def _office() -> dict:
    """From the region's organisations."""
    profile = region_profile(current_region())
    return {
        "office": profile.office,
        "assembly": profile.assembly,
        "address": profile.address,
        "region": profile.name,
        "invented": False,
    }


register_office(office)
