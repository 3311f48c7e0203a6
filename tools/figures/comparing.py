"""Whether ported modules do what the originals do: calls made from declared types, played on both sides.

The reference is the engine, which runs the original in the process (`taropy verify`), or Node.js.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from taropy.port.verifying.meaning import FAULT
from tools.figures import apart
from tools.figures.node import FOREIGN, installed

#: How a call has ended.
EQUAL, DIFFERENT, REFUSED, ILL_TYPED = "equal", "different", "not ported", "ill-typed"


@attrs.frozen
class Call:
    """A call, and what both sides did."""

    text: str
    original: tuple[str, ...]
    port: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """How it has ended. One whose original is at fault by itself, for a value that is made up, is ill-typed."""
        if any(f"throws {json.dumps(FAULT)}" in step or step.endswith(f"throws {FAULT}") for step in self.original):
            return ILL_TYPED
        if any(f'"message":"{FOREIGN} ' in step for step in self.original):
            return ILL_TYPED  # it needs a package that is not installed
        if self.original == self.port:
            return EQUAL
        return REFUSED if any("not ported:" in step for step in self.port) else DIFFERENT


@attrs.frozen
class Compared:
    """A module; `reason` says why it can't be compared, if that is so."""

    source: Path
    calls: tuple[Call, ...] = ()
    reason: str = ""

    def count(self, *outcomes: str) -> int:
        """How many calls have ended so."""
        return sum(1 for call in self.calls if call.outcome in outcomes)


def by_engine(modules: Sequence[tuple[Path, Path]], folder: Path) -> list[Compared]:
    """Compares originals, in the engine, with their ports."""
    return apart.each(lambda pair: _played(*pair, folder), modules)


def by_node(modules: Sequence[tuple[Path, Path]], folder: Path) -> list[Compared]:
    """Compares originals, in Node.js, with their ports; `ProgramError` where there is no Node.js or npm."""
    tools = folder / "tools"
    tools.mkdir()
    installed(tools)
    return apart.each(lambda pair: _played(*pair, folder, str(tools)), modules)


def _played(original: Path, port: Path, folder: Path, *how: str) -> Compared:
    done = apart.python("-m", "tools.figures.playing", str(original), str(port), *how, folder=folder)
    if done.returncode != 0:
        return Compared(original, reason=(done.stderr.strip().splitlines() or ["it ended"])[-1])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    calls = tuple(Call(each["call"], tuple(each["original"]), tuple(each["port"])) for each in told["calls"])
    return Compared(original, calls, told["reason"])
