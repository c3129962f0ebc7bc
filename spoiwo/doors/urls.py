"""Addresses of the letters of the office."""

from django.urls import path

from spoiwo.doors import views

app_name = "doors"
urlpatterns = [
    path("", views.letter_list, name="letters"),
    path("<uuid:uid>/ponow/", views.letter_again, name="letter-again"),
]
