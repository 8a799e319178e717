"""The overview picture: how wide each part of a bar is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qmadvisor.engine.formula import Status
from qmadvisor.report.model import Counts
from qmadvisor_api.web.result.filters import ORDER


@dataclass(frozen=True, slots=True)
class Part:
    """One coloured part of a bar, in hundredths of the picture's full bar."""

    status: Status
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, the number of each outcome, and the parts that are not empty."""

    label: str
    numbers: tuple[tuple[Status, int], ...]
    parts: tuple[Part, ...]
    key: str = ""

    @property
    def total(self) -> int:
        """How many findings the row stands for."""
        return sum(number for _, number in self.numbers)


def bars(rows: Iterable[tuple[str, str, Counts]]) -> tuple[Bar, ...]:
    """Make a bar of each key, label and counts; the longest takes all the room. Empty rows are left out."""
    kept = [(key, label, _numbers(counts)) for key, label, counts in rows]
    kept = [row for row in kept if _total(row[2])]
    longest = max((_total(numbers) for _, _, numbers in kept), default=1)
    return tuple(Bar(label, numbers, _parts(numbers, longest), key) for key, label, numbers in kept)


def _numbers(counts: Counts) -> tuple[tuple[Status, int], ...]:
    return tuple((status, getattr(counts, status.value)) for status in ORDER)


def _total(numbers: tuple[tuple[Status, int], ...]) -> int:
    return sum(number for _, number in numbers)


def _parts(numbers: tuple[tuple[Status, int], ...], longest: int) -> tuple[Part, ...]:
    parts, done = [], 0
    for status, number in numbers:
        if number:
            parts.append(Part(status, round(100 * done / longest, 2), round(100 * number / longest, 2)))
        done += number
    return tuple(parts)
