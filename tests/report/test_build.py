from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError
from tests.report.conftest import HEADER, FindingOf, ReportOf
from tests.report.setups import BEGUN, READY

from qmadvisor.engine.formula import Status
from qmadvisor.report import words
from qmadvisor.report.model import Counts, FindingInfo, Report
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import STRENGTHS
from qmadvisor.setup.model import PHASES, PROGRAMMES

POSTS = "stellen: {vollstaendig: ja, leitung: {rolle: qm, umfang: %s}}"


@pytest.fixture(scope="session", params=[BEGUN, READY, ""], ids=["begun", "ready", "empty"])
def report(request: pytest.FixtureRequest, report_of: ReportOf) -> Report:
    return report_of(request.param, header=HEADER.replace("umsetzung", "ausschreibung"))


# the summary


def as_dict(*counts: Counts) -> dict[str, int]:
    return {name: sum(getattr(one, name) for one in counts) for name in Counts.model_fields}


def test_the_counts_add_up(report: Report) -> None:
    summary = report.summary
    total = as_dict(summary.total)
    assert sum(total.values()) == len(report.findings)
    assert total == as_dict(*summary.by_strength.values())
    assert total == as_dict(*summary.by_section.values())
    assert total == as_dict(summary.due.now, summary.due.later)


def test_the_counts_are_those_of_the_findings(report: Report) -> None:
    for status in Status:
        found = [one for one in report.findings if one.status is status]
        assert getattr(report.summary.total, status.value) == len(found)
        for strength in STRENGTHS:
            expected = sum(one.strength == strength for one in found)
            assert getattr(report.summary.by_strength[strength], status.value) == expected


def test_all_strengths_and_all_used_sections_are_counted_in_order(report: Report) -> None:
    assert tuple(report.summary.by_strength) == STRENGTHS
    assert tuple(report.summary.by_section) == tuple(report.sections) == ("laufzeit", "raeume", "personal")


def test_only_deviations_that_excuse_something_are_counted(report_of: ReportOf) -> None:
    text = (
        "buero: {vorgesehen: ja, raum_m2: 20, technik: [computer]}\n"
        "abweichungen:\n"
        "  raeume.gruppenraum: {grund: Saal}\n"
        "  raeume.computer: {grund: erfüllt}\n"
        "  personal.halbe-stelle: {grund: offen}\n"
    )
    assert report_of(text).summary.deviations == 1
    assert report_of(text, honour=False).summary.deviations == 0


def test_a_deviation_in_force_keeps_the_status(finding: FindingOf) -> None:
    deviation = "{grund: Saal, vereinbart_mit: HEGISS, datum: 2026-01-02, bis: 2026-11-22}"
    text = f"buero: {{vorgesehen: ja, raum_m2: 20}}\nabweichungen: {{raeume.gruppenraum: {deviation}}}"
    found = finding("raeume.gruppenraum", text)
    assert found.status is Status.VIOLATED
    assert found.deviation is not None
    assert found.deviation.model_dump() == {
        "reason": "Saal",
        "agreed_with": "HEGISS",
        "date": "2026-01-02",
        "until": "2026-11-22",
        "in_force": True,
    }


@pytest.mark.parametrize(
    ("as_of", "honour", "in_force"),
    [(date(2026, 11, 22), True, True), (date(2026, 11, 23), True, False), (date(2026, 11, 22), False, False)],
)
def test_a_deviation_is_in_force_to_its_last_day_and_unless_ignored(
    finding: FindingOf, as_of: date, honour: bool, in_force: bool
) -> None:
    text = "abweichungen: {raeume.gruppenraum: {grund: Saal, bis: 2026-11-22}}"
    found = finding("raeume.gruppenraum", text, as_of, honour=honour)
    assert found.deviation is not None
    assert found.deviation.in_force is in_force


