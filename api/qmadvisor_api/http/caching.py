"""Answers that depend on the rule base alone: made once, with an entity tag, and 304 where nothing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request, Response
from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of an answer and its entity tag. The tag is strong: equal tags, equal bytes."""

    body: bytes
    etag: str
    media_type: str = "application/json"


def document(content: BaseModel | bytes, media_type: str = "application/json") -> Document:
    """Write a model as JSON and make its entity tag."""
    body = content if isinstance(content, bytes) else content.model_dump_json(by_alias=True).encode()
    return Document(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', media_type)


class Library:
    """Keeps documents by name; each is made when it is first asked for."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}

    def get(
        self, name: str, make: Callable[[], BaseModel | bytes], media_type: str = "application/json"
    ) -> Document:
        """Return a document. Names come from routes and known ids only, so their number is bounded."""
        if name not in self._documents:
            self._documents[name] = document(make(), media_type)
        return self._documents[name]


def cached(request: Request, found: Document, *, language: str = "de", vary: str = "Accept") -> Response:
    """Answer with a document, or with 304 where the client has it."""
    settings = request.app.state.service.settings
    scope = "private" if settings.require_key else "public"
    headers = {
        "ETag": found.etag,
        "Cache-Control": f"{scope}, max-age={settings.cache_seconds}",
        "Content-Language": language,
        "Vary": vary,
    }
    if _matches(request.headers.get("if-none-match"), found.etag):
        return Response(status_code=304, headers=headers)
    return Response(found.body, 200, headers, media_type=found.media_type)


def _matches(header: str | None, etag: str) -> bool:
    """Compare weakly, as RFC 9110 asks: a proxy that compresses makes our tag weak."""
    if header is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags
