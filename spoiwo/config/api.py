"""The API under /api/v1/: what every room offers to programs."""

from spoiwo import __version__
from spoiwo.access.api import HouseAPI, answer_problems, mark_views
from spoiwo.ledger.api import router as ledger
from spoiwo.places.api import router as places
from spoiwo.reports.api import router as reports
from spoiwo.strategy.api import router as strategy

api = HouseAPI(
    title="Spoiwo",
    version=__version__,
    description="Strategia, pieniądze i sprawozdania województwa jako dane. Kwoty w groszach, dni w ISO 8601.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for router in (places, strategy, ledger, reports):
    api.add_router("", router)
answer_problems(api)
patterns, app_name, namespace = api.urls
urls = (mark_views(patterns), app_name, namespace)
