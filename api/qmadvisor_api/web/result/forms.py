"""Read a posted form without keeping more of it in memory than a request may have."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from fastapi import Request

from qmadvisor_api.http.bodies import read_bytes
from qmadvisor_api.kinds import MEDIA_TYPE, UNREADABLE
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


def first(form: Form, name: str) -> str:
    """Return a field's first value, or an empty text."""
    return form.get(name, [""])[0]
