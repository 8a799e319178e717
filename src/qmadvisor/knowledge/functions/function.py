"""What a function behind a computed fact is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qmadvisor.language.values import Value


@dataclass(frozen=True, slots=True)
class Function:
    """A function, the kinds of its inputs and of its result, and one sentence on how it works.

    `options` lists what the choices among its inputs can be, in order, and those of its result last; it is
    empty where the function does not care. `needs` tells from the inputs which of them keep the result open: by
    number, with what to add to the fact's path (`[stadt].art`); without it, all that are not settled do.
    `may_contradict`: the inputs can contradict each other, and the function returns None where they do.
    """

    run: Callable[..., Value | None]
    inputs: tuple[str, ...]
    result: str
    explanation: str
    options: tuple[tuple[str, ...], ...] = ()
    needs: Callable[..., Iterable[tuple[int, str]]] | None = None
    may_contradict: bool = False
