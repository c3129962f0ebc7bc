"""Addresses of the office's pages of the strategy."""

from django.urls import path

from spoiwo.strategy.views import editing, office

app_name = "strategy_office"
urlpatterns = [
    path("", office.tree, name="now"),
    path("drzewo/<str:code>/", office.tree, name="tree"),
    path("drzewo/<str:code>/nowy-cel/", editing.goal_new, name="goal-new"),
    path("drzewo/<str:code>/nowy-program/", editing.programme_new, name="programme-new"),
    path("cele/<str:code>/", office.goal_page, name="goal"),
    path("cele/<str:code>/zmien/", editing.goal_change, name="goal-change"),
    path("cele/<str:code>/zakoncz/", editing.goal_end, name="goal-end"),
    path("programy/<str:code>/", office.programme_page, name="programme"),
    path("programy/<str:code>/zmien/", editing.programme_change, name="programme-change"),
    path("programy/<str:code>/zakoncz/", editing.programme_end, name="programme-end"),
    path("programy/<str:code>/nastepstwo/", editing.succession_new, name="succession-new"),
    path("programy/<str:code>/nastepstwo/<str:other>/cofnij/", editing.succession_remove, name="succession-remove"),
    path("nowe-zadanie/", editing.task_new, name="task-new"),
    path("zadania/<str:code>/", office.task_page, name="task"),
    path("zadania/<str:code>/zmien/", editing.task_change, name="task-change"),
    path("zadania/<str:code>/zakoncz/", editing.task_end, name="task-end"),
]
