"""The pages, by subject. A new subject is a module with a `router`, named here."""

from fastapi import APIRouter

from qmadvisor_api.web import static_files
from qmadvisor_api.web.pages import (
    about,
    comparison,
    full,
    help,
    questions,
    quick,
    result,
    rulebook,
    start,
    what_if,
)

ROUTERS: tuple[APIRouter, ...] = (
    static_files.router,
    start.router,
    questions.router,
    quick.router,
    full.router,
    result.router,
    what_if.router,
    comparison.router,
    rulebook.router,
    about.router,
    help.router,
)
