"""Accounts of organisations, under /biuro/konta/organizacje/."""

from django.urls import path

from spoiwo.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.kept, name="kept"),
    path("<int:pk>/", views.people, name="people"),
    path("<int:pk>/zapros/", views.invite_person, name="invite"),
    path("<int:pk>/osoby/<int:user>/zamknij/", views.close_person, name="close"),
    path("<int:pk>/osoby/<int:user>/sprawy/", views.caring, name="caring"),
]
