"""Texts of `docs/` as pages. They are our own; still nothing in them is taken for markup but Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the second level: its id and its text."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text as a page: its title, what follows as HTML, and its chapters."""

    title: str
    html: Markup
    chapters: tuple[Chapter, ...]


def read_text(source: str, pages: Mapping[str, str]) -> Text:
    """Render Markdown. `pages` says which file of a link is which page beside this one."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(source)
    title, chapters = "", []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = tokens[place + 1].content.replace("`", "")
            title = title or words
            token.attrSet("id", slug(words))
            if token.tag == "h2":
                chapters.append(Chapter(slug(words), words))
        _lead_on(token.children or (), pages)
    html = parser.renderer.render(_within_frames(_after_title(tokens)), parser.options, {})
    return Text(title, Markup(html), tuple(chapters))


def slug(text: str) -> str:
    """Return the id of a heading."""
    return re.sub(r"[^a-zäöüß0-9]+", "-", text.lower()).strip("-")


def _after_title(tokens: Sequence[Token]) -> list[Token]:
    closing = next((place for place, token in enumerate(tokens) if token.type == "heading_close"), -1)
    return list(tokens[closing + 1 :])


def _lead_on(tokens: Sequence[Token], pages: Mapping[str, str]) -> None:
    for token in tokens:
        if token.type == "link_open":
            file, _, anchor = str(token.attrGet("href")).partition("#")
            token.attrSet("href", pages.get(file, file) + (f"#{anchor}" if anchor else ""))


def _within_frames(tokens: Sequence[Token]) -> list[Token]:
    """Let wide tables scroll by themselves, also with the keyboard; each is called after its heading."""
    framed: list[Token] = []
    heading, number = "", 0
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading, number = tokens[place + 1].content.replace("`", ""), 0
        if token.type == "table_open":
            number += 1
            name = f"Tabelle: {heading}" if number == 1 else f"Tabelle {number}: {heading}"
            frame = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": name}
            framed.append(Token("frame_open", "div", 1, attrs={**frame}))
        framed.append(token)
        if token.type == "table_close":
            framed.append(Token("frame_close", "div", -1))
    return framed
