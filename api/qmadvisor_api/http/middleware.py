"""Middleware as plain ASGI: request ids, logs, metrics, security headers, and answers to HEAD."""

from __future__ import annotations

import logging
import re
import time
import uuid

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qmadvisor_api.kinds import INTERNAL
from qmadvisor_api.logs import frames
from qmadvisor_api.metrics import Metrics
from qmadvisor_api.problems import problem_response

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_log = logging.getLogger("qmadvisor_api.request")
_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: What proxies log for a client that left before it had an answer; nobody gets to see it.
_GONE = 499
_HSTS = "max-age=31536000"


class Requests:
    """Outermost: gives every request an id, logs it without its content, counts it, and catches what broke."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        scope["qmadvisor.request_id"] = request_id
        status = 0
        started = time.perf_counter()

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except ClientDisconnect:
            status = _GONE
        except Exception as error:
            _log.error("failed", extra={"request_id": request_id, "error": frames(error)})
            if status:
                raise
            await problem_response(Request(scope), INTERNAL)(scope, receive, send_on)
        finally:
            self._record(scope, request_id, status, time.perf_counter() - started)

    def _record(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "") or "-"
        self.metrics.observe(scope["method"], route, status, seconds)
        _log.info(
            "request",
            extra={
                "request_id": request_id,
                "method": scope["method"],
                "route": route,
                "status": status,
                "ms": round(seconds * 1000, 1),
            },
        )


class SecurityHeaders:
    """Adds strict headers; an answer that sets its own, such as a page, keeps them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A page that says itself who may frame it must not be contradicted by the older header.
                framed = "frame-ancestors" in headers.get("Content-Security-Policy", "")
                for name, value in _SECURITY.items():
                    if not (framed and name == "X-Frame-Options"):
                        headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", _HSTS)
            await send(message)

        await self.app(scope, receive, send_on)


class HeadAsGet:
    """Answers HEAD like GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET"}
        await self.app(inner, receive, send_on)
        scope["route"] = inner.get("route")  # for the log
