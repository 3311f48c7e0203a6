"""`python -m tools.ports`: record what the programs answer in Node.js, or verify it with `--check`.

Their types are blanked out by esbuild, which npm brings into a temporary folder with the packages that they import.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools import recording
from tools.ports.cases import PROGRAMS, calls_of
from tools.programs import run
from tools.recording import Recorder, listed

COMMAND = "python -m tools.ports"
PLAYER = Path(__file__).with_name("play.mjs")
ESBUILD = "esbuild@0.25.9"
#: Decorators as TypeScript's programs have them, which are not the standard's.
SETTINGS = json.dumps({"compilerOptions": {"experimentalDecorators": True}})
#: The packages that programs may import, in the versions that `tools.packages` asks.
PACKAGES = Path(__file__).parents[1] / "packages" / "package.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the recording is stale or missing, or if it can't be made."""
    return Recorder(
        COMMAND,
        "Record what the programs of tests/port/programs answer in Node.js.",
        "programs",
        PROGRAMS,
        "the programs' folder",
        lambda programs: document(record(programs)),
    ).run(arguments)


def record(programs: Path) -> dict[str, Any]:
    """Plays all programs of a folder in Node.js."""
    files = sorted(programs.glob("*.ts"))
    calls = {file.stem: [{"name": call.name, "arguments": call.arguments} for call in calls_of(file)] for file in files}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(PACKAGES, folder)
        run("npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", folder, ESBUILD)
        blank = Path(folder, "node_modules", ".bin", "esbuild")
        found = {"NODE_PATH": f"{folder}/node_modules"}
        made = [
            "--platform=node",
            "--format=cjs",
            f"--outdir={folder}/made",
            "--out-extension:.js=.cjs",
            f"--tsconfig-raw={SETTINGS}",
        ]
        run(str(blank), *map(str, files), *made)
        played = run("node", str(PLAYER), f"{folder}/made", json.dumps(calls), variables=found)
    answers: dict[str, Any] = json.loads(played)
    return answers


def document(answers: dict[str, Any]) -> str:
    """A JSON document with a call a line."""
    return recording.document(COMMAND, itertools.starmap(listed, answers.items()))


if __name__ == "__main__":
    sys.exit(main())
