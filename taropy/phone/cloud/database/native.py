"""The database as programs have it: `Taro.cloud.database()` and what it gives.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database. What the documents have for cloud
functions alone (changes of many records, transactions) is in `server.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from ...core.answers import NativeFunction, Options, Result
from ...core.app import App
from ...core.functions import asked, plain
from ...core.options import js_type, mapping, required, wrong_type
from ...core.room import Manager
from ...core.telling import count, quoted
from ..errors import unreachable
from .access import Access, Selection, what_was_set
from .aggregating import Stages, aggregated, stage_of
from .commands import Command
from .values import Geo, RegExp, ServerDate, pattern_of
from .watching import RealtimeListener

if TYPE_CHECKING:
    from ..native import Way
    from .places import Place


class Asking(Manager):
    """What all objects of the database have in common: they ask over the phone's network."""

    def ask(self, access: Access, work: Callable[[], Result]) -> Any:
        """The answer of the server: at once, unless the network takes its time, or somebody watches."""
        network = self.phone.network
        if not network.online:
            raise unreachable()
        store = access.databases.store
        return self._later(work, store) if network.slow or store.remote or store.listeners else work()

    async def _later(self, work: Callable[[], Result], store: Place) -> Result:
        await self.phone.network.delay(0, up=True)
        result = await store.beside(work) if store.remote else work()
        await asyncio.sleep(0)  # those who watch are told before the one who has asked
        await self.phone.network.delay(0)
        return result


class Database(Asking):
    """The database of an environment: collections, and what conditions and changes are made with."""

    KIND: ClassVar[str] = "DB.Database"

    def __init__(self, cloud: Way, env: str) -> None:
        super().__init__(cloud.phone, cloud.app)
        self.cloud = cloud
        self.config: dict[str, str] = {"env": env}
        self.command: Command = Command()
        self.Geo: Geo = Geo()

    def in_words(self) -> Iterator[str]:
        """Its environment."""
        yield quoted(self.config["env"])

    @plain
    def collection(self, app: App, name: Any = None) -> Collection:
        """A collection by its name; whether it is there shows when it is asked."""
        return Collection(self, self.cloud.access(name), Selection())

    @plain
    def serverDate(self, app: App, options: Options | None = None) -> ServerDate:
        """The server's time when the call arrives, and `offset` milliseconds later."""
        offset = mapping(options).get("offset", 0)
        if js_type(offset) != "Number":
            raise wrong_type("parameter.offset", "Number", offset)
        return ServerDate(offset)

    @plain
    def RegExp(self, app: App, options: Options | None = None) -> RegExp:
        """A regular expression for a condition, of `regexp` and `options`: `i`, `m`, `s`."""
        given = mapping(options)
        regexp = required(given, "regexp", "String")
        flags = given.get("options") or ""
        pattern_of(regexp, flags)
        return RegExp(regexp, flags)


class Collection(Asking):
    """A collection, or those of its records that conditions leave; every method gives a new one."""

    KIND: ClassVar[str] = "DB.Collection"
    CALLED: ClassVar[Mapping[str, str]] = {name: f"collection.{name}" for name in ("get", "count", "add", "watch")}

    def __init__(self, database: Database, access: Access, selection: Selection) -> None:
        super().__init__(database.phone, database.app)
        self.database = database
        self.collectionName: str = access.name
        self._access = access
        self._selection = selection

    def in_words(self) -> Iterator[str]:
        """Its name."""
        yield quoted(self._access.name)
        yield from ["some of it"] if self._selection != Selection() else []

    def _with(self, selection: Selection) -> Collection:
        return Collection(self.database, self._access, selection)

    @plain
    def where(self, app: App, condition: Any = None) -> Collection:
        """The records that meet a condition."""
        checked_condition(self._access, condition)
        return self._with(self._selection.where(condition))

    @plain
    def orderBy(self, app: App, path: Any = None, order: Any = None) -> Collection:
        """The records sorted by a field, `asc` or `desc`; what is equal stays sorted as before."""
        return self._with(self._selection.ordered(path, order))

    @plain
    def limit(self, app: App, most: Any = None) -> Collection:
        """At most so many records; 20 at most."""
        return self._with(self._selection.most(most))

    @plain
    def skip(self, app: App, number: Any = None) -> Collection:
        """The records without so many of the first."""
        return self._with(self._selection.after(number))

    @plain
    def field(self, app: App, fields: Any = None) -> Collection:
        """The records with some of their fields."""
        return self._with(self._selection.showing(fields))

    @plain
    def doc(self, app: App, id_: Any = None) -> Document:
        """One record, by its `_id`."""
        if js_type(id_) not in ("String", "Number"):
            raise wrong_type("parameter.docId", "String|Number", id_)
        return Document(self.database, self._access, id_)

    @asked
    def get(self, app: App, options: Options) -> Any:
        """The records."""
        return self.ask(self._access, lambda: {"data": self._access.get(self._selection)})

    @asked
    def count(self, app: App, options: Options) -> Any:
        """How many records there are."""
        return self.ask(self._access, lambda: {"total": self._access.count(self._selection)})

    @asked
    def add(self, app: App, options: Options) -> Any:
        """Adds a record, `data`; the result has its `_id`."""
        data = options.get("data")
        return self.ask(self._access, lambda: {"_id": self._access.add(data)})

    @plain
    def aggregate(self, app: App) -> Aggregate:
        """Begins a pipeline."""
        return Aggregate(self.database, self._access, ())

    @plain
    def watch(self, app: App, options: Options | None = None) -> RealtimeListener:
        """Tells `onChange` of the records now, and whenever one of them changes; `onError` of what ends that."""
        given = mapping(options)
        return self.database.cloud.watch(self._access, self._selection, given)


