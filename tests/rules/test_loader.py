"""What the loader refuses: each time with the message, the file, the line and what to do."""

from __future__ import annotations

import pytest
from tests.rules.small_base import DANGER_FILE, HINT_FILE, RULE, RULE_FILE, SmallBase

from qmadvisor.engine.completeness import lint
from qmadvisor.errors import DocumentError, KnowledgeError
from qmadvisor.language import syntax
from qmadvisor.rules.loader import default_rule_base


def text_of(base: SmallBase) -> str:
    """The one problem, as people see it."""
    return str(base.problem())


# A base that loads


def test_the_small_base_loads_in_the_order_of_the_guideline(base: SmallBase) -> None:
    loaded = base.load()
    assert [rule.id for rule in loaded.rules] == ["laufzeit.kurz", "raeume.raum", "raeume.technik"]
    assert [rule.is_hint for rule in loaded.rules] == [False, False, True]
    assert [len(rule.conditions) for rule in loaded.rules] == [1, 2, 2]
    assert loaded.rule("raeume.raum").file == "raum.yaml"
    assert loaded.retired == {}


def test_a_danger_is_demanded_not_to_hold(base: SmallBase) -> None:
    demand = base.load().rule("laufzeit.kurz").demand
    assert isinstance(demand, syntax.Not)
    assert isinstance(demand.item, syntax.Compare)


def test_a_rule_is_due_from_its_earliest_phase(base: SmallBase) -> None:
    assert base.load().rule("laufzeit.kurz").spec.due_from == "ausschreibung"


def test_a_condition_may_stand_without_quotes_even_if_it_is_just_true(base: SmallBase) -> None:
    base.change(HINT_FILE, "offer_when: some s in stellen satisfies (s.umfang >= 0.5)", "offer_when: true")
    assert base.load().rule("raeume.technik").demand == syntax.Truth(True)


def test_an_interpretation_allows_any_wording(base: SmallBase) -> None:
    base.change(RULE_FILE, "wording: sollte", "wording: braucht\ninterpretation: Brauchen heißt sollen.")
    base.load()


# Names


def test_the_id_is_the_folder_and_the_file(base: SmallBase) -> None:
    base.change(RULE_FILE, "id: raeume.raum", "id: raeume.gruppenraum")
    assert text_of(base) == (
        "raum.yaml:1:1 id: Die id passt nicht zu Ordner und Datei.\n"
        "  gefunden: raeume.gruppenraum\n"
        "  erlaubt:  raeume.raum"
    )


def test_an_id_without_a_section_has_not_the_right_form(base: SmallBase) -> None:
    base.change(RULE_FILE, "id: raeume.raum", "id: Raum")
    assert "raum.yaml:1:1 id: Dieser Name hat nicht die erwartete Form.\n  gefunden: „Raum“" in text_of(base)


def test_a_passage_that_does_not_exist(base: SmallBase) -> None:
    base.change(RULE_FILE, "source: [raeume-01]", "source: [raeume-01, raeume-1]")
    assert text_of(base) == (
        "raum.yaml:5:21 source.1: Diese Passage gibt es nicht.\n"
        "  gefunden: raeume-1\n"
        "  Abhilfe:  Meinten Sie „raeume-01“?"
    )


def test_a_rule_needs_a_passage(base: SmallBase) -> None:
    base.change(RULE_FILE, "source: [raeume-01]", "source: []")
    assert text_of(base) == "raum.yaml:5:1 source: Hier wird mindestens ein Eintrag erwartet."


@pytest.mark.parametrize("name", ["kurtz", "unbekannt"])
def test_a_parameter_that_does_not_exist(base: SmallBase, name: str) -> None:
    base.change(DANGER_FILE, "parameter: kurz\n", f"parameter: {name}\n")
    assert text_of(base) == (
        "kurz.yaml:10:1 parameter: Diesen änderbaren Parameter gibt es nicht.\n"
        f"  gefunden: {name}\n"
        "  erlaubt:  kurz"
    )


def test_a_rule_in_a_folder_that_is_no_section(base: SmallBase) -> None:
    base.write("rules/räume/raum.yaml", RULE)
    assert text_of(base) == (
        "raum.yaml: Dieser Ordner ist kein Abschnitt des Leitfadens.\n"
        "  gefunden: räume\n"
        "  erlaubt:  laufzeit, raeume"
    )


@pytest.mark.parametrize(
    "name", ["rules/raum.yaml", "rules/raeume/neu/raum.yaml", "rules/raeume/neu/retired.yaml"]
)
def test_a_rule_beside_or_below_the_sections(base: SmallBase, name: str) -> None:
    base.write(name, RULE)
    assert base.problem().code == "section"


