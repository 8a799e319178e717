from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion
from tests.report.conftest import EXAMPLES, HEADER, Check, CheckExample
from tests.report.setups import BEGUN, READY

from qmadvisor.engine.formula import Status
from qmadvisor.report.build import build_report
from qmadvisor.report.roadmap import build_roadmap
from qmadvisor.report.roadmap_model import SCHEMA, KnownDate, Roadmap, RoadmapPhase, Step
from qmadvisor.report.roadmap_text import NAMED, WIDTH, render_roadmap
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import PHASE_ORDER, STRENGTHS

RoadmapOf = Callable[..., Roadmap]
MANY_GAPS = next(path for path in EXAMPLES if path.stem == "beispiel-viele-luecken")
TENDER = HEADER.replace("umsetzung", "ausschreibung")
#: Everything of the small rule base is fulfilled or does not apply.
DONE = """
buero: {vorgesehen: ja, barrierefrei: ja, raum_m2: 30, technik: {computer: ja}}
gebiet.einwohner: 7000
projekt.ende: 2030-12-31
sprechzeiten.stunden: 8
stellen: {vollstaendig: ja, leitung: {rolle: qm, umfang: 1, befristet_bis: 2031-01-31}}
"""


@pytest.fixture(scope="session")
def roadmap_of(check: Check) -> RoadmapOf:
    def build(*args: object, **options: object) -> Roadmap:
        return build_roadmap(check(*args, **options))

    return build


@pytest.fixture(scope="session")
def text_of(roadmap_of: RoadmapOf, base: RuleBase) -> Callable[..., str]:
    """The text of a roadmap; version and digest of the rules are masked."""

    def render(*args: object, **options: object) -> str:
        known = f"Regelwerk {base.version}, Prüfsumme {base.digest[:12]}"
        return render_roadmap(roadmap_of(*args, **options)).replace(
            known, "Regelwerk <Version>, Prüfsumme <Digest>"
        )

    return render


@pytest.fixture(scope="session")
def example(check_example: CheckExample) -> Callable[[Path], Roadmap]:
    """The roadmap of an example setup; each is built once."""
    return cache(lambda path: build_roadmap(check_example(path)))


def steps(roadmap: Roadmap) -> Iterator[Step]:
    return (step for phase in roadmap.phases for step in phase.steps)


def phase(roadmap: Roadmap, name: str) -> RoadmapPhase:
    return next(one for one in roadmap.phases if one.phase == name)


# the text


@pytest.mark.parametrize(
    ("text", "header"),
    [(BEGUN, TENDER), (READY, HEADER), (DONE, HEADER), ("", HEADER.replace("umsetzung", "unbekannt"))],
    ids=["begun", "ready", "done", "empty"],
)
def test_the_whole_roadmap(
    text_of: Callable[..., str], snapshot: SnapshotAssertion, text: str, header: str
) -> None:
    assert text_of(text, header=header) == snapshot


