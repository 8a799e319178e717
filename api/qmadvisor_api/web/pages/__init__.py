"""The pages, by subject. A new subject is a module with a `router`, named here."""

from fastapi import APIRouter

from qmadvisor_api.web import static_files
from qmadvisor_api.web.pages import about, full, help, questions, quick, rulebook, start

ROUTERS: tuple[APIRouter, ...] = (
    static_files.router,
    start.router,
    questions.router,
    quick.router,
    full.router,
    rulebook.router,
    about.router,
    help.router,
)
