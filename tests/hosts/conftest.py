"""What hosts are tested with: a page with the real taro-h5, and servers around it.

Programs for tests of several hosts stand beside this: `tea_round`, and `tea_house`, which is around it.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from servers import Answer, Received, WebServer

from taropy.hosts.page import browser, building
from tools.browser.sockets import port_of, socket_server

FONT = Path(__file__).parents[1] / "phone" / "canvas" / "shapes.ttf"
APP = {
    "pages": ["pages/a/index", "pages/b/index", "pages/c/index"],
    "window": {"navigationBarTitleText": "tea"},
    "pageConfigs": {"pages/a/index": {"enablePullDownRefresh": True}},
    "tabBar": {
        "list": [{"pagePath": "pages/a/index", "text": "A"}, {"pagePath": "pages/b/index", "text": "B"}],
    },
}


def lack() -> str:
    """Why there is no browser for a test; nothing if there is one."""
    if importlib.util.find_spec("playwright") is None:
        return "needs Playwright: pip install 'taropy[browser]'"
    if browser.found() is None:
        return "needs a Chromium: apt-get install chromium"
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `browser` say why they are skipped."""
    if why := lack():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, Any]], Path]:
    """Builds a page with the real taro-h5 for an app's configuration, once for each."""
    if why := lack():
        pytest.skip(why)
    if shutil.which("node") is None or building.missing(building.cached()):
        pytest.skip("needs Node.js and the page's npm packages (taropy page build OUT gets them)")
    sites: dict[str, Path] = {}

    def build(app: Mapping[str, Any]) -> Path:
        key = json.dumps(app)
        if key not in sites:
            sites[key] = tmp_path_factory.mktemp("site")
            building.build(sites[key], app)
        return sites[key]

    return build


@pytest.fixture(scope="session")
def site(built: Callable[[Mapping[str, Any]], Path]) -> Path:
    """A page with the real taro-h5: three pages, two of them tabs."""
    return built(APP)


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    """A server that tells what it was asked, to pages of any origin; it has a font, and never answers at /never."""

    async def answer(request: Received) -> Answer:
        if request.path == "/never":
            await asyncio.Event().wait()
        allowed = (
            ("access-control-allow-origin", request.headers.get("origin", "")),
            ("access-control-allow-headers", request.headers.get("access-control-request-headers", "")),
            ("access-control-allow-credentials", "true"),
        )
        if request.path == "/shapes.ttf":
            return Answer(FONT.read_bytes(), headers=allowed)
        body = {"method": request.method, "path": request.path, "body": request.body.decode("latin-1")}
        return Answer(body, headers=allowed)

    with WebServer(answer) as made:
        yield made


@pytest.fixture(scope="module")
def sockets() -> Iterator[str]:
    """The address of a WebSocket server, which tools/browser/sockets.py describes."""
    made = socket_server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"ws://127.0.0.1:{port_of(made)}"
    made.shutdown()
    thread.join()
