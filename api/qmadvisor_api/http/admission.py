"""Who may come in: keys, rates, and how many requests at once."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from fastapi import Request, Response
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qmadvisor_api.http.clients import client_of
from qmadvisor_api.keys import KeyRing
from qmadvisor_api.kinds import BUSY, TOO_MANY, UNAUTHORIZED
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.settings import Settings

#: How the answer to somebody who may not come in is made.
Refused = Callable[[Request, ProblemError], Response]
KEY_HEADER = "x-api-key"
#: The API is limited, and the forms of the pages; health, metrics and what can be read are not.
_API = "/api/"


class Rates:
    """Counts requests by client and by key, in memory."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._by_client = settings.rate
        self._by_key = settings.key_rate

    def take(self, who: str, *, has_key: bool, cost: int = 1) -> int | None:
        """Count a request; return None, or the seconds to wait where there were too many."""
        limit = self._limit(has_key)
        if limit is None or self._limiter.hit(limit, who, cost=min(cost, limit.amount)):
            return None
        reset = self._limiter.get_window_stats(limit, who).reset_time
        return max(1, math.ceil(reset - time.time()))

    def _limit(self, has_key: bool) -> RateLimitItem | None:
        return self._by_key if has_key else self._by_client


class Admission:
    """Lets a request in, or answers 401, 429 or 503 before anything else is done with it."""

    def __init__(
        self, app: ASGIApp, settings: Settings, rates: Rates, keys: KeyRing | None, refused: Refused
    ) -> None:
        self.app = app
        self.refused = refused
        self.settings = settings
        self.rates = rates
        self.keys = keys
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not _is_limited(scope):
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await self.refused(Request(scope), refusal)(scope, receive, send)
            return
        self.open += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.open -= 1

    def _refusal(self, scope: Scope) -> ProblemError | None:
        key = Headers(scope=scope).get(KEY_HEADER)
        known = self.keys.find(key) if key is not None and self.keys is not None else None
        who = f"key:{known}" if known else f"client:{client_of(scope)}"
        scope["qmadvisor.who"] = (who, known is not None)
        # Wrong keys count too, so that guessing is slow.
        seconds = self.rates.take(who, has_key=known is not None)
        if seconds is not None:
            return ProblemError(TOO_MANY, headers={"Retry-After": str(seconds)})
        is_api = scope["path"].startswith(_API)
        wanted = is_api and (self.settings.require_key or (key is not None and self.keys is not None))
        if wanted and known is None:
            return ProblemError(UNAUTHORIZED, headers={"WWW-Authenticate": 'ApiKey realm="qmadvisor"'})
        if self.open >= self.settings.max_requests:
            return ProblemError(BUSY, headers={"Retry-After": "1"})
        return None


def _is_limited(scope: Scope) -> bool:
    return bool(scope["path"].startswith(_API) or scope["method"] == "POST")
