"""The words and signs of the result page beyond those of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qmadvisor.language.german import sentence
from qmadvisor.report import words
from qmadvisor.rules.advice import INSIGHTS
from qmadvisor.setup.model import PHASES
from qmadvisor_api.web.result.filters import DEVIATION, ORDER, STATUSES
from qmadvisor_api.web.result.view import anchor

SYMBOLS = {**{status.value: words.SYMBOL[status] for status in ORDER}, DEVIATION: "⚑"}
LEGEND = {
    "violated": "Ihre Angaben erfüllen diese Empfehlung nicht.",
    DEVIATION: "Nicht erfüllt, aber so vereinbart: Grund und Vereinbarung stehen dabei.",
    "open": "Eine Antwort fehlt noch oder ist nicht genau genug. Das ist kein Mangel.",
    "fulfilled": "Ihre Angaben erfüllen diese Empfehlung.",
    "not_applicable": "Diese Empfehlung betrifft Ihre Planung nicht; der Grund steht dabei.",
}
STRENGTHS = {
    "muss": "Der Leitfaden verlangt es: muss, notwendig, unerlässlich.",
    "soll": "Der Leitfaden fordert es mit „soll“ oder „sollte“.",
    "empfohlen": "Der Leitfaden empfiehlt es, nennt es wichtig oder sinnvoll.",
    "ideal": "Der Leitfaden nennt es ideal oder wünschenswert.",
    "leitbild": "Der Leitfaden beschreibt es als Teil des Quartiersmanagements. Er fordert es nicht.",
}
DOWNLOADS = (
    ("setup.yaml", "Planung als YAML", "zum Weiterarbeiten, lässt sich mit jedem Editor lesen"),
    ("setup.json", "Planung als JSON", "dasselbe für andere Programme"),
    (
        "bericht.html",
        "Bericht als HTML-Datei",
        "alles von dieser Seite in einer Datei, ohne Verbindung zum Netz",
    ),
    ("bericht.json", "Bericht als JSON", "alle Befunde für andere Programme"),
)


def shared() -> Mapping[str, Any]:
    """What all templates of the result may name."""
    return {
        "words": words,
        "phases": PHASES,
        "insights": INSIGHTS,
        "statuses": STATUSES,
        "symbols": SYMBOLS,
        "legend": LEGEND,
        "strengths": STRENGTHS,
        "truth_symbols": {"ja": "✔", "nein": "✘", "offen": "?"},
        "downloads": DOWNLOADS,
        "anchor": anchor,
        "sentence": sentence,
    }
