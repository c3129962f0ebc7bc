"""Every operation of the API is asked rightly and wrongly by one visitor; answers are compared with its description."""

from collections import Counter
from dataclasses import dataclass, field

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation.modes import GenerationMode

ROOT = "/api/v1/openapi.json"
# These ask for a server that gets a second request by itself and knows how to sign in.
NOT_HERE = {"ignored_auth", "use_after_free", "ensure_resource_availability", "object_level_authorization"}


@dataclass
class Findings:
    """How many questions were asked, what was answered, and what was not as described."""

    asked: int = 0
    statuses: Counter = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)


def fuzz(visit: dict, *, examples: int) -> Findings:
    """Ask every operation `examples` times rightly and as often wrongly; `visit`: headers and cookies of a visitor."""
    application = get_wsgi_application()
    schema = schemathesis.openapi.from_wsgi(ROOT, application)
    left_out = [check for check in schemathesis.checks.CHECKS.get_all() if check.__name__ in NOT_HERE]
    findings = Findings()
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _ask(operation, mode, visit, examples, left_out, findings)
    return findings


def _ask(operation, mode, visit, examples, left_out, findings: Findings) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case) -> None:
        findings.asked += 1
        response = case.call(**visit)
        findings.statuses[response.status_code] += 1
        try:
            case.validate_response(response, excluded_checks=left_out)
        except (Failure, FailureGroup) as fault:
            findings.faults.setdefault(f"{operation.label} {mode.value} {response.status_code}", str(fault)[:2000])

    try:
        one()
    except Exception as problem:  # whatever stops the questions is itself a fault
        if "Unsatisfiable" not in type(problem).__name__ and "NoSuch" not in type(problem).__name__:
            findings.faults.setdefault(f"{operation.label} {mode.value}", repr(problem)[:2000])
