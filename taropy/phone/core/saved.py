"""`Saved`: a room's small state, kept in a JSON file of a phone that has a folder."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, Any

from .answers import Fail

if TYPE_CHECKING:
    from .faces import Phone


class Saved:
    """A JSON object in the phone's folder; of a phone without one nothing is kept.

    It is written beside the old one and then put in its place, so that a killed process or a full disk leaves the old.
    """

    def __init__(self, phone: Phone, name: str) -> None:
        self._path = phone.folder / name if phone.persistent else None
        self._lock = threading.Lock()

    def load(self) -> dict[str, Any]:
        """What was kept, or an empty object."""
        if self._path is None or not self._path.exists():
            return {}
        try:
            state: dict[str, Any] = json.loads(self._path.read_text("utf-8"))
        except ValueError as error:
            raise ValueError(f"{self._path} is spoilt: {error}") from error
        return state

    def keep(self, state: dict[str, Any]) -> None:
        """Keeps `state` in place of what was kept before; `Fail` if there is no room for it."""
        if self._path is None:
            return
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}.{id(self)}")
        with self._lock:
            try:
                fresh.write_text(json.dumps(state, ensure_ascii=False), "utf-8")
                fresh.replace(self._path)
            except OSError as error:
                fresh.unlink(missing_ok=True)
                raise Fail(f":internal error {error}") from error