def test_a_rule_whose_file_has_another_ending_would_be_overlooked(base: SmallBase) -> None:
    base.write("rules/raeume/neu.yml", RULE)
    assert text_of(base) == "neu.yml: Die Namen der Dateien enden hier auf „.yaml“.\n  gefunden: neu.yml"


# Conditions


def test_a_fact_that_does_not_exist_names_the_nearest(base: SmallBase) -> None:
    base.change(RULE_FILE, "buero.raum_m2 >= 25", "buero.raum_qm >= 25")
    assert text_of(base) == (
        "raum.yaml:9:1 requires (Zeichen 1): Diesen Fakt gibt es nicht.\n"
        "  gefunden: buero.raum_qm\n"
        "  Abhilfe:  Meinten Sie „buero.raum_m2“?"
    )


def test_units_that_do_not_fit(base: SmallBase) -> None:
    base.change(RULE_FILE, "buero.raum_m2 >= 25", "buero.raum_m2 >= vertrag.dauer")
    problem = base.problem()
    assert (problem.code, problem.message) == ("unit", "Die Einheiten passen nicht zusammen.")
    assert str(problem.place) == "raum.yaml:9:1 requires (Zeichen 1)"
    assert problem.found == "buero.raum_m2 (Zahl in m²) und vertrag.dauer (Zahl in Monate)"


def test_a_condition_that_is_no_condition(base: SmallBase) -> None:
    base.change(RULE_FILE, "applies: buero.vorgesehen", "applies: buero.raum_m2")
    assert text_of(base) == (
        "raum.yaml:8:1 applies (Zeichen 1): Eine Bedingung muss wahr oder falsch sein.\n"
        "  gefunden: buero.raum_m2 (Zahl in m²)"
    )


def test_a_condition_that_cannot_be_read(base: SmallBase) -> None:
    base.change(RULE_FILE, "buero.raum_m2 >= 25", "buero.raum_m2 >=")
    assert str(base.problem()).startswith(
        "raum.yaml:9:1 requires (Zeichen 17): Der Ausdruck hört zu früh auf."
    )


@pytest.mark.parametrize(
    "condition",
    [
        "buero.raum_m2 >= 0",
        "buero.raum_m2 > 2000",
        "vertrag.beginn < vertrag.ende or vertrag.dauer <= 480",
        'not(vertrag.beginn < date("1999-01-01"))',
        "stellen_zusammen >= 0",
        'stichtag > date("2020-01-01")',
        "true",
        "buero.vorgesehen and false",
    ],
)
def test_a_condition_that_the_catalogue_settles(base: SmallBase, condition: str) -> None:
    base.change(RULE_FILE, "requires: buero.raum_m2 >= 25", f"requires: {condition}")
    problem = base.problem()
    assert problem.message == "Diese Bedingung ist schon durch die Grenzen des Katalogs entschieden."
    assert str(problem.place) == "raum.yaml:9:1 requires"


def test_the_value_of_a_parameter_settles_nothing_because_it_may_change(base: SmallBase) -> None:
    base.change("knowledge/parameters/kurz.yaml", "value: 36", "value: 481")
    base.load()


def test_the_settled_part_is_quoted(base: SmallBase) -> None:
    base.change(RULE_FILE, "buero.raum_m2 >= 25", "buero.raum_m2 >= 25 and vertrag.dauer >= 0")
    assert base.problem().found == "vertrag.dauer >= 0"


def test_what_is_offered_to_nobody_or_always_taken_is_settled(base: SmallBase) -> None:
    base.change(HINT_FILE, "offer_when: some s in stellen satisfies (s.umfang >= 0.5)", "offer_when: false")
    base.change(HINT_FILE, 'taken_when: buero.technik has "internet"', "taken_when: true")
    assert [str(problem.place) for problem in base.problems()] == [
        "technik.yaml:8:1 offer_when",
        "technik.yaml:9:1 taken_when",
    ]


def test_ranges_that_contradict_each_other_are_no_ground_to_stand_on(base: SmallBase) -> None:
    facts = "knowledge/facts/probe.yaml"
    base.change(
        facts,
        "min: 1999-01-01, max: 2060-12-31, label: Ende",
        "min: 1990-01-01, max: 1990-12-31, label: Ende",
    )
    assert base.problem().message == (
        "Diese Angaben widersprechen sich: vertrag.beginn, vertrag.ende, vertrag.dauer."
    )


