"""Units of measure as exponents of their parts, so that `Stellen * h/Woche/Stelle` is `h/Woche`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

#: What counts as the same part: singular and plural of the field's words.
_ALIASES = {
    "Stellen": "Stelle",
    "Monate": "Monat",
    "Wochen": "Woche",
    "Jahre": "Jahr",
    "Tage": "Tag",
    "Aufgaben": "Aufgabe",
}
_DIMENSIONLESS = {"", "%"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: sorted (part, exponent) pairs for checking, and the text by which it is shown."""

    parts: tuple[tuple[str, int], ...] = ()
    text: str = ""

    def same_as(self, other: Unit) -> bool:
        """Tell whether the two measure the same thing (`%` and none do)."""
        return self.parts == other.parts

    def times(self, other: Unit, sign: int = 1) -> Unit:
        """Multiply (or with sign -1 divide) two units."""
        exponents = dict(self.parts)
        for part, exponent in other.parts:
            exponents[part] = exponents.get(part, 0) + sign * exponent
        return _from_exponents(exponents)


NONE = Unit()


@cache
def parse_unit(text: str) -> Unit:
    """Read `h/Woche/Stelle`, `m²`, `€`, `%` or the empty text."""
    if text in _DIMENSIONLESS:
        return Unit((), text)
    first, *rest = text.split("/")
    exponents: dict[str, int] = {}
    for part, sign in [(first, 1), *((part, -1) for part in rest)]:
        if not part:
            msg = f"keine Einheit: {text!r}"
            raise ValueError(msg)
        name = _ALIASES.get(part, part)
        exponents[name] = exponents.get(name, 0) + sign
    return Unit(_sorted(exponents), text)


def _sorted(exponents: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((part, exponent) for part, exponent in exponents.items() if exponent))


def _from_exponents(exponents: dict[str, int]) -> Unit:
    parts = _sorted(exponents)
    above = "·".join(name for name, exponent in parts for _ in range(max(exponent, 0)))
    below = "".join(f"/{name}" for name, exponent in parts for _ in range(max(-exponent, 0)))
    return Unit(parts, (above or ("1" if below else "")) + below)
