"""Runs every benchmark, or those named: `python -m benchmarks [calls network …]`; `ALL` has the names.

`python -m benchmarks --compare REV [calls platforms imports phones]` measures this checkout beside another revision of
it: see `compare.py`.
"""

from __future__ import annotations

import argparse
import platform
import sys
from importlib import import_module

from rich.console import Console
from rich.table import Table

from .measure import Result, Skipped

ALL = (
    "calls", "platforms", "imports", "storage", "cloud", "files", "network", "routes", "transfer", "sockets",
    "runtimes", "phones", "audit", "ports", "tests", "canvas", "bridge", "automation",
)  # fmt: skip

#: Run by name only: they install packages of others.
ON_REQUEST = ("checking", "editor")


def main(names: list[str]) -> int:
    """Prints the ratios; the exit code is 1 if one does not hold."""
    results = [result for name in names or ALL for result in _results(name)]
    Console().print(_table(results))
    return 0 if all(result.holds for result in results) else 1


def _results(name: str) -> list[Result]:
    try:
        results: list[Result] = import_module(f"benchmarks.{name}").results()
    except Skipped as reason:
        print(f"{name} was skipped: {reason}", file=sys.stderr)
        return []
    return results


def _table(results: list[Result]) -> Table:
    table = Table("what", "ours", "beside", "ratio", "target", "", caption=f"Python {platform.python_version()}")
    for result in results:
        verdict = "holds" if result.holds else "[bold red]does not hold[/]"
        table.add_row(result.name, result.ours, result.theirs, f"{result.ratio:.2f}", result.target, verdict)
    return table


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What calls cost, beside others.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join((*ALL, *ON_REQUEST))}; by default all")
    parser.add_argument("--compare", metavar="REV", help="measure this checkout beside another revision of it")
    given = parser.parse_args()
    unknown = set(given.names) - {*ALL, *ON_REQUEST}
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    return given


if __name__ == "__main__":
    given = _arguments()
    if given.compare is None:
        sys.exit(main(given.names))
    from . import compare

    sys.exit(compare.main(given.compare, given.names))
