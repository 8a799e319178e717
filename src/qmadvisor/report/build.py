"""From the result of a check to the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from qmadvisor.engine.advice import GivenAdvice
from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.finding import Finding, Hint
from qmadvisor.engine.formula import Status
from qmadvisor.knowledge.guideline import Guideline
from qmadvisor.language import syntax
from qmadvisor.language.evaluate import parameter_value
from qmadvisor.language.german import German, format_value
from qmadvisor.language.numerals import german_number
from qmadvisor.language.subjects import parse_subject
from qmadvisor.language.trace import Trace
from qmadvisor.language.values import Interval, RecordList
from qmadvisor.language.vocabulary import Vocabulary
from qmadvisor.report import words
from qmadvisor.report.explain import Explainer, counts, is_entry
from qmadvisor.report.memory import Memory
from qmadvisor.report.model import (
    AdviceInfo,
    Because,
    CombinedAdvice,
    DeviationInfo,
    FindingInfo,
    FollowsFrom,
    HintInfo,
    PassageInfo,
    ReadingInfo,
    Report,
    RuleBaseInfo,
    SetupInfo,
    Source,
)
from qmadvisor.report.openness import Openness
from qmadvisor.report.summary import Kind, kind_of, summarise
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule
from qmadvisor.rules.texts import PLACEHOLDER
from qmadvisor.setup.model import PHASES, PROGRAMMES, Setup


def build_report(result: CheckResult) -> Report:
    """Say a check's result in words. The same result always gives the same report."""
    builder = _Builder(result)
    advice = tuple(map(builder.advice, result.advice))
    findings = tuple(map(builder.finding, result.findings))
    hints = tuple(map(builder.hint, _shown(result.hints)))
    return Report(**_head(result, _counted(findings), hints), advice=advice, findings=findings, hints=hints)


def recalled_report(result: CheckResult, memory: Memory) -> Report:
    """Return what `build_report` does, with the help of what was said before."""
    builder, recall = _Builder(result, memory), memory.recall(result)
    advice = tuple([recall.advice(one, builder.advice).info for one in result.advice])
    findings = tuple([recall.finding(one, builder.finding).info for one in result.findings])
    hints = tuple([recall.hint(one, builder.hint).info for one in _shown(result.hints)])
    return Report(**_head(result, _counted(findings), hints), advice=advice, findings=findings, hints=hints)


def report_json(result: CheckResult, memory: Memory) -> list[bytes]:
    """Return the report as JSON in one line, with the help of what was said before; equal to `build_report`'s.

    It comes in pieces: what was said before is handed on as it is, and not copied.
    """
    builder, recall = _Builder(result, memory), memory.recall(result)
    advice = [recall.advice(one, builder.advice) for one in result.advice]
    chapters = list(recall.chapters(builder.finding))
    hints = [recall.hint(one, builder.hint) for one in _shown(result.hints)]
    kinds = chain.from_iterable([chapter.kinds for chapter in chapters])
    head = _head(result, kinds, [one.info for one in hints])
    rest = Report(**head, advice=(), findings=(), hints=()).model_dump_json(by_alias=True).encode()
    pieces: list[bytes] = []
    # A quotation mark inside a text is written with a backslash: these can be nothing but the keys.
    for key, said in ((b'"advice":[', advice), (b'"findings":[', chapters), (b'"hints":[', hints)):
        before, _, rest = rest.partition(key)
        pieces += before, key
        for one in said:
            pieces += one.json, b","
        if said:
            pieces.pop()
    return [*pieces, rest]


def _counted(findings: Iterable[FindingInfo]) -> Iterator[tuple[Kind, int]]:
    return ((kind_of(one), 1) for one in findings)


def _shown(hints: Iterable[Hint]) -> Iterator[Hint]:
    return (hint for hint in hints if hint.state != "silent")


def _head(
    result: CheckResult, counted: Iterable[tuple[Kind, int]], hints: Sequence[HintInfo]
) -> dict[str, Any]:
    """Everything but what the rules say."""
    summary = summarise(counted, len(hints))
    used = {*summary.by_section, *(hint.section for hint in hints)}
    sections = result.rule_base.knowledge.guideline.sections
    return {
        "rule_base": rule_base_info(result.rule_base),
        "engine": result.engine,
        "as_of": result.as_of.isoformat(),
        "setup": _setup_info(result.setup),
        "summary": summary,
        "sections": {key: title for key, title in sections.items() if key in used},
        "disclaimer": words.DISCLAIMER,
    }


