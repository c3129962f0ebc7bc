"""Addresses of the report in the office, under /biuro/."""

from django.urls import path, re_path

from spoiwo.reports.urls import FORMAT
from spoiwo.reports.views import narratives, office

app_name = "report-office"
urlpatterns = [
    path("sprawozdania/", office.report_list, name="reports"),
    path("rok/<int:year>/sprawozdanie/", office.draft_page, name="draft"),
    path("rok/<int:year>/opis/", narratives.narrative_list, name="narratives"),
    path("rok/<int:year>/opis/caly-rok/", narratives.narrative_edit, name="narrative-year"),
    path("rok/<int:year>/opis/program/<str:code>/", narratives.narrative_edit, name="narrative"),
    path("rok/<int:year>/sprawozdanie/liczby/<str:figure>/", office.draft_figure, name="figure"),
    re_path(rf"^rok/(?P<year>\d{{4}})/sprawozdanie/{FORMAT}/$", office.draft_file, name="draft-file"),
]
