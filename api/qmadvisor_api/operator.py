"""Who runs a service, and who advises: what imprint, privacy page and help say of them, from one file.

Nothing of this can be known to the program. What the file does not say, the pages say is missing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field, field_validator

from qmadvisor.knowledge.validation import Content, iso_day, read_content

_EMAIL = r"^[^@\s<>\"'?&#%]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$"
_WEBSITE = r"^https://[^\s<>\"']+$"
_OPTIONAL_EMAIL = f"{_EMAIL}|^$"
_OPTIONAL_WEBSITE = f"{_WEBSITE}|^$"
#: After so many days without a look, the contact of the advisory service is shown with a warning.
OLD_AFTER = 365

Lines = tuple[str, ...]


class Contact(Content):
    """How to reach somebody."""

    address: Lines = Field((), strict=False, description="Anschrift, eine Zeile je Eintrag.")
    email: str = Field("", pattern=_OPTIONAL_EMAIL, description="E-Mail-Adresse.")
    phone: str = Field("", description="Telefonnummer.")
    website: str = Field(
        "", pattern=_OPTIONAL_WEBSITE, description="Adresse im Netz, mit https:// am Anfang."
    )


class Provider(Contact):
    """Who answers for the service, for the imprint."""

    name: str = Field(min_length=1, description="Wer den Dienst anbietet.")
    represented_by: str = Field(
        "", description="Wer vertritt, zum Beispiel: Bürgermeisterin Vor- und Nachname."
    )
    responsible: str = Field("", description="Wer für den Inhalt verantwortlich ist.")
    supervision: Lines = Field((), strict=False, description="Aufsichtsbehörde.")
    vat_id: str = Field("", description="Umsatzsteuer-Identifikationsnummer.")
    more: Lines = Field((), strict=False, description="Weitere Absätze.")


class Privacy(Content):
    """What the operator adds to the privacy page."""

    officer: Lines = Field((), strict=False, description="Datenschutzbeauftragte Person oder Stelle.")
    authority: Lines = Field((), strict=False, description="Aufsichtsbehörde für den Datenschutz.")
    hosting: str = Field("", description="Wo der Dienst läuft, und wer das Rechenzentrum betreibt.")
    logs: str = Field("", description="Was Proxy und Rechenzentrum mitschreiben, und wie lange.")
    more: Lines = Field((), strict=False, description="Weitere Absätze.")


class Accessibility(Content):
    """What the operator adds to the accessibility statement."""

    email: str = Field("", pattern=_OPTIONAL_EMAIL, description="Wohin man Barrieren meldet.")
    phone: str = Field("", description="Telefonnummer dafür.")
    enforcement: Lines = Field((), strict=False, description="Durchsetzungs- oder Schlichtungsstelle.")
    as_of: str = Field("", description="Tag der Erklärung, JJJJ-MM-TT.")
    more: Lines = Field((), strict=False, description="Weitere Absätze, zum Beispiel eigene Prüfungen.")

    @field_validator("as_of")
    @classmethod
    def _day_exists(cls, text: str) -> str:
        return iso_day(text).isoformat() if text else ""


class Advisory(Contact):
    """Whom to ask about the guideline. Without a day nobody could tell whether it still holds."""

    name: str = Field(min_length=1, description="Wer zum Leitfaden berät.")
    as_of: str = Field(description="Tag, an dem die Angaben geprüft wurden, JJJJ-MM-TT. Nötig.")
    hours: str = Field("", description="Wann man jemanden erreicht.")
    note: str = Field("", description="Was sonst zu wissen ist.")

    @field_validator("as_of")
    @classmethod
    def _day_exists(cls, text: str) -> str:
        return iso_day(text).isoformat()

    def is_old(self, today: date) -> bool:
        """Tell whether the contact should be looked at again."""
        return (today - iso_day(self.as_of)).days > OLD_AFTER


class Operator(Content):
    """The file. Every part may be missing."""

    operator: Provider | None = None
    privacy: Privacy = Privacy()
    accessibility: Accessibility = Accessibility()
    advisory: Advisory | None = None


def read_operator(path: Path) -> Operator:
    """Read the file. Raises KnowledgeError or DocumentError with every problem and its line."""
    return read_content(path, Operator)[0]
