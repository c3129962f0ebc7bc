"""Public addresses of strategies and programmes."""

from django.urls import path

from spoiwo.strategy.views import judging
from spoiwo.strategy.views import public as views

app_name = "strategy"
urlpatterns = [
    path("strategie/", views.strategy_list, name="strategies"),
    path("strategie/<str:code>/", views.strategy_page, name="strategy"),
    path("programy/<str:code>/", views.programme_page, name="programme"),
    path("programy/<str:code>/linia/", views.lineage_page, name="lineage"),
    path("zadania/<str:code>/", views.task_page, name="task"),
    path("wskazniki/", judging.indicator_list, name="indicators"),
    path("wskazniki/jak-oceniamy/", judging.how_we_judge, name="how-we-judge"),
    path("wskazniki/<str:code>/", judging.indicator_page, name="indicator"),
]