# programme and phase


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_each_programme_says_whether_the_guideline_was_written_for_it(
    report_of: ReportOf, programme: str
) -> None:
    info = report_of(header=HEADER.replace("sozialer_zusammenhalt", programme)).setup
    assert info.programme_label == PROGRAMMES[programme]
    if programme in ("soziale_stadt", "sozialer_zusammenhalt"):
        assert (info.in_scope, info.scope_note) == (True, None)
    else:
        assert (info.in_scope, info.scope_note) == (False, words.OUT_OF_SCOPE)


def test_a_programme_that_is_not_stated_is_not_taken_for_either(report_of: ReportOf) -> None:
    info = report_of(header=HEADER.replace("sozialer_zusammenhalt", "unbekannt")).setup
    assert (info.programme, info.in_scope, info.scope_note) == (None, None, words.SCOPE_UNKNOWN)
    assert info.programme_label == "nicht angegeben"


def test_without_a_phase_everything_is_due(report_of: ReportOf) -> None:
    report = report_of(header=HEADER.replace("umsetzung", "unbekannt"))
    assert report.setup.phase is None
    assert report.setup.phase_label == words.PHASE_UNKNOWN
    assert {one.due for one in report.findings} == {"now"}
    assert report.summary.due.later == Counts()


@pytest.mark.parametrize("phase", PHASES)
def test_a_finding_is_due_from_its_earliest_phase_on(report_of: ReportOf, phase: str) -> None:
    report = report_of(header=HEADER.replace("umsetzung", phase))
    assert report.setup.phase_label == PHASES[phase]
    later = {one.rule for one in report.findings if one.due == "later"}
    early = list(PHASES).index(phase) < list(PHASES).index("umsetzung")
    assert later == ({"raeume.computer", "personal.vertragsdauer"} if early else set())


# because


def texts(found: FindingInfo) -> list[str]:
    return [leaf.text for leaf in found.because]


def test_the_leaves_of_the_condition_for_applying_come_first(finding: FindingOf) -> None:
    found = finding("raeume.gruppenraum", "buero: {vorgesehen: ja, raum_m2: 24.9}")
    assert [leaf.model_dump() for leaf in found.because] == [
        {
            "text": "ein Stadtteilbüro ist vorgesehen",
            "fact": "buero.vorgesehen",
            "value": "ja",
            "demanded": None,
            "truth": True,
        },
        {
            "text": "die Größe des Gruppenraums beträgt weniger als 25 m²",
            "fact": "buero.raum_m2",
            "value": "24,9 m²",
            "demanded": "mindestens 25 m²",
            "truth": False,
        },
    ]


def test_what_does_not_apply_is_not_measured(finding: FindingOf) -> None:
    found = finding("raeume.gruppenraum", "buero: {vorgesehen: nein, raum_m2: 24.9}")
    assert found.status is Status.NOT_APPLICABLE
    assert texts(found) == ["ein Stadtteilbüro ist nicht vorgesehen"]
    assert (
        found.message
        == "Diese Empfehlung betrifft Ihre Planung nicht: ein Stadtteilbüro ist nicht vorgesehen."
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{barrierefrei: ja, raum_m2: 10}", ["das Büro ist barrierefrei"]),
        ("{barrierefrei: ja}", ["das Büro ist barrierefrei"]),
        ("{barrierefrei: nein, raum_m2: 60}", ["die Größe des Gruppenraums beträgt mindestens 60 m²"]),
        (
            "{barrierefrei: nein, raum_m2: 59}",
            ["das Büro ist nicht barrierefrei", "die Größe des Gruppenraums beträgt weniger als 60 m²"],
        ),
        ("{barrierefrei: nein}", ["die Größe des Gruppenraums beträgt mindestens 60 m²"]),
    ],
)
def test_only_the_branches_that_decided_are_reasons(
    finding: FindingOf, given: str, expected: list[str]
) -> None:
    assert texts(finding("raeume.zugang", f"buero: {given}")) == expected


