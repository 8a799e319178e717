"""Every way in which a request can fail becomes a problem of one form."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from qmadvisor_api.kinds import INTERNAL, INVALID_PARAMETER, METHOD, NOT_FOUND
from qmadvisor_api.models import ErrorItem
from qmadvisor_api.problems import ProblemError, problem_response
from qmadvisor_api.web.errors import error_page, wants_page

_KINDS = {404: NOT_FOUND, 405: METHOD}


def refused(request: Request, error: ProblemError) -> Response:
    """Answer with a problem: as a page to people, else in the form of the API."""
    if wants_page(request):
        return error_page(request, error.kind, error.headers)
    return problem_response(request, error.kind, errors=error.errors, headers=error.headers)


async def problem(request: Request, error: Exception) -> Response:
    """Answer with a problem that was raised on purpose."""
    assert isinstance(error, ProblemError)
    return refused(request, error)


async def http_error(request: Request, error: Exception) -> Response:
    """Answer for the routing: no such path, or not with this method; its headers (Allow) are kept."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if "Allow" in headers and "GET" in headers["Allow"]:
        headers["Allow"] = "GET, HEAD"
    kind = _KINDS.get(error.status_code, INTERNAL)
    return refused(request, ProblemError(kind, headers=headers))


async def invalid_parameters(request: Request, error: Exception) -> Response:
    """Answer with all parameters that cannot be used."""
    assert isinstance(error, RequestValidationError)
    errors = [
        ErrorItem(
            code="parameter",
            message="Dieser Wert ist hier nicht möglich.",
            parameter=str(one["loc"][-1]),
            found=str(one["input"])[:100],
            allowed=one.get("ctx", {}).get("expected") or _readable(one),
        )
        for one in error.errors()
    ]
    return problem_response(request, INVALID_PARAMETER, errors=errors)


def _readable(error: dict[str, object]) -> str | None:
    reason = error.get("ctx", {})
    return str(reason["error"]) if isinstance(reason, dict) and "error" in reason else None
