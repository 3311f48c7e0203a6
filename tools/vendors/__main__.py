"""`python -m tools.vendors`: write docs/vendors, or verify with `--check` that it is what taropy/phone/sources say."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import generated
from tools.vendors.build import COMMAND, build

DOCS = Path(__file__).parents[2] / "docs"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a page is stale, missing or surplus."""
    options = _parser().parse_args(arguments)
    return generated.finish(build(), options.docs / "vendors", check=options.check)


def _parser() -> argparse.ArgumentParser:
    parser = generated.parser(COMMAND, "Make docs/vendors from taropy/phone/sources.")
    generated.add_folder(parser, "--docs", DOCS, "the docs' folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
