"""Watching: snapshots of the records that meet a condition, at first and whenever one of them changes.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/realtime.html, miniprogram-api-typings 5.2.3.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ....models.record import Record
from ...core.answers import Options, Result
from ...core.app import App
from ...core.functions import answered
from ...core.listening import call
from ...core.room import Manager
from .access import Access, Selection
from .matching import matcher
from .values import told

if TYPE_CHECKING:
    from ...core.faces import Phone
    from .store import Json


class RealtimeListener(Manager):
    """What `watch` gives: it tells until it is closed."""

    def __init__(self, phone: Phone, app: App, access: Access, selection: Selection, options: Options) -> None:
        super().__init__(phone, app)
        self._access = access
        self._on_change = options.get("onChange")
        self._store = access.databases.store
        filter_ = access.readable(selection.condition)
        self._meets = matcher(filter_)
        self._records: dict[Any, Json] = {each["_id"]: each for each in access.collection.find(filter_)}
        self._number = 0
        self._events = 0
        self._loop = _running_loop()
        self._open = True
        self._store.listeners.append(self._written)
        changes = [self._change("init", "init", id_, record) for id_, record in self._records.items()]
        self._tell(changes, type="init")

    @answered
    def close(self, app: App, options: Options) -> None:
        """Stops watching."""
        self.end()

    def end(self) -> None:
        """Stops watching. A second call does nothing."""
        if self._open:
            self._open = False
            self._store.listeners.remove(self._written)

    def _written(self, name: str, kind: str, id_: Any, before: Json | None, after: Json | None) -> None:
        if name != self._access.name:
            return
        was, now = id_ in self._records, after is not None and self._meets(after)
        if not was and not now:
            return
        shown = after if after is not None else before
        assert shown is not None
        if now:
            assert after is not None
            self._records[id_] = after
        else:
            del self._records[id_]
        queue = "update" if was and now else "enqueue" if now else "dequeue"
        change = self._change(queue, kind, id_, shown)
        if kind == "update" and before is not None and after is not None:
            change["updatedFields"], change["removedFields"] = _difference(before, after)
        self._tell([change])

    def _change(self, queue: str, kind: str, id_: Any, record: Json) -> Result:
        self._events += 1
        return Record(id=self._events - 1, queueType=queue, dataType=kind, docId=id_, doc=told(record))

    def _tell(self, changes: list[Result], **more: Any) -> None:
        snapshot = Record(
            id=self._number, docChanges=changes, docs=[told(each) for each in self._records.values()], **more
        )
        self._number += 1
        if self._loop is None or self._loop.is_closed():
            self._deliver(snapshot)
        else:
            self._loop.call_soon_threadsafe(self._deliver, snapshot)

    def _deliver(self, snapshot: Result) -> None:
        if self._open and callable(self._on_change):
            call("watch", self._on_change, snapshot)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _difference(before: Json, after: Json, path: str = "") -> tuple[Json, list[str]]:
    """The new values by the paths of their fields, and the paths of those that are gone."""
    changed: Json = {}
    removed = [f"{path}{name}" for name in before if name not in after]
    for name, value in after.items():
        old = before.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            inner = _difference(old, value, f"{path}{name}.")
            changed |= inner[0]
            removed += inner[1]
        elif name not in before or old != value:
            changed[f"{path}{name}"] = told(value)
    return changed, removed
