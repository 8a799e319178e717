"""Read the body of a request: its type, its encoding, its size, and the time that it takes to arrive."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request

from qmadvisor_api.kinds import MEDIA_TYPE, SLOW_BODY, TOO_LARGE
from qmadvisor_api.models import ErrorItem
from qmadvisor_api.problems import ProblemError

JSON, YAML, FORM = "application/json", "application/yaml", "application/x-www-form-urlencoded"
_UTF8 = frozenset({"", "utf-8", "utf8", "us-ascii"})


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a body, and whether they are JSON."""

    data: bytes
    json: bool


async def read_body(
    request: Request, most: int, seconds: float, allowed: Sequence[str] = (JSON, YAML)
) -> Body:
    """Read the whole body. Raises ProblemError with 408, 413 or 415."""
    is_json = _media_type(request, allowed) == JSON
    _check_length(request, most)
    try:
        async with asyncio.timeout(seconds):
            return Body(await _collect(request, most), is_json)
    except TimeoutError:
        raise ProblemError(SLOW_BODY, headers={"Connection": "close"}) from None


def _media_type(request: Request, allowed: Sequence[str]) -> str:
    value, *parameters = request.headers.get("content-type", "").lower().split(";")
    charsets = [one.strip()[8:].strip('"') for one in parameters if one.strip().startswith("charset=")]
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    plain = encoding in ("", "identity")
    if value.strip() not in allowed or not plain or not _UTF8.issuperset(charsets):
        accept = {"Accept": ", ".join(allowed), "Accept-Encoding": "identity"}
        raise ProblemError(MEDIA_TYPE, headers=accept)
    return value.strip()


def _check_length(request: Request, most: int) -> None:
    length = request.headers.get("content-length", "")
    if length.isdigit() and (len(length) > 12 or int(length) > most):
        raise _too_large(most)


async def _collect(request: Request, most: int) -> bytes:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > most:
            raise _too_large(most)
    return bytes(data)


def _too_large(most: int) -> ProblemError:
    item = ErrorItem(
        code="too_large", message="Die Anfrage ist zu groß.", pointer="", allowed=f"höchstens {most} Bytes"
    )
    return ProblemError(TOO_LARGE, errors=[item], headers={"Connection": "close"})
