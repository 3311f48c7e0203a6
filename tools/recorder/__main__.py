"""`python -m tools.recorder`: record what Taro's adapters do, or verify it with `--check`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools import generated
from tools.programs import ProgramError
from tools.recorder.cases import NATIVE_NAMES, inputs
from tools.spec import upstream

COMMAND = "python -m tools.recorder"
GOLDEN = Path(__file__).parents[2] / "tests" / "golden" / "data"
RECORDER = Path(__file__).with_name("record.mjs")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a recording is stale, missing or surplus, or if upstream's packages are not to be had."""
    options = _parser().parse_args(arguments)
    try:
        expected = build(upstream.ready(options.upstream))
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    return generated.finish(expected, options.golden, check=options.check)


def build(folder: Path) -> dict[str, str]:
    """The golden files by name: what was called, and what came of it on each platform."""
    called = inputs()
    with ThreadPoolExecutor(2) as pool:
        recorded = pool.map(lambda platform: (platform, record(folder, platform, called)), NATIVE_NAMES)
        golden = {f"{platform}.json": document({"cases": cases}) for platform, cases in recorded}
    return {"inputs.json": document(called), **golden}


def record(folder: Path, platform: str, called: dict[str, Any]) -> dict[str, Any]:
    """What Taro's adapter of one platform does in every case."""
    return upstream.node(RECORDER, folder, platform, given=json.dumps(called))


def document(sections: dict[str, Any]) -> str:
    """A JSON document whose sections hold one entry a line, in the order in which they are given."""
    parts = [f'{{"generated": {json.dumps(COMMAND)}']
    parts += [f"{json.dumps(name)}: {_section(section)}" for name, section in sections.items()]
    return ",\n".join(parts) + "\n}\n"


def _section(section: Any) -> str:
    if isinstance(section, dict):
        return "{\n" + ",\n".join(f"{json.dumps(name)}: {_line(entry)}" for name, entry in section.items()) + "\n}"
    return "[\n" + ",\n".join(map(_line, section)) + "\n]"


def _line(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def _parser() -> argparse.ArgumentParser:
    parser = generated.parser(COMMAND, "Record what Taro's adapters do with every function.")
    upstream.add_option(parser)
    generated.add_folder(parser, "--golden", GOLDEN, "the recordings' folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
