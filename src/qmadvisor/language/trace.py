"""What an evaluation leaves behind: every sub-expression with its value."""

from __future__ import annotations

from collections.abc import Iterator

from qmadvisor.language.syntax import Compare, Expression
from qmadvisor.language.values import Value


class Trace:
    """One node of the tree, its value, the traces of its parts, and the record it was taken for (or "").

    A plain class with slots because one is made for every atom of every check.
    """

    __slots__ = ("_parts", "node", "record", "value")

    def __init__(
        self, node: Expression, value: Value, parts: tuple[Trace, ...] = (), record: str = ""
    ) -> None:
        self.node = node
        self.value = value
        self._parts = parts
        self.record = record

    @property
    def parts(self) -> tuple[Trace, ...]:
        """The traces of the direct sub-expressions, or of the records that a list statement runs over."""
        return self._parts

    def walk(self) -> Iterator[Trace]:
        """Yield this trace and everything below it, parents first."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def __repr__(self) -> str:
        return f"Trace({type(self.node).__name__}, {self.value!r}, {list(self.parts)!r})"


class ComparedFact(Trace):
    """A fact compared with a literal: by far the most frequent trace, so its parts are made when read."""

    __slots__ = ("_known", "_literal")

    node: Compare
    record = ""

    def __init__(self, node: Compare, value: Value, known: Value, literal: Trace) -> None:
        self.node = node
        self.value = value
        self._known = known
        self._literal = literal

    @property
    def parts(self) -> tuple[Trace, ...]:
        """The trace of the fact and that of the literal."""
        return Trace(self.node.left, self._known), self._literal
