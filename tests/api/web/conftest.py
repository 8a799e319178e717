"""All pages to read, as the service gives them, by their address."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.api.conftest import make_app
from tests.rulebook.conftest import Page, read

from qmadvisor.rules.loader import default_rule_base

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "betreiber.yaml"
HTML = {"accept": "text/html"}
SINGLE = (
    "/regelbuch",
    "/regelbuch/regeln",
    "/regelbuch/fragen",
    "/leitfaden",
    "/methode",
    "/glossar",
    "/barrierefreiheit",
    "/datenschutz",
    "/impressum",
    "/leichte-sprache",
    "/hilfe",
    "/hilfe/handbuch",
    "/hilfe/planungsdatei",
)


def addresses() -> list[str]:
    base = default_rule_base()
    return [
        *SINGLE,
        *(f"/regelbuch/{key}" for key in base.knowledge.guideline.sections),
        *(f"/regelbuch/regel/{rule.id}" for rule in base.rules),
        *(f"/regelbuch/rat/{advice.id}" for advice in base.advice),
    ]


@pytest.fixture(scope="session")
def reader() -> TestClient:
    """A client of a service about which its operator told nothing; no checking process runs."""
    return TestClient(make_app(), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def told() -> TestClient:
    """A client of a service about which its operator told everything."""
    return TestClient(make_app(operator_file=EXAMPLE), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def texts(reader: TestClient) -> dict[str, str]:
    found = {}
    for address in addresses():
        answer = reader.get(address, headers=HTML)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        found[address] = answer.text
    return found


@pytest.fixture(scope="session")
def pages(texts: dict[str, str]) -> dict[str, Page]:
    return {address: read(text) for address, text in texts.items()}
