"""Public addresses of the report."""

from django.urls import path, re_path

from spoiwo.reports.views import public

app_name = "reports"
FORMAT = r"(?P<format>pdf|docx|xlsx|csv|json|html)"
urlpatterns = [
    path("sprawozdania/", public.year_list, name="years"),
    path("sprawozdania/rok/", public.year_chosen, name="chosen"),
    path("sprawozdania/jak-liczymy/", public.how_we_count, name="how"),
    path("sprawozdania/<int:year>/", public.report_page, name="report"),
    path("sprawozdania/<int:year>/teraz/", public.known_now_page, name="known-now"),
    path("sprawozdania/<int:year>/liczby/<str:figure>/", public.figure_page, name="figure"),
    re_path(rf"^sprawozdania/(?P<year>\d{{4}})/pobierz/{FORMAT}/$", public.download, name="download"),
    path("sprawozdania/<int:year>/wersje/<int:version>/", public.report_page, name="version"),
    path(
        "sprawozdania/<int:year>/wersje/<int:version>/liczby/<str:figure>/",
        public.figure_page,
        name="version-figure",
    ),
    re_path(
        rf"^sprawozdania/(?P<year>\d{{4}})/wersje/(?P<version>\d+)/pobierz/{FORMAT}/$",
        public.download,
        name="version-download",
    ),
]