def finding_info(result: CheckResult, finding: Finding) -> FindingInfo:
    """Say one finding of a check in words, without the rest of the report."""
    return _Builder(result).finding(finding)


def hint_info(result: CheckResult, hint: Hint) -> HintInfo | None:
    """Say one hint of a check in words; None for one that is not shown."""
    return None if hint.state == "silent" else _Builder(result).hint(hint)


def advice_info(result: CheckResult, advice_id: str) -> CombinedAdvice | None:
    """Say one piece of advice in words; None for one that the findings do not give."""
    given = next((one for one in result.advice if one.rule.spec.id == advice_id), None)
    return None if given is None else _Builder(result).advice(given)


def explainer_for(result: CheckResult, vocabulary: Vocabulary | None = None) -> Explainer:
    """Return the explainer with the words and values of one check; `vocabulary` is the rule base's, if at hand."""
    known = vocabulary or result.rule_base.vocabulary
    parameters = Vocabulary(known.facts, result.facts.parameters)
    lists = {path: value for path, value in result.facts.values.items() if isinstance(value, RecordList)}
    return Explainer(German(parameters, result.as_of.toordinal()), lists)


def source_of(guideline: Guideline, rule: Rule) -> Source:
    """Say where the guideline states a rule: the page and section of the first passage, and all passages."""
    return cited_source(guideline, rule.spec.source)


def cited_source(guideline: Guideline, passages: Sequence[str]) -> Source:
    """Say where the guideline has these passages (at least one)."""
    first = guideline.passages[passages[0]]
    return Source(
        document=guideline.title,
        section=guideline.sections[first.section],
        page=first.page,
        passages=tuple(PassageInfo(id=key, page=guideline.passages[key].page) for key in passages),
    )


def rule_base_info(rule_base: RuleBase) -> RuleBaseInfo:
    """Say which rules speak: the guideline, the version and the digest."""
    guideline = rule_base.knowledge.guideline
    return RuleBaseInfo(
        id=guideline.key,
        title=guideline.title,
        guideline_as_of=guideline.as_of,
        version=rule_base.version,
        digest=rule_base.digest,
    )


def _setup_info(setup: Setup) -> SetupInfo:
    programme = setup.programme
    in_scope = None if programme is None else programme in words.IN_SCOPE
    note = words.SCOPE_UNKNOWN if in_scope is None else None if in_scope else words.OUT_OF_SCOPE
    return SetupInfo(
        title=setup.title,
        digest=setup.digest,
        programme=programme,
        programme_label=PROGRAMMES[programme] if programme else words.NOT_STATED,
        in_scope=in_scope,
        scope_note=note,
        phase=setup.phase,
        phase_label=PHASES[setup.phase] if setup.phase else words.PHASE_UNKNOWN,
    )