def _stage(name: str, about: str) -> NativeFunction:
    """The method that adds a stage of this name to a pipeline."""

    @plain
    def stage(self: Aggregate, app: App, operand: Any = None) -> Aggregate:
        return self.then(name, operand)

    stage.__doc__ = about
    return stage


class Aggregate(Asking):
    """A pipeline: each stage takes the records of the one before, and nothing happens before `end`."""

    KIND: ClassVar[str] = "DB.Aggregate"
    CALLED: ClassVar[Mapping[str, str]] = {"end": "collection.aggregate"}

    addFields: NativeFunction = _stage("addFields", "Adds computed fields.")
    bucket: NativeFunction = _stage("bucket", "Groups records between boundaries.")
    bucketAuto: NativeFunction = _stage("bucketAuto", "Groups records evenly.")
    count: NativeFunction = _stage("count", "Replaces the records by their number.")
    geoNear: NativeFunction = _stage("geoNear", "Sorts records by their distance from a point.")
    group: NativeFunction = _stage("group", "Groups records by an expression.")
    limit: NativeFunction = _stage("limit", "Keeps at most so many records.")
    lookup: NativeFunction = _stage("lookup", "Adds the matching records of another collection.")
    match: NativeFunction = _stage("match", "Keeps the records that meet conditions.")
    project: NativeFunction = _stage("project", "Keeps, leaves out or computes fields.")
    replaceRoot: NativeFunction = _stage("replaceRoot", "Replaces each record by an object of it.")
    sample: NativeFunction = _stage("sample", "Picks records at random.")
    skip: NativeFunction = _stage("skip", "Leaves out so many records.")
    sort: NativeFunction = _stage("sort", "Sorts by fields, 1 or -1.")
    sortByCount: NativeFunction = _stage("sortByCount", "Counts groups, the largest first.")
    unwind: NativeFunction = _stage("unwind", "Makes a record for each value of a list.")

    def __init__(self, database: Database, access: Access, stages: Stages) -> None:
        super().__init__(database.phone, database.app)
        self._database = database
        self._access = access
        self._stages = stages

    def in_words(self) -> Iterator[str]:
        """Of what, and of how many stages."""
        yield quoted(self._access.name)
        yield count(len(self._stages), "stages")

    def then(self, name: str, operand: Any) -> Aggregate:
        """The pipeline with one more stage."""
        return Aggregate(self._database, self._access, (*self._stages, stage_of(self._access, name, operand)))

    @asked
    def end(self, app: App, options: Options) -> Any:
        """Runs the pipeline; the records are in `list`."""
        return self.ask(self._access, lambda: {"list": aggregated(self._access, self._stages)})


class Document(Asking):
    """One record, by its `_id`."""

    KIND: ClassVar[str] = "DB.Document"
    CALLED: ClassVar[Mapping[str, str]] = {name: f"document.{name}" for name in ("get", "set", "update", "remove")}

    def __init__(self, database: Database, access: Access, id_: Any, fields: Any = None) -> None:
        super().__init__(database.phone, database.app)
        self._database = database
        self._access = access
        self._id = id_
        self._fields = fields

    def in_words(self) -> Iterator[str]:
        """Its collection and its id."""
        yield quoted(self._access.name)
        yield quoted(self._id)

    @plain
    def field(self, app: App, fields: Any = None) -> Document:
        """The record with some of its fields."""
        Selection().showing(fields)
        return Document(self._database, self._access, self._id, fields)

    @asked
    def get(self, app: App, options: Options) -> Any:
        """The record."""
        return self.ask(self._access, lambda: {"data": self._access.get_one(self._id, self._fields)})

    @asked
    def set(self, app: App, options: Options) -> Any:
        """Puts `data` in the record's place, or makes it."""
        data = options.get("data")
        return self.ask(self._access, lambda: what_was_set(self._id, self._access.set(self._id, data)))

    @asked
    def update(self, app: App, options: Options) -> Any:
        """Changes the fields in `data`; a record that is not there, or not the user's, is not changed."""
        data = options.get("data")
        return self.ask(self._access, lambda: {"stats": {"updated": self._access.update_one(self._id, data)}})

    @asked
    def remove(self, app: App, options: Options) -> Any:
        """Deletes the record."""
        return self.ask(self._access, lambda: {"stats": {"removed": self._access.remove_one(self._id)}})

    @plain
    def watch(self, app: App, options: Options | None = None) -> RealtimeListener:
        """As a collection's, of this record alone."""
        return self._database.cloud.watch(self._access, Selection({"_id": self._id}), mapping(options))


def checked_condition(access: Access, condition: Any) -> None:
    """Raises `Fail` for a condition that is none, when it is given and not only when it is asked."""
    from .translating import filter_of, is_plain

    if not is_plain(condition):
        filter_of(condition, access.now)
