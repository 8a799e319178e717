"""Read `Accept`, `Accept-Language` and `Accept-Encoding`."""

from __future__ import annotations

from collections.abc import Iterator

from qmadvisor_api.kinds import Language

_MOST = 32


def preferred_language(header: str | None) -> Language:
    """Return English where the client prefers it to German, else German."""
    weights = {"de": 0.0, "en": 0.0, "*": 0.0}
    for value, quality in _weighted(header or ""):
        tag = value.partition("-")[0]
        if tag in weights:
            weights[tag] = max(weights[tag], quality)
    return "en" if weights["en"] > max(weights["de"], weights["*"]) else "de"


def accepts(header: str | None, media_type: str) -> bool:
    """Tell whether an `Accept` header allows a media type; the most specific range decides."""
    if not header or not header.strip():
        return True
    ranges = {media_type: 3, media_type.partition("/")[0] + "/*": 2, "*/*": 1}
    best, allowed = 0, False
    for value, quality in _weighted(header):
        rank = ranges.get(value, 0)
        if rank > best or (rank and rank == best and quality > 0):
            best, allowed = rank, quality > 0
    return allowed


def accepts_gzip(header: str | None) -> bool:
    """Tell whether an `Accept-Encoding` header names gzip."""
    return any(value == "gzip" and quality > 0 for value, quality in _weighted(header or ""))


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for part in header.lower().split(",")[:_MOST]:
        value, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            weight = float(quality)
        except ValueError:
            weight = 0.0
        if value:
            yield value, weight
