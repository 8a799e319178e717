from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from qmadvisor_api.app import create_app
from qmadvisor_api.settings import Settings

PLAN = {"schema": "qmadvisor.setup/1", "titel": "Nordstadt"}
MakeApp = Callable[..., FastAPI]


def make_settings(**changes: Any) -> Settings:
    return Settings(**{"checkers": 1, "rate_limit": "", "max_setups": 4, **changes})


def make_app(**changes: Any) -> FastAPI:
    return create_app(make_settings(**changes))


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return make_app()


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of a service with one checking process."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def idle() -> Callable[..., TestClient]:
    """Return a client of a service that runs no checking process, with other settings."""
    return lambda **changes: TestClient(make_app(**changes), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a service that listens on a port of this machine."""
    config = uvicorn.Config(
        make_app(max_setups=3, body_seconds=0.5), port=0, log_config=None, proxy_headers=False, lifespan="on"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
