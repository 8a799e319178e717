"""The benchmarks run, and all contestants agree. Nothing here depends on time."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from tests.benchmarks.agreement import Agreement, agreements
from tests.benchmarks.cases import Case, random_case, shipped_cases
from tests.benchmarks.contestants import COMPLETE, DECIDED, FUNCTION, Contestant, contestants_for
from tests.benchmarks.run import compare, lines_of
from tests.benchmarks.steady import steady


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [*shipped_cases(3), random_case(3)]


@pytest.mark.parametrize(
    "number", [0, 1, 2], ids=["shipped rules, example setups", "shipped rules, random setups", "random rules"]
)
def test_all_contestants_that_are_installed_agree(cases: list[Case], number: int) -> None:
    with contestants_for(cases[number]) as contestants:
        names = {each.name for each in contestants}
        _, found = agreements(contestants)
    assert {DECIDED.format("compiled"), COMPLETE.format("compiled"), FUNCTION} <= names
    assert all(each.contradicted == 0 for each in found)


def test_a_round_is_timed_and_shown(cases: list[Case]) -> None:
    result = compare(cases[1], rounds=1)
    assert any(FUNCTION in line for line in lines_of(result))


def test_the_random_rules_are_as_many_as_the_figures_say(cases: list[Case]) -> None:
    assert len(cases) == 3
    assert cases[2].size.startswith("150 rules, 755 comparisons")


class _Counting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bodies: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


def test_a_steady_load_sends_all_bodies_by_turns_and_waits_in_between() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Counting) as server:
        Thread(target=server.serve_forever).start()
        started = time.monotonic()
        answers = steady(f"http://127.0.0.1:{server.server_port}/", [b"1", b"2"], 40, 0.5)
        took = time.monotonic() - started
        server.shutdown()
    assert [answer.status for answer in answers] == [200] * 20
    assert all(answer.milliseconds > 0 for answer in answers)
    assert sorted(_Counting.bodies) == [b"1"] * 10 + [b"2"] * 10
    assert took > 19 / 40


def test_what_is_left_open_is_told_apart_from_what_is_denied() -> None:
    first = Contestant("first", [["violated", "open", "fulfilled"]], list, list)
    other = Contestant("other", [["open", "open", "violated"]], list, list)
    counted, (found,) = agreements([first, other])
    assert counted == {"violated": 1, "open": 1, "fulfilled": 1}
    assert found == Agreement("other", decided=2, missed=1, contradicted=1)
