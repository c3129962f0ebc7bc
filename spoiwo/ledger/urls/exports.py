"""Addresses of a year's files, all under /biuro/."""

from django.urls import path, re_path

from spoiwo.ledger.views import exports

app_name = "exports"
urlpatterns = [
    path("rok/<int:year>/pliki/", exports.year_files, name="files"),
    re_path(
        r"^rok/(?P<year>\d{4})/pliki/(?P<format>datapackage|iati|rb28s|xlsx)/$", exports.year_file, name="download"
    ),
]
