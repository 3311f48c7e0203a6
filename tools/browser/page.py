"""The cases in a browser: the page with the app that they are about, and what is recorded of them in it."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import taropy
from taropy.extras import MissingExtra
from taropy.hosts.errors import PageError
from taropy.hosts.page import building
from taropy.hosts.page.browser import NAMES, found
from tools.browser.backend import Backend
from tools.browser.person import DEVICE, equip, prepare
from tools.browser.places import placeless
from tools.browser.play import Play
from tools.browser.recorded import recorded
from tools.programs import ProgramError, run
from tools.spec import upstream

Json = dict[str, Any]

HERE = Path(__file__).parent

PAGE = b"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>recorded</title><style>html, body { height: 100%; margin: 0 }</style></head>
<body><div id="app"></div><script src="/app.js"></script></body></html>
"""


def packages() -> Path:
    """The folder with the packages of a page with taro-h5, installed if need be, outside every source tree."""
    pinned: dict[str, str] = json.loads((building.SHELL / "package.json").read_text("utf-8"))["dependencies"]
    return upstream.installed(building.cached(), pinned)


def browser() -> str:
    """The path of a Chromium."""
    path = found()
    if path is None:
        raise upstream.UpstreamError(f"a browser is needed, and none of {', '.join(NAMES)} is on the PATH")
    return path


def record(cases: Sequence[Json], *, at_once: int = 2) -> dict[str, list[Any]]:
    """What comes of each case, by id: its steps, in the order in which they happened."""
    browser()  # before what takes longer
    folder = packages()
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(at_once) as pool:
        site = {"/": PAGE, "/app.js": _program(folder, Path(temporary))}
        waiting = deque(cases)
        traces = [Path(temporary) / f"{number}.jsonl" for number in range(at_once)]
        try:
            played = list(pool.map(lambda trace: _record(waiting, site, trace), traces))
        except (MissingExtra, PageError) as error:
            raise ProgramError(str(error)) from None
        finally:
            waiting.clear()
    steps = {id_: steps for each in played for id_, steps in each.items()}
    return {case["id"]: steps[case["id"]] for case in cases}


def _record(waiting: deque[Json], site: Mapping[str, bytes], trace: Path) -> dict[str, list[Any]]:
    """Plays cases that wait, each in turn, with servers and a browser of its own."""
    with Backend(site) as backend:
        asyncio.run(_play(waiting, backend, trace))
        text = json.dumps(recorded(trace), ensure_ascii=False)
        read: dict[str, list[Any]] = json.loads(placeless(text, backend.addresses))
    return read


async def _play(waiting: deque[Json], backend: Backend, trace: Path) -> None:
    page: Json = {"url": f"{backend.addresses['origin']}/", "launch": True, "device": DEVICE}
    recording: Json = {"trace": trace, "over": "page", "show_secrets": True, "stable": False}
    async with taropy.create("h5", host="record", **recording, **page) as taro:
        await equip(taro.phone)
        while waiting:
            told = waiting.popleft()
            backend.begin(told["routes"])
            await prepare(taro.phone, told)
            await Play(taro, told, backend.addresses, backend.case).record()
            backend.end()


def _program(folder: Path, temporary: Path) -> bytes:
    """The page's program, a development build: a production build's stubs succeed."""
    out = temporary / "app.js"
    run("node", str(HERE / "build.mjs"), str(folder / "node_modules"), str(out))
    return out.read_bytes()
