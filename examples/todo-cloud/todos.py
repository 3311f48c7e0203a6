"""A to-do list in the cloud: the program itself, which knows nothing of the phone that it runs on."""

from __future__ import annotations

from typing import Any

from taropy import Taro


class Todos:
    """The user's list, as the page would have it: it hears of every change, whoever made it."""

    def __init__(self) -> None:
        Taro.cloud.init({"env": "todo-1"})
        self.db = Taro.cloud.database()
        self.records = self.db.collection("todos")
        self.open: list[str] = []
        self._watcher: Any = None

    def watch(self) -> None:
        """Keeps `open`, the titles of what is still to do, as it is in the cloud."""
        to_do = self.records.where({"done": False})
        self._watcher = to_do.watch(onChange=self._changed, onError=print)

    async def add(self, title: str) -> str:
        """Adds something to do; gives its id."""
        added = await self.records.add({"data": {"title": title, "done": False, "since": self.db.serverDate()}})
        return str(added._id)

    async def finish(self, id_: str) -> None:
        """Marks one as done."""
        await self.records.doc(id_).update({"data": {"done": True}})

    async def finish_all(self) -> int:
        """Marks all as done, by a cloud function, since programs change one record at a time; gives how many."""
        answer = await Taro.cloud.callFunction({"name": "finish"})
        return int(answer.result.finished)

    async def close(self) -> None:
        """Watches no longer."""
        await self._watcher.close()

    def _changed(self, snapshot: Any) -> None:
        self.open = [each.title for each in snapshot.docs]
