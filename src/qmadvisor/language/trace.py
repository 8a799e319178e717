"""What an evaluation leaves behind: every sub-expression with its value."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from qmadvisor.language.syntax import Expression
from qmadvisor.language.values import Value


class Trace:
    """One node of the tree, its value, the traces of its parts, and the record it was taken for (or "")."""

    __slots__ = ()

    @property
    @abstractmethod
    def node(self) -> Expression:
        """The expression that was evaluated."""

    @property
    @abstractmethod
    def value(self) -> Value:
        """What it came to."""

    @property
    @abstractmethod
    def parts(self) -> tuple[Trace, ...]:
        """The traces of the direct sub-expressions, or of the records that a list statement runs over."""

    @property
    def record(self) -> str:
        """The key of the record that it was taken for."""
        return ""

    def walk(self) -> Iterator[Trace]:
        """Yield this trace and everything below it, parents first."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def __repr__(self) -> str:
        return f"Trace({type(self.node).__name__}, {self.value!r}, {list(self.parts)!r})"


class Evaluated(Trace):
    """The trace that `evaluate` leaves; a plain class with slots because very many are made."""

    __slots__ = ("node", "parts", "record", "value")

    node: Expression
    value: Value
    parts: tuple[Trace, ...]
    record: str

    def __init__(
        self, node: Expression, value: Value, parts: tuple[Trace, ...] = (), record: str = ""
    ) -> None:
        self.node = node
        self.value = value
        self.parts = parts
        self.record = record
