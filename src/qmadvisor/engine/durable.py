"""The engine on durable_rules 2.0.28, in the arrangement in which it decides correctly.

One fact with generated names and the values 0 and 1 goes into each ruleset and is retracted when all
has fired; a rule that fires sets a variable; what stays silent is open. No events, no joins, no
chaining. Importing this module raises ImportError where durable_rules does not import
(Python 3.13 and later).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from itertools import count
from threading import Lock
from typing import Any

from durable import engine as durable_engine

from qmadvisor.engine.durable_limits import SENTINEL
from qmadvisor.engine.durable_rulesets import Layout, Plan, pattern, too_large
from qmadvisor.engine.formula import Decision, Status
from qmadvisor.errors import EngineError, Problem
from qmadvisor.language.values import Truth

#: The release whose inner workings are relied on: the limits, and the calls of its rules engine.
RELEASE = "2.0.28"
if version("durable_rules") != RELEASE:
    msg = f"durable_rules {RELEASE} is needed, not {version('durable_rules')}"
    raise ImportError(msg)

_native = durable_engine.durable_rules_engine
#: Names of rulesets and ids of sessions are never used twice in a process.
_numbers = count(1)
_GO = "go"
_END = "end"


class _Ruleset:
    """Takes one fact at a time and tells which variables its rules set.

    This class is the only place that calls durable_rules, and it calls its rules engine itself. The Python around
    that starts timer threads, swallows errors, and builds a closure, keeps a lease and writes the state back for
    every rule that fires, which takes many times as long. What a rule does when it fires is no more than to be
    named, so there are no actions.

    A session costs 12 KB for each rule, and to make one takes longer than to decide. So it is kept: its only fact
    is retracted once everything has fired, which leaves it as it was. Whenever anything goes wrong, it is given up.
    """

    def __init__(self, layout: Layout) -> None:
        names = {variable: f"p{at}" for at, variable in enumerate(layout.variables)}
        self._words = [
            (variable, {True: f'"{name}":1,', False: f'"{name}":0,', None: ""})
            for variable, name in names.items()
        ]
        names[SENTINEL.variable] = _GO
        definition = json.dumps(_definition(layout, names))
        self._handle = _native.create_ruleset(f"qmadvisor-{next(_numbers)}", definition)
        self._session = str(next(_numbers))

    def run(self, values: Sequence[Truth]) -> set[int]:
        """Return the variables that become 1, given what is known of those which the ruleset reads.

        Raises:
            EngineError: durable_rules refused the fact or stopped before the sentinel fired.
        """
        known = "".join([words[values[variable]] for variable, words in self._words])
        try:
            *fired, last = ["", *self._fired(known)]
            if last != _END:
                raise _failure("durable_rules hat eine Auswertung nicht zu Ende geführt")
        except BaseException as error:
            self._give_up()
            if isinstance(error, _native.error):
                raise _failure("durable_rules bricht eine Auswertung ab", repr(error)) from error
            raise
        return set(map(int, fired[1:]))  # where several parts of an or are met, a rule fires for each

    def _fired(self, known: str) -> list[str]:
        """Assert what is known; return the names of the rules that fire, in order of priority."""
        fact = f'"id":"{_GO}","sid":"{self._session}"}}'
        refused, state = _native.assert_fact(self._handle, f'{{{known}"{_GO}":1,{fact}')
        if refused:
            raise _failure("durable_rules weist eine Auswertung zurück", str(refused))
        started = _native.start_action_for_state(self._handle, state)
        message, fired = started and started[1], []
        while message:  # {"name of the rule":{...
            fired.append(message[2 : message.index('"', 2)])
            message = _native.complete_and_start_action(self._handle, state)
        _native.retract_fact(self._handle, f"{{{fact}")
        return fired

    def _give_up(self) -> None:
        """Delete the session with all that it may hold; the next one begins empty."""
        # Where the fact was refused there may be none; that error is the one to tell.
        with suppress(_native.error):
            _native.delete_state(self._handle, self._session)
        self._session = str(next(_numbers))

    def close(self) -> None:
        """Free the session and the ruleset, which durable_rules itself never does."""
        self._give_up()
        _native.delete_ruleset(self._handle)


def _definition(layout: Layout, names: Mapping[int, str]) -> dict[str, Any]:
    """A rule has the name of the variable that it sets."""
    rules = {
        str(production.variable): {"all": [{"m": pattern(production.condition, names)}]}
        for production in layout.productions
    }
    # The lowest priority (the highest number) makes the sentinel fire after all others.
    return {**rules, _END: {"all": [{"m": pattern(SENTINEL, names)}], "pri": 1}}


def _failure(message: str, found: str | None = None) -> EngineError:
    return EngineError([Problem("engine.failed", message, found=found)])


class DurableEngine:
    """Decides with durable_rules. Safe to call from several threads; they take turns.

    Raises:
        EngineError: A rule is too deeply nested, or durable_rules fails.
    """

    name = "durable"

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._lock = Lock()
        self._rulesets: list[_Ruleset] = []
        self._closed = False
        try:
            self._plan = Plan(decisions)
            self._meaning: dict[int, list[tuple[int, Status]]] = {}
            for at, outcome in enumerate(self._plan.outcomes):
                for variable, status in outcome:
                    self._meaning.setdefault(variable, []).append((at, status))
            for layout in self._plan.layouts:
                self._rulesets.append(_Ruleset(layout))
                # A new state's memory is not cleared, and deleting a state in which no action ever ran may
                # crash. In this first run at least the sentinel fires; it leaves the memory in order.
                self._rulesets[-1].run([None] * self._plan.width)
        except BaseException as error:
            self.close()
            if isinstance(error, RecursionError):
                raise too_large("Eine Regel ist zu tief verschachtelt", repr(error)) from None
            raise

    def decide(self, truths: Sequence[Truth]) -> list[Status]:
        """Return the status of every decision, in the order in which they were given.

        Raises:
            EngineError: The evaluation is incomplete or contradictory, or the engine is closed.
        """
        plan = self._plan
        values = [*truths[: plan.atoms], *[None] * (plan.width - plan.atoms)]
        if len(values) < plan.width:
            raise _failure("zu wenige Wahrheitswerte", f"{len(truths)} statt {plan.atoms}")
        with self._lock:
            if self._closed:
                raise _failure("die Engine ist schon geschlossen")
            fired: list[int] = []
            for ruleset in self._rulesets:
                found = ruleset.run(values)
                for variable in found:
                    values[variable] = True
                fired += found
        return self._statuses(fired)

    def _statuses(self, fired: Iterable[int]) -> list[Status]:
        """What no rule decided is open."""
        found = [Status.OPEN] * len(self._plan.outcomes)
        for variable in fired:
            for at, status in self._meaning.get(variable, ()):  # helpers mean nothing by themselves
                if found[at] is not Status.OPEN:
                    raise _failure("durable_rules widerspricht sich", f"{found[at]}, {status}")
                found[at] = status
        return found

    def close(self) -> None:
        """Free the rulesets; decide is refused from then on. Closing twice does nothing."""
        with self._lock:
            self._closed = True
            while self._rulesets:
                self._rulesets.pop().close()
