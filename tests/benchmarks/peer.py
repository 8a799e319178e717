"""The peer for the load test: zen-engine behind the same FastAPI, with the same rules (see `translate.py`).

Run as `python tests/benchmarks/peer.py PORT facts|setup`. With `facts` a body holds what the rules read, as flat plain
values that somebody has prepared; with `setup` it is a setup, read and derived like the service does. Either way
the answer is the status of every rule: no reasons, no texts, no sources.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # for the script: pytest finds `tests` itself

import uvicorn
import zen
from fastapi import FastAPI, Request, Response
from tests.benchmarks.cases import shipped_cases
from tests.benchmarks.contestants import graph_of
from tests.benchmarks.translate import ZEN, plain_facts, reads_of, status_of

from qmadvisor import documents
from qmadvisor.setup.derive import derive
from qmadvisor.setup.reader import read_setup


def make_app(kind: str) -> FastAPI:
    """Return the application."""
    case = next(shipped_cases(0))
    base, knowledge = case.rule_base, case.rule_base.knowledge
    reads = reads_of(base.rules)
    graph = graph_of({f"r{at}": status_of(rule, ZEN) for at, rule in enumerate(base.rules)})
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(graph))
    ids = [rule.id for rule in base.rules]
    app = FastAPI()

    def facts_of(body: bytes) -> Any:
        if kind == "facts":
            return json.loads(body)
        root = documents.read_bytes(body, "", json_only=True)
        setup = read_setup(root, knowledge.catalogue, knowledge.parameters, case.day, name="")
        return plain_facts(derive(setup, knowledge, case.day).facts, reads)

    @app.get("/readyz")
    async def ready() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/api/v1/check")
    async def check(request: Request) -> Response:
        result = decision.evaluate(facts_of(await request.body()))["result"]
        statuses = {rule: result[f"r{at}"] for at, rule in enumerate(ids)}
        return Response(json.dumps(statuses), media_type="application/json")

    return app


if __name__ == "__main__":
    uvicorn.run(make_app(sys.argv[2]), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
