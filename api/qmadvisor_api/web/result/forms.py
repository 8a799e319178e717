"""Read a posted form without keeping more of it in memory than a request may have."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from qmadvisor_api.http.bodies import read_bytes
from qmadvisor_api.kinds import MEDIA_TYPE, SLOW_BODY, TOO_LARGE, UNREADABLE
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.service import service_of

_MOST_FIELDS = 4000
Form = Mapping[str, list[str]]


async def read_form(request: Request) -> Form:
    """Return the fields of an urlencoded form. Raises ProblemError with 400, 413 or 415."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise ProblemError(MEDIA_TYPE)
    settings = service_of(request).settings
    # Signs outside of ASCII take up to three places each, and up to three plans travel together.
    body = await read_bytes(request, 4 * settings.max_body_bytes, settings.body_seconds)
    try:
        return parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise ProblemError(UNREADABLE) from None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent, with its name."""

    name: str
    data: bytes


async def read_form_and_file(request: Request) -> tuple[Form, Upload | None]:
    """Read a form that may hold a file. Raises ProblemError with 400, 408, 413 or 415."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await read_form(request), None
    settings = service_of(request).settings
    length = request.headers.get("content-length", "")
    if not length.isdigit() or len(length) > 12 or int(length) > 4 * settings.max_body_bytes:
        raise ProblemError(TOO_LARGE, headers={"Connection": "close"})
    try:
        async with (
            asyncio.timeout(settings.body_seconds),
            request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=settings.max_body_bytes) as data,
        ):
            form: dict[str, list[str]] = {}
            upload = None
            for name, value in data.multi_items():
                if isinstance(value, str):
                    form.setdefault(name, []).append(value)
                elif value.filename:
                    upload = Upload(value.filename[:200], await value.read(settings.max_body_bytes + 1))
            return form, upload
    except TimeoutError:
        raise ProblemError(SLOW_BODY, headers={"Connection": "close"}) from None
    except (HTTPException, MultiPartException, ValueError):
        raise ProblemError(UNREADABLE) from None


def first(form: Form, name: str) -> str:
    """Return a field's first value, or an empty text."""
    return form.get(name, [""])[0]
