"""What a key that does not exist may have meant."""

from __future__ import annotations

from collections.abc import Sequence

from qmadvisor.errors import did_you_mean, nearest
from qmadvisor.knowledge.catalogue import Catalogue


def remedy_for(word: str, catalogue: Catalogue, near: Sequence[str]) -> str | None:
    """Say where a key belongs, or which key looks like it; `near` are the keys of the same place."""
    if word.isdecimal():
        return 'Ein Dezimalkomma braucht in geschweiften Klammern Anführungszeichen: {umfang: "0,5"}.'
    return (
        _other_place(word, catalogue)
        or did_you_mean(word, catalogue.facts if "." in word else near)
        or did_you_mean(word, [*catalogue.facts, *near])
        or _near_ending(word, catalogue)
    )


def _other_place(word: str, catalogue: Catalogue) -> str | None:
    for path, fact in catalogue.facts.items():
        group, _, last = path.rpartition(".")
        if last == word and group:
            return f"„{word}“ gehört unter „{group}“."
        if word in fact.fields:
            return f"„{word}“ gehört in einen Eintrag der Liste „{path}“."
    return None


def _near_ending(word: str, catalogue: Catalogue) -> str | None:
    endings = {path.rpartition(".")[2]: path for path in catalogue.facts}
    ending = nearest(word.rpartition(".")[2], endings)
    return f"Meinten Sie „{endings[ending]}“?" if ending else None
