"""Public addresses of published amounts."""

from django.urls import path

from spoiwo.ledger.views import published

app_name = "published"
urlpatterns = [
    path("", published.published_list, name="amounts"),
    path("kwoty.csv", published.published_file, name="file"),
]
