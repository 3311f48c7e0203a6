"""`python -m tools.reference`: write docs/reference, or verify with `--check` that it is what the spec says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import generated
from tools.reference.build import build
from tools.reference.examples import ExampleError
from tools.reference.markdown import COMMAND

DOCS = Path(__file__).parents[2] / "docs"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a file is stale, missing or surplus, or if the pages cannot be made."""
    options = _parser().parse_args(arguments)
    try:
        expected = build(options.docs / "examples")
    except ExampleError as error:
        print(error, file=sys.stderr)
        return 1
    return generated.finish(expected, options.docs / "reference", check=options.check)


def _parser() -> argparse.ArgumentParser:
    parser = generated.parser(COMMAND, "Make docs/reference from the spec.")
    generated.add_folder(parser, "--docs", DOCS, "the docs' folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
