"""All pages to read, by their address; and forms, sent as a browser does."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import pytest
from starlette.testclient import TestClient
from tests.api.conftest import make_app
from tests.rulebook.conftest import Page, read

from qmadvisor.rules.loader import default_rule_base

Send = Callable[..., str]
T = TypeVar("T")
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


class OnDemand(Mapping[str, T]):
    """All of them by their address; each is made when it is first asked for, as most tests look at a few."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], T]) -> None:
        self.known = dict.fromkeys(keys)
        self.make = make
        self.made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self.made:
            if key not in self:
                raise KeyError(key)
            self.made[key] = self.make(key)
        return self.made[key]

    def __contains__(self, key: object) -> bool:
        return key in self.known

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


@pytest.fixture(scope="session")
def reader() -> TestClient:
    """A client of a service about which its operator told nothing; no checking process runs."""
    return TestClient(make_app(), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def told() -> TestClient:
    """A client of a service about which its operator told everything."""
    return TestClient(make_app(operator_file=EXAMPLE), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def texts(reader: TestClient) -> Mapping[str, str]:
    def text(address: str) -> str:
        answer = reader.get(address, headers=HTML)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return answer.text

    return OnDemand(addresses(), text)


@pytest.fixture(scope="session")
def pages(texts: Mapping[str, str]) -> Mapping[str, Page]:
    return OnDemand(texts, lambda address: read(texts[address]))


def plan_in(text: str) -> str:
    """Return the plan that a page carries."""
    found = re.search(r'<input type="hidden" name="plan" value="([^"]+)"', text)
    assert found, text[:2000]
    return html.unescape(found[1])


def heading(text: str) -> str:
    """Return the main heading of a page as plain text."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)
    assert found
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


@pytest.fixture
def send(client: TestClient) -> Send:
    """Send a form as a browser does, and return the page; `status` is what is expected."""

    def post(path: str, status: int = 200, **fields: str) -> str:
        answer = client.post(path, data=fields, headers={"Accept": "text/html"})
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    return post
