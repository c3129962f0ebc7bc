"""Addresses of the portal's own pages."""

from django.urls import path

from spoiwo.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("pomoc/", views.help_page, name="help"),
    path("dostepnosc/", views.accessibility, name="accessibility"),
    path("deklaracja-dostepnosci/", views.declaration, name="declaration"),
    path("prywatnosc/", views.privacy, name="privacy"),
    path("mapa-strony/", views.sitemap, name="sitemap"),
]
