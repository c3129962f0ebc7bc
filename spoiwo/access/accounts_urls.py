"""The office that keeps the accounts, under /biuro/konta/."""

from django.urls import path

from spoiwo.access.views import accounts, invitations, substitutions

app_name = "accounts"
urlpatterns = [
    path("", accounts.account_list, name="list"),
    path("<int:pk>/", accounts.account_page, name="account"),
    path("<int:pk>/rola/", accounts.role_give, name="role-give"),
    path("<int:pk>/rola/<int:role>/odbierz/", accounts.role_take, name="role-take"),
    path("<int:pk>/zamknij/", accounts.close, name="close"),
    path("<int:pk>/otworz/", accounts.reopen, name="reopen"),
    path("<int:pk>/drugi-skladnik/", accounts.factor_reset, name="factor-reset"),
    path("<int:pk>/sesje/", accounts.sessions_end, name="sessions-end"),
    path("<int:pk>/odblokuj/", accounts.unlock_one, name="unlock"),
    path("zaproszenia/", invitations.invitation_list, name="invitations"),
    path("zaproszenia/nowe/", invitations.invitation_new, name="invite"),
    path("zaproszenia/<int:pk>/ponow/", invitations.invitation_again, name="invitation-again"),
    path("zaproszenia/<int:pk>/wycofaj/", invitations.invitation_withdraw, name="invitation-withdraw"),
    path("zastepstwa/", substitutions.substitution_list, name="substitutions"),
    path("zastepstwa/nowe/", substitutions.substitution_new, name="substitution-new"),
    path("zastepstwa/<int:pk>/zakoncz/", substitutions.substitution_end, name="substitution-end"),
]
