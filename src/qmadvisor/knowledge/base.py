"""Everything that `knowledge/` holds, read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qmadvisor.knowledge.carriers import Carriers, load_carriers
from qmadvisor.knowledge.catalogue import Catalogue, load_catalogue
from qmadvisor.knowledge.glossary import Glossary, load_glossary
from qmadvisor.knowledge.guideline import Guideline, load_guideline
from qmadvisor.knowledge.models import Models, load_models
from qmadvisor.knowledge.parameters import Parameters, load_parameters
from qmadvisor.knowledge.sources import Sources, load_sources
from qmadvisor.knowledge.tasks import load_tasks
from qmadvisor.language.matrix import Overview


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The catalogue, the dated parameters, the ledger of the guideline, and what the guideline and we refer to."""

    catalogue: Catalogue
    parameters: Parameters
    guideline: Guideline
    models: Models
    carriers: Carriers
    tasks: Overview
    sources: Sources
    glossary: Glossary


def load_knowledge(root: Path) -> Knowledge:
    """Read the folder `knowledge/`. Raises KnowledgeError with every problem."""
    parameters = load_parameters(root / "parameters")
    tasks = load_tasks(root / "tasks.yaml")
    catalogue = load_catalogue(root / "facts", parameters, tasks)
    guideline = load_guideline(root / "guideline" / "hegiss-2018.yaml")
    models = load_models(root / "models.yaml", guideline)
    carriers = load_carriers(root / "carriers.yaml", guideline)
    sources = load_sources(root / "sources.yaml")
    glossary = load_glossary(root / "glossary.yaml")
    return Knowledge(catalogue, parameters, guideline, models, carriers, tasks, sources, glossary)
