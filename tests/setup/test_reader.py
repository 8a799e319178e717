from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as forall
from hypothesis import strategies as st

from qmadvisor import documents
from qmadvisor.documents import Scalar
from qmadvisor.errors import DocumentError, QmadvisorError, SetupError
from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.knowledge.parameters import Parameters
from qmadvisor.language.values import Interval, point
from qmadvisor.setup.model import Setup
from qmadvisor.setup.reader import load_setup, read_setup, read_values

AS_OF = date(2026, 11, 22)
FULL = """schema: qmadvisor.setup/1
titel: Nordstadt
programm: soziale_stadt
phase: isek
notiz: Alles vorläufig.
parameter: {vollzeitwoche: 39.5}
abweichungen:
  raeume.gruppenraum: {grund: Kein Platz, vereinbart_mit: Servicestelle, datum: 31.01.2026, bis: 2027}
gebiet:
  einwohner: ca. 12000 (11500 bis 12500)
buero:
  vorgesehen: Ja
  raum_m2: {wert: mindestens 20 m², notiz: laut Plan}
  technik: {computer: ja, beamer: nein, vollstaendig: ja}
vertrag.beginn: 2017-11
vertrag.dauer: 36 Monate
akteure: {stadt: {name: "Stadt <b>X</b>"}}
stellen:
  vollstaendig: ja
  leitung: {rolle: qm, umfang: {jahresstunden: 800, wochen: 50}, traeger: stadt, notiz: neu}
  zweite: {umfang: {wochenstunden: 19.5}, kompetenzen: [planung]}
"""
Read = Callable[..., Setup]


@pytest.fixture(scope="module")
def read(catalogue: Catalogue, parameters: Parameters) -> Read:
    def read_bytes(data: bytes, *, json_only: bool = False, **options: Any) -> Setup:
        node = documents.read_bytes(data, "plan", json_only=json_only)
        return read_setup(node, catalogue, parameters, AS_OF, name="plan", **options)

    return read_bytes


def test_a_full_setup(read: Read) -> None:
    setup = read(FULL.encode())
    assert (setup.title, setup.programme, setup.phase) == ("Nordstadt", "soziale_stadt", "isek")
    assert setup.values["gebiet.einwohner"] == Interval(11_500, 12_500)
    assert setup.values["buero.raum_m2"] == Interval(20, 2000)
    assert setup.values["buero.technik"] == {"computer": True, "beamer": False, "internet": False}
    assert setup.parameter_overrides == {"vollzeitwoche": point("39.5")}
    assert set(setup.readings) == {"stellen[leitung].umfang", "stellen[zweite].umfang"}
    assert setup.notes == {
        "": "Alles vorläufig.",
        "buero.raum_m2": "laut Plan",
        "stellen[leitung]": "neu",
    }
    assert setup.stated == {
        "gebiet.einwohner",
        "buero.vorgesehen",
        "buero.raum_m2",
        "buero.technik[computer]",
        "buero.technik[beamer]",
        "buero.technik[internet]",
        "vertrag.beginn",
        "vertrag.dauer",
        "akteure[stadt].name",
        "stellen",
        "stellen[leitung].rolle",
        "stellen[leitung].umfang",
        "stellen[leitung].traeger",
        "stellen[zweite].umfang",
        "stellen[zweite].kompetenzen[planung]",
    }


def test_values_hold_exactly_the_inputs(read: Read, catalogue: Catalogue) -> None:
    assert set(read(FULL.encode()).values) == {fact.path for fact in catalogue.inputs}


def test_json_is_read_alike(read: Read) -> None:
    document = {
        "schema": "qmadvisor.setup/1",
        "titel": "Süd \u2028😀"[:4],
        "buero": {"vorgesehen": True, "raum_m2": 24.9, "technik": ["computer"]},
        "stellen": {"vollstaendig": True, "a": {"umfang": {"wochenstunden": 39}}},
        "vertrag.beginn": None,
    }
    setup = read(json.dumps(document, indent="\t").encode(), json_only=True)
    assert setup.values["buero.raum_m2"] == point("24.9")
    assert setup.values["stellen"].records[0].values["umfang"] == point(1)
    assert setup.digest == read(json.dumps(document).encode()).digest


