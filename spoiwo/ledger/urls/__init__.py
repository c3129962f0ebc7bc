"""Addresses of the ledger, all under /biuro/."""

from django.urls import path, re_path

from spoiwo.ledger.views import entries, money, packages, reconciliation, years

app_name = "ledger"
urlpatterns = [
    path("lata/", years.year_list, name="years"),
    path("pakiet/", packages.package_upload, name="import"),
    path("pakiet/<str:token>/", packages.package_plan, name="import-plan"),
    path("rok/<int:year>/", entries.entry_list, name="entries"),
    re_path(r"^rok/(?P<year>\d{4})/rejestr\.(?P<format>csv|xlsx)$", entries.entry_export, name="export"),
    path("rok/<int:year>/wydatki/", money.office_lines, name="lines"),
    path("rok/<int:year>/wpisy/nowy/", entries.entry_new, name="entry-new"),
    path("rok/<int:year>/wpisy/<int:pk>/", entries.entry_page, name="entry"),
    path("rok/<int:year>/wpisy/<int:pk>/zmien/", entries.entry_change, name="entry-change"),
    path("rok/<int:year>/wpisy/<int:pk>/sprawdz/", entries.entry_check, name="entry-check"),
    path("rok/<int:year>/uzgodnienie/", reconciliation.reconciliation, name="reconciliation"),
    path("rok/<int:year>/uzgodnienie/<str:key>/przyjmij/", reconciliation.difference_accept, name="accept"),
    path("rok/<int:year>/uzgodnienie/<str:key>/wyjasnij/", reconciliation.difference_explain, name="explain"),
    path("rok/<int:year>/uzgodnienie/<str:key>/cofnij/", reconciliation.settlement_withdraw, name="withdraw"),
    path("rok/<int:year>/widocznosc/", reconciliation.draft_visibility, name="visibility"),
]
