"""Ports tests, many at once: a test, and before it what it includes of the harness, is one module."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import attrs

from taropy.port.porting import translated
from tools.test262.cases import Case

HARNESS = Path(__file__).with_name("harness.js")
_IMPORT = "import { assert, asyncTest, compareArray, Test262Error, $DONE, $DONOTEVALUATE } from './harness';"

#: What harness.py has.
_BY_HAND = frozenset(
    ["assert.js", "asyncHelpers.js", "compareArray.js", "compareIterator.js", "doneprintHandle.js", "sta.js"]
)
_AT_ONCE = 100


@attrs.frozen
class Ported:
    """A test in Python; the first reason for which it, or a part of it, was not ported."""

    text: str
    refused: str | None = None


def ported(cases: Sequence[Case], checkout: Path) -> dict[str, Ported]:
    """The tests in Python, by name."""
    parts = [cases[start : start + _AT_ONCE] for start in range(0, len(cases), _AT_ONCE)]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as workers:  # to fork is unsafe beside threads
        done = workers.map(partial(_ported, checkout=checkout), parts)
        return {name: result for of_part in done for name, result in of_part.items()}


def _ported(cases: Sequence[Case], checkout: Path) -> dict[str, Ported]:
    try:
        return _translated(cases, checkout)
    except Exception as error:  # whatever it is, it is this test's outcome
        if len(cases) == 1:
            return {cases[0].name: Ported("", f"the port raises {type(error).__name__}: {error}")}
    half = len(cases) // 2
    return _ported(cases[:half], checkout) | _ported(cases[half:], checkout)


def _translated(cases: Sequence[Case], checkout: Path) -> dict[str, Ported]:
    files = {f"test_{number}.js": case for number, case in enumerate(cases)}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.joinpath(HARNESS.name).write_bytes(HARNESS.read_bytes())
        for file, case in files.items():
            folder.joinpath(file).write_bytes(_program(case, checkout).encode())
        outcome = translated([folder], layout=False)
    results = {path.name: Ported("", f"the port leaves it alone: it {why}") for path, why in outcome.unread}
    for module in outcome.modules:
        refusal = next(iter(module.refusals), None)
        results[module.source.name] = Ported(module.text, refusal.reason if refusal is not None else None)
    return {case.name: results[file] for file, case in files.items()}


def _program(case: Case, checkout: Path) -> str:
    """The test as a module. Its lines keep their numbers where it includes nothing."""
    included = [checkout / "harness" / name for name in case.told("includes") if name not in _BY_HAND]
    return _IMPORT + "".join(file.read_text("utf-8") for file in included if file.is_file()) + case.text