def test_files_are_read_by_their_ending(
    written: Callable[[str, bytes], Path], catalogue: Catalogue, parameters: Parameters
) -> None:
    setup = load_setup(written("plan.yaml", FULL.encode()), catalogue, parameters, AS_OF)
    assert setup.title == "Nordstadt"
    with pytest.raises(DocumentError, match=r"plan\.json:1:1: Das ist kein gültiges JSON"):
        load_setup(written("plan.json", FULL.encode()), catalogue, parameters, AS_OF)
    with pytest.raises(DocumentError, match=r"eigene: Die Datei ist leer"):
        load_setup(written("leer.yml", b""), catalogue, parameters, AS_OF, name="eigene")
    with pytest.raises(DocumentError, match="lässt sich nicht lesen"):
        load_setup(Path("gibt-es-nicht.yaml"), catalogue, parameters, AS_OF)


def test_text_with_half_a_character_is_refused(read: Read) -> None:
    with pytest.raises(DocumentError):
        read("titel: \ud800".encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("data", [b"- a", b"nur Text", b"[]", b'"x"', b"5", b"null"])
def test_what_is_no_mapping_is_no_setup(read: Read, data: bytes) -> None:
    with pytest.raises(SetupError) as caught:
        read(data)
    assert str(caught.value) == (
        "plan:1:1: Die Datei enthält keine Angaben der Form „name: wert“.\n"
        "  Abhilfe:  Beginnen Sie die Datei mit der Zeile „schema: qmadvisor.setup/1“."
    )


# Digest


def digest(read: Read, text: str) -> str:
    return read(f"schema: qmadvisor.setup/1\ntitel: x\n{text}\n".encode()).digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("buero.raum_m2: 25", "buero: {flaeche: '25,0 m²'}"),
        ("buero.raum_m2: 25\nphase: isek", "phase: ISEK\nbuero.raum_m2: 25"),
        ("buero.technik: [computer, beamer]", "buero.technik: {beamer: ja, computer: true}"),
        ("buero.raum_m2: unbekannt", ""),
        ("buero.raum_m2: mindestens 20", "buero.raum_m2: 20 bis 2000"),
        ("vertrag.beginn: 2017-11", "vertrag.beginn: 01.11.2017 bis 30.11.2017"),
        ("stellen: {a: {rolle: qm}, b: {}}", "stellen: {b: , a: {rolle: Quartiersmanagement}}"),
        ("stellen: {a: {umfang: 0.5}}", "stellen: {a: {umfang: {anteil: '0,5 Stellen'}}}"),
        ("stellen: keine", "stellen: {vollstaendig: ja}"),
        ("abweichungen: {a.b: {grund: x, bis: 2026}}", "abweichungen: {a.b: {bis: 31.12.2026, grund: ' x'}}"),
    ],
)
def test_the_same_content_has_the_same_digest(read: Read, one: str, other: str) -> None:
    assert digest(read, one) == digest(read, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("buero.raum_m2: 25", "buero.raum_m2: 25.1"),
        ("buero.raum_m2: 25", "buero.raum_m2: {wert: 25, notiz: laut Plan}"),
        ("stellen: {a: {}}", "stellen: {b: {}}"),
        ("stellen: {a: {}}", "stellen: {vollstaendig: ja, a: {}}"),
        ("stellen: {a: {}}", ""),
        ("abweichungen: {a.b: {grund: x}}", "abweichungen: {a.b: {grund: y}}"),
        ("parameter: {vollzeitwoche: 39}", "parameter: {vollzeitwoche: aus}"),
        ("parameter: {vollzeitwoche: aus}", ""),
        ("phase: isek", "phase: umsetzung"),
        (
            "stellen: {a: {umfang: {jahresstunden: 800}}}",
            "stellen: {a: {umfang: {jahresstunden: 800, basis: netto}}}",
        ),
    ],
)
def test_other_content_has_another_digest(read: Read, one: str, other: str) -> None:
    assert digest(read, one) != digest(read, other)


def test_parameters_do_not_change_the_digest(given: Read) -> None:
    facts = {"stellen": {"a": {"umfang": {"wochenstunden": 20}}}}
    early, late = given(facts, as_of=date(2019, 1, 1)), given(facts)
    assert early.values != late.values
    assert early.digest == late.digest


def test_the_digest_is_a_sha256(read: Read) -> None:
    assert len(read(FULL.encode()).digest) == 64
    assert read(FULL.encode()).digest == read(FULL.replace("\n", "\r\n").encode()).digest


