"""Who sends a request: behind a proxy that is trusted, whom that proxy names; else who is connected."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qmadvisor_api.settings import Network

_Address = IPv4Address | IPv6Address
_MOST_HOPS = 20


class ForwardedFor:
    """Takes the client's address and the scheme from a trusted proxy's headers, and from nobody else's."""

    def __init__(self, app: ASGIApp, trusted: Sequence[Network]) -> None:
        self.app = app
        self.trusted = tuple(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and self.trusted and self._trusts(_address(_peer(scope))):
            self._see_through(scope)
        await self.app(scope, receive, send)

    def _trusts(self, address: _Address | None) -> bool:
        return address is not None and any(address in network for network in self.trusted)

    def _see_through(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        hops = ",".join(headers.getlist("x-forwarded-for")).split(",")[-_MOST_HOPS:]
        # From the right: each trusted proxy vouches for the entry before its own, and for no other.
        for hop in reversed(hops):
            address = _address(hop.strip())
            if address is None:
                break
            scope["client"] = (str(address), 0)
            if not self._trusts(address):
                break
        if headers.get("x-forwarded-proto") in ("http", "https"):
            scope["scheme"] = headers["x-forwarded-proto"]


def client_of(scope: Scope) -> str:
    """Name the client for limits: the address, for IPv6 the /64 that one household or office has."""
    address = _address(_peer(scope))
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((address, 64), strict=False))
    return str(address) if address else "unknown"


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _address(text: str) -> _Address | None:
    try:
        return ip_address(text.strip("[]"))
    except ValueError:
        return None
