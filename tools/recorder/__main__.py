"""`python -m tools.recorder`: record what Taro's adapters do, or verify it with `--check`."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools.recorder.cases import NATIVE_NAMES, inputs
from tools.spec import files, upstream

COMMAND = "python -m tools.recorder"
GOLDEN = Path(__file__).parents[2] / "tests" / "golden" / "data"
RECORDER = Path(__file__).with_name("record.mjs")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a recording is stale, missing or surplus, or if upstream's packages are not to be had."""
    options = _parser().parse_args(arguments)
    try:
        expected = build(_ready(options.upstream))
    except upstream.UpstreamError as error:
        print(error, file=sys.stderr)
        return 1
    if not options.check:
        files.write(expected, options.golden)
        return 0
    found = files.stale(expected, options.golden)
    print("\n".join(found) or f"{len(expected)} files are up to date")
    return 1 if found else 0


def build(folder: Path) -> dict[str, str]:
    """The golden files by name: what was called, and what came of it on each platform."""
    called = inputs()
    with ThreadPoolExecutor(2) as pool:
        recorded = pool.map(lambda platform: (platform, record(folder, platform, called)), NATIVE_NAMES)
        golden = {f"{platform}.json": document({"cases": cases}) for platform, cases in recorded}
    return {"inputs.json": document(called), **golden}


def record(folder: Path, platform: str, called: dict[str, Any]) -> dict[str, Any]:
    """What Taro's adapter of one platform does in every case."""
    node = shutil.which("node")
    if node is None:
        raise upstream.UpstreamError("node is needed and is not on the PATH")
    command = [node, str(RECORDER), str(folder / "node_modules"), platform]
    done = subprocess.run(command, input=json.dumps(called), capture_output=True, text=True, check=False)
    if done.returncode:
        raise upstream.UpstreamError(f"{' '.join(command)} failed:\n{done.stderr.strip()}")
    recorded: dict[str, Any] = json.loads(done.stdout)
    return recorded


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


def _ready(folder: Path | None) -> Path:
    """A folder with the pinned packages: the given one, or the default one, in which they are installed if need be."""
    ready = folder or upstream.default_folder()
    if folder is None and upstream.problems(ready):
        upstream.install(ready, upstream.pinned())
    if found := upstream.problems(ready):
        raise upstream.UpstreamError("\n".join(found))
    return ready


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description="Record what Taro's adapters do with every function.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 and name every file that is not up to date"
    )
    parser.add_argument(
        "--upstream",
        type=Path,
        metavar="DIR",
        help="a folder with upstream's node_modules (default: TAROPY_UPSTREAM, else a cache folder)",
    )
    parser.add_argument(
        "--golden", type=Path, default=GOLDEN, metavar="DIR", help="the recordings' folder (default: %(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
