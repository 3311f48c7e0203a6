"""A phone that is in a browser itself, under Pyodide: what it lacks, and how it asks the browser.

It lacks sockets of its own, its network's address, threads.
"""

from __future__ import annotations

import sys
from asyncio import AbstractEventLoop
from collections.abc import Set
from functools import cache
from importlib import import_module
from typing import Any

#: Whether this Python runs in a browser, or in Node.js as it would in one.
IN_BROWSER = sys.platform == "emscripten"

_EVENTS = ("Found", "Lost", "ResolveFail", "DiscoveryStop")

#: The native functions that no browser lets anybody write.
LACKING: Set[str] = frozenset({
    "createTCPSocket", "createUDPSocket", "createWorker", "getLocalIPAddress",
    "startLocalServiceDiscovery", "stopLocalServiceDiscovery",
    *(f"{on}LocalService{event}" for on in ("on", "off") for event in _EVENTS),
}) if IN_BROWSER else frozenset()  # fmt: skip


def is_browsers_own(loop: AbstractEventLoop) -> bool:
    """Whether it is the browser's event loop; in any other one nothing of the browser's is heard."""
    return isinstance(loop, import_module("pyodide.webloop").WebLoop)


@cache
def in_javascript(source: str) -> Any:
    """What an expression in JavaScript is, where there is a browser; a function is made once."""
    return import_module("pyodide.code").run_js(source)
