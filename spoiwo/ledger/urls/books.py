"""Addresses of classification, books and stored papers."""

from django.urls import path

from spoiwo.ledger.views import books, classification, papers, statements

app_name = "books"
urlpatterns = [
    path("ksiegi/", books.books_upload, name="import"),
    path("ksiegi/<str:token>/", books.books_mapping, name="mapping"),
    path("ksiegi/<str:token>/proba/", books.books_plan, name="plan"),
    path("klasyfikacja/", classification.code_table, name="codes"),
    path("pytania/", classification.question_list, name="questions"),
    path("pytania/odpowiedz/", classification.question_answer, name="answer"),
    path("rok/<int:year>/ksiegi/", statements.books_reconciliation, name="reconciliation"),
    path("rok/<int:year>/ksiegi/zestawienie/", statements.statement_new, name="statement"),
    path("rok/<int:year>/dokumenty/", papers.document_list, name="documents"),
    path("rok/<int:year>/dokumenty/<int:pk>/", papers.document_page, name="document"),
    path("rok/<int:year>/dokumenty/<int:pk>/plik/", papers.paper_store, name="paper-new"),
    path("pliki/<int:pk>/", papers.paper_download, name="paper"),
]
