"""`python -m tools.disagreements`: write docs/support-disagreements.md, or verify it with `--check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import generated
from tools.disagreements.build import COMMAND, build

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the page is not what the spec says."""
    options = _parser().parse_args(arguments)
    return generated.finish_page(build(options.spec), options.page, check=options.check)


def _parser() -> argparse.ArgumentParser:
    parser = generated.parser(COMMAND, "Make the page of where tags and code disagree.")
    parser.add_argument(
        "--page", type=Path, default=ROOT / "docs" / "support-disagreements.md", help="the page (default: %(default)s)"
    )
    generated.add_folder(parser, "--spec", ROOT / "taropy" / "spec", "the spec's folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
