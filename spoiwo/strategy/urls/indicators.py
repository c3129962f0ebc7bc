"""Addresses of indicators and their values."""

from django.urls import path

from spoiwo.strategy.views import indicators as views

app_name = "indicators"
urlpatterns = [
    path("", views.indicator_list, name="indicators"),
    path("nowy/", views.indicator_new, name="new"),
    path("lista.<str:format>", views.indicator_export, name="export"),
    path("<str:code>/", views.indicator_page, name="indicator"),
    path("<str:code>/zmien/", views.indicator_change, name="change"),
    path("<str:code>/definicja/", views.definition_new, name="definition"),
    path("<str:code>/cel/", views.target_set, name="target"),
    path("<str:code>/wartosc/", views.value_enter, name="enter"),
    path("<str:code>/wartosc/<int:pk>/", views.value_correct, name="correct"),
]
