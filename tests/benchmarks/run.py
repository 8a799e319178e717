"""Compare qmadvisor with other ways to decide the same rules: `python tests/benchmarks/run.py --quick`.

Everybody decides the same setups in one run, by turns, in rounds; the table shows medians and their ratios. It
is processor time, which other work on the machine disturbs less than the time of day.
Nothing here fails because it is slow; a contestant that contradicts qmadvisor ends the run.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # for the script: pytest finds `tests` itself

from tests.benchmarks.agreement import agreements
from tests.benchmarks.cases import Case, random_case, shipped_cases
from tests.benchmarks.contestants import (
    DECIDED,
    ZEN_DECISION,
    ZEN_TEXT,
    Contestant,
    contestants_for,
    explained,
    missing,
)

from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.check import Checker, EngineName
from qmadvisor.resources import knowledge_root, rules_root
from qmadvisor.rules.loader import load_rule_base

THREADS = 4
MILLI = 1e3


class Disagreement(SystemExit):
    """A contestant contradicts qmadvisor: the comparison would be worth nothing."""


# Deciding


def compare(case: Case, rounds: int) -> dict[str, Any]:
    """Check that all agree on a case, then time them by turns."""
    with contestants_for(case) as contestants:
        statuses, found = agreements(contestants)
        for each in found:
            if each.contradicted:
                raise Disagreement(
                    f"{each.name} contradicts qmadvisor {each.contradicted} times: {case.name}"
                )
        times = _by_turns(contestants, rounds)
    medians = {name: median(values) for name, values in times.items()}
    return {
        "case": case.name,
        "size": case.size,
        "statuses": dict(statuses),
        "agreement": [asdict(each) for each in found],
        "milliseconds": {name: value * MILLI for name, value in medians.items()},
    }


def _by_turns(contestants: Sequence[Contestant], rounds: int) -> dict[str, list[float]]:
    """Return the seconds per setup of every round; each round begins with another contestant."""
    times: dict[str, list[float]] = {each.name: [] for each in contestants}
    for turn in range(rounds):
        first = turn % len(contestants)
        for each in (*contestants[first:], *contestants[:first]):
            gc.collect()
            times[each.name].append(_seconds(each.run, each.inputs) / len(each.inputs))
    return times


def _seconds(run: Callable[[Any], object], inputs: Sequence[Any]) -> float:
    start = process_time()
    for each in inputs:
        run(each)
    return process_time() - start


# Loading, memory, threads


def load_times(repeats: int) -> dict[str, float]:
    """Return how many milliseconds it takes to read the rule base, and to make each engine ready."""

    def load(_: int) -> object:
        return load_rule_base(rules_root(), knowledge_root())

    times = {"rule base": median(_seconds(load, [at]) for at in range(repeats))}
    rule_base = load_rule_base(rules_root(), knowledge_root())
    for name in _engines():

        def build(_: int, name: EngineName = name) -> None:
            Checker(rule_base, name).close()

        times[f"engine {name}"] = median(_seconds(build, [at]) for at in range(repeats))
    return {name: seconds * MILLI for name, seconds in times.items()}


def memory(checks: int) -> dict[str, Mapping[str, float]]:
    """Return the resident megabytes before and after many checks, each engine in a new process and warmed up."""
    found = {}
    for name in _engines():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            before, after = pool.submit(_memory_of, name, checks).result()
        found[name] = {"before": before, "after": after, "checks": checks}
    return found


def _memory_of(engine: EngineName, checks: int) -> tuple[float, float]:
    _, case = shipped_cases(20)
    checker = Checker(case.rule_base, engine)
    _check_often(checker, case, checks // 20)
    before = _resident()
    _check_often(checker, case, checks)
    return before, _resident()


def _check_often(checker: Checker, case: Case, checks: int) -> None:
    for at in range(checks):
        explained(checker, case.setups[at % len(case.setups)], case.day)


def _resident() -> float:
    """Megabytes; 0 where psutil is not installed."""
    try:
        import psutil
    except ImportError:
        return 0.0
    return float(psutil.Process().memory_info().rss) / 2**20


def throughput(case: Case, checks: int) -> dict[str, Mapping[str, float]]:
    """Return the checks per second of one thread, and of several that share a checker."""
    found = {}
    for name in _engines():
        checker = Checker(case.rule_base, name)
        found[name] = {
            f"{threads} threads": _rate(checker, case, checks, threads) for threads in (1, THREADS)
        }
        checker.close()
    return found


def _rate(checker: Checker, case: Case, checks: int, threads: int) -> float:
    with ThreadPoolExecutor(threads) as pool:
        start = perf_counter()
        jobs = [pool.submit(_check_often, checker, case, checks // threads) for _ in range(threads)]
        for job in jobs:
            job.result()
        return checks / (perf_counter() - start)


def _engines() -> list[EngineName]:
    return ["compiled", "durable"] if durable_available() else ["compiled"]


# Showing


def lines_of(result: Mapping[str, Any]) -> Iterator[str]:
    """Write one case as a table: milliseconds per setup, and as a multiple of two ways of zen-engine."""
    times = result["milliseconds"]
    bases = [name for name in (ZEN_DECISION, ZEN_TEXT) if name in times]
    yield f"\n{result['case']}: {result['size']}"
    yield f"  {', '.join(f'{name} {number}' for name, number in sorted(result['statuses'].items()))}"
    yield f"  {'':48}{'ms per setup':>14}" + "".join(f"{_short(base):>18}" for base in bases)
    for name, value in times.items():
        yield f"  {name:48}{value:14.3f}" + "".join(f"{value / times[base]:16.2f} ×" for base in bases)
    for each in result["agreement"]:
        if each["missed"]:
            yield f"  {each['name']} leaves open {each['missed']} of {each['decided']} decided findings."
    for name, wanted in _wanted(times):
        yield f"  {name}: {wanted}"


def _short(name: str) -> str:
    return "÷ zen as text" if name == ZEN_TEXT else "÷ zen compiled"


def _wanted(times: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Say whether the aims are reached: a statement, never a failure."""
    for engine, aim in (("compiled", 0.5), ("durable", 2.0)):
        name = DECIDED.format(engine)
        for base in (ZEN_DECISION, ZEN_TEXT):
            if name in times and base in times:
                ratio = times[name] / times[base]
                verdict = "reached" if ratio <= aim else "missed"
                yield name, f"aim ≤ {aim} {_short(base)}, {verdict} ({ratio:.2f})"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all benchmarks and print them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer setups and rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")
    options = parser.parse_args(arguments)
    setups, rounds, checks = (20, 5, 2_000) if options.quick else (100, 15, 20_000)

    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for package in missing():
        print(f"Not installed, left out: {package}")
    cases = [*shipped_cases(setups), random_case(setups)]
    found: dict[str, Any] = {"python": platform.python_version(), "missing": missing(), "cases": []}
    for case in cases:
        result = compare(case, rounds)
        found["cases"].append(result)
        print("\n".join(lines_of(result)), flush=True)

    shipped = cases[1]
    found["load"] = load_times(3 if options.quick else 7)
    print(
        "\nReady to check (ms)",
        *(f"  {name:20}{value:10.1f}" for name, value in found["load"].items()),
        sep="\n",
    )
    found["throughput"] = throughput(shipped, checks // 4)
    found["memory"] = memory(checks)
    for name in found["memory"]:
        rates, used = found["throughput"][name], found["memory"][name]
        shown = ", ".join(f"{rate:.0f} with {threads}" for threads, rate in rates.items())
        print(f"\n{name}: complete checks a second: {shown}")
        print(f"  memory {used['before']:.1f} MB, after {used['checks']} more checks {used['after']:.1f} MB")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
