"""Signing in and out; accounts are given by an administrator."""

from allauth.account import views
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as services
from django.urls import path, re_path

from spoiwo.access.audience import PUBLIC, SIGNED_IN, declare, may
from spoiwo.access.views import entrance, invitations, own
from spoiwo.audit.views.reviews import review_sign
from spoiwo.doors.once import changes, repeatable
from spoiwo.vault.views import person as give_data

declare(
    PUBLIC,
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",  # the second step of signing in
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_error",
    "socialaccount_login_cancelled",
)
declare(may("audit.view_record"), "audit:records")
declare(may("audit.view_review"), "audit:reviews", "audit:review", "audit:review-hit")
declare(may("audit.sign_review"), "audit:review-sign")
changes(review_sign)
repeatable("the file is made anew each time, and each time is recorded")(give_data)
declare(may("doors.see_letters"), "doors:letters", "doors:letter-again")
declare(
    may("vault.see_protection"),
    "vault:register",
    "vault:register-csv",
    "vault:columns",
    "vault:columns-csv",
    "vault:retention",
    "vault:erasures",
)
declare(may("vault.export_person", step_up=True), "vault:person")
declare(SIGNED_IN, "account_logout", "account_reauthenticate", "account_change_password", "account_set_password")
declare(
    SIGNED_IN,
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "socialaccount_connections",
)

urlpatterns = [
    path("zaloguj/", views.login, name="account_login"),
    path("wyloguj/", views.logout, name="account_logout"),
    path("nieaktywne/", views.account_inactive, name="account_inactive"),
    path("nowe/", views.signup, name="account_signup"),
    path("potwierdz/", views.reauthenticate, name="account_reauthenticate"),
    path("haslo/zmiana/", views.password_change, name="account_change_password"),
    path("haslo/ustaw/", views.password_set, name="account_set_password"),
    path("haslo/przypomnij/", views.password_reset, name="account_reset_password"),
    path("haslo/przypomnij/wyslane/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^haslo/nowe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("haslo/nowe/gotowe/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    # One's own account
    path("", own.home, name="account_home"),
    path("nazwa/", own.name, name="account_name"),
    path("sesja/", own.session, name="account_session"),
    path("sesje/zakoncz-inne/", own.end_others, name="account_end_others"),
    path("sesje/<int:pk>/zakoncz/", own.end_one, name="account_end_one"),
    path("przegladarki/<int:pk>/zapomnij/", own.forget_one_browser, name="account_forget_browser"),
    path("zaproszenie/<str:token>/", invitations.accept_page, name="account_invitation"),
    # The second factor
    path("drugi-skladnik/", entrance.Factors.as_view(), name="mfa_index"),
    path("zaloguj/kod/", factors.authenticate, name="mfa_authenticate"),
    path("potwierdz/kod/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("drugi-skladnik/aplikacja/", entrance.AddApp.as_view(), name="mfa_activate_totp"),
    path("drugi-skladnik/aplikacja/usun/", entrance.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("drugi-skladnik/kody/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("drugi-skladnik/kody/nowe/", entrance.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("klucze/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("klucze/nowy/", entrance.AddKey.as_view(), name="mfa_add_webauthn"),
    path("klucze/<int:pk>/usun/", entrance.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("klucze/<int:pk>/zmien/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("potwierdz/kluczem/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("zaloguj/kluczem/", keys.login_webauthn, name="mfa_login_webauthn"),
    # The sign-in service of the office
    path("urzad/<str:provider_id>/", entrance.to_service, name="openid_connect_login"),
    path("urzad/<str:provider_id>/powrot/", entrance.from_service, name="openid_connect_callback"),
    path("urzad/", entrance.Connections.as_view(), name="socialaccount_connections"),
    path("zaloguj/blad/", services.login_error, name="socialaccount_login_error"),
    path("zaloguj/przerwane/", services.login_cancelled, name="socialaccount_login_cancelled"),
]
