"""This checkout beside another revision: `python -m benchmarks --compare REV [calls platforms imports phones]`.

For maintainers who change what every call goes through: what has it cost, or saved? `REV` is whatever git knows a
commit by, as HEAD~1. Both are measured in this environment and by this checkout's benchmarks, in processes that are
started by turns. What counts is the processor's time: what else a busy machine does adds less to it.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from .imports import FIRST_CALL
from .measure import Work, output_of, timed
from .platforms import LOAD_ALL

HERE = Path(__file__).resolve().parent.parent

#: How much more a thing may cost than in the other revision. Chance adds to one of the ratios more often than to both.
LIMIT = 1.02

ROUNDS = 21
RUNS, CALLS = 40, 500

#: Measured within a process, many calls in a row.
IN_ONE_PROCESS = ("calls", "platforms")
#: What each process does once.
IN_FRESH_PROCESSES = {
    "imports": {
        "import taropy": "import taropy",
        "first checkSession of a process": FIRST_CALL,
        "plugins of all platforms": LOAD_ALL,
    }
}
#: Measured as a whole, some times, since each takes minutes; run by name only.
AT_LENGTH = {"phones": 3}
ALL = (*IN_ONE_PROCESS, *IN_FRESH_PROCESSES)

Costs = dict[str, list[float]]

# The benchmarks are this checkout's although the other has its own: the package is imported before the path is theirs.
PROGRAM = """
import sys
sys.path.insert(0, {here!r})
import benchmarks
del sys.path[0]
from benchmarks.compare import print_costs
print_costs({name!r})
"""


def main(revision: str, names: list[str]) -> int:
    """Prints the costs in both revisions; the exit code is 1 if one is over the limit here."""
    known = (*ALL, *AT_LENGTH)
    if not set(names) <= set(known):
        sys.exit(f"two revisions are compared in {', '.join(known)}")
    with tempfile.TemporaryDirectory() as compiled, _checkout(revision) as other:
        environments = [_environment(checkout, compiled) for checkout in (HERE, other)]
        for checkout, environment in zip((HERE, other), environments, strict=True):
            _check(checkout, environment)
        costs = [_costs(name, environments) for name in names or ALL]
    table, holds = _compared([pair for pairs in costs for pair in _pairs(*pairs)])
    Console().print(table)
    return 0 if holds else 1


@contextmanager
def _checkout(revision: str) -> Iterator[Path]:
    """The files of the revision, in a folder that goes when the comparison is over."""
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(folder) / "revision.tar"
        command = ["git", "archive", f"--output={packed}", revision]
        if subprocess.run(command, cwd=HERE, check=False).returncode:
            sys.exit(f"git knows no revision {revision!r} here")
        checkout = Path(folder).resolve() / "revision"
        with tarfile.open(packed) as files:
            files.extractall(checkout, filter="data")
        yield checkout


def _environment(checkout: Path, compiled: str) -> dict[str, str]:
    """In which `taropy` and its plugins are the checkout's, and compiled as installed packages are."""
    paths = os.pathsep.join(map(str, (checkout, checkout / "plugins")))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONPYCACHEPREFIX": compiled, "PYTHONSAFEPATH": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _check(checkout: Path, environment: Mapping[str, str]) -> None:
    imported = Path(output_of("import taropy; print(taropy.__file__)", environment).strip())
    if not imported.is_relative_to(checkout):
        sys.exit(f"there is no taropy in {checkout}: its programs import {imported}")


def _costs(name: str, environments: list[dict[str, str]]) -> list[Costs]:
    """What the things of one benchmark cost in each environment, once a round; the first round only compiles."""
    costs: list[Costs] = [{} for _ in environments]
    for round_ in range(AT_LENGTH.get(name, ROUNDS) + 1):
        turns = list(zip(costs, environments, strict=True))
        for kept, environment in turns if round_ % 2 else turns[::-1]:
            for what, cost in _measured(name, environment).items():
                kept.setdefault(what, []).extend([cost] if round_ else [])
    return costs


def _measured(name: str, environment: Mapping[str, str]) -> dict[str, float]:
    programs = IN_FRESH_PROCESSES.get(name)
    if programs is None:
        costs: dict[str, float] = json.loads(output_of(PROGRAM.format(here=str(HERE), name=name), environment))
        return costs
    return {what: float(output_of(timed(program, "process_time"), environment)) for what, program in programs.items()}


def print_costs(name: str) -> None:
    """In a process of either revision: prints what the benchmark's works cost, in microseconds a call, as JSON."""
    benchmark = import_module(f"benchmarks.{name}")
    print(json.dumps(benchmark.costs() if name in AT_LENGTH else asyncio.run(_least(benchmark.works()))))


async def _least(works: Mapping[str, Work]) -> dict[str, float]:
    """The least of many short runs by turns, which a busy machine disturbs less than few long ones."""
    least = dict.fromkeys(works, float("inf"))
    gc.collect()
    for _ in range(RUNS):
        for what, work in works.items():
            start = time.process_time()
            await work(CALLS)
            least[what] = min(least[what], (time.process_time() - start) / CALLS * 1e6)
    return least


def _pairs(here: Costs, there: Costs) -> list[tuple[str, list[float], list[float]]]:
    return [(what, costs, there[what]) for what, costs in here.items()]


def _compared(pairs: list[tuple[str, list[float], list[float]]]) -> tuple[Table, bool]:
    table = Table("what", "here", "there", "ratio of minima", "of medians", f"one at most {LIMIT:g}")
    ratios = []
    for what, here, there in pairs:
        minima, medians = min(here) / min(there), statistics.median(here) / statistics.median(there)
        ratios.append(min(minima, medians))
        verdict = "holds" if ratios[-1] <= LIMIT else "[bold red]does not hold[/]"
        table.add_row(
            what, f"{min(here):,.2f}", f"{min(there):,.2f}", f"{minima:.3f}", f"{medians:.3f}", verdict
        )  # fmt: skip
    table.caption = "calls in µs, starts of programs in ms"
    return table, all(ratio <= LIMIT for ratio in ratios)
