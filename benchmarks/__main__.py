"""Runs every benchmark, or those named: `python -m benchmarks [calls network …]`; `ALL` has the names.

`python -m benchmarks beside PATH [calls platforms imports]` measures this checkout beside another one: see `beside.py`.
"""

from __future__ import annotations

import sys
from importlib import import_module

from rich.console import Console
from rich.table import Table

from .measure import Result, Skipped

ALL = ("calls", "platforms", "imports", "storage", "files", "network", "transfer", "sockets", "runtimes", "phones")

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
    table = Table("what", "ours", "beside", "ratio", "target", "")
    for result in results:
        verdict = "holds" if result.holds else "[bold red]does not hold[/]"
        table.add_row(result.name, result.ours, result.theirs, f"{result.ratio:.2f}", result.target, verdict)
    return table


if __name__ == "__main__":
    if sys.argv[1:2] == ["beside"]:
        from . import beside

        sys.exit(beside.main(sys.argv[2:]))
    known = (*ALL, *ON_REQUEST)
    unknown = set(sys.argv[1:]) - set(known)
    if unknown:
        sys.exit(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(known)}; and beside PATH")
    sys.exit(main(sys.argv[1:]))
