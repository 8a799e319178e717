"""The engine on durable_rules 2.0.28, in the arrangement in which it decides correctly.

One fact with generated names and the values 0 and 1 goes into each ruleset, under a session id that
is never used again; a rule that fires sets a variable; what stays silent is open. No events, no
joins, no chaining. Importing this module raises ImportError where durable_rules does not import
(Python 3.13 and later).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from itertools import count
from threading import Lock
from typing import Any

from durable import engine as durable_engine

from qmadvisor.engine.durable_limits import SENTINEL
from qmadvisor.engine.durable_rulesets import Layout, Plan, Production, pattern, too_large
from qmadvisor.engine.formula import Decision, Status
from qmadvisor.errors import EngineError, Problem
from qmadvisor.language.values import Truth

#: The release whose inner workings are relied on: the limits, and the three calls of the drain.
RELEASE = "2.0.28"
if version("durable_rules") != RELEASE:
    msg = f"durable_rules {RELEASE} is needed, not {version('durable_rules')}"
    raise ImportError(msg)

_native = durable_engine.durable_rules_engine
_REFUSALS = (
    _native.error,
    durable_engine.MessageNotHandledException,
    durable_engine.MessageObservedException,
)
#: Names of rulesets and ids of sessions are never used twice in a process.
_numbers = count(1)
_GO = "go"
_END = "end"


class _Ruleset(durable_engine.Ruleset):  # type: ignore[misc]  # durable_rules has no types
    """Takes facts as text, and runs actions without the bookkeeping that our rules do not need.

    This class and `discard_all` below are the only places that make calls which durable_rules does
    not document. Its own loop builds a closure, keeps a lease and writes the state back for every
    action, and so takes several times as long.
    """

    def assert_fact(self, fact: str) -> int:
        """Assert a fact that is JSON already; return the state that it belongs to."""
        state: int = self._handle_result(_native.assert_fact(self._handle, fact), fact)
        return state

    def do_actions(self, state: int, complete: Callable[[object, object], None]) -> None:
        """Run a state's waiting actions in order of priority; an action's error ends the run."""
        try:
            started = _native.start_action_for_state(self._handle, state)
            message = started and started[1]
            while message:
                rule = message[2 : message.index('"', 2)]
                self._actions[rule]._func(None)
                message = _native.complete_and_start_action(self._handle, state)
        except Exception as error:
            complete(error, None)
        else:
            complete(None, None)


class _Host(durable_engine.Host):  # type: ignore[misc]  # durable_rules has no types
    """A host without timer threads: they run actions on foreign threads, and crash."""

    def _run(self) -> None:
        pass

    def register_rulesets(self, ruleset_definitions: Mapping[str, Any]) -> list[str]:
        """Take the definitions in with the leaner ruleset."""
        for name, definition in ruleset_definitions.items():
            self._ruleset_directory[name] = _Ruleset(name, self, definition)
        return list(ruleset_definitions)

    def discard_all(self) -> None:
        """Free the rulesets, which durable_rules itself never does."""
        while self._ruleset_directory:
            _, ruleset = self._ruleset_directory.popitem()
            _native.delete_ruleset(ruleset._handle)


class _Section:
    """One ruleset: takes one fact at a time and tells which variables its rules set."""

    def __init__(self, host: _Host, layout: Layout) -> None:
        self.name = f"qmadvisor-{next(_numbers)}"
        self._host = host
        self._fired: list[int] = []
        names = {variable: f"p{at}" for at, variable in enumerate(layout.variables)}
        self._words = [(v, (f'"{name}":0,', f'"{name}":1,')) for v, name in names.items()]
        names[SENTINEL.variable] = _GO
        host.register_rulesets({self.name: self._definition(layout, names)})
        # A new state's memory is not cleared, and deleting a state in which no action ever ran may
        # crash. In this first run at least the sentinel fires; it leaves the memory in order.
        self.run([None] * (1 + max(names)))

    def _definition(self, layout: Layout, names: Mapping[int, str]) -> dict[str, Any]:
        rules = {
            f"r{at}": _rule(production, names, self._fired)
            for at, production in enumerate(layout.productions)
        }
        # The lowest priority (the highest number) makes the sentinel fire after all others.
        end = _rule(Production(SENTINEL.variable, SENTINEL), names, self._fired)
        return {**rules, _END: {**end, "pri": 1}}

    def run(self, values: Sequence[Truth]) -> set[int]:
        """Return the variables that become 1, given what is known of those which the ruleset reads.

        Raises:
            EngineError: durable_rules refused the fact or stopped before the sentinel fired.
        """
        known = [words[truth] for at, words in self._words if (truth := values[at]) is not None]
        self._fired.clear()
        try:
            self._drain("".join(known), next(_numbers))
        except _REFUSALS as error:
            raise _failure("durable_rules bricht eine Auswertung ab", repr(error)) from error
        if not self._fired or self._fired.pop() != SENTINEL.variable:
            raise _failure("durable_rules hat eine Auswertung nicht zu Ende geführt")
        return set(self._fired)

    def _drain(self, known: str, session: int) -> None:
        fact = f'{{{known}"{_GO}":1,"id":"{_GO}","sid":"{session}"}}'
        try:
            self._host.assert_fact(self.name, fact)
        finally:
            # Where the fact was refused there may be no state; that error is the one to tell.
            with suppress(_native.error):
                self._host.delete_state(self.name, session)


def _rule(production: Production, names: Mapping[int, str], fired: list[int]) -> dict[str, Any]:
    variable = production.variable

    def fire(_: object) -> None:
        fired.append(variable)

    return {"all": [{"m": pattern(production.condition, names)}], "run": fire}


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
        self._host = _Host()
        self._closed = False
        try:
            self._plan = Plan(decisions)
            self._sections = [_Section(self._host, layout) for layout in self._plan.layouts]
            self._meaning = {
                variable: (at, status)
                for at, outcome in enumerate(self._plan.outcomes)
                for variable, status in outcome
            }
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
            for section in self._sections:
                found = section.run(values)
                for variable in found:
                    values[variable] = True
                fired += found
        return self._statuses(fired)

    def _statuses(self, fired: Iterable[int]) -> list[Status]:
        """What no rule decided is open."""
        found = [Status.OPEN] * len(self._plan.outcomes)
        for variable in fired:
            if variable in self._meaning:
                at, status = self._meaning[variable]
                if found[at] is not Status.OPEN:
                    raise _failure("durable_rules widerspricht sich", f"{found[at]}, {status}")
                found[at] = status
        return found

    def close(self) -> None:
        """Free the rulesets; decide is refused from then on. Closing twice does nothing."""
        with self._lock:
            self._closed = True
            self._host.discard_all()
