"""Every address of the house, in Polish; the English pages live under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("konto/", include("spoiwo.access.urls")),
    path("biuro/dziennik/", include("spoiwo.audit.urls")),
    path("biuro/", include("spoiwo.ledger.urls")),
    path("biuro/", include("spoiwo.reports.office_urls")),
    path("pakiet-roku/", include("spoiwo.ledger.public_urls")),
    path("", include("spoiwo.reports.urls")),
    path("", include("spoiwo.strategy.urls")),
    path("", include("spoiwo.portal.urls")),
    prefix_default_language=False,
)
