"""The rule books of the small base and of the real one, and a reader for their pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from tests.report.conftest import BASE

from qmadvisor.rulebook.site import render_site
from qmadvisor.rules.loader import RuleBase, default_rule_base, load_rule_base

#: What begins a line of its own.
_LINES = {"h1", "h2", "h3", "p", "li", "dt", "dd", "tr", "caption", "summary", "pre", "div"}
_CELLS = {"th", "td"}
_VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Page(HTMLParser):
    """What a page holds: its elements with their attributes, its text, and how its tags are nested."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    text: str = ""
    body: str = ""
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.body += "\n" if tag in _LINES else " | " if tag in _CELLS else ""
        self.tags.append(tag)
        self.attributes |= set(given)
        if tag not in _VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag in ("link", "script"):
            self.sources.append(given.get("href") or given.get("src") or "")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.text += data
        if "main" in self.open:
            self.body += re.sub(r"[ \n]+", " ", data)

    @property
    def lines(self) -> str:
        """The text of the main part, a line for each block."""
        lines = (" ".join(line.split()).removeprefix("| ") for line in self.body.splitlines())
        return "\n".join(filter(None, lines))


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    page.text = " ".join(page.text.split())
    return page


@pytest.fixture(scope="session")
def small() -> RuleBase:
    return load_rule_base(BASE / "rules", BASE / "knowledge")


@pytest.fixture(scope="session")
def small_site(small: RuleBase) -> dict[str, str]:
    return render_site(small)


@pytest.fixture(scope="session", params=["small", "real"])
def base(request: pytest.FixtureRequest, small: RuleBase) -> RuleBase:
    return small if request.param == "small" else default_rule_base()


@pytest.fixture(scope="session")
def site(base: RuleBase) -> dict[str, str]:
    return render_site(base)


@pytest.fixture(scope="session")
def pages(site: dict[str, str]) -> dict[str, Page]:
    return {name: read(text) for name, text in site.items() if name.endswith(".html")}
