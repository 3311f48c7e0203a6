"""`python -m tools.disagreements`: write docs/support-disagreements.md, or verify it with `--check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.disagreements.build import COMMAND, build

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the page is not what the spec says."""
    options = _parser().parse_args(arguments)
    expected = build(options.spec)
    page: Path = options.page
    if not options.check:
        page.write_text(expected, "utf-8")
        return 0
    stale = not page.exists() or page.read_text("utf-8") != expected
    print(f"stale: {page.name}" if stale else "1 file is up to date")
    return int(stale)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description="Make the page of where tags and code disagree.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the page is not up to date")
    parser.add_argument(
        "--page", type=Path, default=ROOT / "docs" / "support-disagreements.md", help="the page (default: %(default)s)"
    )
    parser.add_argument(
        "--spec", type=Path, default=ROOT / "taropy" / "spec", help="the spec's folder (default: %(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
