"""Reads the recorder's trace: the steps of each case, in the order in which they happened, as tests/h5/data has them.

Values are JSON there, with markers for what JSON does not have:

- `"$undefined"`, `"$nan"`, `"$infinity"`, `"$function"`, `"$promise"`: what stands there
- `{"$bytes": BASE64}`: an ArrayBuffer, or a view of one
- `{"$error": NAME, "message": TEXT, …}`: an Error, with the fields that were written on it
- `{"$object": CLASS, …}`: an instance of another class, with what `FIELDS` says
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taropy.hosts.replay.traces import Files, Step, markers, read
from taropy.hosts.replay.values import mark_of, unescaped
from tools.browser.notes import AS, BEGUN, CASE, ENDED, LOADED_ANEW

Steps = list[list[Any]]

#: What is told of a browser's own objects.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "CloseEvent": ("type", "code", "wasClean"),
    "DOMRectReadOnly": ("left", "top", "right", "bottom", "width", "height"),
    "ErrorEvent": ("type", "message"),
    "Event": ("type",),
    "File": ("name", "size", "type"),
    "Blob": ("size", "type"),
    "MessageEvent": ("type", "data"),
    "GeolocationPositionError": ("code", "message"),
}
NUMBERS: Mapping[str, Any] = {"NaN": "$nan", "Infinity": "$infinity", "-Infinity": "$infinity", "-0": 0}


def recorded(trace: Path) -> dict[str, Steps]:
    """The steps of the cases in a trace, by their ids."""
    found = read(trace, whole=True)
    reading = _Reading(found.files)
    for step in found.steps:
        reading.take(step)
    return reading.cases


class _Reading:
    """A trace that is read."""

    def __init__(self, files: Files) -> None:
        self.cases: dict[str, Steps] = {}
        self._files = files
        self._log: Steps = []
        self._as: str | None = None
        #: What calls do, and what they are called in the recording; and the functions' names.
        self._done: dict[int, tuple[str, str]] = {}
        self._names: dict[int, str] = {}
        self._begun = False

    def take(self, step: Step) -> None:
        """A step of the trace."""
        match step.kind:
            case "note":
                self._noted(step.name, step.value)
            case "direct":
                self._names.update((each["$function"], each["name"]) for each in markers(step.value) if "name" in each)
                if self._as is not None:
                    self._done[step.call] = step.how, self._as
                self._as = None
            case "told" if step.function in self._names:
                self._told(self._names[step.function], step.value)
            case _ if step.call in self._done:
                self._came(*self._done[step.call], step.kind, self._plain(step.value))

    def _came(self, how: str, label: str, what: str, value: Any) -> None:
        if how != "get":
            label = f"{label}{what}"
        elif what == "threw":
            label = f"{label} threw"
        self._log.append([label, value])

    def _noted(self, text: str, values: list[Any]) -> None:
        match text:
            case _ if text == CASE:
                self._log = self.cases[values[0]] = []
                self._begun = False
            case _ if text == BEGUN:
                self._begun = True
                if not values[0]:
                    self._log.clear()
            case _ if text == ENDED:
                self._log = []  # a page that is closed lives through that, too
            case _ if text == LOADED_ANEW:
                self._log[:] = [[LOADED_ANEW]]
            case _ if text == AS:
                self._as = values[0]
            case "person":
                pass
            case _:
                self._log.append([text, *map(self._plain, values)])

    def _told(self, name: str, values: list[Any]) -> None:
        if name != "_lived":
            self._log.append([name, *map(self._plain, values)])
            return
        page, moment, given = values
        if moment != "resize" or self._begun:  # the device that is emulated takes its measures a little late
            self._log.append([f"{page}.{moment}", *map(self._plain, given)])

    # --- values --------------------------------------------------------------------------------------------------

    def _plain(self, tree: Any) -> Any:
        """A value of the trace as the recording has it."""
        if isinstance(tree, list):
            return [self._plain(each) for each in tree]
        if not isinstance(tree, dict):
            return tree
        mark = mark_of(tree)
        if mark is None:
            return self._plain_fields(tree)
        told = tree[mark]
        match mark:
            case "$undefined" | "$function" | "$promise":
                return mark
            case "$number":
                return NUMBERS[told]
            case "$bytes":
                return {"$bytes": told if isinstance(told, str) else base64.b64encode(self._data(told)).decode()}
            case "$text":
                return self._data(told).decode()
            case "$class":
                return self._plain_instance(tree)
            case "$other":
                return "$function" if told == "function" else {"$object": told}
            case "$date":
                return {"$object": "Date"}
        raise ValueError(f"a recording has no {mark}")

    def _plain_fields(self, tree: Mapping[str, Any]) -> Any:
        if "$$taroPath" in tree and self._plain(tree.get("onLoad")) == "$function":
            return {"$object": "Page"}
        return {unescaped(name): self._plain(each) for name, each in tree.items()}

    def _plain_instance(self, tree: Mapping[str, Any]) -> Any:
        name, fields = tree["$class"], self._plain_fields(tree["fields"])
        if tree.get("error"):
            return {"$error": name, **fields}
        return {"$object": name, **{each: fields[each] for each in FIELDS.get(name, ())}}

    def _data(self, told: Mapping[str, Any]) -> bytes:
        return self._files.get(told["sha256"])