# The form of a rule


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "requires: buero.raum_m2 >= 25",
            "requires: buero.raum_m2 >= 25\navoid: buero.vorgesehen",
            "Ein Befund braucht genau eines von „requires“ und „avoid“.",
        ),
        (
            "requires: buero.raum_m2 >= 25\n",
            "",
            "Ein Befund braucht genau eines von „requires“ und „avoid“.",
        ),
        (
            "applies: buero.vorgesehen",
            "taken_when: buero.vorgesehen",
            "„offer_when“ und „taken_when“ gehören zu Hinweisen (kind: hint).",
        ),
        ("strength: soll\n", "", "Ein Befund braucht „strength“ und „advice“."),
        ("advice: {text: Messen Sie nach., effort: gering, by: [kommune], until: ausschreibung}\n", "",
         "Ein Befund braucht „strength“ und „advice“."),
        (
            "  violated: Das passt nicht.\n",
            "",
            "„says“ braucht Texte für fulfilled, violated und open; erlaubt ist noch not_applicable.",
        ),
        (
            "  open: Das ist offen.\n",
            "  open: Das ist offen.\n  offered: Das ginge.\n",
            "„says“ braucht Texte für fulfilled, violated und open; erlaubt ist noch not_applicable.",
        ),
        (
            "strength: soll",
            "strength: soll\nparameter: kurz",
            "Ein Parameter braucht eine „interpretation“, die die Lesart begründet.",
        ),
    ],
)  # fmt: skip
def test_what_a_finding_needs(base: SmallBase, old: str, new: str, message: str) -> None:
    base.change(RULE_FILE, old, new)
    assert text_of(base) == f"raum.yaml:1:1: {message}"


@pytest.mark.parametrize("wrong", ["muss", "empfohlen", "ideal"])
def test_the_wording_shows_the_strength(base: SmallBase, wrong: str) -> None:
    base.change(RULE_FILE, "strength: soll", f"strength: {wrong}")
    assert text_of(base) == (
        f"raum.yaml:1:1: „sollte“ steht nicht für „{wrong}“; begründen Sie die Lesart als „interpretation“."
    )


@pytest.mark.parametrize(
    ("strength", "wording"),
    [
        ("muss", "müssen"),
        ("muss", "ist zu beachten"),
        ("muss", "Grundvoraussetzung"),
        ("soll", "setzt in der Regel voraus"),
        ("soll", "Selbstverständlich"),
        ("empfohlen", "empfiehlt sich"),
        ("empfohlen", "Erfahrung zeigt"),
        ("ideal", "Idealerweise"),
        ("ideal", "wünschenswert"),
        ("leitbild", "greift"),
    ],
)
def test_the_words_of_each_strength(base: SmallBase, strength: str, wording: str) -> None:
    base.change(RULE_FILE, "strength: soll\nwording: sollte", f"strength: {strength}\nwording: {wording}")
    base.load()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: hint", "kind: hint\nstrength: soll", "Ein Hinweis hat keine „strength“ und kein „advice“."),
        (
            "taken_when:",
            "applies: buero.vorgesehen\ntaken_when:",
            "Ein Hinweis hat „offer_when“, aber kein „requires“, „avoid“ oder „applies“.",
        ),
        (
            "offer_when:",
            "requires:",
            "Ein Hinweis hat „offer_when“, aber kein „requires“, „avoid“ oder „applies“.",
        ),
        ("  taken: Das ist schon so.\n", "", "„says“ braucht hier genau: offered, taken."),
        ('taken_when: buero.technik has "internet"\n', "", "„says“ braucht hier genau: offered."),
    ],
)
def test_what_a_hint_needs(base: SmallBase, old: str, new: str, message: str) -> None:
    base.change(HINT_FILE, old, new)
    assert text_of(base) == f"technik.yaml:1:1: {message}"


