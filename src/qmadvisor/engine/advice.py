"""The second stratum: what several findings together mean, decided once the findings are complete.

Advice reads findings and facts and never other advice, so one pass is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from qmadvisor.engine.finding import Due, Finding
from qmadvisor.engine.formula import Status
from qmadvisor.engine.program import Layout, Program, Record, View, build_program
from qmadvisor.engine.stratum import Stratum
from qmadvisor.language.decisive import decisive_leaves
from qmadvisor.language.evaluate import Facts
from qmadvisor.language.findings import finding_path, findings_read
from qmadvisor.language.trace import Trace
from qmadvisor.rules.advice import AdviceRule
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import PHASE_ORDER, STRENGTHS, Effort, Strength

_EFFORTS = get_args(Effort)
#: How a condition sees the outcome of a rule: as a choice of which one option is left.
_KNOWN = {status: frozenset([status.value]) for status in Status}
_TO_DO = (Status.VIOLATED, Status.OPEN)


@dataclass(frozen=True, slots=True)
class GivenAdvice:
    """Advice that holds for one setup, with the trace that shows why and the findings that made it so."""

    rule: AdviceRule
    trace: Trace
    follows_from: tuple[Finding, ...]

    @property
    def concerns(self) -> tuple[Finding, ...]:
        """The findings with something to do; where there are none, all from which it follows.

        Nothing is to do about what an agreed deviation covers.
        """
        to_do = [one for one in self.follows_from if one.status in _TO_DO and not one.deviation_in_force]
        return tuple(to_do) or self.follows_from

    @property
    def strength(self) -> Strength:
        """That of the strongest finding with something to do: a fulfilled "muss" makes no duty of an ideal."""
        strengths = [cast("Strength", finding.rule.spec.strength) for finding in self.concerns]
        return min(strengths, key=STRENGTHS.index)

    @property
    def due(self) -> Due:
        """Due as soon as one of the findings with something to do is."""
        return "now" if any(finding.due == "now" for finding in self.concerns) else "later"

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """What comes first: the strongest, then what is due, then the earliest and the easiest."""
        advice = self.rule.spec.advice
        return (
            STRENGTHS.index(self.strength),
            self.due == "later",
            PHASE_ORDER.index(advice.until),
            _EFFORTS.index(advice.effort),
        )


class Advisor:
    """The advice of a rule base, ready to look at findings.

    Where a rule base was reduced to some of its rules, advice that reads one of the others has nothing to say.
    """

    def __init__(self, rule_base: RuleBase, stratum_of: Callable[[Program], Stratum]) -> None:
        ids = {rule.id for rule in rule_base.rules}
        self.advice = tuple(one for one in rule_base.advice if ids.issuperset(one.reads))
        read = dict.fromkeys(rule_id for one in self.advice for rule_id in one.reads)
        self._paths = [(finding_path(rule_id), rule_id) for rule_id in read]
        findings = [rule.id for rule in rule_base.rules if not rule.is_hint]
        self._at = {rule_id: at for at, rule_id in enumerate(findings)}
        self._stratum = stratum_of(build_program(self.advice))

    def close(self) -> None:
        """Free what the engine holds."""
        self._stratum.close()

    def facts(self, facts: Facts, outcomes: Mapping[str, Status]) -> Facts:
        """Return the facts together with the outcomes that advice reads."""
        if not self._paths:
            return facts
        findings = {path: _KNOWN[outcomes[rule_id]] for path, rule_id in self._paths}
        return Facts({**facts.values, **findings}, facts.today, facts.parameters)

    def counsel(self, facts: Facts, findings: Sequence[Finding]) -> Counsel:
        """Decide which advice holds; `facts` hold the outcomes as well."""
        return Counsel(facts, *self._decided(facts), findings, self._at)

    def holding(self, facts: Facts) -> set[str]:
        """Return the ids of the advice that holds; `facts` hold the outcomes as well."""
        return {rule.id for rule, _ in self._decided(facts)[0]}

    def _decided(self, facts: Facts) -> tuple[list[tuple[AdviceRule, Layout]], Record]:
        """Return the advice that holds, with the layout of its trace, and what was recorded."""
        program = self._stratum.program
        record = program.evaluate(facts)
        if not self.advice:
            return [], record
        decided = zip(self.advice, self._stratum.decide(record), program.layouts, strict=True)
        return [(rule, layout) for rule, status, (_, layout) in decided if status is Status.FULFILLED], record


class Counsel:
    """What the advice of one check comes to, worked out when first asked for; that it holds is decided before.

    `at` tells where among the findings that of a rule is.
    """

    __slots__ = ("_advice", "_at", "_findings", "_holding", "_record", "facts")

    def __init__(
        self,
        facts: Facts,
        holding: Sequence[tuple[AdviceRule, Layout]],
        record: Record,
        findings: Sequence[Finding],
        at: Mapping[str, int],
    ) -> None:
        self.facts = facts
        self._holding = holding
        self._record = record
        self._findings = findings
        self._at = at
        self._advice: tuple[GivenAdvice, ...] | None = None

    @property
    def advice(self) -> tuple[GivenAdvice, ...]:
        """What holds; the strongest, due, earliest and easiest first."""
        if self._advice is None:
            given = [self._given(rule, View((layout, self._record))) for rule, layout in self._holding]
            self._advice = tuple(sorted(given, key=lambda one: one.rank))
        return self._advice

    def _given(self, rule: AdviceRule, trace: Trace) -> GivenAdvice:
        read = (rule_id for leaf in decisive_leaves(trace) for rule_id in findings_read(leaf.node))
        return GivenAdvice(rule, trace, tuple([self._findings[self._at[one]] for one in dict.fromkeys(read)]))
