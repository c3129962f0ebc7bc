"""Addresses of the register, under /biuro/osoby/: by random identifiers, never by a number that can be counted up."""

from django.urls import path

from spoiwo.persons.views import changing, deeds, lists, opening, papers, rights

app_name = "persons"
urlpatterns = [
    path("", lists.person_list, name="list"),
    path("szukaj/", lists.person_search, name="search"),
    path("nowa/", changing.person_new, name="new"),
    path("<uuid:uid>/", lists.person_page, name="person"),
    path("<uuid:uid>/dane/", opening.person_open, name="open"),
    path("<uuid:uid>/adres/", opening.person_address, name="address"),
    path("<uuid:uid>/zmien/", changing.person_change, name="change"),
    path("<uuid:uid>/adres/zmien/", changing.person_change_address, name="change-address"),
    path("<uuid:uid>/kto-otwieral/", opening.person_readings, name="readings"),
    path("<uuid:uid>/zamknij/", deeds.person_close, name="close"),
    path("<uuid:uid>/otworz-ponownie/", deeds.person_reopen, name="reopen"),
    path("<uuid:uid>/oslona/", deeds.person_shield, name="shield"),
    path("<uuid:uid>/prowadzacy/", deeds.person_caseworkers, name="caseworkers"),
    path("<uuid:uid>/prowadzacy/<int:pk>/zakoncz/", deeds.caseworker_end, name="caseworker-end"),
    path("<uuid:uid>/dokumenty/nowy/", papers.paper_new, name="paper-new"),
    path("<uuid:uid>/dokumenty/<uuid:paper>/", papers.paper_open, name="paper"),
    path("<uuid:uid>/dane/plik/", rights.person_export, name="export"),
    path("<uuid:uid>/usuniecie/", rights.erasure_ask, name="erasure-ask"),
    path("<uuid:uid>/usuniecie/decyzja/", rights.erasure_decide, name="erasure"),
]
