"""What a checking process does. Each job takes the bytes of a body and gives those of the answer, in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.engine.check import Checker, CheckResult
from qmadvisor.errors import DocumentError, Place, Problem, SetupError
from qmadvisor.quick_json import read_quickly
from qmadvisor.report.build import advice_info, finding_info, hint_info, report_json
from qmadvisor.report.memory import Memory
from qmadvisor.report.narrate import narrate
from qmadvisor.report.roadmap import build_roadmap
from qmadvisor.setup.model import Setup
from qmadvisor.setup.problems import MAX_PROBLEMS
from qmadvisor.setup.reader import read_setup
from qmadvisor_api.checking.pointers import error_item
from qmadvisor_api.kinds import INVALID_SETUP, TOO_LARGE, UNREADABLE, Kind
from qmadvisor_api.models import ErrorItem, Explanation


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the body, whether it is JSON, and the options of the request (`view`: those of a page)."""

    body: bytes
    json: bool
    as_of: date
    max_setups: int = 1
    honour_deviations: bool = True
    rule: str = ""
    view: Mapping[str, Any] = field(default_factory=dict)

    def head(self) -> dict[str, Any]:
        """Everything but the body, for the pipe."""
        return {
            "json": self.json,
            "as_of": self.as_of.isoformat(),
            "max_setups": self.max_setups,
            "honour_deviations": self.honour_deviations,
            "rule": self.rule,
            "view": self.view,
        }

    @classmethod
    def read(cls, head: Mapping[str, Any], body: bytes) -> Order:
        """The other way round."""
        named = {key: value for key, value in head.items() if key in cls.__slots__}
        return cls(body, **{**named, "as_of": date.fromisoformat(head["as_of"])})


#: The pieces of an answer, and how many setups were checked for it.
Answer = tuple[Sequence[bytes], int]


class Context:
    """What a checking process keeps between its jobs."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.memory = Memory(checker.rule_base)
        self.finding_ids = [rule.id for rule in checker.rule_base.rules if not rule.is_hint]


Job = Callable[[Context, Order], Answer]


class RefusedError(Exception):
    """The body cannot be used; carries every error."""

    def __init__(self, kind: Kind, errors: Sequence[ErrorItem]) -> None:
        self.kind = kind
        self.errors = tuple(errors)
        super().__init__(kind.name)


def results(context: Context, order: Order) -> tuple[CheckResult, ...]:
    """Read and check the setups of an order. Raises RefusedError with everything that is wrong in any of them."""
    return tuple(_Reading(context, order).results())


def check(context: Context, order: Order) -> Answer:
    """Return the report of one setup, or the list of reports of several, as JSON."""
    read = _Reading(context, order)
    reports = [report_json(result, context.memory) for result in read.results()]
    if not read.several:
        return reports[0], 1
    pieces = [piece for report in reports for piece in (b",", *report)]
    return [b"[", *pieces[1:], b"]"], len(reports)


def explain(context: Context, order: Order) -> Answer:
    """Return how one rule or advice came out, as JSON."""
    result = next(_Reading(context, order).results())
    findings = [finding for finding in result.findings if finding.rule.id == order.rule]
    hints = [hint for hint in result.hints if hint.rule.id == order.rule]
    explanation = Explanation(
        rule=order.rule,
        kind="finding" if findings else "hint" if hints else "advice",
        engine=result.engine,
        as_of=result.as_of.isoformat(),
        finding=finding_info(result, findings[0]) if findings else None,
        hint=hint_info(result, hints[0]) if hints else None,
        advice=advice_info(result, order.rule),
        text=narrate(result, order.rule),
    )
    return [explanation.model_dump_json(by_alias=True).encode()], 1


def roadmap(context: Context, order: Order) -> Answer:
    """Return the roadmap of one setup as JSON."""
    result = next(_Reading(context, order).results())
    return [build_roadmap(result).model_dump_json(by_alias=True).encode()], 1


JOBS: dict[str, Job] = {
    "check": check,
    "explain": explain,
    "roadmap": roadmap,
}


class _Reading:
    """Reads the setups of a body and checks them; whatever is wrong in any of them is told at once."""

    def __init__(self, context: Context, order: Order) -> None:
        self.checker = context.checker
        self.rule_ids = context.finding_ids
        self.order = order
        # Places cost time, and only errors have one: what is wrong is read again, with places.
        quick = read_quickly(order.body) if order.json else None
        self.has_places = quick is None
        self.root = self._document() if quick is None else quick
        self.several = isinstance(self.root, documents.Sequence) and order.max_setups > 1
        self.errors: list[ErrorItem] = []

    def results(self) -> Iterator[CheckResult]:
        """Yield the result for each setup. Raises RefusedError before the first where any has an error."""
        results = [self._result(node, prefix) for node, prefix in self._nodes()]
        if self.errors and not self.has_places:
            self.root, self.has_places, self.errors = self._document(), True, []
            return self.results()
        if self.errors:
            raise RefusedError(INVALID_SETUP, self.errors[: MAX_PROBLEMS + 1])
        return (result for result in results if result is not None)

    @property
    def _most_problems(self) -> int:
        """Where all is read again, the first problem is enough to know."""
        return MAX_PROBLEMS if self.has_places else 1

    def _document(self) -> Node:
        try:
            return documents.read_bytes(self.order.body, "", json_only=self.order.json)
        except DocumentError as error:
            kind = TOO_LARGE if error.problems[0].code == "too_large" else UNREADABLE
            raise RefusedError(kind, [error_item(one, None) for one in error.problems]) from None

    def _nodes(self) -> list[tuple[Node, str]]:
        if not self.several:
            return [(self.root, "")]
        assert isinstance(self.root, documents.Sequence)
        items, most = self.root.items, self.order.max_setups
        if not 1 <= len(items) <= most:
            message = "So viele Planungen sind in einer Anfrage nicht möglich."
            problem = Problem("setups", message, Place(), str(len(items)), f"1 bis {most}")
            raise RefusedError(INVALID_SETUP, [error_item(problem, self.root)])
        return [(item, f"/{index}") for index, item in enumerate(items)]

    def _result(self, node: Node, prefix: str) -> CheckResult | None:
        if len(self.errors) > self._most_problems:
            return None
        try:
            setup = self._setup(node)
            # With errors in another setup the body is refused: this one need not be checked.
            return self._checked(setup) if not self.errors else None
        except SetupError as error:
            columns = not self.order.json
            self.errors += [error_item(one, node, prefix, columns=columns) for one in error.problems]
            return None

    def _setup(self, node: Node) -> Setup:
        base = self.checker.rule_base
        known = base.knowledge
        return read_setup(
            node, known.catalogue, known.parameters, self.order.as_of,
            name="", rule_ids=self.rule_ids, retired=base.successors, most_problems=self._most_problems,
        )  # fmt: skip

    def _checked(self, setup: Setup) -> CheckResult:
        return self.checker.check(setup, self.order.as_of, honour_deviations=self.order.honour_deviations)
