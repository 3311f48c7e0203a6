"""The database as cloud functions and tests have it: with all rights, and what the documents have for servers alone.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database; wx-server-sdk 4.0.2. Every call that
asks is awaited; options are given by name or as a dict. What fails raises `CloudError`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol

from ....loops import DONE
from ....models.record import Record, record
from ...core.answers import Fail
from ...core.telling import Showing, count, quoted
from ..errors import GENERAL, CloudError, raised
from .access import Access, Selection, what_was_set
from .aggregating import Stages, aggregated, stage_of
from .commands import Command
from .database import Databases
from .places import Place
from .stages import STAGES
from .transactions import CONFLICT, Overlay, Records
from .values import Geo, RegExp, ServerDate


async def _asked(place: Place, name: str, work: Callable[[], Mapping[str, Any]]) -> Record:
    """What `_done` gives; of a database elsewhere without that others wait meanwhile."""
    return await place.beside(partial(_done, name, work)) if place.remote else _done(name, work)


def _done(name: str, work: Callable[[], Mapping[str, Any]]) -> Record:
    try:
        return record({**work(), "errMsg": f"{name}:ok"})  # type: ignore[no-any-return]
    except Fail as failure:
        raise raised(name, failure) from failure


class ServerDatabase(Showing):
    """`context.database()`, `phone.cloud.database()`."""

    def __init__(self, databases: Databases, keep: Callable[[], None]) -> None:
        self._databases = databases
        self._keep = keep
        self.command: Command = Command()
        self.Geo: Geo = Geo()

    def in_words(self) -> Iterator[str]:
        """How many collections there are."""
        yield from self._databases.in_words()

    def collection(self, name: str) -> ServerCollection:
        """A collection by its name."""
        try:
            return ServerCollection(self._databases.server(name), Selection())
        except Fail as failure:
            raise raised("collection", failure) from failure

    def serverDate(self, options: Mapping[str, float] | None = None, *, offset: float = 0) -> ServerDate:
        """The server's time when the call arrives, and `offset` milliseconds later."""
        return ServerDate((options or {}).get("offset", offset))

    def RegExp(self, options: Mapping[str, str] | None = None, **named: str) -> RegExp:
        """A regular expression for a condition, of `regexp` and `options`."""
        return RegExp(**{**(options or {}), **named})

    async def startTransaction(self) -> Transaction:
        """Begins a transaction."""
        return Transaction(Overlay(self._databases))

    async def runTransaction(self, work: Callable[[Transaction], Awaitable[Any]], times: int = 3) -> Any:
        """Has `work` do its part with a transaction, and commits; gives what it returned.

        After a conflict with another it is done again, `times` at most. What it raises, or gives to
        `transaction.rollback(reason)`, ends the transaction, and nothing of it is kept.
        """
        for left in range(times, 0, -1):
            transaction = await self.startTransaction()
            try:
                result = await work(transaction)
                await transaction.commit()
            except CloudError as error:
                if left > 1 and CONFLICT in error.errMsg:
                    continue
                raise
            finally:
                transaction.end()
            return result
        raise raised("runTransaction", Fail("Transaction failed", GENERAL))

    async def createCollection(self, name: str) -> Record:
        """Makes a collection that only its records' owners may use."""
        _done("createCollection", lambda: {"made": self._databases.make(name, "PRIVATE", ()).name})
        self._keep()
        return Record(errMsg="createCollection:ok")


class Transaction(Showing):
    """A transaction: `collection(name).doc(id)` as elsewhere, and all of it is kept with `commit`, or nothing."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay

    def collection(self, name: str) -> TransactionCollection:
        """A collection, whose single records can be read and written."""
        try:
            return TransactionCollection(Records(self._overlay, self._overlay.databases.server(name)))
        except Fail as failure:
            raise raised("collection", failure) from failure

    async def commit(self) -> Record:
        """Keeps all that was written; raises `CloudError` if another has changed a record that it has seen."""

        def work() -> dict[str, Any]:
            self._overlay.commit()
            return {}

        return await _asked(self._overlay.databases.store, "transaction.commit", work)

    async def rollback(self, reason: Any = None) -> Record:
        """Keeps nothing; with a reason, `runTransaction` raises `CloudError` with it."""
        self._overlay.roll_back()
        if reason is not None:
            raise CloudError(str(reason), GENERAL)
        return Record(errMsg="transaction.rollback:ok")

    def end(self) -> None:
        """Keeps nothing of it that was not committed."""
        self._overlay.roll_back()


class TransactionCollection(Showing):
    """A collection in a transaction."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def doc(self, id_: Any) -> ServerDocument:
        """One record, by its `_id`."""
        return ServerDocument(self._records, id_)

    async def add(self, options: Any = None, *, data: Any = None) -> Record:
        """Adds a record; the result has its `_id`."""
        return await _asked(
            self._records.place, "collection.add", lambda: {"_id": self._records.add(_data(options, data))}
        )


