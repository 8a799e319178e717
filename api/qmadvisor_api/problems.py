"""Errors of the API as RFC 9457 problem details, with all errors of a request at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import Request, Response

from qmadvisor_api.http.language import preferred_language
from qmadvisor_api.kinds import Kind
from qmadvisor_api.models import ErrorItem, ProblemDetails

MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(
        self,
        kind: Kind,
        *,
        errors: Sequence[ErrorItem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = kind
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        super().__init__(kind.name)


def problem_response(
    request: Request,
    kind: Kind,
    *,
    errors: Sequence[ErrorItem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Write a problem in the language that the client prefers; errors of content stay German."""
    language = preferred_language(request.headers.get("accept-language"))
    details = ProblemDetails(
        type=kind.type,
        title=kind.title[language],
        status=kind.status,
        detail=kind.about[language],
        request_id=request.scope.get("qmadvisor.request_id", ""),
        errors=tuple(errors),
    )
    spoken = language if language == "de" or not errors else "en, de"
    own = {"Content-Language": spoken, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return Response(details.model_dump_json(), kind.status, {**own, **(headers or {})}, media_type=MEDIA_TYPE)
