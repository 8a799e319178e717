"""What a checking process does for the result pages: it checks, and writes the part of the page that follows."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from qmadvisor.report import words
from qmadvisor.report.build import build_report
from qmadvisor.setup.model import PHASES
from qmadvisor_api.checking.jobs import Answer, Context, Job, Order, results
from qmadvisor_api.web.rendering import environment
from qmadvisor_api.web.result.filters import FIELD, NAMES, PARTIES, TITLES, Filter
from qmadvisor_api.web.result.questions import all_questions
from qmadvisor_api.web.result.variants import compare
from qmadvisor_api.web.result.view import ResultView
from qmadvisor_api.web.result.words import shared
from qmadvisor_api.web.static_files import static_files


def result(context: Context, order: Order) -> Answer:
    """Write the result, or with `part` only the findings that a filter leaves."""
    partial = order.view.get("part") == "befunde"
    return [_written(context, order, "ergebnis/_teil.html" if partial else "ergebnis/_inhalt.html")], 1


def saved_report(context: Context, order: Order) -> Answer:
    """Write the result as one file that needs nothing else."""
    style = Markup("\n".join(static_files()[name].body.decode() for name in ("bericht.css", "ergebnis.css")))
    return [_written(context, order, "ergebnis/bericht.html", saved=True, style=style)], 1


def report_json(context: Context, order: Order) -> Answer:
    """Write the report as the command line does."""
    return [build_report(results(context, order)[0]).to_json().encode()], 1


def what_if(context: Context, order: Order) -> Answer:
    """Write what changes from the first plan to the second."""
    return _compared(context, order, "ergebnis/_wirkung.html")


def comparison(context: Context, order: Order) -> Answer:
    """Write several plans side by side."""
    return _compared(context, order, "ergebnis/_vergleich.html")


def _compared(context: Context, order: Order, template: str) -> Answer:
    found = results(context, order)
    root = order.view.get("root", "")
    page = render(template, root=root, saved=False, variants=compare(found), results=found)
    return [page], len(found)


def _written(context: Context, order: Order, template: str, *, saved: bool = False, **more: Any) -> bytes:
    view = ResultView(results(context, order)[0], Filter.read(order.view.get("filter", {})), context.memory)
    return render(
        template,
        root=order.view.get("root", ""),
        plan=order.body.decode(),
        saved=saved,
        view=view,
        topics=all_questions(view.result.rule_base.knowledge.catalogue),
        filter_lists=_lists(view),
        **more,
        hidden_filter=[(FIELD + name, getattr(view.filter, name)) for name in NAMES],
    )


def render(template: str, **values: Any) -> bytes:
    """Fill a template of the result pages."""
    return environment().get_template(template).render(**shared(), **values).encode()


def _lists(view: ResultView) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The filters that are lists: name, label, keys and texts."""
    return [
        ("abschnitt", TITLES["abschnitt"], list(view.report.sections.items())),
        ("phase", "Zu erledigen bis Ende der Phase", list(PHASES.items())),
        ("wer", "Wer hat etwas zu tun?", [(party, words.PARTY[party]) for party in PARTIES]),
    ]


PAGE_JOBS: dict[str, Job] = {
    "result": result,
    "saved_report": saved_report,
    "report_json": report_json,
    "what_if": what_if,
    "comparison": comparison,
}
