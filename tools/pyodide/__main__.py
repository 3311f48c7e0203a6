"""`python -m tools.pyodide`: build taropy's wheels for Pyodide, and what loads them, into `build/pyodide`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.pyodide import wheels
from tools.wheel import Uninstallable

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a wheel can't be had."""
    options = _parser().parse_args(arguments)
    try:
        built = wheels.build(options.out, options.extras or wheels.EXTRAS)
    except Uninstallable as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(each.stat().st_size for each in built)
    print(f"{len(built)} wheels, {size / 1e6:.1f} MB, in {options.out}; {wheels.LOADER} there loads them")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.pyodide", description="Build taropy's wheels for Pyodide.")
    parser.add_argument(
        "--out",
        type=Path,
        default=ROOT / "build" / "pyodide",
        metavar="DIR",
        help="where to put them, in place of other wheels (default: %(default)s)",
    )
    parser.add_argument(
        "--extra",
        action="append",
        dest="extras",
        metavar="NAME",
        help=f"an extra of taropy to bring along (default: {', '.join(wheels.EXTRAS)})",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
