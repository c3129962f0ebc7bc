"""Counters of the house, without a name, an address or a question of anybody.

Where `PROMETHEUS_MULTIPROC_DIR` is set (the server sets it) the processes count together.
"""

import os
from collections.abc import Iterator
from datetime import datetime

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from spoiwo.access.health import Finding, findings

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_requests = Counter("spoiwo_requests", "Answers by view and class of status", ["view", "status"])
_seconds = Histogram("spoiwo_request_seconds", "Time of an answer", buckets=SECONDS)
_refusals = Counter("spoiwo_refusals", "Answers 403: the door was closed")
_throttles = Counter("spoiwo_throttles", "Answers 429: too many attempts")
_cache = Counter("spoiwo_public_cache", "Public answers from memory and those kept", ["result"])


def count_answer(view: str, status: int, seconds: float) -> None:
    """One answer."""
    _requests.labels(view, f"{status // 100}xx").inc()
    _seconds.observe(seconds)
    if status == 403:
        _refusals.inc()
    if status == 429:
        _throttles.inc()


def count_cache(result: str) -> None:
    """One answer of the public cache: "hit" or "kept"."""
    _cache.labels(result).inc()


class Probes:
    """The findings of this moment as gauges."""

    def __init__(self, found: dict[str, Finding]) -> None:
        self.found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Two gauges: is it well, and the number that was found."""
        well = GaugeMetricFamily("spoiwo_probe_well", "1 when the probe is content", labels=["probe"])
        number = GaugeMetricFamily("spoiwo_probe_number", "What the probe counted", labels=["probe", "unit"])
        for name, finding in self.found.items():
            well.add_metric([name], float(finding.well))
            if finding.number is not None:
                number.add_metric([name, finding.unit], float(finding.number))
        yield well
        yield number


def exposition(now: datetime) -> bytes:
    """All of it in the text format of Prometheus."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(REGISTRY)
    registry.register(Probes(findings(now)))
    return generate_latest(registry)
