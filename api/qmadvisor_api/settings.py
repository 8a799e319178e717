"""The service's settings: read once from environment variables that begin with `QMADVISOR_`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from limits import RateLimitItem, parse
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from qmadvisor.documents import MAX_BYTES
from qmadvisor.errors import Place, Problem, QmadvisorError, did_you_mean

PREFIX = "QMADVISOR_"
#: Names that other parts of the project read from the environment.
_FOREIGN = frozenset({"QMADVISOR_SHARED", "QMADVISOR_ARTEFACTS"})
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?")
Network = IPv4Network | IPv6Network


class SettingsError(QmadvisorError):
    """An environment variable of the service holds something that it cannot use."""


def _listed(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _network(value: Any) -> Any:
    return ip_network(value, strict=False) if isinstance(value, str) else value


def _origin(value: str) -> str:
    if value != "*" and not _ORIGIN.fullmatch(value):
        msg = f"{value} is no origin such as https://portal.example"
        raise ValueError(msg)
    return value


def _ancestor(value: str) -> str:
    return value if value == "self" else _origin(value)


def _rate(value: str) -> str:
    if value:
        parse(value)
    return value


Rate = Annotated[str, AfterValidator(_rate)]


class Settings(BaseSettings):
    """Everything that can be set. The descriptions are the documentation: see `docs/betrieb.md`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    engine: Literal["auto", "durable", "compiled"] = Field(
        "auto", description="Rechenweg: auto nimmt durable, wo es läuft."
    )
    checkers: int = Field(
        2, ge=1, le=64, description="Prozesse, die rechnen. Ab zwei hält einer sich für kleine Anfragen frei."
    )
    max_waiting: int = Field(
        64, ge=1, description="So viele Prüfungen dürfen warten; weitere bekommen 503 mit Retry-After."
    )
    max_requests: int = Field(
        256, ge=1, description="So viele Anfragen dürfen zugleich offen sein, sonst 503."
    )
    max_body_bytes: int = Field(
        MAX_BYTES, ge=1024, le=MAX_BYTES, description="Größte Anfrage in Bytes, höchstens die größte Datei."
    )
    max_setups: int = Field(100, ge=1, le=1000, description="So viele Planungen in einer Anfrage.")
    body_seconds: float = Field(10, gt=0, description="So lange darf eine Anfrage zum Ankommen brauchen.")
    request_seconds: float = Field(
        60, gt=0, description="So lange darf eine Antwort dauern, Warten eingeschlossen."
    )
    job_seconds: float = Field(
        30, gt=0, description="So lange darf eine Prüfung rechnen; dann wird ihr Prozess ersetzt."
    )
    rate_limit: Rate = Field(
        "300/minute",
        description="Anfragen je Absender ohne Schlüssel, zum Beispiel 300/minute; leer: keine Grenze.",
    )
    key_rate_limit: Rate = Field("3000/minute", description="Anfragen je Schlüssel; leer: keine Grenze.")
    keys_file: Path | None = Field(None, description="Datei mit den Schlüsseln (qmadvisor keys create).")
    require_key: bool = Field(False, description="Ob jede Anfrage an die API einen Schlüssel braucht.")
    trusted_proxies: Annotated[
        tuple[Annotated[Network, BeforeValidator(_network)], ...], NoDecode, BeforeValidator(_listed)
    ] = Field(
        (), description="Adressen oder Netze der eigenen Proxys. Nur ihnen wird X-Forwarded-For geglaubt."
    )
    cors_origins: Annotated[
        tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_listed)
    ] = Field((), description="Seiten, deren Skripte die API rufen dürfen, mit Komma getrennt; * für alle.")
    embed_ancestors: Annotated[
        tuple[Annotated[str, AfterValidator(_ancestor)], ...], NoDecode, BeforeValidator(_listed)
    ] = Field(
        (),
        description="Seiten, die /embed in einem Rahmen zeigen dürfen, mit Komma getrennt; self für diesen Dienst, "
        "* für alle. Leer: /embed gibt es nicht.",
    )
    operator_file: Path | None = Field(
        None,
        description="Datei mit den Angaben zu Anbieter, Datenschutz, Barrierefreiheit und Beratungsstelle "
        "für die Seiten des Dienstes.",
    )
    root_path: str = Field(
        "", pattern=r"^(/[A-Za-z0-9._~-]+)*$", description="Pfad, unter dem ein Proxy den Dienst anbietet."
    )
    cache_seconds: int = Field(
        300, ge=0, description="So lange dürfen Antworten zum Regelwerk gemerkt werden."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Ab wann geloggt wird."
    )

    @model_validator(mode="after")
    def _keys_have_a_file(self) -> Self:
        if self.require_key and self.keys_file is None:
            msg = "QMADVISOR_REQUIRE_KEY needs QMADVISOR_KEYS_FILE"
            raise ValueError(msg)
        return self

    @property
    def rate(self) -> RateLimitItem | None:
        """The limit for those without a key."""
        return parse(self.rate_limit) if self.rate_limit else None

    @property
    def key_rate(self) -> RateLimitItem | None:
        """The limit for each key."""
        return parse(self.key_rate_limit) if self.key_rate_limit else None


def read_settings() -> Settings:
    """Read the environment. Raises SettingsError that names every variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(
            Problem(
                "setting",
                f"Diese Einstellung ist nicht brauchbar ({one['msg']}).",
                Place(path=_variable(one["loc"])),
                found=None if isinstance(one["input"], dict) else str(one["input"]),
            )
            for one in error.errors()
        ) from None


def unknown_variables(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Name the variables with our prefix that mean nothing, each with the nearest that does."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | _FOREIGN
    strange = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    return [" ".join(filter(None, (name, did_you_mean(name, known)))) for name in strange]


def _variable(place: tuple[int | str, ...]) -> str:
    return PREFIX + str(place[0]).upper() if place else ""
