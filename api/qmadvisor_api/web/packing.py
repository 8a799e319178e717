"""Pages that are long are sent compressed; there is no secret in them that compressing could give away."""

from __future__ import annotations

import gzip

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from qmadvisor_api.http.language import accepts_gzip

#: Shorter answers fit into few packets anyway.
_WORTH_IT = 4096


async def packed(request: Request, response: Response) -> Response:
    """Compress the body of an answer where the browser takes it."""
    body = bytes(response.body)
    if len(body) < _WORTH_IT or not accepts_gzip(request.headers.get("accept-encoding")):
        return response
    response.body = await run_in_threadpool(gzip.compress, body, 4)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.body))
    response.headers.add_vary_header("Accept-Encoding")
    return response