def test_of_a_false_every_only_the_failing_records_are_reasons(finding: FindingOf) -> None:
    text = (
        "projekt.ende: 2030-12-31\n"
        "stellen:\n"
        "  vollstaendig: ja\n"
        "  eins: {rolle: qm, befristet_bis: 2029-12-31}\n"
        "  zwei: {rolle: qm, befristet_bis: 2031-12-31}\n"
        "  drei: {rolle: assistenz, befristet_bis: 2029-12-31}\n"
    )
    found = finding("personal.vertragsdauer", text)
    assert found.status is Status.VIOLATED
    assert texts(found) == [
        "Stelle „eins“: die Rolle ist „Quartiersmanagement“",
        "Stelle „zwei“: die Rolle ist „Quartiersmanagement“",
        "Stelle „eins“: das Ende der Befristung ist früher als das Ende des Projekts",
    ]


def test_of_a_true_some_only_the_matching_records_are_reasons(finding: FindingOf) -> None:
    text = "stellen: {vollstaendig: ja, eins: {rolle: assistenz}, zwei: {rolle: qm}}"
    first = finding("personal.vertragsdauer", text).because[0]
    assert first.text == "Stelle „zwei“: die Rolle ist „Quartiersmanagement“"
    assert (first.fact, first.value, first.truth) == ("stellen[zwei].rolle", "Quartiersmanagement", True)


def test_of_a_false_some_every_record_is_a_reason(finding: FindingOf) -> None:
    text = "stellen: {vollstaendig: ja, eins: {rolle: assistenz}, zwei: {rolle: assistenz}}"
    found = finding("personal.vertragsdauer", text)
    assert found.status is Status.NOT_APPLICABLE
    assert texts(found) == [f"Stelle „{name}“: die Rolle ist „Assistenz“" for name in ("eins", "zwei")]
    assert {leaf.truth for leaf in found.because} == {False}


def test_of_a_true_every_every_record_that_counts_is_a_reason(finding: FindingOf) -> None:
    text = (
        "projekt.ende: 2030-12-31\n"
        "stellen: {vollstaendig: ja, eins: {rolle: qm, befristet_bis: 2031}, zwei: {rolle: assistenz}}"
    )
    found = finding("personal.vertragsdauer", text)
    assert found.status is Status.FULFILLED
    assert texts(found) == [
        "Stelle „eins“: die Rolle ist „Quartiersmanagement“",
        "Stelle „eins“: das Ende der Befristung ist nicht früher als das Ende des Projekts",
    ]


def test_an_empty_list_is_a_reason_of_its_own(finding: FindingOf) -> None:
    found = finding("personal.vertragsdauer", "stellen: keine")
    assert found.status is Status.NOT_APPLICABLE
    assert texts(found) == ["bei keiner Stelle gilt: die Rolle ist „Quartiersmanagement“"]
    assert found.because[0].value == "keine"


def test_no_reason_is_given_twice(report: Report) -> None:
    for found in report.findings:
        assert len(set(found.because)) == len(found.because)


def test_a_danger_that_is_absent_is_said_as_absent(finding: FindingOf) -> None:
    text = f"sprechzeiten.stunden: 10\n{POSTS % '1'}"
    found = finding("personal.sprechzeiten", text)
    assert found.status is Status.FULFILLED
    assert texts(found) == ["der Anteil der Sprechzeiten beträgt höchstens 50 %"]


# why open, and what to ask


def test_an_answer_that_nobody_gave_is_missing_with_its_question(finding: FindingOf) -> None:
    found = finding("raeume.gruppenraum")
    assert found.status is Status.OPEN
    assert [(one.kind, one.subject, one.text) for one in found.open_because] == [
        ("facts", "buero.vorgesehen", "Stadtteilbüro: noch nicht angegeben."),
        ("facts", "buero.raum_m2", "Größe des Gruppenraums: noch nicht angegeben."),
    ]
    assert [(one.fact, one.label, one.question) for one in found.missing] == [
        ("buero.vorgesehen", "Stadtteilbüro", "Ist ein Stadtteilbüro vorgesehen?"),
        ("buero.raum_m2", "Größe des Gruppenraums", "Wie groß ist der Gruppenraum?"),
    ]


