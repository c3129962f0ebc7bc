"""Public addresses of consultations."""

from django.urls import path

from spoiwo.strategy.views import consultations as views

app_name = "consultations"
urlpatterns = [
    path("", views.consultation_list, name="consultations"),
    path("<int:pk>/", views.consultation_page, name="consultation"),
    path("<int:pk>/uwaga/", views.remark_new, name="remark"),
    path("<int:pk>/uwaga/<str:key>/", views.receipt, name="receipt"),
]
