"""`python -m tools.stubs`: write stubs/taropy-stubs, or verify with `--check` that it is what the spec says."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from taropy.stubgen.files import stub_files
from taropy.stubgen.sheet import COMMAND, Unsayable
from taropy.stubgen.skeleton import Unannotated
from tools import generated

STUBS = Path(__file__).parents[2] / "stubs" / "taropy-stubs"

#: The declarations that Python's types cannot say, each with the reason; kept by hand.
EXCEPTIONS = Path(__file__).with_name("unsayable.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a file is stale, missing or surplus, or if the list of exceptions is not what it should be."""
    options = _parser().parse_args(arguments)
    try:
        expected, unsayable = made()
    except Unannotated as error:
        print(error, file=sys.stderr)
        return 1
    found = exceptions(unsayable, json.loads(options.exceptions.read_text("utf-8")))
    if options.check:
        found += generated.stale(expected, options.stubs)
    else:
        generated.write(expected, options.stubs)
    return generated.told(found, len(expected))


@cache
def made() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The files by path, and what they cannot say: seconds of work, whose outcome is the same each time."""
    unsayable = Unsayable()
    return stub_files(unsayable), unsayable.found


def exceptions(found: Mapping[str, str], listed: Mapping[str, str]) -> list[str]:
    """Where the list of what cannot be said differs from what was found: one line each."""
    unlisted = [f"not in {EXCEPTIONS.name}: {name}: {what}" for name, what in found.items() if name not in listed]
    needless = [f"needless in {EXCEPTIONS.name}: {name}" for name in listed if name not in found]
    return sorted(unlisted + needless)


def _parser() -> argparse.ArgumentParser:
    parser = generated.parser(COMMAND, "Make the type stubs from the spec.")
    generated.add_folder(parser, "--stubs", STUBS, "the folder")
    parser.add_argument(
        "--exceptions", type=Path, default=EXCEPTIONS, metavar="FILE", help="the list (default: %(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
