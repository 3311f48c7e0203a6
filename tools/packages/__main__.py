"""`python -m tools.packages`: record what packages of JavaScript answer, or verify it with `--check`.

npm brings the packages, in the versions of package.json, into a temporary folder. The time is 2024-02-29 13:14:15.678
in Shanghai until a case moves it on with `tick(milliseconds)`.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from taropy.port.packages import stand_in
from tools import recording
from tools.packages.cases import FOLDER, Sheet, sheets
from tools.programs import run
from tools.recording import Recorder, table

COMMAND = "python -m tools.packages"
HERE = Path(__file__).parent
ZONE = "Asia/Shanghai"
NOW = 1_709_183_655_678


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the recording is stale or missing, or if it can't be made."""
    return Recorder(
        COMMAND,
        "Record what packages answer to the expressions of tests/js/packages.",
        "cases",
        FOLDER,
        "the cases' folder",
        lambda cases: document(record(sheets(cases))),
    ).run(arguments)


def record(asked: Iterable[Sheet]) -> dict[str, dict[str, Any]]:
    """What each expression gives in Node.js, file by file; each file has a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "package.json", folder)
        run("npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", folder)
        return {sheet.name: _recorded(sheet, folder) for sheet in asked}


def _recorded(sheet: Sheet, folder: str) -> dict[str, Any]:
    expressions = list(dict.fromkeys(case.javascript for case in sheet.cases))
    imports = [
        [name, specifier, is_default(specifier) and name not in sheet.whole]
        for name, specifier in sheet.imports.items()
    ]
    given = {"folder": folder, "now": NOW, "setup": sheet.setup, "expressions": expressions, "imports": imports}
    answers = run("node", str(HERE / "answer.mjs"), given=json.dumps(given), variables={"TZ": ZONE})
    return dict(zip(expressions, json.loads(answers), strict=True))


def is_default(specifier: str) -> bool:
    """Whether a program that imports it as default gets a name of it, and not all of it."""
    found = stand_in(specifier)
    return found is not None and bool(found.default)


def document(answers: dict[str, dict[str, Any]]) -> str:
    """A JSON document with an expression a line, file by file."""
    return recording.document(COMMAND, itertools.starmap(table, answers.items()))


if __name__ == "__main__":
    sys.exit(main())
