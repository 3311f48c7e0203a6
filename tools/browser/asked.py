"""What the servers answer in one case, what they were asked, and what they hold back."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

# A guard, in seconds: nobody waits for longer.
PATIENCE = 20.0


class Asked:
    """What the servers answer in one case, and what they were asked."""

    def __init__(self, routes: Mapping[str, Json]) -> None:
        self.routes = dict(routes)
        self._received: list[Json] = []
        self._come = threading.Condition()
        self._held: dict[str, threading.Event] = {}
        self._over = False

    def note(self, request: Json) -> None:
        with self._come:
            self._received.append(request)
            self._come.notify_all()

    def arrived(self, path: str) -> bool:
        """Waits until a request for the path has come."""

        def has_come() -> bool:
            return any(urlsplit(request["url"]).path == path for request in self._received)

        with self._come:
            return self._come.wait_for(has_come, PATIENCE)

    def received(self, *, options: bool = False) -> list[Json]:
        """What was asked so far; a browser's own questions before a request only if `options` says so."""
        return [request for request in self._received if options or request["method"] != "OPTIONS"]

    def answer(self, path: str) -> Json | None:
        found = self.routes.get(path)
        if found is not None and "then" in found:
            self.routes[path] = found["then"]
        return found

    def wait(self, path: str) -> None:
        if not self._over:
            self._held.setdefault(path, threading.Event()).wait(PATIENCE)

    def release(self, path: str) -> None:
        self._held.setdefault(path, threading.Event()).set()

    def release_all(self) -> None:
        self._over = True
        for held in list(self._held.values()):
            held.set()
