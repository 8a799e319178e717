"""Everything that the result page shows, put together from one check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.finding import Finding
from qmadvisor.engine.formula import Status
from qmadvisor.report.build import explainer_for, recalled_report
from qmadvisor.report.explain import Explainer
from qmadvisor.report.memory import Memory
from qmadvisor.report.model import FindingInfo, HintInfo, Report
from qmadvisor.report.roadmap import build_roadmap
from qmadvisor.report.roadmap_model import Roadmap
from qmadvisor.rules.model import STRENGTHS
from qmadvisor_api.web.result.chart import Bar, bars
from qmadvisor_api.web.result.filters import DEVIATION, Filter, status_key
from qmadvisor_api.web.result.questions import OpenQuestion, open_questions
from qmadvisor_api.web.result.trees import (
    Derived,
    Line,
    applies_tree,
    demand_tree,
    derived_behind,
    derived_facts,
)


class Told:
    """A finding with everything that can be asked about it; what costs time is worked out when it is shown."""

    def __init__(
        self, result: CheckResult, finding: Finding, info: FindingInfo, explainer: Explainer
    ) -> None:
        self.info = info
        self.key = status_key(info)
        self._result = result
        self._finding = finding
        self._explainer = explainer

    @property
    def anchor(self) -> str:
        """The finding's place on the page."""
        return anchor(self.info.rule)

    @cached_property
    def plain_demand(self) -> bool:
        """Whether it hangs on one condition alone, which the reason already tells."""
        lone = self._finding.applies is None and len(self.demand) == 1 and not self.demand[0].parts
        return lone and not derived_behind(self._result.rule_base, self._finding.rule)

    @property
    def applies(self) -> tuple[Line, ...]:
        """Where the rule applies."""
        return applies_tree(self._finding, self._explainer)

    @cached_property
    def demand(self) -> tuple[Line, ...]:
        """What the rule demands."""
        return demand_tree(self._finding, self._explainer)

    @property
    def derived(self) -> tuple[Derived, ...]:
        """How facts were worked out."""
        return tuple(derived_facts(self._result, self._finding.rule, self._explainer))


@dataclass(frozen=True, slots=True)
class Group:
    """Findings with one outcome, by section of the guideline."""

    key: str
    title: str
    sections: tuple[tuple[str, tuple[Told, ...]], ...]

    @property
    def number(self) -> int:
        """How many findings."""
        return sum(len(findings) for _, findings in self.sections)


class ResultView:
    """One result through one filter."""

    def __init__(self, result: CheckResult, wanted: Filter, memory: Memory) -> None:
        self.result = result
        self.filter = wanted
        self.report: Report = recalled_report(result, memory)
        explainer = explainer_for(result)
        pairs = zip(result.findings, self.report.findings, strict=True)
        self.all = tuple(Told(result, finding, info, explainer) for finding, info in pairs)
        specs = {finding.rule.id: finding.rule.spec for finding in result.findings}
        self.shown = tuple(told for told in self.all if wanted.takes(told.info, specs[told.info.rule].advice))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What is due now, what needs attention first."""
        return tuple(self._grouped(told for told in self.shown if told.info.due == "now"))

    @cached_property
    def later(self) -> tuple[Group, ...]:
        """What is due in a later phase."""
        return tuple(self._grouped(told for told in self.shown if told.info.due == "later"))

    @cached_property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """What to find out."""
        catalogue = self.result.rule_base.knowledge.catalogue
        return open_questions((told.info for told in self.shown), catalogue)

    @cached_property
    def hints(self) -> tuple[HintInfo, ...]:
        """Options that the guideline names; a filter by section holds for them, too."""
        sections = self.filter.abschnitt
        return tuple(hint for hint in self.report.hints if not sections or hint.section in sections)

    @cached_property
    def roadmap(self) -> Roadmap:
        """What is left to do, phase by phase."""
        return build_roadmap(self.result, self.report)

    @property
    def has_shared_questions(self) -> bool:
        """Whether a finding waits for several answers together."""
        steps = (step for phase in self.roadmap.phases for step in phase.steps if step.kind == "ask")
        return any(not finding.settled for step in steps for finding in step.findings)

    @cached_property
    def strength_bars(self) -> tuple[Bar, ...]:
        """The picture by strength."""
        counts = self.report.summary.by_strength
        return bars((strength, strength, counts[strength]) for strength in STRENGTHS)

    @cached_property
    def section_bars(self) -> tuple[Bar, ...]:
        """The picture by section."""
        summary, titles = self.report.summary, self.report.sections
        return bars((key, titles[key], counts) for key, counts in summary.by_section.items())

    def _grouped(self, findings: Iterable[Told]) -> Iterator[Group]:
        listed = list(findings)
        for key, title in _TITLES.items():
            by_section: dict[str, list[Told]] = {}
            for told in listed:
                if told.key == key:
                    by_section.setdefault(told.info.section, []).append(told)
            sections = tuple(
                (self.report.sections[section], tuple(sorted(group, key=_firmness)))
                for section, group in by_section.items()
            )
            if sections:
                yield Group(key, title, sections)


#: The order of the page: what to act on, what is agreed, what to find out, what is fine, what does not matter.
_TITLES = {
    Status.VIOLATED.value: "Nicht erfüllt",
    DEVIATION: "Nicht erfüllt, Abweichung vereinbart",
    Status.OPEN.value: "Noch offen",
    Status.FULFILLED.value: "Was schon passt",
    Status.NOT_APPLICABLE.value: "Betrifft Ihre Planung nicht",
}


def anchor(rule: str) -> str:
    """The place of a finding on the page, as an id without dots."""
    return f"befund-{rule.replace('.', '-')}"


def _firmness(told: Told) -> int:
    return STRENGTHS.index(told.info.strength)
