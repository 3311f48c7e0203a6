"""What `taropy port` takes, and what its Python costs beside Python that was written by hand.

Ported are the programs that the tests have, over and over, until there are as many lines as 60 modules of 90 have. Run
are ten modules in `by_hand`, each of which has a `run()`; both forms give the same.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import ModuleType

from .measure import Result, Skipped, at_most, by_turns

PROGRAMS = Path(__file__).parents[1] / "tests" / "port" / "programs"
BY_HAND = Path(__file__).with_name("by_hand")
LINES = 60 * 90
SECONDS = 1.0
ROUNDS = 5
TIMES = 200
GOAL = 1.3


def results() -> list[Result]:
    """Porting, each module's run, and all of them: the geometric mean of the ratios."""
    if find_spec("tree_sitter") is None:
        raise Skipped("it needs the extra port")
    with TemporaryDirectory() as name, _importing(Path(name)) as folder:
        porting = _porting(folder / "programs")
        modules = [_beside(ported, by_hand) for ported, by_hand in _pairs(folder)]
    mean = math.exp(sum(math.log(result.ratio) for result in modules) / len(modules))
    return [porting, *modules, at_most("ten ported modules", ("ported", mean), ("by hand", 1.0), GOAL, "")]


def _porting(folder: Path) -> Result:
    from taropy.port.porting import translated

    lines = _make(folder)
    taken = []
    with _one_core():
        for _ in range(ROUNDS):
            start = time.perf_counter()
            translated([folder], layout=False)
            taken.append(time.perf_counter() - start)
    return at_most(f"port of {lines:,} lines", ("taropy port", median(taken)), ("allowed", SECONDS), 1, "s")


def _make(folder: Path) -> int:
    """Writes the programs, each into a module of its own, so often that there are enough lines; how many that are."""
    texts = [file.read_text("utf-8") for file in sorted(PROGRAMS.glob("*.ts"))]
    folder.mkdir()
    lines = 0
    for number, text in enumerate(cycle(texts)):
        if lines >= LINES:
            return lines
        lines += text.count("\n")
        (folder / f"module{number}.ts").write_text(text, "utf-8")
    return lines


@contextmanager
def _one_core() -> Iterator[None]:
    """Holds the process, and those that it starts, on one processor where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def _importing(folder: Path) -> Iterator[Path]:
    sys.path.insert(0, str(folder))
    try:
        yield folder
    finally:
        sys.path.remove(str(folder))


def _pairs(folder: Path) -> Iterator[tuple[ModuleType, ModuleType]]:
    """The modules, ported and by hand."""
    from taropy.port.porting import port

    port([BY_HAND], folder / "ported_modules")
    for file in sorted(BY_HAND.glob("*.ts")):
        yield (
            importlib.import_module(f"ported_modules.{file.stem}"),
            importlib.import_module(f"benchmarks.by_hand.{file.stem}"),
        )


def _beside(ported: ModuleType, by_hand: ModuleType) -> Result:
    name = by_hand.__name__.rpartition(".")[2]
    with asyncio.Runner() as runner:
        works = [_work(module.run, runner) for module in (ported, by_hand)]
        gave = [work() for work in works]
        if gave[0] != gave[1]:
            raise AssertionError(f"{name}: {gave[0]!r} is not {gave[1]!r}")
        ours, theirs = by_turns(*works, number=TIMES)
    return at_most(name, ("ported", ours), ("by hand", theirs), GOAL)


def _work(run: Callable[[], object], runner: asyncio.Runner) -> Callable[[], object]:
    """What is measured; async functions in a loop."""
    if not inspect.iscoroutinefunction(inspect.unwrap(run)):
        return run

    async def work() -> object:
        return await run()  # type: ignore[misc]

    return lambda: runner.run(work())
