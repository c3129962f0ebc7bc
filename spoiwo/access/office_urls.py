"""The address of the desk, under /biuro/."""

from django.urls import path

from spoiwo.access.views import desk, record_file

app_name = "access"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("dziennik/eksport/", record_file.record_file, name="record-file"),
]
