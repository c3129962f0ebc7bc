"""Public addresses of the ledger: the form in which a year comes."""

from django.urls import path

from spoiwo.ledger.views import packages

app_name = "year-package"
urlpatterns = [
    path("", packages.package_page, name="tables"),
    path("szablon.xlsx", packages.template_workbook, name="template"),
]
