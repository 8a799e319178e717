"""Who has which task of an overview: for each of its entries the actors with their roles, or nobody, or not stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

LEAD, SUPPORT = "federfuehrung", "mitwirkung"
#: The roles that an actor can have in a task.
ROLES = {LEAD: "Federführung", SUPPORT: "Mitwirkung"}
#: Actors by key with their role; None: they have the task, but nobody said in which role. Empty: nobody has it.
Holders = Mapping[str, str | None]


class Entry(NamedTuple):
    """One line of the overview: where it stands, and what it is called."""

    key: str
    area: str
    column: str
    page: int
    label: str

    @property
    def block(self) -> str:
        """Where it stands, as one word."""
        return f"{self.area}.{self.column}"


@dataclass(frozen=True, slots=True)
class Task:
    """A task, whichever entries name it, called as the first of them.

    Each of `parts` holds the entries that name the very same thing; several parts are alike. `if_needed`: not every
    place has this task.
    """

    key: str
    label: str
    parts: tuple[tuple[Entry, ...], ...]
    if_needed: bool = False
    #: All entries that name it.
    entries: tuple[Entry, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", tuple(entry for part in self.parts for entry in part))


@dataclass(frozen=True, slots=True)
class LeadRule:
    """The kinds of actors that may lead in each column under one model; a column that is not named takes any.

    `one_actor`: whoever leads and is not the municipality is always the same.
    """

    leads: Mapping[str, frozenset[str]]
    one_actor: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """All entries, the distinct tasks that they name, the titles of areas and columns, and what each model expects."""

    areas: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    models: Mapping[str, LeadRule] = field(default_factory=dict)
    #: The entries of every area and column in which there are any, by `area.column`.
    blocks: Mapping[str, Sequence[str]] = field(init=False)

    def __post_init__(self) -> None:
        blocks: dict[str, list[str]] = {}
        for entry in self.entries.values():
            blocks.setdefault(entry.block, []).append(entry.key)
        object.__setattr__(self, "blocks", blocks)


@dataclass(frozen=True, slots=True, repr=False)
class TaskMatrix:
    """What is known of who has which task: an entry that is not in `holders` was not stated."""

    overview: Overview = field(compare=False)
    holders: Mapping[str, Holders] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Whole columns are mostly assigned alike: count what is."""
        counts = Counter(repr(dict(holders)) for holders in self.holders.values())
        return f"TaskMatrix({', '.join(f'{count} x {holders}' for holders, count in counts.items())})"

    @property
    def unstated(self) -> tuple[Entry, ...]:
        """The entries of which nobody said who has them."""
        return tuple(entry for key, entry in self.overview.entries.items() if key not in self.holders)

    @property
    def without_role(self) -> tuple[str, ...]:
        """The entries with an actor whose role is not stated."""
        return tuple(key for key, holders in self.holders.items() if None in holders.values())

    @property
    def settled(self) -> bool:
        """Tell whether nothing is left to state."""
        return len(self.holders) == len(self.overview.entries) and not self.without_role
