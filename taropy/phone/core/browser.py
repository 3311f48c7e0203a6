"""What a phone lacks that is in a browser itself, under Pyodide: sockets of its own, its network's address, threads."""

from __future__ import annotations

import sys
from collections.abc import Set

#: Whether this Python runs in a browser, or in Node.js as it would in one.
IN_BROWSER = sys.platform == "emscripten"

_EVENTS = ("Found", "Lost", "ResolveFail", "DiscoveryStop")

#: The native functions that no browser lets anybody write.
LACKING: Set[str] = frozenset({
    "createTCPSocket", "createUDPSocket", "createWorker", "getLocalIPAddress",
    "startLocalServiceDiscovery", "stopLocalServiceDiscovery",
    *(f"{on}LocalService{event}" for on in ("on", "off") for event in _EVENTS),
}) if IN_BROWSER else frozenset()  # fmt: skip
