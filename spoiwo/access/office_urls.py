"""The address of the desk, under /biuro/."""

from django.urls import path

from spoiwo.access import views

app_name = "access"
urlpatterns = [path("", views.desk, name="desk")]
