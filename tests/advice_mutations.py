"""Slips that somebody could make in the condition of advice; its examples must notice every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from qmadvisor.engine.check import Checker
from qmadvisor.engine.examples import holding_in
from qmadvisor.language import syntax
from qmadvisor.language.printer import to_text
from qmadvisor.rules.advice import AdviceRule, FindingStatus
from qmadvisor.rules.advice_loader import follows_from_facts_alone
from qmadvisor.rules.loader import RuleBase

STATUSES: tuple[FindingStatus, ...] = get_args(FindingStatus)
_NEIGHBOURS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def mutants(node: syntax.Expression) -> Iterator[syntax.Expression]:
    """A part left out or turned round, `and` for `or`, another outcome, a bound that counts or does not."""
    match node:
        case syntax.And(items=items) | syntax.Or(items=items):
            other = syntax.Or if isinstance(node, syntax.And) else syntax.And
            yield other(items, type=node.type)
            for at, item in enumerate(items):
                rest = (*items[:at], *items[at + 1 :])
                yield rest[0] if len(rest) == 1 else replace(node, items=rest)
                for changed in mutants(item):
                    yield replace(node, items=(*items[:at], changed, *items[at + 1 :]))
        case syntax.Not(item=item):
            yield item
            for changed in mutants(item):
                yield replace(node, item=changed)
        case _:
            yield syntax.Not(node, type=node.type)
            yield from _other_atoms(node)


def _other_atoms(node: syntax.Expression) -> Iterator[syntax.Expression]:
    match node:
        case syntax.Compare(right=syntax.Text(value=asked)):
            for status in STATUSES:
                if status != asked:
                    yield replace(node, right=replace(node.right, value=status))
        case syntax.InSet(options=options):
            named = {option.value for option in options if isinstance(option, syntax.Text)}
            for at, option in enumerate(options):
                yield replace(node, options=(*options[:at], *options[at + 1 :]))
                for status in STATUSES:
                    if status not in named and isinstance(option, syntax.Text):
                        changed = replace(option, value=status)
                        yield replace(node, options=(*options[:at], changed, *options[at + 1 :]))
        case syntax.Compare(operator=operator) if operator in _NEIGHBOURS:
            yield replace(node, operator=_NEIGHBOURS[operator])


def survivors(base: RuleBase, advice: AdviceRule) -> list[str]:
    """The conditions that all examples of this advice take for the right one."""
    slips = [
        replace(advice, spec=advice.spec.model_copy(update={"id": f"advice.slip-{at}"}), demand=tree)
        for at, tree in enumerate(mutants(advice.demand))
        if not follows_from_facts_alone(tree, True)  # the loader notices
    ]
    checker = Checker(replace(base, advice=(advice, *slips)), "compiled")
    alive = {slip.id: slip for slip in slips}
    for case in advice.spec.examples.cases:
        holding = holding_in(checker, advice, case)
        alive = {key: slip for key, slip in alive.items() if (key in holding) == (case.then == "shown")}
    return [to_text(slip.demand) for slip in alive.values()]