def test_an_option_that_nobody_chose_is_missing_by_name(finding: FindingOf) -> None:
    found = finding("raeume.computer", "buero.technik: [internet]")
    assert found.open_because[0].subject == "buero.technik[computer]"
    assert found.open_because[0].text == "Technik: ein Computer: noch nicht angegeben."
    assert found.missing[0].model_dump() == {
        "fact": "buero.technik",
        "label": "Technik",
        "item": "computer",
        "item_label": "ein Computer",
        "question": "Welche Technik ist vorgesehen?",
    }


def test_an_answer_that_is_too_vague_says_what_would_settle_it(finding: FindingOf) -> None:
    found = finding("raeume.gruppenraum", "buero: {vorgesehen: ja, raum_m2: mindestens 20}")
    (reason,) = found.open_because
    assert (reason.kind, reason.subject) == ("imprecise", "buero.raum_m2")
    assert reason.text == (
        "Größe des Gruppenraums: „mindestens 20 m²“ ist noch nicht genau genug, um zu entscheiden, "
        "ob gilt: die Größe des Gruppenraums beträgt mindestens 25 m²."
    )
    assert found.missing[0].question == "Wie groß ist der Gruppenraum?"


def test_a_missing_field_names_its_record(finding: FindingOf) -> None:
    found = finding("personal.halbe-stelle", "stellen: {vollstaendig: ja, leitung: {rolle: qm}}")
    (reason,) = found.open_because
    assert (reason.kind, reason.subject) == ("facts", "stellen[leitung].umfang")
    assert reason.text == "Stelle „leitung“, Umfang: noch nicht angegeben."
    assert found.missing[0].label == "Stelle „leitung“, Umfang"
    assert found.missing[0].question == "Welchen Umfang hat die Stelle?"


def test_an_open_list_is_asked_for_its_end(finding: FindingOf) -> None:
    found = finding("personal.halbe-stelle", "stellen: {leitung: {rolle: qm, umfang: 0.25}}")
    (reason,) = found.open_because
    assert (reason.kind, reason.subject) == ("facts", "stellen")
    assert "ob die Liste vollständig ist" in reason.text
    assert found.missing[0].question == "Sind das alle Stellen?"
    assert finding("personal.halbe-stelle").missing[0].question == "Welche Stellen sind vorgesehen?"


def test_a_day_without_value_is_no_missing_answer(finding: FindingOf) -> None:
    found = finding("laufzeit.grosses-gebiet", "gebiet.einwohner: 9000", date(2028, 1, 1))
    (reason,) = found.open_because
    assert (reason.kind, reason.subject) == ("no_parameter", "gebietsgroesse")
    assert reason.text == ("Für diesen Tag ist kein Wert hinterlegt: Einwohnerzahl eines großen Gebiets.")
    assert found.missing == ()


def test_a_division_by_zero_is_a_data_problem(finding: FindingOf) -> None:
    found = finding("personal.sprechzeiten", f"sprechzeiten.stunden: 10\n{POSTS % '0'}")
    assert found.status is Status.OPEN
    assert {one.kind for one in found.open_because} == {"data_problem"}
    assert found.open_because[0].text.endswith("Mit diesem Wert lässt sich nicht rechnen.")
    assert found.missing == ()


def test_a_reading_that_is_switched_off_says_so(finding: FindingOf) -> None:
    found = finding("personal.sprechzeiten", "parameter: {grenze: aus}")
    title = "Ab welchem Anteil Sprechzeiten viel Raum einnehmen"
    assert found.status is Status.NOT_APPLICABLE
    assert found.message == f"Diese Lesart ist in Ihrer Planung abgeschaltet (Parameter „{title}“)."
    assert (found.open_because, found.missing, found.advice) == ((), (), None)


def test_a_value_that_is_switched_off_is_not_missing_for_the_day(finding: FindingOf) -> None:
    text = f"parameter: {{vollzeitwoche: aus}}\nsprechzeiten.stunden: 10\n{POSTS % '1'}"
    found = finding("personal.sprechzeiten", text)
    assert [one.text for one in found.open_because] == [
        "In Ihrer Planung abgeschaltet: Wochenstunden einer vollen Stelle."
    ]


def test_what_is_settled_is_not_open(report_of: ReportOf) -> None:
    for found in report_of(READY).findings:
        assert found.status is not Status.OPEN
        assert (found.open_because, found.missing) == ((), ())


