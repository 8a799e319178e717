"""The endpoints, by subject. A new subject is a module with a `router`, named here."""

from fastapi import APIRouter

from qmadvisor_api.routers import (
    check,
    contract,
    embed,
    examples,
    facts,
    guideline,
    operations,
    quick,
    rules,
    tasks,
    widget,
)

ROUTERS: tuple[APIRouter, ...] = (
    check.router,
    rules.router,
    facts.router,
    quick.router,
    guideline.router,
    tasks.router,
    examples.router,
    contract.router,
    operations.router,
    widget.router,
    embed.router,
)
