"""Where records may be: what the phone's own store and a MongoDB have in common, and the database asks of either."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Json = dict[str, Any]
Sort = list[tuple[str, int]]
#: Stages by their names, each with its operand.
Pipeline = list[tuple[str, Any]]
#: Told of each write: the collection, the kind of change, the record's id, what it was and what it is.
Listener = Callable[[str, str, Any, Json | None, Json | None], None]


class Place(ABC):
    """All collections, by their names; `remote` if asking may take a while, and so is done beside the loop."""

    remote: bool
    listeners: list[Listener]

    #: What watchers still ask a place that is remote, which comes before what is asked after it.
    beginning: set[asyncio.Task[None]]

    def __init__(self) -> None:
        self.listeners = []
        self.beginning = set()

    async def beside(self, work: Callable[[], T]) -> T:
        """What `work` gives, done beside the loop once the watchers have what they have asked for before."""
        loop = asyncio.get_running_loop()
        begun = [task for task in self.beginning if task.get_loop() is loop]
        if begun:
            await asyncio.wait(begun)
        return await asyncio.to_thread(work)

    @abstractmethod
    def __getitem__(self, name: str, /) -> Collection: ...

    @abstractmethod
    def write(self, name: str, kind: str, id_: Any, before: Json | None, after: Json | None) -> None:
        """Keeps what a record has become, and tells the listeners."""

    @abstractmethod
    def snapshot(self) -> dict[str, dict[Any, Json]]: ...

    @abstractmethod
    def restore(self, state: Mapping[str, Mapping[Any, Json]]) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    def tell(self, name: str, kind: str, id_: Any, before: Json | None, after: Json | None) -> None:
        """Tells the listeners of a write."""
        for listener in tuple(self.listeners):
            listener(name, kind, id_, before, after)


class Collection(Protocol):
    """One collection, asked and changed in MongoDB's language. What fails raises `Fail`."""

    def find(self, filter_: Json, *, sort: Sort = ..., skip: int = ..., limit: int | None = ...) -> list[Json]: ...
    def by_id(self, id_: Any) -> Json | None: ...
    def count_documents(self, filter_: Json) -> int: ...
    def aggregate(self, pipeline: Pipeline) -> list[Json]: ...
    def create_index(self, path: str, *, geo: bool = ...) -> None: ...
    def insert_one(self, record: Json) -> None: ...
    def update_many(self, filter_: Json, changes: Json) -> int: ...
    def delete_many(self, filter_: Json) -> int: ...
