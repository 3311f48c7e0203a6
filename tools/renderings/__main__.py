"""`python -m tools.renderings`: record what components print in React, or verify it with `--check`.

esbuild, React and its test renderer are brought into a temporary folder by npm.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools import recording
from tools.ports.__main__ import ESBUILD
from tools.programs import run
from tools.recording import Recorder, listed
from tools.renderings.cases import COMPONENTS, steps_of

COMMAND = "python -m tools.renderings"
PLAYER = Path(__file__).with_name("play.mjs")
REACT = ("react@18.3.1", "react-test-renderer@18.3.1")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the recording is stale or missing, or if it can't be made."""
    return Recorder(
        COMMAND,
        "Record what the components of tests/port/renderings print in React.",
        "components",
        COMPONENTS,
        "the components' folder",
        lambda components: document(record(components)),
    ).run(arguments)


def record(components: Path) -> dict[str, Any]:
    """Mounts all components of a folder in React, and does their steps."""
    files = sorted(components.glob("*.tsx"))
    steps = {file.stem: [{"name": step.name, "arguments": step.arguments} for step in steps_of(file)] for file in files}
    with tempfile.TemporaryDirectory() as folder:
        run("npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", folder, ESBUILD, *REACT)
        blank = Path(folder, "node_modules", ".bin", "esbuild")
        made = ("--jsx=automatic", "--format=esm", f"--outdir={folder}/made", "--out-extension:.js=.mjs")
        run(str(blank), *map(str, files), *made)
        elements = Path(folder, "node_modules", "@tarojs", "components")
        elements.mkdir(parents=True)
        (elements / "index.mjs").write_text("export const View = 'view', Text = 'text'\n", "utf-8")
        (elements / "package.json").write_text('{"name": "@tarojs/components", "exports": "./index.mjs"}', "utf-8")
        player = Path(folder, "play.mjs")
        player.write_text(PLAYER.read_text("utf-8"), "utf-8")
        lines: dict[str, Any] = json.loads(run("node", str(player), f"{folder}/made", json.dumps(steps)))
    return lines


def document(lines: dict[str, Any]) -> str:
    """A JSON document with a step a line."""
    return recording.document(COMMAND, itertools.starmap(listed, lines.items()))


if __name__ == "__main__":
    sys.exit(main())