def test_all_that_is_wrong_with_the_form_is_said_at_once(base: SmallBase) -> None:
    base.change(RULE_FILE, "requires: buero.raum_m2 >= 25\n", "")
    base.change(RULE_FILE, "wording: sollte", "wording: muss")
    base.change(RULE_FILE, "  open: Das ist offen.\n", "")
    text = text_of(base)
    for part in ("genau eines von", "steht nicht für", "„says“ braucht"):
        assert part in text


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("since:", "sinc:", 7, "Diesen Schlüssel gibt es hier nicht."),
        ("since:", "sinc:", 1, "Dieser Schlüssel ist nötig und noch nicht angegeben."),
        ('since: "0.1"', "since: 0.1", 7, "Hier wird ein Text erwartet."),
        ("strength: soll", "strength: sol", 3, "Dieser Wert ist hier nicht vorgesehen."),
        ("phase: [ausschreibung]", "phase: ausschreibung", 6, "Hier wird eine Liste erwartet."),
        ("phase: [ausschreibung]", "phase: []", 6, "Hier wird mindestens ein Eintrag erwartet."),
        ("title: Raum ab 25 m²", 'title: ""', 2, "Dieser Text ist leer."),
        ("title: Raum ab 25 m²", f"title: {'x' * 71}", 2, "Dieser Text ist zu lang."),
        ("effort: gering", "effort: klein", 14, "Dieser Wert ist hier nicht vorgesehen."),
    ],
)  # fmt: skip
def test_a_key_or_value_that_a_rule_does_not_have(
    base: SmallBase, old: str, new: str, line: int, message: str
) -> None:
    base.change(RULE_FILE, old, new)
    found = [(problem.place.file, problem.place.line, problem.message) for problem in base.problems()]
    assert ("raum.yaml", line, message) in found


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("then: violated", "then: verletzt", 19, "Dieser Wert ist hier nicht vorgesehen."),
        ("then: violated", "then: violated, as_of: 2026-02-30", 19,
         "„2026-02-30“ ist kein Datum der Form JJJJ-MM-TT."),
        ("then: violated}", "then: violated", 20, "Die Datei ist kein gültiges YAML."),
        ("    - {given: {buero.vorgesehen: nein}, then: not_applicable}\n",
         "    - {given: {buero.vorgesehen: nein}, then: not_applicable}\nnotes: [Spät.]\n", 22,
         "Nach den Beispielen darf nichts mehr stehen."),
    ],
)  # fmt: skip
def test_examples_are_read_when_asked_for_and_lint_asks(
    base: SmallBase, old: str, new: str, line: int, message: str
) -> None:
    base.change(RULE_FILE, old, new)
    loaded = base.load()
    found = [(problem.place.file, problem.place.line, problem.message) for problem in lint(loaded)]
    assert ("raum.yaml", line, message) in found
    with pytest.raises((KnowledgeError, DocumentError)):
        _ = loaded.rule("raeume.raum").spec.examples


def test_a_rule_without_examples_is_refused(base: SmallBase) -> None:
    text = base.read(RULE_FILE)
    base.write(RULE_FILE, text[: text.index("examples:")])
    problem = base.problem()
    assert problem.message == "Eine Regel braucht Beispiele."
    assert problem.allowed == "„examples“ am Ende der Datei"


def test_a_misspelt_key_names_the_right_one(base: SmallBase) -> None:
    base.change(RULE_FILE, "requires:", "require:")
    assert base.problems()[0].remedy == "Meinten Sie „requires“?"


# Texts


@pytest.mark.parametrize(
    ("placeholder", "remedy"),
    [
        ("buero.raum", "Meinten Sie „buero.raum_m2“?"),
        ("parameter.kurtz", "Meinten Sie „parameter.kurz“?"),
        ("kurz", None),
        ("", None),
    ],
)
def test_a_placeholder_that_nothing_can_fill(base: SmallBase, placeholder: str, remedy: str | None) -> None:
    base.change(RULE_FILE, "fulfilled: Das passt.", f'fulfilled: "Das passt: {{{placeholder}}}."')
    problem = base.problem()
    assert problem.message == "Diesen Platzhalter kann nichts füllen."
    assert (str(problem.place), problem.found) == ("raum.yaml:11:3 says.fulfilled", placeholder)
    assert problem.remedy == remedy


def test_facts_and_parameters_fill_placeholders(base: SmallBase) -> None:
    text = "Das passt: {buero.raum_m2}, {vertrag.laufzeit}, {parameter.kurz}."
    base.change(RULE_FILE, "fulfilled: Das passt.", f'fulfilled: "{text}"')
    base.load()


@pytest.mark.parametrize("text", ["Das {passt.", "Das passt}.", "Das {{buero.raum_m2}} passt."])
def test_a_brace_that_stands_alone_would_be_printed(base: SmallBase, text: str) -> None:
    base.change(RULE_FILE, "fulfilled: Das passt.", f'fulfilled: "{text}"')
    assert text_of(base) == "raum.yaml:11:3 says.fulfilled: Eine geschweifte Klammer steht allein."


# Files


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id: [", "Die Datei ist kein gültiges YAML."),
        (b"", "Die Datei ist leer."),
        (b"\xff\xfe", "Die Datei ist nicht in UTF-8 gespeichert."),
        (b"id: &a raeume.raum\ntitle: *a\n", "Anker und Verweise (& und *) sind nicht erlaubt."),
        (b"id: a\nid: b\n", "Der Schlüssel „id“ steht zweimal, zuerst in Zeile 1."),
        (b"- a\n", "Hier werden Schlüssel mit Werten erwartet."),
        (b"nichts", "Hier werden Schlüssel mit Werten erwartet."),
    ],
)
def test_a_file_that_is_no_rule(base: SmallBase, data: bytes, message: str) -> None:
    base.write(RULE_FILE, data)
    problem = base.problem()
    assert (problem.place.file, problem.message) == ("raum.yaml", message)


