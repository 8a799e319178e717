"""Parameters of an address: only known ones, strictly read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

from fastapi import Query, Request
from pydantic import AfterValidator, BeforeValidator

from qmadvisor.errors import did_you_mean, excerpt, listing
from qmadvisor_api.http.language import accepts
from qmadvisor_api.kinds import INVALID_PARAMETER, NOT_ACCEPTABLE
from qmadvisor_api.models import ErrorItem
from qmadvisor_api.problems import ProblemError

_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)


def only(*names: str) -> Callable[[Request], Awaitable[None]]:
    """Return a dependency that refuses every other parameter, with the nearest name that there is."""

    async def check(request: Request) -> None:  # what is not async would run in a thread
        errors = [
            ErrorItem(
                code="unknown_parameter",
                message="Diese Angabe gibt es hier nicht.",
                parameter=excerpt(name)[1:-1],
                allowed=listing(names) or None,
                remedy=did_you_mean(name, names),
            )
            for name in dict.fromkeys(request.query_params.keys())
            if name not in names
        ]
        if errors:
            raise ProblemError(INVALID_PARAMETER, errors=errors)

    return check


async def json_wanted(request: Request) -> None:
    """Refuse a request that takes no JSON for an answer."""
    if not accepts(request.headers.get("accept"), "application/json"):
        raise ProblemError(NOT_ACCEPTABLE)


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if len(text) != 10 or not _FIRST <= day <= _LAST:
        msg = f"JJJJ-MM-TT von {_FIRST} bis {_LAST}"
        raise ValueError(msg)
    return text


def _truth(value: object) -> object:
    if value not in ("true", "false", True, False):
        msg = "true oder false"
        raise ValueError(msg)
    return value


Day = Annotated[
    str,
    AfterValidator(_day),
    Query(alias="as_of", json_schema_extra={"format": "date"}, min_length=10, max_length=10),
]
Truth = Annotated[bool, BeforeValidator(_truth)]