class ServerCollection(Showing):
    """A collection, or those of its records that conditions leave; every method gives a new one."""

    def __init__(self, access: Access, selection: Selection) -> None:
        self._access = access
        self._selection = selection

    def in_words(self) -> Iterator[str]:
        """Its name."""
        yield quoted(self._access.name)
        yield from ["some of it"] if self._selection != Selection() else []

    def _with(self, change: Callable[..., Selection], *given: Any) -> ServerCollection:
        try:
            return ServerCollection(self._access, change(*given))
        except Fail as failure:
            raise raised("collection", failure) from failure

    def where(self, condition: Any) -> ServerCollection:
        """The records that meet a condition."""
        return self._with(self._selection.where, condition)

    def orderBy(self, path: str, order: str) -> ServerCollection:
        """The records sorted by a field, `asc` or `desc`."""
        return self._with(self._selection.ordered, path, order)

    def limit(self, most: int) -> ServerCollection:
        """At most so many records: 100 unless said, 1000 at most."""
        return self._with(self._selection.most, most)

    def skip(self, number: int) -> ServerCollection:
        """The records without so many of the first."""
        return self._with(self._selection.after, number)

    def field(self, fields: Any) -> ServerCollection:
        """The records with some of their fields."""
        return self._with(self._selection.showing, fields)

    def doc(self, id_: Any) -> ServerDocument:
        """One record, by its `_id`."""
        return ServerDocument(self._access, id_)

    def create_index(self, path: str, *, geo: bool = False) -> Awaitable[None]:
        """Has conditions for one value of the field look no longer at every record, as the console's indexes do.

        `geo` makes one for places, which a MongoDB of one's own needs before it looks for what is near. In a running
        loop such a MongoDB makes it meanwhile: await it there. Elsewhere it is done when this returns.
        """
        make = partial(self._access.collection.create_index, path, geo=geo)
        if self._access.place.remote and asyncio._get_running_loop() is not None:
            return asyncio.ensure_future(self._access.place.beside(make))
        make()
        return DONE

    def aggregate(self) -> ServerAggregate:
        """Begins a pipeline."""
        return ServerAggregate(self._access, ())

    async def get(self) -> Record:
        """The records, in `data`."""
        return await _asked(self._access.place, "collection.get", lambda: {"data": self._access.get(self._selection)})

    async def count(self) -> Record:
        """How many records there are, in `total`."""
        return await _asked(
            self._access.place, "collection.count", lambda: {"total": self._access.count(self._selection)}
        )

    async def add(self, options: Any = None, *, data: Any = None) -> Record:
        """Adds a record; the result has its `_id`."""
        return await _asked(
            self._access.place, "collection.add", lambda: {"_id": self._access.add(_data(options, data))}
        )

    async def update(self, options: Any = None, *, data: Any = None) -> Record:
        """Changes all records that meet the condition."""
        condition = {} if self._selection.condition is None else self._selection.condition
        return await _asked(
            self._access.place,
            "collection.update",
            lambda: {"stats": {"updated": self._access.update(condition, _data(options, data))}},
        )

    async def remove(self) -> Record:
        """Deletes all records that meet the condition."""
        condition = {} if self._selection.condition is None else self._selection.condition
        return await _asked(
            self._access.place, "collection.remove", lambda: {"stats": {"removed": self._access.remove(condition)}}
        )


class ServerAggregate(Showing):
    """A pipeline: each stage takes the records of the one before; `end` runs it."""

    def __init__(self, access: Access, stages: Stages) -> None:
        self._access = access
        self._stages = stages

    def in_words(self) -> Iterator[str]:
        """Of what, and of how many stages."""
        yield quoted(self._access.name)
        yield count(len(self._stages), "stages")

    def __getattr__(self, name: str) -> Callable[..., ServerAggregate]:
        if name not in STAGES:
            raise AttributeError(f"an aggregate has no stage {name}")

        def stage(operand: Any) -> ServerAggregate:
            try:
                return ServerAggregate(self._access, (*self._stages, stage_of(self._access, name, operand)))
            except Fail as failure:
                raise raised(f"aggregate.{name}", failure) from failure

        return stage

    async def end(self) -> Record:
        """Runs it; the records are in `list`."""
        return await _asked(
            self._access.place, "collection.aggregate", lambda: {"list": aggregated(self._access, self._stages)}
        )


class SingleRecords(Protocol):
    """Records by their ids: a collection's, or those that a transaction sees."""

    @property
    def place(self) -> Place: ...
    def get_one(self, id_: Any, /) -> Any: ...
    def set(self, id_: Any, data: Any, /) -> bool: ...
    def update_one(self, id_: Any, data: Any, /) -> int: ...
    def remove_one(self, id_: Any, /) -> int: ...


class ServerDocument(Showing):
    """One record, by its `_id`."""

    def __init__(self, records: SingleRecords, id_: Any) -> None:
        self._records = records
        self._id = id_

    def in_words(self) -> Iterator[str]:
        """Its id."""
        yield quoted(self._id)

    async def get(self) -> Record:
        """The record, in `data`."""
        return await _asked(self._records.place, "document.get", lambda: {"data": self._records.get_one(self._id)})

    async def set(self, options: Any = None, *, data: Any = None) -> Record:
        """Puts a record in its place, or makes it."""
        given = _data(options, data)
        return await _asked(
            self._records.place, "document.set", lambda: what_was_set(self._id, self._records.set(self._id, given))
        )

    async def update(self, options: Any = None, *, data: Any = None) -> Record:
        """Changes some of its fields."""
        given = _data(options, data)
        return await _asked(
            self._records.place,
            "document.update",
            lambda: {"stats": {"updated": self._records.update_one(self._id, given)}},
        )

    async def remove(self) -> Record:
        """Deletes it."""
        return await _asked(
            self._records.place, "document.remove", lambda: {"stats": {"removed": self._records.remove_one(self._id)}}
        )


def _data(options: Any, data: Any) -> Any:
    """The `data` of the options, which a call may give by name."""
    return options.get("data", data) if isinstance(options, Mapping) else data
