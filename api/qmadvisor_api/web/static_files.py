"""Style, scripts and fonts: read once, compressed once, and kept by browsers for as long as they stay the same."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from qmadvisor.rulebook.rendering import ASSETS as RULEBOOK_ASSETS

_ROOT = Path(__file__).parent / "static"
#: What the book of files and the pages share, by its path here.
_SHARED = {"rulebook/book.css": RULEBOOK_ASSETS / "book.css"}
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
#: Licences have no ending.
_PLAIN = "text/plain; charset=utf-8"
_YEAR = "public, max-age=31536000, immutable"
_DAY = "public, max-age=86400"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is sent; `packed` is None where compressing does not pay."""

    body: bytes
    packed: bytes | None
    media_type: str
    version: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Read all files below `static/`, by their path there, and those that are shared."""
    found = {}
    for path in sorted(_ROOT.rglob("*")):
        kind = _TYPES.get(path.suffix) or (_PLAIN if path.name == "LICENSE" else None)
        if path.is_file() and kind:
            found[path.relative_to(_ROOT).as_posix()] = _read(path, kind)
    for name, path in _SHARED.items():
        found[name] = _read(path, _TYPES[path.suffix])
    return found


def version_of(name: str) -> str:
    """Return what changes with a file's content, for its address; empty where there is no such file."""
    file = static_files().get(name)
    return file.version if file else ""


@router.get("/static/{name:path}")
async def static_file(request: Request, name: str, v: str = "") -> Response:
    """Send one file. Only those that were there at the start are known: no path leads out."""
    file = static_files().get(name)
    if file is None:
        raise HTTPException(404)
    headers = {
        "Cache-Control": _YEAR if v == file.version else _DAY,
        "ETag": f'"{file.version}"',
        "Vary": "Accept-Encoding",
    }
    if file.version in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        packed = {**headers, "Content-Encoding": "gzip", "ETag": f'"{file.version}-gz"'}
        return Response(file.packed, headers=packed, media_type=file.media_type)
    return Response(file.body, headers=headers, media_type=file.media_type)


def _read(path: Path, kind: str) -> StaticFile:
    body = path.read_bytes()
    packed = None if path.suffix == ".woff2" else gzip.compress(body, 9, mtime=0)
    return StaticFile(body, packed, kind, hashlib.sha256(body).hexdigest()[:12])
