"""What a check says of one rule. What not everybody asks for is worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qmadvisor.engine.formula import Status
from qmadvisor.engine.program import Layouts, Record, View
from qmadvisor.language.reasons import Reason, why_open
from qmadvisor.language.trace import Trace
from qmadvisor.rules.model import PHASE_ORDER, Rule
from qmadvisor.setup.derive import Derived
from qmadvisor.setup.model import Deviation, Setup

Due = Literal["now", "later"]
HintState = Literal["offered", "taken", "silent"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What all findings of one check share."""

    setup: Setup
    as_of: date
    derived: Derived
    record: Record
    honour_deviations: bool

    def due(self, rule: Rule) -> Due:
        """Without a stated phase everything is shown as due: nothing may hide behind a missing answer."""
        if self.setup.phase is None:
            return "now"
        is_due = PHASE_ORDER.index(rule.spec.due_from) <= PHASE_ORDER.index(self.setup.phase)
        return "now" if is_due else "later"


class Finding:
    """What one rule says of one setup, with the traces that show why.

    A plain class with slots because one is made for every rule of every check.
    """

    __slots__ = ("_circumstances", "_layouts", "rule", "status")

    def __init__(self, rule: Rule, layouts: Layouts, status: Status, circumstances: Circumstances) -> None:
        self.rule = rule
        self.status = status
        self._layouts = layouts
        self._circumstances = circumstances

    @property
    def applies(self) -> Trace | None:
        """The trace of where the rule applies; None where it applies everywhere."""
        layout = self._layouts[0]
        return None if layout is None else View((layout, self._circumstances.record))

    @property
    def demand(self) -> Trace:
        """The trace of what the rule demands."""
        return View((self._layouts[1], self._circumstances.record))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is open; those of `applies` first, as they decide whether the rest matters at all."""
        if self.status is not Status.OPEN:
            return ()
        traces = [trace for trace in (self.applies, self.demand) if trace is not None]
        return why_open(traces, self._circumstances.derived.origins)

    @property
    def due(self) -> Due:
        """Whether it is due in the setup's phase."""
        return self._circumstances.due(self.rule)

    @property
    def switched_off(self) -> bool:
        """Whether the setup switched off the reading that the rule hangs on."""
        name = self.rule.spec.parameter
        return bool(name) and not self._circumstances.derived.facts.parameters[name].values

    @property
    def deviation(self) -> Deviation | None:
        """The deviation that was agreed upon."""
        return self._circumstances.setup.deviations.get(self.rule.id)

    @property
    def deviation_in_force(self) -> bool:
        """Whether the deviation counts; one that has run out no longer excuses anything."""
        deviation = self.deviation
        if deviation is None or not self._circumstances.honour_deviations:
            return False
        return deviation.until is None or self._circumstances.as_of <= deviation.until


def hint_state(statuses: Sequence[Status]) -> HintState:
    """Return the state of a hint from the outcome of its offer and, where it has one, of being taken already."""
    offer, *taken = statuses
    if Status.FULFILLED in taken:
        return "taken"
    return "offered" if offer is Status.FULFILLED else "silent"


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint that is worth showing, or `silent`."""

    rule: Rule
    state: HintState
    circumstances: Circumstances

    @property
    def due(self) -> Due:
        """Whether it matters in the setup's phase."""
        return self.circumstances.due(self.rule)
