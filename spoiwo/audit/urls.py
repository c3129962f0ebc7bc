"""Addresses of the record of deeds."""

from django.urls import path

from spoiwo.audit import views

app_name = "audit"
urlpatterns = [path("", views.record_list, name="records")]
