"""Signing in and out; accounts are given by an administrator."""

from allauth.account import views
from django.urls import path, re_path

from spoiwo.access.audience import PUBLIC, SIGNED_IN, declare, may

declare(
    PUBLIC,
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
)
declare(may("audit.view_record"), "audit:records")
declare(SIGNED_IN, "account_logout", "account_reauthenticate", "account_change_password")

urlpatterns = [
    path("zaloguj/", views.login, name="account_login"),
    path("wyloguj/", views.logout, name="account_logout"),
    path("nieaktywne/", views.account_inactive, name="account_inactive"),
    path("nowe/", views.signup, name="account_signup"),
    path("potwierdz/", views.reauthenticate, name="account_reauthenticate"),
    path("haslo/zmiana/", views.password_change, name="account_change_password"),
    path("haslo/przypomnij/", views.password_reset, name="account_reset_password"),
    path("haslo/przypomnij/wyslane/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^haslo/nowe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("haslo/nowe/gotowe/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
