"""Every address of the house, in Polish; the English pages live under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from spoiwo.config import api

handler400 = "spoiwo.access.failures.bad_request"
handler500 = "spoiwo.access.failures.server_error"

urlpatterns = [path("api/v1/", api.urls), path("", include("spoiwo.upkeep.urls"))]
urlpatterns += i18n_patterns(
    path("konto/", include("spoiwo.access.urls")),
    path("biuro/", include("spoiwo.access.office_urls")),
    path("biuro/konta/", include("spoiwo.access.accounts_urls")),
    path("biuro/konta/organizacje/", include("spoiwo.organisations.urls")),
    path("biuro/dziennik/", include("spoiwo.audit.urls")),
    path("biuro/listy/", include("spoiwo.doors.urls")),
    path("biuro/osoby/", include("spoiwo.persons.urls")),
    path("biuro/ochrona-danych/", include("spoiwo.vault.urls")),
    path("biuro/strategia/", include("spoiwo.strategy.urls.office")),
    path("biuro/wskazniki/", include("spoiwo.strategy.urls.indicators")),
    path("biuro/zmiany-strategii/", include("spoiwo.strategy.urls.updating")),
    path("biuro/terminy/", include("spoiwo.strategy.urls.duties")),
    path("biuro/", include("spoiwo.ledger.urls.plan")),
    path("biuro/", include("spoiwo.ledger.urls.books")),
    path("biuro/", include("spoiwo.ledger.urls.exports")),
    path("biuro/", include("spoiwo.ledger.urls")),
    path("biuro/", include("spoiwo.reports.office_urls")),
    path("pakiet-roku/", include("spoiwo.ledger.public_urls")),
    path("konsultacje/", include("spoiwo.strategy.urls.consultations")),
    path("wydatki/", include("spoiwo.ledger.urls.money")),
    path("kwoty-ogloszone/", include("spoiwo.ledger.urls.published")),
    path("", include("spoiwo.reports.urls")),
    path("", include("spoiwo.strategy.urls")),
    path("", include("spoiwo.portal.urls")),
    prefix_default_language=False,
)
