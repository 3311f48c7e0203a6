"""`python -m tools.reference`: write docs/reference, or verify with `--check` that it is what the spec says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.reference.build import build
from tools.reference.examples import ExampleError
from tools.reference.markdown import COMMAND
from tools.spec import files

DOCS = Path(__file__).parents[2] / "docs"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a file is stale, missing or surplus, or if the pages cannot be made."""
    options = _parser().parse_args(arguments)
    try:
        expected = build(options.docs / "examples")
    except ExampleError as error:
        print(error, file=sys.stderr)
        return 1
    folder = options.docs / "reference"
    if not options.check:
        files.write(expected, folder)
        return 0
    found = files.stale(expected, folder)
    print("\n".join(found) or f"{len(expected)} files are up to date")
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description="Make docs/reference from the spec.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 and name every file that is not up to date"
    )
    parser.add_argument(
        "--docs", type=Path, default=DOCS, metavar="DIR", help="the docs' folder (default: %(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
