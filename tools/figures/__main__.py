"""`python -m tools.figures PATH…`: measure a port, by default of our own programs.

    python -m tools.figures                          our own programs
    python -m tools.figures shop another/shop        whole projects
    python -m tools.figures modules.txt --verify     the modules that a file lists, each ported with its project

A PATH is a project, a folder, a module, or a text file with a module a line.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from taropy.port.folder import put
from tools.figures import apart, comparing, speed
from tools.figures.comparing import DIFFERENT, EQUAL, ILL_TYPED, REFUSED, Compared
from tools.figures.counting import Counted, counted
from tools.figures.projects import OWN, Measured, measured

_MOST_REASONS = 25
_WIDTH = 34

#: The name that a reason is about, where many places have the same reason with names of their own.
_OF_ONE_PLACE = re.compile(r"`[^`]*`( is declared nowhere| is of a web page| is not among| exports no)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table. Exit code 1 where there is nothing to measure."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.figures",
        description="Measure a port.",
        epilog=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="by default our own programs")
    parser.add_argument("--verify", action="store_true", help="call both sides, the original in the embedded engine")
    parser.add_argument("--node", action="store_true", help="call both sides, the original in Node.js; needs npm")
    parser.add_argument("--differences", action="store_true", help="show both sides of each call that differs")
    parser.add_argument("--lost", action="store_true", help="name every module that can't be imported")
    options = parser.parse_args(arguments)
    ports = list(measured(options.paths or OWN))
    if not ports:
        print("there is no module to measure", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for port in ports:
            out = Path(folder, port.package)
            put(out, port.outcome.files, port.outcome.source_map(out))
        _tell(ports, Path(folder), options)
    return 0


def _tell(ports: list[Measured], folder: Path, options: argparse.Namespace) -> None:
    found = [each for port in ports for each in counted({str(module.source): module for module in port.modules})]
    names = [(module.source, port.name(module)) for port in ports for module in port.modules]
    reasons = apart.imported([name for _, name in names], folder)
    for row in (*_text(found), *_imports([source for source, _ in names], reasons, options), speed.row()):
        print(row, flush=True)
    pairs = [(each.source, folder / port.package / each.target) for port in ports for each in port.modules]
    for asked, compare, what in (
        (options.verify, comparing.by_engine, "the engine"), (options.node, comparing.by_node, "Node.js"),
    ):  # fmt: skip
        if asked:
            print(f"beside {what}", *_comparison(compare(pairs, folder), options), sep="\n")


def _row(what: str, value: object) -> str:
    return f"{what:{_WIDTH}} {value}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}% ({part} of {whole})" if whole else "none"


def _text(found: list[Counted]) -> Iterator[str]:
    whole = len(found)
    lines = sum(each.lines for each in found)
    worst = max(found, key=lambda each: each.operator_lines / max(each.lines, 1))
    yield _row("modules", whole)
    yield _row("valid Python", _share(sum(each.valid for each in found), whole))
    yield _row("names that are right", _share(sum(each.gate for each in found), whole))
    yield _row("comments kept", _share(sum(each.kept for each in found), sum(each.comments for each in found)))
    yield _row("lines with an operator's helper", _share(sum(each.operator_lines for each in found), lines))
    yield _row("  the worst module", f"{_share(worst.operator_lines, worst.lines)} {worst.source.name}")
    yield _row("lines with a name of taropy.js", _share(sum(each.library_lines for each in found), lines))
    refusals = [refusal for each in found for refusal in each.refusals]
    yield _row("mypy --strict errors", "not measured")
    yield _row("modules wholly ported", _share(sum(not each.refusals for each in found), whole))
    yield _row("places not ported", _share(len(refusals), sum(each.statements for each in found)))
    reasons = Counter(_OF_ONE_PLACE.sub(r"`…`\1", refusal.reason.partition("; Python has")[0]) for refusal in refusals)
    for reason, count in reasons.most_common(_MOST_REASONS):
        yield _row(f"  {count}", reason)


def _imports(sources: list[Path], reasons: list[str], options: argparse.Namespace) -> Iterator[str]:
    yield _row("can be imported", _share(reasons.count(""), len(reasons)))
    for reason, count in Counter(filter(None, reasons)).most_common(_MOST_REASONS):
        yield _row(f"  {count}", reason)
    if options.lost:
        for source, reason in zip(sources, reasons, strict=True):
            if reason:
                yield f"    {source}: {reason}"


def _comparison(found: list[Compared], options: argparse.Namespace) -> Iterator[str]:
    comparable = [each for each in found if each.calls]
    well_typed = sum(each.count(EQUAL, DIFFERENT, REFUSED) for each in comparable)
    asked = [each for each in comparable if each.count(EQUAL, DIFFERENT, REFUSED)]
    yield _row("modules that can be called", _share(len(comparable), len(found)))
    for reason, count in Counter(each.reason for each in found if each.reason).most_common(_MOST_REASONS):
        yield _row(f"  {count}", reason)
    yield _row("well-typed calls that are equal", _share(sum(each.count(EQUAL) for each in asked), well_typed))
    yield _row("  not ported", sum(each.count(REFUSED) for each in asked))
    yield _row("  different", sum(each.count(DIFFERENT) for each in asked))
    yield _row("modules wholly equal", _share(sum(not each.count(DIFFERENT, REFUSED) for each in asked), len(asked)))
    yield _row("ill-typed calls", sum(each.count(ILL_TYPED) for each in comparable))
    for each in asked if options.differences else ():
        for call in each.calls:
            if call.outcome in (DIFFERENT, REFUSED):
                yield f"{each.source}: {call.text}"
                yield from (f"    original  {step}" for step in call.original)
                yield from (f"    port      {step}" for step in call.port)


if __name__ == "__main__":
    sys.exit(main())
