"""A plain Django list page to stand beside ours: one table of 200 rows, one template, nothing else.

`gunicorn checks.attack.plain:application`, with PLAIN_DATABASE naming an SQLite file that `fill()` has made.
"""

import os

import django
from django.conf import settings

TEMPLATE = """<!doctype html><html lang="pl"><head><title>Lista</title></head><body><h1>Lista</h1><table>
{% for row in rows %}<tr><th>{{ row.name }}</th><td>{{ row.amount }}</td><td>{{ row.day|date:"d.m.Y" }}</td></tr>
{% endfor %}</table></body></html>"""

settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="measured-only",
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PLAIN_DATABASE"]}},
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - Django is set up above
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from django.urls import path  # noqa: E402

COMPILED = Engine().from_string(TEMPLATE)


class Row(models.Model):
    """One line of the list."""

    name = models.CharField(max_length=100)
    amount = models.IntegerField()
    day = models.DateField()

    class Meta:
        app_label = "plain"

    def __str__(self) -> str:
        return self.name


def listing(request: HttpRequest) -> HttpResponse:
    """The first hundred rows."""
    return HttpResponse(COMPILED.render(Context({"rows": Row.objects.order_by("name")[:100]})))


def fill() -> None:
    """Make the table and its rows."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create(Row(name=f"Wiersz {n:03}", amount=n * 100, day="2026-03-16") for n in range(200))


urlpatterns = [path("", listing)]
application = get_wsgi_application()

if __name__ == "__main__":
    fill()
