"""Everything that `knowledge/` holds, read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qmadvisor.knowledge.carriers import Carriers, load_carriers
from qmadvisor.knowledge.catalogue import Catalogue, load_catalogue
from qmadvisor.knowledge.guideline import Guideline, load_guideline
from qmadvisor.knowledge.models import Models, load_models
from qmadvisor.knowledge.parameters import Parameters, load_parameters


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The catalogue, the dated parameters, the ledger of the guideline, its models and the kinds of carriers."""

    catalogue: Catalogue
    parameters: Parameters
    guideline: Guideline
    models: Models
    carriers: Carriers


def load_knowledge(root: Path) -> Knowledge:
    """Read the folder `knowledge/`. Raises KnowledgeError with every problem."""
    parameters = load_parameters(root / "parameters")
    catalogue = load_catalogue(root / "facts", parameters)
    guideline = load_guideline(root / "guideline" / "hegiss-2018.yaml")
    models = load_models(root / "models.yaml", guideline)
    carriers = load_carriers(root / "carriers.yaml", guideline)
    return Knowledge(catalogue, parameters, guideline, models, carriers)
