"""How the parts of the declaration are called, for the page and for the person who fills them in."""

from django.utils.translation import gettext_lazy as _

PARTS = {
    "entity": _("name of the office"),
    "site_url": _("address of the site"),
    "published_on": _("date of publication of the site"),
    "updated_on": _("date of its last significant change"),
    "prepared_on": _("date of preparation of the declaration"),
    "reviewed_on": _("date of the last review of the declaration"),
    "contact": _("person or unit to contact"),
    "email": _("e-mail address"),
    "phone": _("telephone number"),
    "architecture": _("architectural accessibility of the seat"),
    "communication": _("accessibility of communication"),
    "apps": _("mobile applications"),
}


def said(name: str) -> str:
    """A part in words; a name that nobody knows stays as it was written."""
    return str(PARTS.get(name, name))
