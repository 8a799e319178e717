from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import anyio
import pytest

from qmadvisor_api.http.clients import ForwardedFor, client_of


def seen(peer: str, forwarded: list[str], proto: str = "", trusted: tuple[str, ...] = ()) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    headers += [(b"x-forwarded-proto", proto.encode())] if proto else []
    scope: dict[str, Any] = {"type": "http", "client": (peer, 1), "scheme": "http", "headers": headers}

    async def app(*_: object) -> None:
        pass

    anyio.run(ForwardedFor(app, [ip_network(one) for one in trusted]), scope, None, None)
    return scope


def test_nobody_is_believed_who_is_not_trusted() -> None:
    assert seen("192.0.2.1", ["203.0.113.9"])["client"][0] == "192.0.2.1"
    scope = seen("192.0.2.1", ["203.0.113.9"], "https", ("10.0.0.0/8",))
    assert (scope["client"][0], scope["scheme"]) == ("192.0.2.1", "http")


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        (["203.0.113.9"], "203.0.113.9"),
        (["198.51.100.1, 203.0.113.9"], "203.0.113.9"),  # the first was sent by the client itself
        (["203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        (["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        (["203.0.113.9, nichts, 10.0.0.2"], "10.0.0.2"),
        (["nichts"], "10.0.0.1"),
        ([], "10.0.0.1"),
        (["2001:db8::1"], "2001:db8::1"),
    ],
)
def test_behind_a_trusted_proxy_the_last_stranger_counts(forwarded: list[str], expected: str) -> None:
    assert seen("10.0.0.1", forwarded, trusted=("10.0.0.0/8",))["client"][0] == expected


def test_the_scheme_comes_from_the_proxy() -> None:
    assert seen("10.0.0.1", [], "https", ("10.0.0.0/8",))["scheme"] == "https"
    assert seen("10.0.0.1", [], "gopher", ("10.0.0.0/8",))["scheme"] == "http"


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "unknown"),
    ],
)
def test_clients_are_told_apart_by_address_or_network(peer: str, expected: str) -> None:
    assert client_of({"client": (peer, 1)}) == expected
