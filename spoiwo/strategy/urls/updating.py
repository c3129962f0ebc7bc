"""Addresses of versions of a strategy and their consultation, for the office."""

from django.urls import path

from spoiwo.strategy.views import remarks, updating

app_name = "updating"
urlpatterns = [
    path("", updating.version_list, name="versions"),
    path("nowy/<str:code>/", updating.draft_new, name="draft-new"),
    path("<int:pk>/", updating.version_page, name="version"),
    path("<int:pk>/nowe/<str:kind>/", updating.element_new, name="element-new"),
    path("<int:pk>/element/<str:kind>/<str:code>/", updating.element_change, name="element"),
    path("<int:pk>/element/<str:kind>/<str:code>/wyjmij/", updating.element_drop, name="element-drop"),
    path("<int:pk>/wycofaj/", updating.draft_withdraw, name="withdraw"),
    path("<int:pk>/przyjmij/", updating.draft_adopt, name="adopt"),
    path("<int:pk>/wpisz/", updating.version_write, name="write"),
    path("<int:pk>/konsultacja/", remarks.consultation_new, name="consultation-new"),
    path("<int:pk>/uwagi/", remarks.remark_list, name="remarks"),
    path("<int:pk>/uwagi/<int:remark>/", remarks.remark_answer, name="remark"),
    path("<int:pk>/sprawozdanie/", remarks.report_publish, name="report"),
]
