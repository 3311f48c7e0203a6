"""`python -m tools.follow FROM TO`: print what differs between the declarations of two versions of Taro."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.follow import sources
from tools.follow.report import COMMAND, report
from tools.programs import ProgramError


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        before = sources.read(options.before, options.upstream_from)
        after = sources.read(options.after, options.upstream_to)
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.write(report(before, after))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=COMMAND, description="Print, as Markdown, what differs between the declarations of two versions of Taro."
    )
    for name, metavar in (("before", "FROM"), ("after", "TO")):
        parser.add_argument(
            name, metavar=metavar, help=f"a version of @tarojs/taro, or {sources.PIN} for the committed spec"
        )
    for name in ("from", "to"):
        parser.add_argument(
            f"--upstream-{name}",
            type=Path,
            metavar="DIR",
            help=f"a folder whose node_modules has {name.upper()} and TypeScript (default: installed into the cache)",
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
