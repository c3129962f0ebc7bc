"""Addresses for the tests of the shell: allauth, and pages that stand for other rooms."""

from django.http import HttpResponse
from django.urls import include, path


def nothing(request, **kwargs):
    """A page of another room."""
    return HttpResponse("")


ledger = ([path("", nothing, name="years"), path("entry/<int:pk>/", nothing, name="entry")], "ledger")

urlpatterns = [
    path("", nothing, name="home"),
    path("money/", nothing, name="money"),
    path("strategy/", nothing, name="strategy"),
    path("ledger/", include(ledger)),
    path("reports/", nothing, name="reports"),
    path("import/", nothing, name="import"),
    path("audit/", nothing, name="audit"),
    path("accounts/", include("allauth.urls")),
]
