"""What is still open, question by question: an answer often settles several findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.language.subjects import parse_subject
from qmadvisor.report.model import FindingInfo


@dataclass(slots=True)
class OpenQuestion:
    """One question, its place in the check, the options that nobody answered yet, and the findings that wait."""

    path: str
    topic: str
    place: str
    label: str
    question: str
    items: dict[str, None] = field(default_factory=dict)
    findings: list[FindingInfo] = field(default_factory=list)

    @property
    def later(self) -> bool:
        """Whether nothing that waits for the answer is due yet."""
        return all(finding.due == "later" for finding in self.findings)


def open_questions(findings: Iterable[FindingInfo], catalogue: Catalogue) -> tuple[OpenQuestion, ...]:
    """Gather what open findings ask for; what is due first, then what most findings wait for."""
    questions: dict[str, OpenQuestion] = {}
    for finding in findings:
        for one in finding.missing:
            subject = parse_subject(one.fact)
            topic = catalogue.facts[subject.path].topic
            place = subject.fact if subject.field else f"frage:{subject.path}"
            asked = questions.setdefault(
                one.fact, OpenQuestion(subject.path, topic, place, one.label, one.question)
            )
            if one.item_label:
                asked.items[one.item_label] = None
            if finding not in asked.findings:
                asked.findings.append(finding)
    return tuple(sorted(questions.values(), key=lambda one: (one.later, -len(one.findings))))


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the check, with its questions by path."""

    title: str
    questions: tuple[tuple[str, str], ...]


#: What a plan says of itself can be varied, too.
HEADER = {"programm": "Förderprogramm", "phase": "Phase der Planung"}


def all_questions(catalogue: Catalogue) -> tuple[Topic, ...]:
    """Every question that can be answered otherwise, by topic; a list is named by what it holds."""
    topics = [Topic("Zur Planung", tuple(HEADER.items()))]
    for topic, title in catalogue.topics.items():
        found = tuple((fact.path, fact.words.label) for fact in catalogue.inputs if fact.topic == topic)
        topics += [Topic(title, found)] if found else []
    return tuple(topics)
