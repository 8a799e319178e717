from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

Page = Callable[..., str]


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
def send(client: TestClient) -> Page:
    """Send a form as a browser does, and return the page; `status` is what is expected."""

    def post(path: str, status: int = 200, **fields: str) -> str:
        answer = client.post(path, data=fields, headers={"Accept": "text/html"})
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    return post
