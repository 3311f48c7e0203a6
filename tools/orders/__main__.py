"""`python -m tools.orders`: record in which order JavaScript runs the programs, or verify it with `--check`."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools import recording
from tools.programs import run
from tools.recording import Recorder, table

COMMAND = "python -m tools.orders"
PLAYER = Path(__file__).with_name("play.mjs")
PROGRAMS = Path(__file__).parents[2] / "tests" / "runtime" / "orders"
#: What the programs share stands beside them, and is no program.
SHARED = "common.mjs"

#: What each program logged, by its module and its name.
Traces = Mapping[str, Mapping[str, Sequence[str]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the recording is stale or missing, or if it can't be made."""
    return Recorder(
        COMMAND,
        "Record in which order JavaScript runs the programs of tests/runtime/orders.",
        "programs",
        PROGRAMS,
        "the programs' folder",
        lambda programs: document(record(programs)),
    ).run(arguments)


def record(programs: Path) -> Traces:
    """Plays all programs of a folder in Node.js."""
    modules = sorted(str(path) for path in programs.glob("*.mjs") if path.name != SHARED)
    traces: Traces = json.loads(run("node", str(PLAYER), *modules))
    return traces


def document(traces: Traces) -> str:
    """A JSON document with a program a line."""
    return recording.document(COMMAND, itertools.starmap(table, traces.items()))


if __name__ == "__main__":
    sys.exit(main())