# the rest of a finding


def test_hours_a_year_show_both_readings(finding: FindingOf) -> None:
    found = finding("personal.halbe-stelle", POSTS % "{jahresstunden: 800}")
    assert found.status is Status.OPEN
    assert [(one.fact, one.value) for one in found.readings] == [
        ("stellen[leitung].umfang", "rund 0,39 Stellen"),
        ("stellen[leitung].umfang", "0,5 Stellen"),
    ]
    assert found.missing[0].question == (
        "Schließen die Jahresstunden Urlaub und Feiertage ein (verteilt) oder nicht (netto)?"
    )
    assert found.readings[0].text.startswith("800 Stunden im Jahr ÷ 52 Wochen ÷ 39 Stunden je Woche")


def test_readings_of_records_that_do_not_count_are_left_out(finding: FindingOf) -> None:
    text = "stellen: {vollstaendig: ja, hilfe: {rolle: assistenz, umfang: {jahresstunden: 800}}}"
    assert finding("personal.halbe-stelle", text).readings == ()


def test_advice_stands_where_there_is_something_to_do(report_of: ReportOf) -> None:
    statuses = set()
    for text in (BEGUN, READY, "buero.vorgesehen: nein"):
        for found in report_of(text).findings:
            statuses.add(found.status)
            assert (found.advice is not None) == (found.status in (Status.VIOLATED, Status.OPEN))
    assert statuses == set(Status)


def test_a_finding_carries_its_rule(finding: FindingOf) -> None:
    found = finding("raeume.gruppenraum", "buero: {vorgesehen: ja, raum_m2: 24.9}")
    assert (found.section, found.strength, found.wording, found.hedge) == (
        "raeume",
        "soll",
        "sollte",
        "moeglichst",
    )
    assert found.source.model_dump() == {
        "document": "Leitfaden zur Probe",
        "section": "Räume und Infrastruktur",
        "page": 14,
        "passages": ({"id": "raeume-02", "page": 14}, {"id": "raeume-01", "page": 13}),
    }
    assert found.notes == ("Der Leitfaden nennt nur den Gruppenraum.",)
    assert found.interpretation is None
    assert found.advice is not None
    assert found.advice.by == ("kommune", "traeger")
    assert finding("personal.sprechzeiten").interpretation is not None


def test_placeholders_show_values_and_parameters(finding: FindingOf) -> None:
    found = finding(
        "personal.sprechzeiten", f"parameter: {{grenze: 30}}\nsprechzeiten.stunden: 13\n{POSTS % '1'}"
    )
    assert found.message == "Die Sprechzeiten nehmen rund 33,33 % der Arbeitszeit ein, mehr als 30 %."


def test_hints_are_offered_taken_or_left_out(report_of: ReportOf) -> None:
    assert report_of().hints == ()
    assert [hint.state for hint in report_of("buero.vorgesehen: ja").hints] == ["offered"]
    (hint,) = report_of("buero.barrierefrei: ja").hints
    assert (hint.state, hint.message) == ("taken", "Das Haus wird mit anderen geteilt.")
    assert hint.notes == ("Eine Möglichkeit und keine Pflicht.",)
    assert report_of("buero.vorgesehen: ja").summary.hints == 1
    assert (hint.due, hint.section, hint.source.page) == ("now", "raeume", 14)


def test_the_report_names_its_rules_its_day_and_its_engine(report_of: ReportOf, base: RuleBase) -> None:
    report = report_of()
    assert report.rule_base.id == "hegiss-2018"
    assert report.rule_base.digest == base.digest
    assert report.rule_base.guideline_as_of == "2018-12"
    assert (report.engine, report.as_of) == ("compiled", "2026-11-22")
    assert "keine Rechtsberatung" in report.disclaimer
    assert "keine Zusage einer Förderung" in report.disclaimer


def test_a_report_does_not_change(report: Report) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        report.engine = "other"
    with pytest.raises(ValidationError, match="frozen"):
        report.findings[0].message = "other"
