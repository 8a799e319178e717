"""Logs as one JSON object a line. They hold no bodies, no answers and no addresses of clients."""

from __future__ import annotations

import json
import logging
import logging.config
import traceback
from datetime import UTC, datetime
from typing import Any

#: What a line about a request holds, and what that is, for the privacy page.
FIELDS = {
    "time": "Zeitpunkt",
    "level": "Wichtigkeit der Zeile",
    "logger": "Programmteil",
    "event": "Art der Zeile",
    "request_id": "Kennung der Anfrage, eine Zufallszahl",
    "method": "Methode der Anfrage, zum Beispiel GET",
    "route": "Art der Seite, ohne das, was in der Adresse nach dem Fragezeichen steht",
    "status": "Ergebnis, zum Beispiel 200",
    "ms": "Dauer in Millisekunden",
}
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


class JsonFormatter(logging.Formatter):
    """Writes a record and its extra fields as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _OWN}
        if record.exc_info and record.exc_info[1]:
            line["error"] = frames(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def frames(error: BaseException) -> dict[str, Any]:
    """Say where an error happened. Its message is left out: it may quote what somebody answered."""
    places = traceback.extract_tb(error.__traceback__)
    return {
        "type": type(error).__name__,
        "at": [f"{place.filename}:{place.lineno} {place.name}" for place in places[-12:]],
    }


def configuration(level: str) -> dict[str, Any]:
    """Return the configuration for `logging.config.dictConfig`, also for uvicorn's own loggers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {
            "out": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
        },
        "root": {"handlers": ["out"], "level": level.upper()},
        "loggers": {"uvicorn.access": {"handlers": [], "propagate": False}},
    }
