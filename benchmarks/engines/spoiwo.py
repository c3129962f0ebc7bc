"""The house itself: its services and its pages, called as the house calls them."""

import json
import shutil
from collections.abc import Callable

import django

django.setup()

from django.conf import settings  # noqa: E402  settings come first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from benchmarks import cases, found_in, rows  # noqa: E402
from benchmarks.engines.base import Engine  # noqa: E402
from benchmarks.house import House, day_of  # noqa: E402
from benchmarks.oracle import DRILLS, Sums, with_subtotals  # noqa: E402
from spoiwo.ledger.services.entries import enter_entry  # noqa: E402
from spoiwo.ledger.services.years import reconcile_year  # noqa: E402
from spoiwo.reports import exports  # noqa: E402
from spoiwo.reports.domain.content import sealed  # noqa: E402
from spoiwo.reports.domain.verify import verify_file  # noqa: E402
from spoiwo.reports.exports import chart as chart_module  # noqa: E402
from spoiwo.reports.services.gather import content_of  # noqa: E402
from spoiwo.reports.services.reading import Reading  # noqa: E402
from spoiwo.reports.services.versions import draft, finalise  # noqa: E402


class Spoiwo(Engine):
    """With SQLite every run opens the database anew, as every request of the house does."""

    def load(self) -> None:
        """Find the year and what lines refer to."""
        translation.activate("pl")
        self.house = House()
        self.year = self.house.year
        self.entered = 0
        self.client = Client()

    def server(self) -> int | None:
        """The server's process of this connection."""
        if connection.vendor != "postgresql":
            return None
        connection.ensure_connection()
        return connection.connection.info.backend_pid

    def before_each(self, question: str) -> None:
        """Forget what SQLite keeps in memory; where asked, the charts too, on disk and in the process."""
        if connection.vendor == "sqlite":
            connection.close()
        if question == cases.DRAWN:
            shutil.rmtree(settings.RENDERED_DIR, ignore_errors=True)
            chart_module._drawn.cache_clear()

    # --- the matrix, its lines, a new line ----------------------------------------------------------

    def matrix(self) -> object:
        """The reconciliation of the year: cells, cross-cuts, and all declared totals beside them."""
        return reconcile_year(self.year)

    def answer_matrix(self, found) -> Sums:
        """Sums of rows, columns and the whole as the reconciliation itself gives them."""
        if wrong := [row.declared.key for row in found.comparisons if row.status != "agrees"]:
            return {"declared totals that do not agree": wrong}
        programmes = {row.code: index for index, row in enumerate(self.house.programmes)}
        sources = {row.code: index for index, row in enumerate(self.house.sources)}
        sums = {
            f"cell {'outside' if p is None else programmes[p]} {sources[s]}": total
            for (p, s), total in found.cells.items()
        }
        sums |= {f"programme {index}": found.by_programme(code) for code, index in programmes.items()}
        sums |= {f"source {index}": found.by_source(code) for code, index in sources.items()}
        sums |= {f"tag {code}": total for code, total in found.tags.items()}
        sums |= {"outside": found.by_programme(None), "in programmes": found.in_programmes(), "total": found.total()}
        return {name: [total.amount_gr, total.lines] for name, total in sums.items() if total.lines}

    def drill(self, where: dict) -> dict:
        """The lines of one figure of the draft, the first page, and how many there are."""
        reading = Reading(self.year, None, {}, timezone.localtime())
        found, count = reading.entries(self._codes(where), 0, 100)
        return {"count": count, "rows": [[row["key"], row["amount_gr"]] for row in found]}

    def _codes(self, where: dict) -> dict:
        lists = {"programme": self.house.programmes, "source": self.house.sources, "tag": self.house.tags}
        return {name: lists[name][index].code for name, index in where.items()}

    def new_line(self) -> dict:
        """Enter a line by the service and build the report's content anew."""
        line = rows.extra_lines(self.entered + 1, self.lines)[-1]
        self.entered += 1
        house = self.house
        enter_entry(
            year=self.year, source=house.sources[line.source], amount_gr=line.amount_gr,
            description=line.description, document=house.documents[line.document].name,
            programme=house.programmes[line.programme], date=day_of(line), key=line.key, by=house.user,
        )  # fmt: skip
        return content_of(self.year, now=timezone.localtime())

    def answer_new_line(self, content: dict) -> Sums:
        """The sums as the report's figures show them."""
        return self.sums_of_figures(content)

    def sums_of_figures(self, content: dict) -> Sums:
        """Figures of a report → cells and cross-cuts; then its own totals must be those of its cells."""
        figures = content["figures"]
        cells = {}
        for row in content["matrix"]["rows"]:
            for source, id_ in row["cells"].items():
                figure = figures[id_]
                if figure["records"]:
                    cells[self._index(row["programme"], source)] = (figure["value"], figure["records"])
        tags = {
            cut["tag"]: (figures[cut["computed"]]["value"], figures[cut["computed"]]["records"])
            for cut in content["cross_cuts"]
        }
        sums = with_subtotals(cells, tags)
        total = figures["total.computed"]
        sums["total"] = [total["value"], total["records"]]
        return sums

    def _index(self, programme: str | None, source: str) -> tuple[int | None, int]:
        programmes = [row.code for row in self.house.programmes]
        sources = [row.code for row in self.house.sources]
        return None if programme is None else programmes.index(programme), sources.index(source)

    # --- pages --------------------------------------------------------------------------------------

    def _page(self, name: str, *args) -> bytes:
        response = self.client.get(reverse(name, args=args), HTTP_HOST="localhost")
        if response.status_code != 200:
            raise RuntimeError(f"{name}: odpowiedź {response.status_code}")
        return response.content

    def page(self) -> bytes:
        """The public page of the report, draft or final; the chart is in the store."""
        return self._page("reports:report", rows.YEAR)

    page_draft = page_final = page_draft_without_chart = page

    def answer_page(self, page: bytes) -> list[int]:
        """Every amount that the page shows."""
        return found_in.amounts(page.decode())

    def figure_draft(self) -> bytes:
        """The public page of one figure with its first hundred lines."""
        where = DRILLS["cell"]
        codes = self._codes(where)
        return self._page("reports:figure", rows.YEAR, f"cell.{codes['programme'].lower()}.{codes['source']}")

    figure_final = figure_draft

    def answer_figure(self, page: bytes) -> list[int]:
        """Every amount that the page shows."""
        return found_in.amounts(page.decode())

    # --- the whole report and its files -------------------------------------------------------------

    def content(self) -> dict:
        """The draft with all its records and its fingerprint."""
        return draft(self.year, now=timezone.localtime())

    def answer_content(self, content: dict) -> Sums:
        """The sums as the report's figures show them."""
        return self.sums_of_figures(content)

    def prepare(self, question: str) -> None:
        """The content that files are made of; its making is a case of its own."""
        if question.startswith(("format.", "verify")) and question != "format.all":
            self.whole = self.content()
        if question == "verify":
            self.file = exports.FORMATS["json"][0](self.whole)

    def work_of(self, question: str) -> Callable[[], object]:
        """One format is a question of its own."""
        kind, _, name = question.partition(".")
        if kind != "format":
            return super().work_of(question)
        if name == "all":
            return self.all_formats
        return lambda: {name: exports.FORMATS[name][0](self.whole)}

    def all_formats(self) -> dict[str, bytes]:
        """From the database to all six files, as the house makes them at one go."""
        return exports.render_all(self.content())

    def answer_format(self, files: dict[str, bytes]) -> dict:
        """What each file says, read back by another library than the one that wrote it."""
        codes = {
            "programme": [row.code for row in self.house.programmes],
            "source": [row.code for row in self.house.sources],
        }
        return {name: found_in.READERS[name](file, codes) for name, file in files.items()}

    def finalise(self) -> object:
        """Freeze the report; it verifies itself first."""
        return finalise(year=self.year, by=self.house.user, now=timezone.localtime())

    def answer_finalise(self, report) -> dict:
        """The version that came of it."""
        return {"version": report.version}

    def verify(self) -> list[str]:
        """Recompute every figure of the JSON file from the records in it."""
        return [str(problem) for problem in verify_file(self.file)]

    def answer_verify(self, problems: list[str]) -> dict:
        """No problem in the true file, and some in one with a line a grosz larger and the fingerprint made to fit."""
        content = json.loads(self.file)
        content["records"]["entries"][0]["amount_gr"] += 1
        spoilt = json.dumps(sealed(content)).encode()
        return {"problems": problems, "sees_one_grosz": bool(verify_file(spoilt))}
