"""The API's description (OpenAPI 3.1), made from the application, in German or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from qmadvisor.documents import MAX_KEY
from qmadvisor.report.schemas import SCHEMA_NAMES
from qmadvisor.setup.model import SCHEMA
from qmadvisor_api import kinds, openapi_texts
from qmadvisor_api.http.bodies import JSON, YAML
from qmadvisor_api.kinds import KINDS, Kind, Language
from qmadvisor_api.models import ProblemDetails
from qmadvisor_api.openapi_texts import Words
from qmadvisor_api.problems import MEDIA_TYPE
from qmadvisor_api.routers.examples import examples
from qmadvisor_api.service import Service

Json = dict[str, Any]
_EVERYWHERE = (kinds.UNAUTHORIZED, kinds.METHOD, kinds.NOT_ACCEPTABLE, kinds.INVALID_PARAMETER, kinds.TOO_MANY,
               kinds.INTERNAL, kinds.BUSY)  # fmt: skip
_WITH_BODY = (kinds.UNREADABLE, kinds.SLOW_BODY, kinds.TOO_LARGE, kinds.MEDIA_TYPE, kinds.INVALID_SETUP,
              kinds.TIMEOUT, kinds.INTERRUPTED)  # fmt: skip
_HEADERS = {429: ("Retry-After",), 503: ("Retry-After",), 405: ("Allow",), 401: ("WWW-Authenticate",)}
#: Where an answer leads on: operation, its parameter, and where the value stands.
_LINKS = {
    "rules": ("rule", "id", "rules/0/id"),
    "facts": ("fact", "path", "facts/0/path"),
    "problems": ("problem", "name", "problems/0/name"),
}
_SHOWN_EXAMPLES = ("beispiel-vorbildlich", "friedberg-2015")
#: So deep are answers nested: group, list, record, field with its note.
_LEVELS = 4
_KEY: Json = {"maxLength": MAX_KEY}
_PLAIN: Json = {"type": ["string", "number", "boolean", "null"]}


def describe(app: FastAPI, language: Language) -> Json:
    """Return the description."""
    return _Description(app, language).made()


class _Description:
    def __init__(self, app: FastAPI, language: Language) -> None:
        self.app = app
        self.language = language
        self.service: Service = app.state.service
        self.root: Json = get_openapi(title=app.title, version=app.version, routes=app.routes)

    def made(self) -> Json:
        root = self.root
        root["info"]["description"] = self.say(openapi_texts.ABOUT)
        root["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
        root["servers"] = [{"url": self.service.settings.root_path or "/"}]
        root["tags"] = [
            {"name": name, "description": self.say(words)} for name, words in openapi_texts.TAGS.items()
        ]
        self.components()
        for path, operation in self.operations():
            self.operation(path, operation)
        return root

    def say(self, words: Words) -> str:
        return getattr(words, self.language)  # type: ignore[no-any-return]

    def operations(self) -> Iterator[tuple[str, Json]]:
        for path, methods in self.root["paths"].items():
            for operation in methods.values():
                yield path, operation

    # parts that are referred to

    def components(self) -> None:
        components = self.root["components"]
        schemas: Json = components["schemas"]
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        problem = ProblemDetails.model_json_schema(
            mode="serialization", ref_template="#/components/schemas/{model}"
        )
        schemas |= problem.pop("$defs")
        schemas["ProblemDetails"] = problem
        schemas["Setup"] = self.setup()
        if self.language == "de":
            for name, text in openapi_texts.SCHEMAS.items():
                if name in schemas:
                    schemas[name]["description"] = text
        components["securitySchemes"] = {
            "ApiKey": {
                "type": "apiKey", "in": "header", "name": "X-API-Key", "description": self.say(openapi_texts.KEY)
            }
        }  # fmt: skip

    def setup(self) -> Json:
        """What every setup has; the whole schema is a document of its own, with a property for every fact."""
        return {
            "type": "object",
            "description": self.say(openapi_texts.SETUP),
            "required": ["schema", "titel"],
            "properties": {
                "schema": {"const": SCHEMA},
                "titel": {"type": ["string", "number", "boolean"]},
            },
            "additionalProperties": _answer(_LEVELS),
            "propertyNames": _KEY,
            "externalDocs": {"url": f"{self.service.settings.root_path}/api/v1/schema/setup"},
        }

    # operations

    def operation(self, path: str, operation: Json) -> None:
        summary, about = openapi_texts.OPERATIONS[operation["operationId"]]
        operation["summary"], operation["description"] = self.say(summary), self.say(about)
        for parameter in operation.get("parameters", ()):
            parameter["description"] = self.say(openapi_texts.PARAMETERS[parameter["name"]])
            parameter["schema"].pop("title", None)
            if options := self.options(operation["operationId"], parameter["name"]):
                parameter["schema"] = {"type": "string", "enum": list(options)}
        has_body = operation["operationId"] in ("check", "explain", "roadmap")
        if has_body:
            operation["requestBody"] = self.body(several=operation["operationId"] == "check")
        operation["responses"] = {
            "200": self.success(operation, cached=not has_body and path.startswith("/api/"))
        }
        if path.startswith("/api/"):
            demanded = self.service.settings.require_key
            operation["security"] = [{"ApiKey": []}] if demanded else [{}, {"ApiKey": []}]
            self.problems(operation, [*_EVERYWHERE, *(_WITH_BODY if has_body else ())])
            if "{" in path or operation["operationId"] == "explain":
                self.problems(operation, [kinds.NOT_FOUND])
            if not has_body:
                operation["responses"]["304"] = {"description": self.say(openapi_texts.ANSWERS["304"])}
        elif operation["operationId"] == "readyz":
            self.problems(operation, [kinds.BUSY])

    def options(self, operation: str, parameter: str) -> Iterable[str]:
        """The values that a parameter can have, where they are few."""
        return {
            ("rules", "section"): self.service.rule_base.knowledge.guideline.sections,
            ("schema", "name"): SCHEMA_NAMES,
            ("problem", "name"): KINDS,
        }.get((operation, parameter), ())

    def body(self, *, several: bool) -> Json:
        setup: Json = {"$ref": "#/components/schemas/Setup"}
        most = self.service.settings.max_setups
        listed: Json = {"type": "array", "minItems": 1, "maxItems": most, "items": setup}
        schema = {"oneOf": [setup, listed]} if several else setup
        shown = [one for one in examples() if one.name in _SHOWN_EXAMPLES]
        as_json: Json = {one.name: {"summary": one.title, "value": one.setup} for one in shown}
        as_yaml: Json = {one.name: {"summary": one.title, "value": one.yaml} for one in shown}
        if several:
            as_json["liste"] = {"summary": self.say(Words("Mehrere Planungen", "Several setups")),
                                "value": [one.setup for one in shown]}  # fmt: skip
        return {
            "required": True,
            "description": self.say(openapi_texts.BODY),
            "content": {
                JSON: {"schema": schema, "examples": as_json},
                YAML: {"schema": schema, "examples": as_yaml},
            },
        }

    def success(self, operation: Json, *, cached: bool) -> Json:
        made: Json = operation["responses"]["200"]
        made["description"] = self.say(openapi_texts.ANSWERS["200"])
        if operation["operationId"] == "metrics":
            made["content"] = {"text/plain": {"schema": {"type": "string"}}}
        if cached:
            made["headers"] = {
                "ETag": {"schema": {"type": "string"}, "description": "RFC 9110"},
                "Cache-Control": {"schema": {"type": "string"}, "description": "RFC 9111"},
            }
        if link := _LINKS.get(operation["operationId"]):
            target, parameter, place = link
            made["links"] = {
                target: {"operationId": target, "parameters": {parameter: f"$response.body#/{place}"}}
            }
        return made

    def problems(self, operation: Json, found: list[Kind]) -> None:
        """Add the problems by status; several kinds of one status share a response."""
        responses = operation["responses"]
        for kind in sorted(found, key=lambda one: one.status):
            response = responses.setdefault(str(kind.status), self.problem(kind))
            example = {"summary": kind.title[self.language], "value": self.example(kind)}
            response["content"][MEDIA_TYPE]["examples"][kind.name] = example

    def problem(self, kind: Kind) -> Json:
        response: Json = {
            "description": kind.title[self.language],
            "content": {
                MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}, "examples": {}}
            },
        }
        if names := _HEADERS.get(kind.status):
            response["headers"] = {name: self.header(name) for name in names}
        return response

    def header(self, name: str) -> Json:
        about = self.say(openapi_texts.RETRY) if name == "Retry-After" else "RFC 9110"
        return {"schema": {"type": "string"}, "description": about}

    def example(self, kind: Kind) -> Json:
        return ProblemDetails(
            type=kind.type,
            title=kind.title[self.language],
            status=kind.status,
            detail=kind.about[self.language],
            request_id="5f0c7d7e9b1a4a56a3e0b6c1d2e3f4a5",
        ).model_dump(mode="json")


def _answer(levels: int) -> Json:
    """An answer, or several below their names; no deeper than answers ever are."""
    if not levels:
        return {"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN}]}
    group = {"type": "object", "additionalProperties": _answer(levels - 1), "propertyNames": _KEY}
    return {"anyOf": [_PLAIN, group]}
