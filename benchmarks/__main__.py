"""Runs every benchmark, or those named: `python -m benchmarks [calls imports network storage runtimes]`."""

from __future__ import annotations

import sys
from importlib import import_module

from rich.console import Console
from rich.table import Table

from .measure import Result

ALL = ("calls", "imports", "storage", "network", "runtimes")


def main(names: list[str]) -> int:
    """Prints the ratios; the exit code is 1 if one does not hold."""
    results = [result for name in names or ALL for result in import_module(f"benchmarks.{name}").results()]
    Console().print(_table(results))
    return 0 if all(result.holds for result in results) else 1


def _table(results: list[Result]) -> Table:
    table = Table("what", "ours", "beside", "ratio", "target", "")
    for result in results:
        verdict = "holds" if result.holds else "[bold red]does not hold[/]"
        table.add_row(result.name, result.ours, result.theirs, f"{result.ratio:.2f}", result.target, verdict)
    return table


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(ALL)
    if unknown:
        sys.exit(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(ALL)}")
    sys.exit(main(sys.argv[1:]))
