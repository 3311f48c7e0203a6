"""Watching: snapshots of the records that meet a condition, at first and whenever one of them changes.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/realtime.html, miniprogram-api-typings 5.2.3.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from ....loops import keep_under_way
from ....models.record import Record
from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.functions import answered
from ...core.listening import call
from ...core.room import Manager
from ...core.telling import count, quoted
from ..errors import REQUEST_FAILED, WATCH_ENDED, WATCH_NOT_BEGUN, database_fail, unreachable
from .access import Access, Selection
from .matching import matcher
from .ordering import sorted_by
from .values import told

if TYPE_CHECKING:
    from ...core.faces import Phone
    from .places import Json


#: How many records can be watched at once: guide/database/realtime.html; one more ends it.
MOST_WATCHED = 5000


class RealtimeListener(Manager):
    """What `watch` gives: it tells until it is closed, or until what it watches can't be watched any more.

    Order and limit count as in a query, but for that there are as many records as `MOST_WATCHED`. What is told of a
    record that another one's change has moved out of the limit, or into it, is judgement: that it was updated.
    """

    def __init__(self, phone: Phone, app: App, access: Access, selection: Selection, options: Options) -> None:
        super().__init__(phone, app)
        self._access = access
        self._selection = selection
        self._on_change = options.get("onChange")
        self._on_error = options.get("onError")
        self._store = access.databases.store
        self._records: dict[Any, Json] = {}
        self._shown: dict[Any, Json] = {}
        self._number = 0
        self._events = 0
        self._loop = _running_loop()
        self._open = False
        #: What is written while a server of one's own still looks for what there is.
        self._missed: list[tuple[str, str, Any, Json | None, Json | None]] | None = None
        try:
            self._begin()
        except Fail as failure:
            self._fail(WATCH_NOT_BEGUN, failure)

    def in_words(self) -> Iterator[str]:
        """What it watches."""
        yield quoted(self._access.name)
        yield count(len(self._shown), "records") if self._open else "closed"

    def _begin(self) -> None:
        if not self.phone.network.online:
            raise unreachable()
        filter_ = self._access.readable(self._selection.condition)
        self._meets = matcher(filter_)
        if self._store.remote and self._loop is not None:
            self._missed = []
            self._listen()
            task = self.phone.spawn(self._begin_beside(filter_), takes_time=True)
            self._store.beginning.add(task)
            task.add_done_callback(self._store.beginning.discard)
            keep_under_way(task)
            return
        self._found(self._access.collection.find(filter_))
        self._listen()

    async def _begin_beside(self, filter_: Json) -> None:
        """Has the server asked beside the loop; what is written meanwhile comes after what it has found."""
        try:
            found = await asyncio.to_thread(self._access.collection.find, filter_)
            if not self._open:
                return
            missed, self._missed = self._missed or [], None
            self._found(found)
        except Fail as failure:
            self.end()
            self._fail(WATCH_NOT_BEGUN, failure)
            return
        for name, kind, id_, before, after in missed:
            if self._records.get(id_) != after:  # or it was found already
                self._written(name, kind, id_, before, after)

    def _found(self, records: Iterable[Json]) -> None:
        self._records = {each["_id"]: each for each in records}
        self._need_room()
        self._shown = self._within()
        changes = [self._change("init", "init", id_, record) for id_, record in self._shown.items()]
        self._tell(changes, type="init")

    def _listen(self) -> None:
        self._store.listeners.append(self._written)
        self._open = True

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
        if self._missed is not None:
            self._missed.append((name, kind, id_, before, after))
            return
        meets = after is not None and self._meets(after)
        if not meets and id_ not in self._records:
            return
        if after is not None and meets:
            self._records[id_] = after
        else:
            del self._records[id_]
        try:
            self._need_room()
        except Fail as failure:
            self.end()
            self._fail(WATCH_ENDED, failure)
            return
        changes = self._changes(kind, id_, after)
        for change in changes:
            if change["docId"] == id_ and kind == "update" and before is not None and after is not None:
                change["updatedFields"], change["removedFields"] = _difference(before, after)
        if changes:
            self._tell(changes)

    def _changes(self, kind: str, id_: Any, after: Json | None) -> list[Result]:
        """What a write to one record has changed of those that are shown."""
        earlier, self._shown = self._shown, self._within()

        def change(queue: str, each_id: Any, record: Json) -> Result:
            return self._change(queue, kind if each_id == id_ else "update", each_id, record)

        gone = [each_id for each_id in earlier if each_id not in self._shown]
        come = [each_id for each_id in self._shown if each_id not in earlier]
        return [
            *(change("dequeue", each, after if each == id_ and after is not None else earlier[each]) for each in gone),
            *(change("enqueue", each, self._shown[each]) for each in come),
            *([change("update", id_, self._shown[id_])] if id_ in earlier and id_ in self._shown else ()),
        ]

    def _within(self) -> dict[Any, Json]:
        """The records in their order, as many as the limit leaves."""
        sort, limit = list(self._selection.sort), self._selection.limit
        if not sort and limit is None:
            return dict(self._records)
        ordered = sorted_by(self._records.values(), sort) if sort else self._records.values()
        return {each["_id"]: each for each in islice(ordered, limit)}

    def _need_room(self) -> None:
        if len(self._records) > MOST_WATCHED:
            raise database_fail(REQUEST_FAILED, f"more than {MOST_WATCHED} records can not be watched")

    def _change(self, queue: str, kind: str, id_: Any, record: Json) -> Result:
        self._events += 1
        return Record(id=self._events - 1, queueType=queue, dataType=kind, docId=id_, doc=told(record))

    def _tell(self, changes: list[Result], **more: Any) -> None:
        docs = [told(each) for each in self._shown.values()]
        snapshot = Record(id=self._number, docChanges=changes, docs=docs, **more)
        self._number += 1
        self._soon(self._deliver, snapshot)

    def _fail(self, number: int, why: Fail) -> None:
        """Tells why there is no watching any more: the vendor's number of that, and the words of what was behind it."""
        failure = Fail(f"{number}. {why.result('')['errMsg'].partition(':fail ')[2]}", number)
        if callable(self._on_error):
            self._soon(call, "watch", self._on_error, Record(failure.result("collection.watch")))

    def _soon(self, work: Callable[..., None], *given: Any) -> None:
        if self._loop is None or self._loop.is_closed():
            work(*given)
        else:
            self._loop.call_soon_threadsafe(work, *given)

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
