"""The kinds of problems that the API tells about: stable names, status codes, words in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["de", "en"]
#: Where the kinds are explained; a problem's `type` is this and the kind's name.
TYPES = "/api/v1/problems/"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem. `title` never changes between two problems of a kind, `about` says what to do."""

    name: str
    status: int
    title: dict[Language, str]
    about: dict[Language, str]

    @property
    def type(self) -> str:
        """The URI reference that identifies the kind."""
        return TYPES + self.name


def _kind(name: str, status: int, de: str, en: str, about_de: str, about_en: str) -> Kind:
    return Kind(name, status, {"de": de, "en": en}, {"de": about_de, "en": about_en})


UNREADABLE = _kind(
    "unreadable-document", 400, "Das Dokument lässt sich nicht lesen", "The document cannot be read",
    "Die Anfrage ist kein einfaches JSON- oder YAML-Dokument in UTF-8. Anker, Typangaben, doppelte Schlüssel und zu "
    "tiefe Verschachtelung sind nicht erlaubt.",
    "The body is no plain JSON or YAML document in UTF-8. Anchors, tags, duplicate keys and deep nesting are refused.",
)  # fmt: skip
UNAUTHORIZED = _kind(
    "unauthorized", 401, "Der Schlüssel fehlt oder gilt nicht", "The key is missing or not valid",
    "Senden Sie einen gültigen Schlüssel in der Kopfzeile X-API-Key.",
    "Send a valid key in the header X-API-Key.",
)  # fmt: skip
NOT_FOUND = _kind(
    "not-found", 404, "Das gibt es hier nicht", "There is no such resource",
    "Prüfen Sie die Adresse. Was es gibt, steht in /api/v1/openapi.json.",
    "Check the address. What there is stands in /api/v1/openapi.json.",
)  # fmt: skip
METHOD = _kind(
    "method-not-allowed", 405, "Diese Methode ist hier nicht möglich", "This method is not allowed here",
    "Die Kopfzeile Allow nennt die möglichen Methoden.",
    "The header Allow names the possible methods.",
)  # fmt: skip
NOT_ACCEPTABLE = _kind(
    "not-acceptable", 406, "In dieser Form gibt es keine Antwort", "There is no answer in this form",
    "Die API antwortet mit JSON. Lassen Sie in der Kopfzeile Accept application/json zu.",
    "The API answers with JSON. Allow application/json in the header Accept.",
)  # fmt: skip
SLOW_BODY = _kind(
    "body-timeout", 408, "Die Anfrage kam nicht rechtzeitig an", "The request did not arrive in time",
    "Senden Sie die Anfrage noch einmal, ohne Pausen.",
    "Send the request again, without pauses.",
)  # fmt: skip
TOO_LARGE = _kind(
    "too-large", 413, "Die Anfrage ist zu groß", "The request is too large",
    "Teilen Sie die Planungen auf mehrere Anfragen auf.",
    "Split the setups into several requests.",
)  # fmt: skip
MEDIA_TYPE = _kind(
    "unsupported-media-type", 415, "Diese Art von Inhalt wird nicht gelesen", "This kind of content is not read",
    "Senden Sie application/json oder application/yaml in UTF-8, ohne Komprimierung.",
    "Send application/json or application/yaml in UTF-8, not compressed.",
)  # fmt: skip
INVALID_SETUP = _kind(
    "invalid-setup", 422, "Die Planung enthält Fehler", "The setup has errors",
    "Alle Fehler stehen in errors, jeder mit dem Ort (pointer) und, wo möglich, der Abhilfe.",
    "All errors stand in errors, each with its place (pointer) and, where possible, a remedy.",
)  # fmt: skip
INVALID_PARAMETER = _kind(
    "invalid-parameter", 422, "Eine Angabe in der Adresse ist nicht möglich", "A parameter is not valid",
    "Alle Fehler stehen in errors, jeder mit dem Namen der Angabe (parameter).",
    "All errors stand in errors, each with the name of the parameter.",
)  # fmt: skip
TOO_MANY = _kind(
    "too-many-requests", 429, "Zu viele Anfragen", "Too many requests",
    "Warten Sie so viele Sekunden, wie die Kopfzeile Retry-After nennt.",
    "Wait for as many seconds as the header Retry-After says.",
)  # fmt: skip
INTERNAL = _kind(
    "internal", 500, "Im Dienst ist ein Fehler aufgetreten", "The service failed",
    "Bitte melden Sie die Kennung der Anfrage (request_id). Es wurde kein Ergebnis ausgegeben.",
    "Please report the request_id. No result was delivered.",
)  # fmt: skip
BUSY = _kind(
    "busy", 503, "Der Dienst ist gerade ausgelastet", "The service is busy",
    "Versuchen Sie es nach der Zeit in Retry-After noch einmal.",
    "Try again after the time in Retry-After.",
)  # fmt: skip
TIMEOUT = _kind(
    "timeout", 503, "Die Antwort hätte zu lange gedauert", "The answer would have taken too long",
    "Versuchen Sie es noch einmal, oder teilen Sie die Anfrage auf.",
    "Try again, or split the request.",
)  # fmt: skip
INTERRUPTED = _kind(
    "interrupted", 503, "Die Prüfung wurde unterbrochen", "The check was interrupted",
    "Der Rechenprozess ist ausgefallen und wird ersetzt. Senden Sie die Anfrage noch einmal.",
    "The checking process failed and is being replaced. Send the request again.",
)  # fmt: skip

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        UNREADABLE, UNAUTHORIZED, NOT_FOUND, METHOD, NOT_ACCEPTABLE, SLOW_BODY, TOO_LARGE, MEDIA_TYPE,
        INVALID_SETUP, INVALID_PARAMETER, TOO_MANY, INTERNAL, BUSY, TIMEOUT, INTERRUPTED,
    )
}  # fmt: skip
