"""The page in the browser: its packages, its program, and what comes of the cases in it."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.browser.backend import FILES, Backend
from tools.browser.places import placeless
from tools.programs import run
from tools.spec import upstream

Json = dict[str, Any]

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: The device that shows the page: the phone that taropy simulates, and the window that its bars leave on h5.
DEVICE: Json = {
    "userAgent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1",
    "viewport": {"width": 393, "height": 754},
    "screen": {"width": 393, "height": 852},
    "deviceScaleFactor": 3,
    "isMobile": True,
    "hasTouch": True,
    "locale": "zh-CN",
    "timezoneId": "Asia/Shanghai",
}

PAGE = b"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>recorded</title><style>html, body { height: 100%; margin: 0 }</style></head>
<body><div id="app"></div><script src="/app.js"></script></body></html>
"""


def packages() -> Path:
    """The folder with the pinned packages, installed if need be, in a cache folder outside every source tree."""
    pinned: dict[str, str] = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    return upstream.installed(upstream.cache_folder() / "browser", pinned)


def browser() -> str:
    """The path of a Chromium."""
    for name in BROWSERS:
        if (path := shutil.which(name)) is not None:
            return path
    raise upstream.UpstreamError(f"a browser is needed, and none of {', '.join(BROWSERS)} is on the PATH")


def record(cases: Sequence[Json], *, at_once: int = 2) -> dict[str, list[Any]]:
    """What comes of each case, by id: its steps, in the order in which they happened."""
    chromium, folder = browser(), packages()
    with tempfile.TemporaryDirectory() as temporary, contextlib.ExitStack() as stack:
        site = {"/": PAGE, "/app.js": _program(folder, Path(temporary))}
        backends = [stack.enter_context(Backend(site)) for _ in range(at_once)]
        given = {
            "device": DEVICE,
            "files": {path.name: str(path) for path in sorted(FILES.iterdir())},
            "servers": [{"addresses": backend.addresses, "control": backend.control} for backend in backends],
            "cases": cases,
        }
        printed = _node(HERE / "drive.mjs", folder, chromium, given=json.dumps(given))
        for backend in backends:
            printed = placeless(printed, backend.addresses)
    recorded: dict[str, list[Any]] = json.loads(printed)
    return recorded


def _program(folder: Path, temporary: Path) -> bytes:
    """The page's program, a development build: a production build's stubs succeed."""
    out = temporary / "app.js"
    _node(HERE / "build.mjs", folder, str(out))
    return out.read_bytes()


def _node(script: Path, folder: Path, *arguments: str, given: str = "") -> str:
    return run("node", str(script), str(folder / "node_modules"), *arguments, given=given)
