"""The API of the house: operations say who may use them, errors have one form, lists have one form of page.

A room writes `router = HouseRouter(tags=[...])` and `@router.operation("GET", "/path", who=PUBLIC, response=...)`;
an operation without `who` does not start. Errors follow RFC 9457 (problem details), in Polish.
"""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import SessionAuth

from spoiwo.access import proofs
from spoiwo.access.audience import OPERATIONS, Audience
from spoiwo.access.services.factors import lacks_second_factor
from spoiwo.kernel.sentences import input_fault

LARGEST_PAGE = 500
PROBLEM = "application/problem+json"
JSON, UTF_8 = "application/json", {"utf-8", "utf8"}
T = TypeVar("T")


class Fault(Schema):
    """One thing that is wrong with what was sent: where, and what was expected."""

    where: str
    message: str


class Problem(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[Fault] = []


class Page(Schema, Generic[T]):
    """One page of a list."""

    total: int = Field(description="Ile jest wszystkich pozycji.")
    page: int = Field(description="Numer tej strony, od 1.")
    pages: int = Field(description="Ile jest stron.")
    items: list[T]


class Paging(Schema):
    """Which page is asked for."""

    page: int = Field(1, ge=1, le=100_000, description="Numer strony, od 1.")
    per_page: int = Field(100, ge=1, le=LARGEST_PAGE, description="Ile pozycji na stronie.")

    def of(self, rows: QuerySet | list) -> dict:
        """The page of these rows, as `Page` describes it. A page after the last is empty."""
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
        start = (self.page - 1) * self.per_page
        pages = max(1, -(-total // self.per_page))
        return {"total": total, "page": self.page, "pages": pages, "items": list(rows[start : start + self.per_page])}


class Knock(SessionAuth):
    """The door of one operation: a person who signed in, and whom the declaration admits."""

    def __init__(self, who: Audience) -> None:
        self.who = who
        super().__init__(csrf=True)

    def __call__(self, request: HttpRequest) -> Any:
        """First of all the kind of what was sent: looking for the token in a form would use the body up.

        Raises: NotJSON, and what `authenticate` raises.
        """
        if request.method in CARRYING and not _is_json(request):
            raise NotJSON
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The person, or None for somebody who did not sign in.

        Raises: PermissionDenied; also without the second factor of the role, or without a fresh proof where one is due.
        """
        if not request.user.is_authenticated:
            return None
        if not self.who.admits(request.user) or lacks_second_factor(request.user):
            raise PermissionDenied
        if self.who.step_up and not proofs.is_fresh(request):
            raise PermissionDenied
        return request.user


def _is_json(request: HttpRequest) -> bool:
    """Whether JSON is announced, in the one writing that it has (RFC 8259)."""
    return request.content_type == JSON and request.content_params.get("charset", "utf-8").lower() in UTF_8


CARRYING = {"POST", "PUT", "PATCH"}
OF_BODIES = {413: Problem, 415: Problem}
ERRORS = {400: Problem, 404: Problem, 422: Problem}
OF_PEOPLE = {401: Problem, 403: Problem}


class HouseRouter(Router):
    """Operations of one room."""

    def operation(self, method: str, path: str, *, who: Audience, response: Any, also: tuple = (), **facts) -> Callable:
        """Declare one operation: its method and path, who may use it, and what it answers.

        `also`: further statuses that are refusals of the office's rules, such as 409.
        """
        answers = {200: response} | ERRORS | ({} if who.kind == "public" else OF_PEOPLE)
        answers |= (OF_BODIES if method in CARRYING else {}) | dict.fromkeys(also, Problem)

        def mark(view: Callable) -> Callable:
            view.audience = who
            auth = None if who.kind == "public" else Knock(who)
            return self.api_operation([method], path, auth=auth, response=answers, **facts)(view)

        return mark


class HouseAPI(NinjaAPI):
    """The API with one form of errors."""

    def get_openapi_schema(self, **kwargs) -> OpenAPISchema:
        """The description, in which refusals carry the media type of problems."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {PROBLEM: answer["content"]["application/json"]}
        return schema


def problem(status: int, title: str, detail: str = "", errors: list[Fault] | None = None) -> HttpResponse:
    """A refusal in its one form."""
    body = Problem(title=title, status=status, detail=detail, errors=errors or [])
    return HttpResponse(body.model_dump_json(), status=status, content_type=PROBLEM)


def answer_problems(api: NinjaAPI) -> None:
    """Give every refusal of the API its form and its Polish words."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        errors = [Fault(where=".".join(map(str, row["loc"][1:])), message=input_fault(row)) for row in fault.errors]
        return problem(422, _("What was sent cannot be understood."), errors=errors)

    @api.exception_handler(AuthenticationError)
    def stranger(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
        return problem(401, _("Sign in first."))

    @api.exception_handler(PermissionDenied)
    def refused(request: HttpRequest, fault: PermissionDenied) -> HttpResponse:
        return problem(403, _("You have no permission for this."))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, fault: Http404) -> HttpResponse:
        return problem(
            404, _("There is no such thing."), str(fault) if fault.args and isinstance(fault, Missing) else ""
        )

    @api.exception_handler(NotJSON)
    def another_kind(request: HttpRequest, fault: NotJSON) -> HttpResponse:
        words = _("Send JSON in UTF-8, with the header Content-Type: application/json.")
        return problem(415, _("What was sent is not JSON."), words)

    @api.exception_handler(RequestDataTooBig)
    def too_much(request: HttpRequest, fault: RequestDataTooBig) -> HttpResponse:
        return problem(413, _("What was sent is too much at once."))

    @api.exception_handler(BadRequest)
    def unreadable_too(request: HttpRequest, fault: BadRequest) -> HttpResponse:
        return problem(400, _("What was sent cannot be read."))

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, fault: HttpError) -> HttpResponse:
        refused = fault.status_code == 403  # without the token against forged forms
        words = _("You have no permission for this.") if refused else _("What was sent cannot be read.")
        return problem(fault.status_code, words)


class NotJSON(Exception):
    """Something else than JSON was sent to an operation that takes JSON."""


class Missing(Http404):
    """What was asked for is not there; the sentence is for the caller."""


def all_operations(api: NinjaAPI) -> Iterator[tuple[str, str, str, Audience]]:
    """Every operation: method, path below the root of the API, name of the view, audience."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, prefix + path, operation.view_func.__name__, operation.view_func.audience


def mark_views(patterns: list) -> list:
    """Tell the middleware that these views ask by themselves, operation by operation."""
    for pattern in patterns:
        pattern.callback.audience = OPERATIONS
    return patterns
