"""Public addresses of strategies and programmes."""

from django.urls import path

from spoiwo.strategy import views

app_name = "strategy"
urlpatterns = [
    path("strategie/", views.strategy_list, name="strategies"),
    path("strategie/<str:code>/", views.strategy_page, name="strategy"),
    path("programy/<str:code>/", views.programme_page, name="programme"),
]