def test_two_blocks_have_headings_of_their_own(roadmap_of: RoadmapOf) -> None:
    roadmap = roadmap_of("buero: {vorgesehen: ja, raum_m2: 10, barrierefrei: nein}")
    whole = phase(roadmap, "umsetzung")
    split = whole.model_copy(update={"first": whole.first[:1], "then": whole.first[1:]})
    shown = render_roadmap(roadmap.model_copy(update={"phases": (split,)}))
    first, then = shown.index("Zuerst: was mehrere Befunde"), shown.index("\n\nDanach: was er empfiehlt")
    assert first < shown.index(whole.first[0].text) < then < shown.index(whole.first[1].text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_setup_fits(example: Callable[[Path], Roadmap], path: Path) -> None:
    shown = render_roadmap(example(path))
    assert max(map(len, shown.splitlines())) <= WIDTH
    assert not [line for line in shown.splitlines() if line != line.rstrip()]
    assert "\x1b" not in shown


def test_markup_in_a_title_is_plain_text(text_of: Callable[..., str]) -> None:
    shown = text_of(header=HEADER.replace("Nordstadt", "'[bold]Nord[/bold] {0} <b>'"))
    assert shown.startswith("Fahrplan zur Planung „[bold]Nord[/bold] {0} <b>“\n")


@pytest.mark.parametrize(
    ("count", "more"),
    [(NAMED, None), (NAMED + 1, "und 1 weiterer Befund"), (NAMED + 3, "und 3 weitere Befunde")],
)
def test_a_question_names_some_findings_and_counts_the_others(
    roadmap_of: RoadmapOf, count: int, more: str | None
) -> None:
    roadmap = roadmap_of("")
    whole = phase(roadmap, "umsetzung")
    step = whole.first[0].model_copy(update={"findings": whole.first[0].findings * count})
    alone = roadmap.model_copy(update={"phases": (whole.model_copy(update={"first": (step,), "then": ()}),)})
    shown = " ".join(render_roadmap(alone).split())
    assert shown.count("[raeume.computer]") == NAMED
    assert ("weitere" in shown) is (more is not None)
    assert more is None or more in shown


# what is in it


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_that_is_violated_or_open_gets_lost(check_example: CheckExample, path: Path) -> None:
    result = check_example(path)
    roadmap = build_roadmap(result)
    expected = {
        one.rule: one.status
        for one in build_report(result).findings
        if one.status in (Status.VIOLATED, Status.OPEN) and not (one.deviation and one.deviation.in_force)
    }
    single = [step for step in steps(roadmap) if step.kind != "combine"]
    assert {one.rule: one.status for step in single for one in step.findings} == expected
    acts = [step for step in single if step.kind == "act"]
    assert len(acts) == list(expected.values()).count(Status.VIOLATED) == roadmap.counts.act
    counts = roadmap.counts
    numbers = [step.number for step in steps(roadmap)]
    assert numbers == list(range(1, counts.combine + counts.act + counts.ask + 1))


def test_advice_that_follows_from_several_findings_opens_its_phase(check_example: CheckExample) -> None:
    result = check_example(MANY_GAPS)
    advice = build_report(result).advice
    roadmap = build_roadmap(result)
    combined = [step for step in steps(roadmap) if step.kind == "combine"]
    assert sorted(step.title for step in combined) == sorted(one.title for one in advice)
    assert roadmap.counts.combine == len(advice) > 0
    for one in roadmap.phases:
        kinds = [step.kind == "combine" for step in one.steps]
        assert kinds == sorted(kinds, reverse=True)
    for step in combined:
        told = next(one for one in advice if one.title == step.title)
        assert (step.text, step.effort, set(step.by)) == (told.text, told.effort, set(told.by))
        assert {one.rule for one in step.findings} == {one.rule for one in told.follows_from}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_firmest_comes_first_violated_before_open_easy_before_hard(
    example: Callable[[Path], Roadmap], path: Path
) -> None:
    efforts = ["gering", "mittel", "hoch", None]
    for one in example(path).phases:
        ranks = [
            (
                step.kind != "combine",
                STRENGTHS.index(step.strength),
                step.kind == "ask",
                efforts.index(step.effort),
            )
            for step in one.steps
        ]
        assert ranks == sorted(ranks)


def test_a_question_is_asked_once_with_all_that_it_settles(roadmap_of: RoadmapOf) -> None:
    roadmap = roadmap_of("buero: {vorgesehen: ja, barrierefrei: nein}")
    (step,) = [step for step in steps(roadmap) if step.text == "Wie groß ist der Gruppenraum?"]
    assert [(one.rule, one.settled) for one in step.findings] == [
        ("raeume.zugang", True),
        ("raeume.gruppenraum", True),
    ]
    assert (step.kind, step.strength, step.effort) == ("ask", "muss", None)
    assert step in phase(roadmap, "vorbereitung").steps  # the earliest of what waits for it


def test_a_finding_that_waits_for_several_answers_stands_with_each(roadmap_of: RoadmapOf) -> None:
    found = [
        (step.title, one.settled)
        for step in steps(roadmap_of())
        for one in step.findings
        if one.rule == "raeume.gruppenraum"
    ]
    assert found == [("Größe des Gruppenraums", False), ("Stadtteilbüro", False)]


def test_open_options_stand_below_their_question(roadmap_of: RoadmapOf) -> None:
    (step,) = [step for step in steps(roadmap_of("buero.technik: [beamer]")) if step.title == "Technik"]
    assert step.items == ("ein Computer",)


def test_what_no_answer_would_settle_says_why_it_is_open(roadmap_of: RoadmapOf) -> None:
    (step,) = steps(
        roadmap_of(
            "gebiet.einwohner: 7000\n" + DONE.replace("gebiet.einwohner: 7000\n", ""), date(2028, 1, 1)
        )
    )
    assert (step.kind, step.title) == ("ask", "Kein übergroßes Gebiet")
    assert step.text == "Für diesen Tag ist kein Wert hinterlegt: Einwohnerzahl eines großen Gebiets."


def test_a_violated_rule_says_what_to_do_who_and_with_what_effort(roadmap_of: RoadmapOf) -> None:
    roadmap = roadmap_of("buero: {vorgesehen: ja, raum_m2: 10}")
    step = next(step for step in steps(roadmap) if step.kind == "act")
    assert (step.title, step.text) == ("Gruppenraum ab 25 m²", "Suchen Sie einen größeren Raum.")
    assert (step.by, step.effort) == (("kommune", "traeger"), "mittel")
    (found,) = step.findings
    assert (found.rule, found.status, found.strength, found.hedge, found.page) == (
        "raeume.gruppenraum",
        Status.VIOLATED,
        "soll",
        "moeglichst",
        14,
    )


@pytest.mark.parametrize("status", ["raum_m2: 20", "raum_m2: unbekannt"], ids=["violated", "open"])
def test_agreed_deviations_are_counted_and_left_out(roadmap_of: RoadmapOf, status: str) -> None:
    text = (
        f"buero: {{vorgesehen: ja, {status}}}\n"
        "abweichungen: {raeume.gruppenraum: {grund: Saal, bis: 2027}, raeume.zugang: {grund: x, bis: 2025}}"
    )
    roadmap = roadmap_of(text)
    assert roadmap.counts.deviations == 1
    rules = {one.rule for step in steps(roadmap) for one in step.findings}
    assert "raeume.gruppenraum" not in rules
    assert "raeume.zugang" in rules  # ran out


def test_nothing_to_do(roadmap_of: RoadmapOf) -> None:
    roadmap = roadmap_of(DONE)
    assert (roadmap.counts.act, roadmap.counts.ask) == (0, 0)
    assert not list(steps(roadmap))


# phases


@pytest.mark.parametrize("current", PHASE_ORDER)
def test_phases_are_told_apart_by_the_present_one(roadmap_of: RoadmapOf, current: str) -> None:
    timings = [one.timing for one in roadmap_of(header=HEADER.replace("umsetzung", current)).phases]
    place = PHASE_ORDER.index(current)
    assert timings == ["catch_up"] * place + ["now"] + ["later"] * (5 - place)


def test_without_a_phase_nothing_is_now_or_late(roadmap_of: RoadmapOf) -> None:
    roadmap = roadmap_of(header=HEADER.replace("umsetzung", "unbekannt"))
    assert {one.timing for one in roadmap.phases} == {None}
    assert tuple(one.phase for one in roadmap.phases) == PHASE_ORDER


def test_few_steps_stay_in_one_block(roadmap_of: RoadmapOf) -> None:
    assert all(not one.then for one in roadmap_of().phases)


def test_of_many_steps_the_firm_ones_come_first(example: Callable[[Path], Roadmap]) -> None:
    split = [one for one in example(MANY_GAPS).phases if one.then]
    assert split
    for one in split:
        assert {step.strength for step in one.first if step.kind != "combine"} <= {"muss", "soll"}
        assert not {step.strength for step in one.then} & {"muss", "soll"}


# dates


@pytest.mark.parametrize(
    ("stated", "text", "earliest", "latest", "relation"),
    [
        ("2030-12-31", "31.12.2030", "2030-12-31", "2030-12-31", "coming"),
        ("2030", "2030", "2030-01-01", "2030-12-31", "coming"),
        ("2027-03", "März 2027", "2027-03-01", "2027-03-31", "coming"),
        ("2026-11", "November 2026", "2026-11-01", "2026-11-30", "uncertain"),
        ("2026-11-22", "22.11.2026", "2026-11-22", "2026-11-22", "coming"),
        ("2026-11-21", "21.11.2026", "2026-11-21", "2026-11-21", "past"),
        ("frühestens 2030-05", "frühestens 01.05.2030", "2030-05-01", None, "coming"),
        ("spätestens 2030-05", "spätestens 31.05.2030", None, "2030-05-31", "uncertain"),
        ("spätestens 2020", "spätestens 31.12.2020", None, "2020-12-31", "past"),
    ],
)
def test_a_date_is_no_more_exact_than_it_was_stated(
    roadmap_of: RoadmapOf, stated: str, text: str, earliest: str | None, latest: str | None, relation: str
) -> None:
    (known,) = roadmap_of(f"projekt.ende: {stated}").dates
    assert known == KnownDate(
        fact="projekt.ende",
        label="Ende des Projekts",
        text=text,
        earliest=earliest,
        latest=latest,
        relation=relation,  # type: ignore[arg-type]  # a text of the table above
        phase="verstetigung",
    )


def test_dates_stand_in_order_of_time_with_those_of_records(roadmap_of: RoadmapOf) -> None:
    text = (
        "projekt.ende: 2030\n"
        "stellen:\n"
        "  b: {rolle: qm, befristet_bis: spätestens 2029-06}\n"
        "  a: {rolle: qm, befristet_bis: 2031}\n"
        "  c: {rolle: qm}\n"
    )
    roadmap = roadmap_of(text)
    assert [(one.fact, one.label) for one in roadmap.dates] == [
        ("stellen[b].befristet_bis", "Stelle „b“, Ende der Befristung"),
        ("projekt.ende", "Ende des Projekts"),
        ("stellen[a].befristet_bis", "Stelle „a“, Ende der Befristung"),
    ]
    assert [one.fact for one in phase(roadmap, "verstetigung").dates] == ["projekt.ende"]


@pytest.mark.parametrize("text", ["", "projekt.ende: unbekannt", "projekt.ende: "])
def test_no_date_is_invented(roadmap_of: RoadmapOf, text: str) -> None:
    assert roadmap_of(text).dates == ()


# JSON


@pytest.mark.parametrize("text", [BEGUN, READY, ""], ids=["begun", "ready", "empty"])
def test_a_roadmap_fits_its_schema_and_survives_json(roadmap_of: RoadmapOf, text: str) -> None:
    roadmap = roadmap_of(text)
    schema: dict[str, Any] = Roadmap.model_json_schema(by_alias=True, mode="serialization")
    Draft202012Validator.check_schema(schema)
    assert (
        list(Draft202012Validator(schema).iter_errors(roadmap.model_dump(mode="json", by_alias=True))) == []
    )
    assert Roadmap.model_validate_json(roadmap.to_json()) == roadmap
    assert roadmap.schema_ == SCHEMA == "qmadvisor.roadmap/1"


def test_the_same_setup_gives_the_same_bytes(base: RuleBase, check: Check) -> None:
    one, two = (build_roadmap(replace(check(BEGUN), rule_base=base)).to_json() for _ in range(2))
    assert one == two
    assert one.endswith("}\n")
