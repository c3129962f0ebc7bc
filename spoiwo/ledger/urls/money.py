"""Public addresses of the lines behind an amount."""

from django.urls import path

from spoiwo.ledger.views import money

app_name = "money"
urlpatterns = [path("<int:year>/", money.lines, name="lines")]