# Plain values


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (25, point(25)),
        (24.9, point("24.9")),
        ("mindestens 20", Interval(20, 2000)),
        (None, Interval(0, 2000)),
        (Scalar("24.9", True, 7, 3), point("24.9")),
        ({"wert": 25}, point(25)),
    ],
)
def test_plain_values(given: Read, stated: Any, expected: Interval) -> None:
    assert given({"buero.raum_m2": stated}).values["buero.raum_m2"] == expected
    assert given({"buero": {"raum_m2": stated}}).values["buero.raum_m2"] == expected


def test_plain_values_of_other_kinds(given: Read) -> None:
    setup = given(
        {"buero.vorgesehen": True, "vertrag.beginn": date(2026, 1, 31), "buero.technik": ("beamer",)}
    )
    assert setup.values["buero.vorgesehen"] is True
    assert setup.values["vertrag.beginn"] == point(date(2026, 1, 31).toordinal())
    assert setup.values["buero.technik"] == {"beamer": True}


def test_places_of_nodes_are_kept(given: Read) -> None:
    with pytest.raises(SetupError, match=r"^regel\.yaml:7:3 buero\.raum_m2: "):
        given({"buero.raum_m2": Scalar("groß", True, 7, 3)}, name="regel.yaml")
    with pytest.raises(SetupError, match=r"^buero\.raum_m2: "):
        given({"buero.raum_m2": "groß"})


def _nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "stated",
    [float("nan"), float("inf"), 1e300, b"25", object(), {1, 2}, {1: 2}, _nested(50)],
)
def test_other_objects_are_refused(given: Read, stated: Any) -> None:
    with pytest.raises(SetupError) as caught:
        given({"buero.raum_m2": stated})
    assert len(str(caught.value)) < 600


def test_huge_numbers_are_refused(given: Read) -> None:
    for number in (10**5000, -(10**5000)):
        with pytest.raises(SetupError, match="zu lang"):
            given({"buero.raum_m2": number})


def test_the_header_is_no_fact(given: Read) -> None:
    with pytest.raises(SetupError, match="Diese Angabe gibt es nicht"):
        given({"titel": "x"})


# Hostile input


_BOMBS = {
    "aliases": b"a: &a [x]\nb: [*a, *a]",
    "merge": b"a: &a {b: 1}\n<<: *a",
    "nesting": b"buero: " + b"[" * 100_000,
    "nested keys": b"{buero: " * 5000,
    "dashes": b"- " * 100_000,
    "over 1 MiB": b"# " + b"x" * (1 << 20),
    "10 MB": b"x" * 10_000_000,
    "not utf-8": "titel: Größe".encode("latin-1"),
    "utf-16": "titel: x".encode("utf-16"),
    "utf-32": "titel: x".encode("utf-32"),
    "zeros": b"\x00" * 1000,
    "duplicate keys": b"titel: a\ntitel: b",
    "tag": b"titel: !!python/object/apply:os.system [ls]",
    "two documents": b"a: 1\n---\nb: 2",
}


@pytest.mark.parametrize("data", _BOMBS.values(), ids=_BOMBS.keys())
@pytest.mark.parametrize("json_only", [False, True])
def test_hostile_documents_are_refused_quickly(read: Read, data: bytes, json_only: bool) -> None:
    start = time.process_time()
    with pytest.raises(DocumentError) as caught:
        read(data, json_only=json_only)
    assert time.process_time() - start < 2
    assert len(str(caught.value)) < 1000


_HEAD = b"schema: qmadvisor.setup/1\ntitel: x\n"
_TRICKS = {
    "digits": b"buero.raum_m2: " + b"9" * 300_000,
    "decimals": b"buero.raum_m2: 0." + b"9" * 300_000,
    "blanks": b"buero.raum_m2: '" + b" " * 300_000 + b"x'",
    "long key": b"x" * 900 + b": 1",
    "long title": b"phase: " + b"x" * 500_000,
    "many keys": b"\n".join(b"raum_%d: 1" % number for number in range(50_000)),
    "many records": b"stellen: {" + b", ".join(b"s%d: {}" % number for number in range(30_000)) + b"}",
    "many options": b"buero.technik: [" + b"x, " * 100_000 + b"]",
    "many notes": b"notiz: " + b"x " * 200_000,
    "nan": b"buero.raum_m2: .nan",
    "infinity": b"buero.raum_m2: .inf",
    "escape in key": b'"\\e[31mrot": 1',
    "escape in text": b'phase: "\\e[31mrot"',
    "direction": 'akteure: {a: {name: "\u202egnaR"}}'.encode(),
}


