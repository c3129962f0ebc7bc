"""The house itself: its pages and its import, called as the house calls them. Needs Django set up."""

from pathlib import Path

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from benchmarks import found_in
from benchmarks.decade import rows
from benchmarks.decade.region import DIRECTOR
from benchmarks.decade.rival import Rival
from spoiwo.access.models import User
from spoiwo.ledger.domain.books import Mapping
from spoiwo.ledger.models import Entry, FiscalYear
from spoiwo.ledger.services.books import import_books


class Spoiwo(Rival):
    """Pages as a browser asks for them; with SQLite every run opens the database anew."""

    def load(self) -> None:
        translation.activate("pl")
        self.public, self.office = Client(), Client()
        self.office.force_login(User.objects.get(email=DIRECTOR))

    def before_each(self) -> None:
        if connection.vendor == "sqlite":
            connection.close()

    def _page(self, client: Client, name: str, *args) -> bytes:
        response = client.get(reverse(name, args=args), HTTP_HOST="localhost")
        if response.status_code != 200:
            raise RuntimeError(f"{name}: odpowiedź {response.status_code}")
        return response.content

    def task(self) -> bytes:
        """The public page of a task over all years."""
        return self._page(self.public, "strategy:task", f"zadanie-{rows.TASK}")

    def programme(self) -> bytes:
        """The public page of a programme over all years."""
        return self._page(self.public, "strategy:programme", f"P{rows.PROGRAMME + 1}")

    def desk(self) -> bytes:
        """The director's morning page."""
        return self._page(self.office, "access:desk")

    def plan(self) -> bytes:
        """The page "plan and execution" of the latest year."""
        return self._page(self.office, "plan:plan", rows.YEAR)

    def books(self, path: Path) -> dict[str, int]:
        """Read a file of the accounting system in: checked, compared, saved and audited."""
        year = FiscalYear.objects.get(year=rows.BOOKS_YEAR)
        import_books(year=year, path=path, mapping=MAPPING, by=User.objects.get(email=DIRECTOR), name=path.name)
        return self.stored(year)

    def stored(self, year: FiscalYear) -> dict[str, int]:
        """Sums of what came in, read back from the database."""
        sums: dict[str, int] = {}
        found = Entry.objects.filter(year=year, batch__kind="books").values_list("chapter", "paragraph", "amount_gr")
        for chapter, paragraph, amount_gr in found:
            rows.add(sums, f"{chapter} {paragraph}", amount_gr)
        return sums


MAPPING = Mapping(
    columns=dict(
        zip(("key", "date", "document", "description", "chapter", "paragraph", "amount"), rows.HEADINGS, strict=True)
    ),
    constants={"source": "own"},
)


def amounts_of(page: bytes) -> list[int]:
    """Every amount that a page shows, in grosze."""
    return found_in.amounts(page.decode())
