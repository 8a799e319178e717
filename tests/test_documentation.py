"""What the documents show must work."""

import re
from datetime import date
from pathlib import Path

import pytest

from qmadvisor import documents
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.reader import read_setup

ROOT = Path(__file__).resolve().parents[1]
HANDBOOK = ROOT / "docs" / "planungsdatei.md"


def _blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(len(_blocks(HANDBOOK, "yaml"))))
def test_every_setup_in_the_handbook_can_be_read(number):
    base = default_rule_base()
    known = base.knowledge
    text = _blocks(HANDBOOK, "yaml")[number]
    rules = [rule.id for rule in base.rules]
    node = documents.read_bytes(text.encode(), "handbuch.yaml")
    setup = read_setup(
        node, known.catalogue, known.parameters, date(2026, 11, 22), name="handbuch.yaml", rule_ids=rules
    )
    assert setup.title == "Quartier am Bahnhof"


def _answers_of_the_user_handbook():
    text = (ROOT / "docs" / "handbuch.md").read_text("utf-8")
    table = text.partition("## Antworten geben")[2].partition("**Listen.**")[0]
    return [code for code in re.findall(r"`([^`]+)`", table) if code != "0,5"]


@pytest.mark.parametrize("answer", _answers_of_the_user_handbook())
def test_every_answer_in_the_user_handbook_can_be_read(answer):
    base = default_rule_base()
    known = base.knowledge
    is_date = re.search(r"20\d\d", answer)
    fact = "projekt.ende" if is_date else "stadtteilbuero.gruppenraum_m2"
    text = f'{{"schema": "qmadvisor.setup/1", "titel": "Probe", "{fact}": "{answer}"}}'
    node = documents.read_bytes(text.encode(), "probe.json")
    setup = read_setup(node, known.catalogue, known.parameters, date(2026, 11, 22), name="probe.json")
    assert setup.title == "Probe"


def test_every_link_between_documents_leads_somewhere():
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"`(docs/[^`*<>]+?\.md)`", path.read_text("utf-8")):
            assert (ROOT / target).exists(), f"{path.name} names {target}"


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_python_example_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    example = ROOT / "knowledge" / "examples" / "friedberg-2014.yaml"
    (tmp_path / "plan.yaml").write_bytes(example.read_bytes())
    monkeypatch.chdir(tmp_path)
    (code,) = _blocks(ROOT / "README.md", "python")
    exec(compile(code, "README.md", "exec"), {})
    assert "violated=1" in capsys.readouterr().out


def test_the_changelog_counts_what_is_there():
    base = default_rule_base()
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    hints = sum(rule.is_hint for rule in base.rules)
    questions = len(list(base.knowledge.catalogue.inputs))
    assert f"{len(base.rules)} rules ({len(base.rules) - hints} findings, {hints} hints)" in text
    assert f"{questions} questions, {len(base.knowledge.parameters.names)} dated parameters" in text