@pytest.mark.parametrize("text", _TRICKS.values(), ids=_TRICKS.keys())
def test_hostile_values_are_refused_quickly(read: Read, text: bytes) -> None:
    start = time.process_time()
    with pytest.raises((SetupError, DocumentError)) as caught:
        read(_HEAD + text)
    assert time.process_time() - start < 4
    assert len(str(caught.value)) < 60_000
    assert "\x1b" not in str(caught.value)
    assert "\u202e" not in str(caught.value)


def test_a_byte_order_mark_is_no_content(read: Read) -> None:
    assert read(b"\xef\xbb\xbf" + FULL.encode()).digest == read(FULL.encode()).digest


def test_markup_is_plain_text(read: Read) -> None:
    markup = "<script>alert(1)</script> {{7*7}} **x**"
    setup = read(_HEAD + f'akteure: {{a: {{name: "{markup}"}}}}\nnotiz: "{markup}"'.encode())
    assert setup.values["akteure"].records[0].values["name"] == markup
    assert setup.notes[""] == markup


# Properties

_quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@_quick
@forall(st.binary(max_size=200), st.booleans())
def test_random_bytes_give_only_our_errors(read: Read, data: bytes, json_only: bool) -> None:
    with suppress(DocumentError, SetupError):
        read(data, json_only=json_only)


@_quick
@forall(st.text(max_size=80))
def test_random_text_after_a_header_gives_only_our_errors(read: Read, text: str) -> None:
    with suppress(DocumentError, SetupError):
        read(_HEAD + text.encode("utf-8", "surrogatepass"))


_VOCABULARY = """
    ja nein keine unbekannt mindestens 20 bis ca. 0,5 1.200 2017-11 qm leitung buero wert
    notiz umfang vollstaendig stellen akteure wochenstunden jahresstunden wochen basis netto
    traeger titel schema buero.raum_m2 raum_m2 technik computer vertrag beginn
    stellen_zusammen abweichungen parameter
"""
_words = st.sampled_from(_VOCABULARY.split())
_scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), _words)
_trees = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(_words, st.text(max_size=4)), inner, max_size=4),
    ),
    max_leaves=12,
)


@_quick
@forall(st.dictionaries(_words, _trees, max_size=5))
def test_random_trees_give_a_setup_within_the_catalogue_or_our_errors(
    catalogue: Catalogue, parameters: Parameters, tree: dict[str, Any]
) -> None:
    with suppress(SetupError):
        setup = read_values(tree, catalogue, parameters, AS_OF)
        for fact in catalogue.inputs:
            if isinstance(fact.unknown, Interval):
                assert setup.values[fact.path].within(fact.unknown)


@_quick
@forall(st.dictionaries(_words, _trees, max_size=4))
def test_random_json_files_give_only_our_errors(read: Read, tree: dict[str, Any]) -> None:
    document = {"schema": "qmadvisor.setup/1", "titel": "x"} | tree
    with suppress(DocumentError, SetupError):
        read(json.dumps(document).encode(), json_only=True)


@_quick
@forall(st.integers(0, len(FULL)), st.integers(0, 12), st.text(max_size=4))
def test_a_changed_file_gives_only_our_errors(read: Read, start: int, length: int, insert: str) -> None:
    changed = FULL[:start] + insert + FULL[start + length :]
    try:
        setup = read(changed.encode("utf-8", "surrogatepass"))
    except QmadvisorError as error:
        assert all(problem.message and problem.code for problem in error.problems)  # noqa: PT017
    else:
        assert setup.title


_ENTRIES = (
    "buero.vorgesehen: ja",
    "buero: {raum_m2: {wert: mindestens 20, notiz: laut Plan}, technik: [beamer]}",
    "vertrag.beginn: 2017-11",
    "stellen: {b: {}, a: {rolle: qm, traeger: stadt}}",
    "akteure: {stadt: {name: Stadt}}",
    "phase: isek",
)


@_quick
@forall(st.permutations(_ENTRIES))
def test_the_order_of_facts_changes_nothing(read: Read, shuffled: list[str]) -> None:
    one = read(_HEAD + "\n".join(_ENTRIES).encode())
    other = read(_HEAD + "\n".join(shuffled).encode())
    assert (one.values, one.stated, one.digest) == (other.values, other.stated, other.digest)
