"""Addresses for machines that watch the house; they stand outside the languages."""

from django.urls import path

from spoiwo.upkeep import views

app_name = "health"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("metrics", views.counted, name="metrics"),
]
