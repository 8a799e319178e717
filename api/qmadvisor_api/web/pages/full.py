"""The full check: topic by topic, in any order."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.service import service_of
from qmadvisor_api.web.applying import Applied
from qmadvisor_api.web.forms import read_form
from qmadvisor_api.web.guidance import Guide, guides_of
from qmadvisor_api.web.matrix_view import grid_of
from qmadvisor_api.web.pages.start import about_page
from qmadvisor_api.web.plans import Plan, new_plan
from qmadvisor_api.web.posting import taken_over, with_action
from qmadvisor_api.web.questions import control_of, faults_of
from qmadvisor_api.web.rendering import is_htmx, page, part
from qmadvisor_api.web.standing import standing

router = APIRouter(include_in_schema=False, prefix="/pruefen/voll")
_HERE = "Zu diesem Thema"


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic and how far it is."""

    key: str
    title: str
    number: int
    count: int
    answered: int
    begun: bool

    @property
    def state(self) -> str:
        """Tell whether it is still to do, begun, or done."""
        return "done" if self.answered == self.count else "begun" if self.begun else "open"

    @property
    def words(self) -> str:
        """Say how far it is."""
        if self.state == "done":
            return "beantwortet"
        if self.answered:
            return f"{self.answered} von {self.count} beantwortet"
        if self.begun:
            return "begonnen"
        return "1 Frage" if self.count == 1 else f"{self.count} Fragen"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a button leads."""

    action: str
    title: str


@router.get("")
async def begin(request: Request) -> Response:
    """Show the topics for an empty plan."""
    return await _overview(request, Applied(new_plan(service_of(request).rule_base)))


@router.post("")
async def overview(request: Request) -> Response:
    """Take over the answers, and show the topics."""
    form = await read_form(request)
    applied = await taken_over(request, form)
    back = await left_page(request, applied, form)
    return back or await _overview(request, applied)


@router.get("/{key}")
async def first(request: Request, key: str) -> Response:
    """Show a topic for an empty plan."""
    return await topic_page(request, Applied(new_plan(service_of(request).rule_base)), key)


@router.post("/{key}")
async def topic(request: Request, key: str) -> Response:
    """Take over the answers of the page that was left, and show the topic."""
    form = await read_form(request)
    applied, new = await with_action(request, form)
    if is_htmx(request):
        guides = _guides(key, service_of(request).rule_base)
        return part(request, "pruefen/_stand.html", **await standing(request, applied.plan, guides, _HERE))
    back = await left_page(request, applied, form)
    return back or await topic_page(request, applied, key, new=new, area=_area(form))


def topics_of(plan: Plan, base: RuleBase) -> list[Topic]:
    """Return the topics in their order, with what is answered."""
    catalogue = base.knowledge.catalogue
    found: list[Topic] = []
    for key, title in catalogue.topics.items():
        paths = [fact.path for fact in catalogue.inputs if fact.topic == key]
        if paths:
            answered = sum(map(plan.answers, paths))
            begun = any(path in plan.facts for path in paths)
            found.append(Topic(key, title, len(found) + 1, len(paths), answered, begun))
    return found


async def left_page(request: Request, applied: Applied, form: dict[str, str]) -> Response | None:
    """Where an answer could not be taken over, stay on the page that it was given on."""
    left = form.get("von", "")
    told = applied.plan.in_scope is not False or form.get("trotzdem") == "ja"
    if left == "angaben" and not (applied.fine and told):
        return about_page(request, applied, asks_programme=applied.fine, ahead="/pruefen/voll")
    if applied.fine or left not in service_of(request).rule_base.knowledge.catalogue.topics:
        return None
    return await topic_page(request, applied, left, area=_area(form))


async def _overview(request: Request, applied: Applied) -> Response:
    topics = topics_of(applied.plan, service_of(request).rule_base)
    return page(
        request,
        "pruefen/uebersicht.html",
        plan=applied.plan,
        topics=topics,
        count=sum(one.count for one in topics),
        answered=sum(one.answered for one in topics),
        **await standing(request, applied.plan, (), ""),
    )


async def topic_page(
    request: Request, applied: Applied, key: str, *, new: str = "", area: str = ""
) -> Response:
    """Show a topic; `new` is the key of an entry that was just added, `area` the one whose tasks are shown."""
    base = service_of(request).rule_base
    topics = topics_of(applied.plan, base)
    at = next((at for at, one in enumerate(topics) if one.key == key), None)
    if at is None:
        raise HTTPException(404)
    facts = [fact for fact in base.knowledge.catalogue.inputs if fact.topic == key]
    controls = [control_of(fact, applied, base, new=new) for fact in facts]
    return page(
        request,
        "pruefen/thema.html",
        status=200 if applied.fine else 422,
        plan=applied.plan,
        topic=topics[at],
        topics=topics,
        controls=controls,
        grid=next((grid_of(one, applied.plan, area) for one in controls if one.kind == "task_matrix"), None),
        open_area=area,
        faults=faults_of(applied, base),
        previous=_way(request, topics[at - 1]) if at else None,
        following=_way(request, topics[at + 1]) if at + 1 < len(topics) else _done(request),
        **await standing(request, applied.plan, _guides(key, base), _HERE),
    )


def _area(form: dict[str, str]) -> str:
    """The area of the task matrix whose single tasks are shown: the one that is asked for, else the one before."""
    action, _, area = form.get("aktion", "").partition("|")
    return area if action == "bereich" else form.get("bereich", "")


def _guides(key: str, base: RuleBase) -> list[Guide]:
    guides = guides_of(base)
    paths = [fact.path for fact in base.knowledge.catalogue.inputs if fact.topic == key]
    return list({one.rule: one for path in paths for one in guides[path]}.values())


def _way(request: Request, to: Topic) -> Way:
    return Way(f"{request.scope.get('root_path', '')}/pruefen/voll/{to.key}", to.title)


def _done(request: Request) -> Way:
    return Way(f"{request.scope.get('root_path', '')}/pruefen/voll", "Alle Themen")
