"""Addresses of the record of deeds."""

from django.urls import path

from spoiwo.audit.views import records, reviews

app_name = "audit"
urlpatterns = [
    path("", records.record_list, name="records"),
    path("przeglad/", reviews.review_list, name="reviews"),
    path("przeglad/<str:week>/", reviews.review_page, name="review"),
    path("przeglad/<str:week>/podpis/", reviews.review_sign, name="review-sign"),
    path("przeglad/<str:week>/<slug:hit>/", reviews.review_hit, name="review-hit"),
]
