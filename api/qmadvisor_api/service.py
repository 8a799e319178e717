"""What all requests to one running service share."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.checking.pool import CheckerPool
from qmadvisor_api.http.admission import Rates
from qmadvisor_api.http.caching import Library
from qmadvisor_api.keys import KeyRing
from qmadvisor_api.metrics import Metrics
from qmadvisor_api.operator import Operator
from qmadvisor_api.quick import QuickCheck
from qmadvisor_api.settings import Settings


@dataclass(frozen=True, slots=True)
class Service:
    """The settings, the rule base, the checking processes, what is counted and kept, and who runs it."""

    settings: Settings
    rule_base: RuleBase
    quick: QuickCheck
    pool: CheckerPool
    metrics: Metrics
    rates: Rates
    keys: KeyRing | None
    library: Library
    operator: Operator


def service_of(request: Request) -> Service:
    """Return the service that a request was sent to."""
    found: Service = request.app.state.service
    return found
