"""`python -m tools.browser`: record what taro-h5 does in Chromium, or verify it with `--check`.

This needs Node.js with npm, and Chromium; the tests that use the recordings do not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools import generated
from tools.browser import cases, page
from tools.programs import ProgramError

COMMAND = "python -m tools.browser"
DATA = cases.CASES.parent / "data"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a recording is stale, missing or surplus, or if packages, Node.js or the browser are missing."""
    options = _parser().parse_args(arguments)
    try:
        expected = build(options.groups or cases.groups(), at_once=options.at_once)
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    if options.groups:
        return _finish_some(expected, options.data, check=options.check)
    return generated.finish(expected, options.data, check=options.check)


def build(groups: Sequence[str], *, at_once: int = 2) -> dict[str, str]:
    """The recordings by file name, one for each group of cases."""
    told = {group: cases.group(group) for group in groups}
    recorded = page.record([case for group in groups for case in told[group]], at_once=at_once)
    return {f"{group}.json": document({case["id"]: recorded[case["id"]] for case in told[group]}) for group in groups}


def document(recorded: dict[str, list[Any]]) -> str:
    """A JSON document with a case a line."""
    lines = [f"{_line(id_)}: {_line(steps)}" for id_, steps in recorded.items()]
    return f'{{"generated": {_line(COMMAND)},\n"cases": {{\n' + ",\n".join(lines) + "\n}}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _finish_some(expected: dict[str, str], folder: Path, *, check: bool) -> int:
    codes = [generated.finish_page(text, folder / name, check=check) for name, text in expected.items()]
    return max(codes)


def _parser() -> argparse.ArgumentParser:
    parser = generated.parser(COMMAND, "Record what taro-h5 does in Chromium.")
    generated.add_folder(parser, "--data", DATA, "the recordings' folder")
    parser.add_argument(
        "--group", action="append", dest="groups", choices=cases.groups(), help="only this group of cases"
    )
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="cases at a time (default: %(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
