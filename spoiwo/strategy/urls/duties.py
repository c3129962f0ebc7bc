"""Addresses of the legal year."""

from django.urls import path

from spoiwo.strategy.views import duties as views

app_name = "duties"
urlpatterns = [
    path("", views.duty_list, name="list"),
    path("<int:year>/<str:code>/", views.duty_page, name="duty"),
    path("<int:year>/<str:code>/zrobione/", views.duty_done, name="done"),
    path("<int:year>/<str:code>/cofnij/", views.duty_undone, name="undone"),
    path("<int:year>/<str:code>/zmien/", views.duty_change, name="change"),
]
