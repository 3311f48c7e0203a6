"""`python -m tools`: make everything that is generated here, or verify all of it with `--check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from tools import generated

#: In the order in which they build on each other: all else is made from the spec.
STEPS = (
    "tools.phone",
    "tools.spec",
    "tools.stubs",
    "tools.measured",
    "tools.reference",
    "tools.vendors",
    "tools.disagreements",
    "tools.recorder",
    "tools.orders",
    "tools.answers",
    "tools.packages",
    "tools.ports",
    "tools.renderings",
    "tools.hooks",
    "tools.messages",
    "tools.components",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a step fails, or finds a file that is not up to date; the others run all the same."""
    parser = generated.parser("python -m tools", "Make everything that is generated here.")
    flags = ["--check"] if parser.parse_args(arguments).check else []
    return max(_run(step, flags) for step in STEPS)


def _run(step: str, flags: Sequence[str]) -> int:
    print(f"{step}:", flush=True)
    code: int = import_module(f"{step}.__main__").main(flags)
    return code


if __name__ == "__main__":
    sys.exit(main())
