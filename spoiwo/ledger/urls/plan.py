"""Addresses of plan, commitments, corrections and closing."""

from django.urls import path, re_path

from spoiwo.ledger.views import closing, plan, planning

app_name = "plan"
urlpatterns = [
    path("rok/<int:year>/plan/", plan.plan_page, name="plan"),
    re_path(r"^rok/(?P<year>\d{4})/plan-i-wykonanie\.(?P<format>csv|xlsx)$", plan.plan_export, name="export"),
    path("rok/<int:year>/plan/linie/", plan.plan_lines, name="lines"),
    path("rok/<int:year>/plan/linie/<int:pk>/", plan.plan_line, name="line"),
    path("rok/<int:year>/plan/nowy/", planning.plan_new, name="new"),
    path("rok/<int:year>/plan/zmiana/", planning.plan_change, name="change"),
    path("rok/<int:year>/plan/zobowiazanie/", planning.commitment_new, name="commit"),
    path("rok/<int:year>/plan/linie/<int:pk>/zaplac/", planning.commitment_part, {"what": "platnosc"}, name="pay"),
    path(
        "rok/<int:year>/plan/linie/<int:pk>/zwolnij/", planning.commitment_part, {"what": "zwolnienie"}, name="release"
    ),
    path("rok/<int:year>/plan/linie/<int:pk>/popraw/", planning.plan_correct, name="correct"),
    path("rok/<int:year>/wpisy/<int:pk>/zwrot/", planning.payment_refund, name="refund"),
    path("rok/<int:year>/wpisy/<int:pk>/popraw/", planning.entry_correct, name="correct-entry"),
    path("rok/<int:year>/zamkniecie/", closing.closing_page, name="closing"),
    path("rok/<int:year>/zamkniecie/<int:month>/", closing.month_close, name="close"),
]
