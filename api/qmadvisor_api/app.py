"""The application: settings in, a FastAPI application out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from qmadvisor import __version__
from qmadvisor.rules.loader import default_rule_base
from qmadvisor_api import handlers
from qmadvisor_api.checking.pool import CheckerPool
from qmadvisor_api.http.admission import KEY_HEADER, Admission, Rates
from qmadvisor_api.http.caching import Library
from qmadvisor_api.http.clients import ForwardedFor
from qmadvisor_api.http.middleware import HeadAsGet, Requests, SecurityHeaders
from qmadvisor_api.keys import KeyRing
from qmadvisor_api.metrics import Metrics
from qmadvisor_api.operator import Operator, read_operator
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.quick import quick_check_of
from qmadvisor_api.routers import ROUTERS
from qmadvisor_api.service import Service
from qmadvisor_api.settings import Settings, read_settings
from qmadvisor_api.web import pages
from qmadvisor_api.web.errors import unusable_plan
from qmadvisor_api.web.posting import UnusablePlanError

#: What a script on another origin may read of an answer.
_EXPOSED = ("ETag", "Retry-After", "X-Request-ID")


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application; without settings they are read from the environment.

    The checking processes start and end with the application's lifespan. Raises SettingsError,
    KeysError, KnowledgeError or DocumentError.
    """
    settings = settings or read_settings()
    service = _service(settings)
    app = FastAPI(
        title="qmadvisor",
        version=__version__,
        root_path=settings.root_path,
        lifespan=_lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.service = service
    for router in (*ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.add_exception_handler(ProblemError, handlers.problem)
    app.add_exception_handler(HTTPException, handlers.http_error)
    app.add_exception_handler(RequestValidationError, handlers.invalid_parameters)
    app.add_exception_handler(UnusablePlanError, unusable_plan)
    _surround(app, service)
    return app


def _service(settings: Settings) -> Service:
    metrics = Metrics()
    pool = CheckerPool(
        engine=settings.engine,
        size=settings.checkers,
        max_waiting=settings.max_waiting,
        job_seconds=settings.job_seconds,
        metrics=metrics,
    )
    rule_base = default_rule_base()
    return Service(
        settings=settings,
        rule_base=rule_base,
        quick=quick_check_of(rule_base),
        pool=pool,
        metrics=metrics,
        rates=Rates(settings),
        keys=KeyRing(settings.keys_file) if settings.keys_file else None,
        library=Library(),
        operator=read_operator(settings.operator_file) if settings.operator_file else Operator(),
    )


def _surround(app: FastAPI, service: Service) -> None:
    """Add the middleware; the last one added is the outermost."""
    settings = service.settings
    app.add_middleware(HeadAsGet)
    app.add_middleware(
        Admission, settings=settings, rates=service.rates, keys=service.keys, refused=handlers.refused
    )
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=("Content-Type", "If-None-Match", KEY_HEADER, "X-Request-ID"),
            expose_headers=_EXPOSED,
            max_age=3600,
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(ForwardedFor, trusted=settings.trusted_proxies)
    app.add_middleware(Requests, metrics=service.metrics)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool: CheckerPool = app.state.service.pool
    await pool.start()
    try:
        yield
    finally:
        await pool.close()
