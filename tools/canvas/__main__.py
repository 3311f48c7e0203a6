"""`python -m tools.canvas`: record what Chromium draws, or verify it with `--check`.

This needs Chromium; the tests that use the recording do not.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools import generated
from tools.browser.page import browser
from tools.programs import ProgramError, run

COMMAND = "python -m tools.canvas"
HERE = Path(__file__).parent
DRAWINGS = HERE.parents[1] / "tests" / "phone" / "canvas"
SIZE, COLUMNS = 64, 16
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--force-color-profile=srgb", "--virtual-time-budget=60000", "--dump-dom",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the recording is stale or missing, or if it can't be made."""
    parser = generated.parser(COMMAND, "Record what Chromium draws of tests/phone/canvas.")
    generated.add_folder(parser, "--drawings", DRAWINGS, "the drawings' folder")
    options = parser.parse_args(arguments)
    sheet = options.drawings / "chromium.png"
    try:
        drawn = record(options.drawings)
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        current = sheet.exists() and sheet.read_bytes() == drawn
        return generated.told([] if current else [f"stale: {sheet.name}"], 1)
    sheet.write_bytes(drawn)
    return 0


def read(folder: Path) -> list[tuple[str, str]]:
    """The drawings, each with its name."""
    _, *parts = (folder / "drawings.txt").read_text("utf-8").split("\n== ")
    return [(name, text.strip()) for name, _, text in (part.partition("\n") for part in parts)]


def record(folder: Path) -> bytes:
    """The sheet of all drawings, as a PNG."""
    font = base64.b64encode((folder / "shapes.ttf").read_bytes()).decode()
    given = {
        "drawings": read(folder), "font": f"data:font/ttf;base64,{font}", "size": SIZE, "columns": COLUMNS,
    }  # fmt: skip
    script = f"const GIVEN = {json.dumps(given)}\n{(HERE / 'page.js').read_text('utf-8')}"
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.html"
        page.write_text(f'<!doctype html><meta charset="utf-8"><body><script>\n{script}</script>', "utf-8")
        printed = run(browser(), *ARGUMENTS, f"--user-data-dir={place}/user", page.as_uri())
    found = re.search(r"DRAWN data:image/png;base64,([\w+/=]+) END", printed)
    if found is None:
        failed = re.search(r"FAILED (.*?) END", printed, re.DOTALL)
        raise ProgramError(f"Chromium has drawn nothing: {failed[1] if failed else printed[-500:]}")
    return base64.b64decode(found[1])


if __name__ == "__main__":
    sys.exit(main())