class _Builder:
    """Puts findings and hints into words."""

    def __init__(self, result: CheckResult, memory: Memory | None = None) -> None:
        self.result = result
        self.guideline: Guideline = result.rule_base.knowledge.guideline
        self.sources = memory.sources if memory else {}
        self.explainer = explainer_for(result, memory.vocabulary if memory else None)
        self.german = self.explainer.german
        self.openness = Openness(result, self.german)

    def finding(self, finding: Finding) -> FindingInfo:
        spec = finding.rule.spec
        assert spec.strength is not None  # findings have one, the loader saw to it
        to_do = finding.status in (Status.VIOLATED, Status.OPEN)
        reasons = finding.reasons  # worked out at every look
        return FindingInfo(
            rule=spec.id,
            title=spec.title,
            section=spec.section,
            strength=spec.strength,
            wording=spec.wording,
            hedge=spec.hedge,
            status=finding.status,
            due=finding.due,
            message=self.message(finding),
            because=tuple(dict.fromkeys(self.because(finding))),
            open_because=tuple(map(self.openness.reason, reasons)),
            missing=tuple(self.openness.missing(reasons)),
            readings=tuple(self.readings(finding)),
            advice=AdviceInfo(**spec.advice.model_dump()) if spec.advice and to_do else None,
            deviation=_deviation(finding),
            source=self.source(finding.rule),
            interpretation=spec.interpretation or None,
            notes=spec.notes,
        )

    def hint(self, hint: Hint) -> HintInfo:
        spec = hint.rule.spec
        return HintInfo(
            rule=spec.id,
            title=spec.title,
            section=spec.section,
            wording=spec.wording,
            state="taken" if hint.state == "taken" else "offered",
            due=hint.due,
            message=self.filled(spec.says[hint.state]),
            source=self.source(hint.rule),
            notes=spec.notes,
        )

    def advice(self, given: GivenAdvice) -> CombinedAdvice:
        spec = given.rule.spec
        return CombinedAdvice(
            id=spec.id,
            kind=spec.kind,
            title=spec.title,
            strength=given.strength,
            due=given.due,
            message=self.filled(spec.says),
            follows_from=tuple(
                FollowsFrom(
                    rule=finding.rule.id,
                    title=finding.rule.spec.title,
                    status=finding.status,
                    deviation=finding.deviation_in_force,
                )
                for finding in given.follows_from
            ),
            because=tuple(dict.fromkeys(self.explainer.because(given.trace))),
            source=cited_source(self.guideline, spec.source) if spec.source else None,
            notes=spec.notes,
            **spec.advice.model_dump(),
        )

    def source(self, rule: Rule) -> Source:
        """Where the guideline states a rule: the same in every check of one rule base."""
        if rule.id not in self.sources:
            self.sources[rule.id] = source_of(self.guideline, rule)
        return self.sources[rule.id]

    # texts

    def message(self, finding: Finding) -> str:
        text = finding.rule.spec.says.get(finding.status.value)
        if finding.switched_off:
            title = self.german.vocabulary.parameters[finding.rule.spec.parameter].title
            return f"Diese Lesart ist in Ihrer Planung abgeschaltet (Parameter „{title}“)."
        if text is not None:
            return self.filled(text)
        grounds = "; ".join(dict.fromkeys(leaf.text for leaf in self.because(finding)))
        return f"Diese Empfehlung betrifft Ihre Planung nicht: {grounds}."

    def filled(self, text: str) -> str:
        """Replace each placeholder by the value that the setup gives it."""
        return PLACEHOLDER.sub(lambda match: self.value(match[1]), text)

    def value(self, name: str) -> str:
        if name.startswith("parameter."):
            parameter = self.german.vocabulary.parameters[name.removeprefix("parameter.")]
            day = self.result.as_of.toordinal()
            value = parameter_value(parameter, Interval(day, day))
            return words.NOT_STATED if value is None else german_number(value, parameter.unit)
        term = self.german.vocabulary.facts[name]
        return format_value(self.result.facts.values[name], term.type, term.words)

    def because(self, finding: Finding) -> Iterator[Because]:
        """Leaves of `applies` first; where it does not apply, the demand plays no part."""
        if finding.applies is not None:
            yield from self.explainer.because(finding.applies)
        if finding.status is not Status.NOT_APPLICABLE:
            yield from self.explainer.because(finding.demand)

    def readings(self, finding: Finding) -> Iterator[ReadingInfo]:
        """The readings of every ambiguous statement that this finding rests on."""
        if not self.result.setup.readings:
            return
        traces = [trace for trace in (finding.applies, finding.demand) if trace is not None]
        paths = dict.fromkeys(path for trace in traces for path in self.read_paths(trace))
        for path in paths:
            for reading in self.result.setup.readings.get(path, ()):
                term = parse_subject(path).term(self.german.vocabulary)
                value = format_value(reading.value, term.type, term.words)
                yield ReadingInfo(fact=path, text=reading.text, value=value)

    def read_paths(self, trace: Trace) -> Iterator[str]:
        """Every stated path behind a trace, through derived facts; records that do not count are left out."""
        node = trace.node
        if isinstance(node, syntax.Field):
            yield f"{node.list}[{trace.record}].{node.name}"
        elif isinstance(node, syntax.Fact):
            origin = self.result.origins.derived.get(node.path)
            yield from self.read_paths(origin) if origin else [node.path]
        elif is_entry(trace) and not counts(trace):
            return
        for part in trace.parts:
            yield from self.read_paths(part)


def _deviation(finding: Finding) -> DeviationInfo | None:
    deviation = finding.deviation
    if deviation is None:
        return None
    return DeviationInfo(
        reason=deviation.reason,
        agreed_with=deviation.agreed_with,
        date=deviation.date.isoformat() if deviation.date else None,
        until=deviation.until.isoformat() if deviation.until else None,
        in_force=finding.deviation_in_force,
    )