def test_all_problems_of_all_files_come_at_once(base: SmallBase) -> None:
    base.write(RULE_FILE, b"id: [")
    base.change(DANGER_FILE, "vertrag.laufzeit <", "vertrag.laufzeiten <")
    base.change(DANGER_FILE, "source: [laufzeit-01]", "source: [laufzeit-02]")
    base.change(HINT_FILE, "taken: Das ist schon so.", 'taken: "{nichts}"')
    base.write("rules/neu/neu.yaml", RULE)
    base.write("rules/retired.yaml", "retired: {}\n")
    assert [(problem.place.file, problem.code) for problem in base.problems()] == [
        ("kurz.yaml", "unknown_passage"),
        ("kurz.yaml", "unknown_fact"),
        ("raum.yaml", "syntax"),
        ("technik.yaml", "placeholder"),
        ("neu.yaml", "section"),
        ("retired.yaml", "content_too_short"),
    ]


# Looking rules up, and retired ones


RETIRED = """\
retired:
  raeume.saal: {replaced_by: raeume.raum, since: "0.2"}
  raeume.keller: {replaced_by: null, since: "0.3"}
"""


def test_an_unknown_rule_names_the_nearest(base: SmallBase) -> None:
    with pytest.raises(KnowledgeError) as caught:
        base.load().rule("raeume.rau")
    assert str(caught.value) == (
        "Diese Regel gibt es nicht.\n  gefunden: raeume.rau\n  Abhilfe:  Meinten Sie „raeume.raum“?"
    )


@pytest.mark.parametrize(
    ("rule", "remedy"),
    [
        ("raeume.saal", "Die Regel wurde mit Version 0.2 zurückgezogen und durch „raeume.raum“ ersetzt."),
        ("raeume.keller", "Die Regel wurde mit Version 0.3 zurückgezogen."),
    ],
)
def test_a_retired_rule_says_what_became_of_it(base: SmallBase, rule: str, remedy: str) -> None:
    base.write("rules/retired.yaml", RETIRED)
    loaded = base.load()
    assert loaded.successors == {"raeume.saal": "raeume.raum", "raeume.keller": None}
    assert loaded.unknown_rule(rule).remedy == remedy


def test_a_retired_id_is_never_used_again(base: SmallBase) -> None:
    base.write("rules/retired.yaml", RETIRED.replace("raeume.keller", "raeume.technik"))
    assert text_of(base) == (
        "retired.yaml:3:3 retired.raeume.technik: Diese Regel ist zurückgezogen und doch in Gebrauch.\n"
        "  gefunden: raeume.technik"
    )


def test_what_replaces_a_retired_rule_exists(base: SmallBase) -> None:
    base.write("rules/retired.yaml", RETIRED.replace("raeume.raum", "raeume.rau"))
    assert text_of(base) == (
        "retired.yaml:2:17 retired.raeume.saal.replaced_by: Die Regel, die sie ersetzen soll, gibt es nicht.\n"
        "  gefunden: raeume.rau\n"
        "  Abhilfe:  Meinten Sie „raeume.raum“?"
    )


def test_tombstones_that_are_no_tombstones(base: SmallBase) -> None:
    base.write("rules/retired.yaml", "retired: {raeume.saal: raeume.raum}\n")
    assert base.problem().message == "Hier werden Schlüssel mit Werten erwartet."


# The digest


def test_equal_content_has_an_equal_digest(base: SmallBase) -> None:
    first = base.load()
    base.write("knowledge/examples/ort.yaml", "egal: ja\n")
    assert base.load().digest == first.digest


def test_another_word_anywhere_is_another_digest(base: SmallBase) -> None:
    digests = {base.load().digest}
    for name, old, new in (
        (RULE_FILE, "Messen Sie nach.", "Messen Sie genau."),
        ("knowledge/parameters/kurz.yaml", "value: 36", "value: 35"),
        ("knowledge/guideline/hegiss-2018.yaml", "page: 1", "page: 3"),
    ):
        base.change(name, old, new)
        digests.add(base.load().digest)
    base.write("rules/retired.yaml", RETIRED)
    assert len(digests | {base.load().digest}) == 5


def test_the_rules_that_travel_with_the_package_are_read_once() -> None:
    assert default_rule_base() is default_rule_base()
