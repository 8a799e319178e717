"""Numbers for Prometheus: requests, times, and what becomes of the checking processes."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
#: Set by `qmadvisor serve` with several workers, before anything is counted.
MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Metrics:
    """The numbers of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "qmadvisor_requests", "Requests by route and status.", ("method", "route", "status"),
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "qmadvisor_request_seconds", "Time until the answer was sent.", ("route",),
            registry=self.registry, buckets=_SECONDS,
        )  # fmt: skip
        self.restarts = Counter(
            "qmadvisor_checker_restarts", "Checking processes that were replaced.", ("reason",),
            registry=self.registry,
        )  # fmt: skip
        self.waiting = Gauge(
            "qmadvisor_checks_waiting", "Checks that wait for a process.",
            registry=self.registry, multiprocess_mode="livesum",
        )  # fmt: skip

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; unknown methods share one name, so that nobody can make up more."""
        shown = method if method in _METHODS else "other"
        self._requests.labels(shown, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return the numbers; with several workers those of all of them."""
        if MULTIPROCESS not in os.environ:
            return generate_latest(self.registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
