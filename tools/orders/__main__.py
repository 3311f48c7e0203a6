"""`python -m tools.orders`: record in which order JavaScript runs the programs, or verify it with `--check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools import generated
from tools.programs import ProgramError, run

COMMAND = "python -m tools.orders"
PLAYER = Path(__file__).with_name("play.mjs")
PROGRAMS = Path(__file__).parents[2] / "tests" / "runtime" / "orders"
RECORDED = "recorded.json"
#: What the programs share stands beside them, and is no program.
SHARED = "common.mjs"

#: What each program logged, by its module and its name.
Traces = Mapping[str, Mapping[str, Sequence[str]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the recording is stale or missing, or if it can't be made."""
    parser = generated.parser(COMMAND, "Record in which order JavaScript runs the programs of tests/runtime/orders.")
    generated.add_folder(parser, "--programs", PROGRAMS, "the programs' folder")
    options = parser.parse_args(arguments)
    try:
        recorded = document(record(options.programs))
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    return generated.finish_page(recorded, options.programs / RECORDED, check=options.check)


def record(programs: Path) -> Traces:
    """Plays all programs of a folder in Node.js."""
    modules = sorted(str(path) for path in programs.glob("*.mjs") if path.name != SHARED)
    traces: Traces = json.loads(run("node", str(PLAYER), *modules))
    return traces


def document(traces: Traces) -> str:
    """A JSON document with a program a line."""
    modules = [f"{json.dumps(module)}: {{\n{_lines(of_module)}\n}}" for module, of_module in traces.items()]
    return ",\n".join([f'{{"generated": {json.dumps(COMMAND)}', *modules]) + "\n}\n"


def _lines(traces: Mapping[str, Sequence[str]]) -> str:
    return ",\n".join(f"{json.dumps(name)}: {json.dumps(trace, ensure_ascii=False)}" for name, trace in traces.items())


if __name__ == "__main__":
    sys.exit(main())
