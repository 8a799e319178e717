"""Read what a browser sends: its size, the number of its fields and their encoding are limited."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from qmadvisor.documents import MAX_BYTES
from qmadvisor_api.kinds import MEDIA_TYPE, SLOW_BODY, TOO_LARGE, UNREADABLE
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.service import service_of

_Result = TypeVar("_Result")
#: The values of each field, in the order of the form.
Fields = dict[str, list[str]]
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
#: A page of the task matrix has under a thousand fields for each ten actors.
MAX_FIELDS = 20_000
#: Percent-encoding makes at most three bytes of one; the answers come on top of the plan.
MAX_FORM_BYTES = 3 * MAX_BYTES + 512 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent, with its name."""

    name: str
    data: bytes


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form; of several with one name the last. Raises ProblemError."""
    return last(await read_fields(request))


def is_multipart(request: Request) -> bool:
    """Tell whether a form may hold a file."""
    return _media_type(request) == MULTIPART


def last(fields: Fields) -> dict[str, str]:
    """Return the last value of each field."""
    return {name: values[-1] for name, values in fields.items()}


async def read_fields(request: Request) -> Fields:
    """Return all values of all fields of a form, in its order. Raises ProblemError."""
    if _media_type(request) != URLENCODED:
        raise ProblemError(MEDIA_TYPE)
    data = await _within(request, _collect(request))
    try:
        pairs = parse_qsl(
            data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except (UnicodeDecodeError, ValueError):
        raise ProblemError(UNREADABLE) from None
    return _gathered(pairs)


async def read_upload(request: Request) -> Upload | None:
    """Return the file of a form with one file; None where none was chosen. Raises ProblemError."""
    return (await read_fields_and_file(request))[1]


async def read_fields_and_file(request: Request) -> tuple[Fields, Upload | None]:
    """Return the fields of a form with one file, and the file where one was chosen. Raises ProblemError."""
    if _media_type(request) != MULTIPART:
        raise ProblemError(MEDIA_TYPE)
    _check_length(request)
    return await _within(request, _parts(request))


async def _parts(request: Request) -> tuple[Fields, Upload | None]:
    try:
        async with request.form(max_files=1, max_fields=10, max_part_size=MAX_BYTES) as form:
            texts = ((name, text) for name, text in form.multi_items() if isinstance(text, str))
            file = form.get("datei")
            if not isinstance(file, UploadFile) or not file.filename:
                return _gathered(texts), None
            return _gathered(texts), Upload(file.filename[:200], await file.read(MAX_BYTES + 1))
    except (MultiPartException, ValueError):
        raise ProblemError(UNREADABLE) from None


def _gathered(pairs: Iterable[tuple[str, str]]) -> Fields:
    fields: Fields = {}
    for name, text in pairs:
        fields.setdefault(name, []).append(text)
    return fields


async def _within(request: Request, reading: Awaitable[_Result]) -> _Result:
    try:
        async with asyncio.timeout(service_of(request).settings.body_seconds):
            return await reading
    except TimeoutError:
        raise ProblemError(SLOW_BODY, headers={"Connection": "close"}) from None


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _check_length(request: Request) -> None:
    length = request.headers.get("content-length", "")
    if not length.isdigit() or len(length) > 12 or int(length) > MAX_FORM_BYTES:
        raise ProblemError(TOO_LARGE, headers={"Connection": "close"})


async def _collect(request: Request) -> bytes:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_FORM_BYTES:
            raise ProblemError(TOO_LARGE, headers={"Connection": "close"})
    return bytes(data)
