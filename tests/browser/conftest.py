"""Real Chromium, the service on one port, pages that embed it on others. Everything stays on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.live import free_port, serve_qmadvisor

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "beispiele"
PLACEHOLDER = "https://check.example"
CHROMIUM = os.environ.get("QMADVISOR_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server",
]  # fmt: skip
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Host:
    """A page of somebody else: it serves `pages`, with the strict policy that docs/einbetten.md asks for."""

    port: int
    service: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def policy(self) -> str:
        return (
            f"default-src 'none'; script-src 'self' {self.service}; connect-src {self.service}; style-src 'self'; "
            f"frame-src {self.service}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
        )

    def add(self, name: str, content: str) -> str:
        self.pages[f"/{name}"] = (KINDS[Path(name).suffix], content.replace(PLACEHOLDER, self.service))
        return f"{self.origin}/{name}"

    def embed(self, attributes: str = "", *, name: str = "page.html", html: str = "lang=de") -> str:
        """Return the address of a page that has the widget with some attributes."""
        return self.add(
            name,
            f"<!doctype html><html {html}><head><meta charset=utf-8><meta name=viewport content='width=device-width'>"
            f"<title>Portal</title><link rel=stylesheet href=portal.css>"
            f"<script type=module src='{PLACEHOLDER}/widget/v1/qm-check.js'></script></head>"
            f"<body><main><h1>Portal</h1><qm-check {attributes}></qm-check></main></body></html>",
        )


@contextmanager
def serve_host(host: Host) -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, content = host.pages.get(self.path, ("", ""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", f"{kind or 'text/plain'}; charset=utf-8")
            self.send_header("Content-Security-Policy", host.policy)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: Any) -> None:
            pass

    for path in EXAMPLES.iterdir():
        if path.suffix not in KINDS:
            continue
        host.add(path.name, path.read_text(encoding="utf-8"))
    server = ThreadingHTTPServer(("127.0.0.1", host.port), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Site:
    """The service, a portal that it knows, and one that it does not."""

    service: str
    portal: Host
    stranger: Host


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    ports = [free_port() for _ in range(3)]
    service = f"http://127.0.0.1:{ports[0]}"
    portal, stranger = Host(ports[1], service), Host(ports[2], service)
    settings = {
        "cors_origins": portal.origin,
        "embed_ancestors": portal.origin,
        "engine": "compiled",
        "checkers": "1",
        "rate_limit": "",
    }
    # What the quick check asks is computed and changes with the rules; these tests ask of every kind.
    varied = "from tests.api.quick_base import be_the_default; be_the_default()"
    with serve_qmadvisor(ports[0], prelude=varied, **settings), serve_host(portal), serve_host(stranger):
        yield Site(service, portal, stranger)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Whoever asks for these tests wants them to run: what is missing is a failure, no reason to skip."""
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.fail(f"no chromium at {CHROMIUM}; name one with QMADVISOR_CHROMIUM")
    with sync_playwright() as running:
        found = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@dataclass
class Watch:
    """What a page did: where it sent requests, what it complained about."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def context_options() -> dict[str, Any]:
    """A test overrides this by parametrisation: size, colours."""
    return {}


@pytest.fixture
def page(browser: Any, watch: Watch, context_options: dict[str, Any]) -> Iterator[Any]:
    options = {"locale": "de-DE", "viewport": {"width": 1000, "height": 900}, **context_options}
    context = browser.new_context(**options)
    context.set_default_timeout(30_000)
    found = context.new_page()
    found.on("request", lambda request: watch.requests.append(request.url))
    found.on("pageerror", lambda error: watch.complaints.append(str(error)))
    found.on(
        "console",
        lambda message: (
            watch.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    yield found
    context.close()


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the pictures go, for people to look at."""
    folder = Path(os.environ.get("QMADVISOR_ARTEFACTS") or ROOT / "build") / "browser"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
