"""Addresses of data protection."""

from django.urls import path

from spoiwo.vault import views

app_name = "vault"
urlpatterns = [
    path("", views.register, name="register"),
    path("rejestr.csv", views.register_csv, name="register-csv"),
    path("pola/", views.columns, name="columns"),
    path("pola.csv", views.columns_csv, name="columns-csv"),
    path("okresy/", views.retention, name="retention"),
    path("usuniecia/", views.erasures, name="erasures"),
    path("osoba/", views.person, name="person"),
]
