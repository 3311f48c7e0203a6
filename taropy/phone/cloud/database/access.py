"""Who may do what to a collection's records, and the calls of both sides as the server does them.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/permission.html: four presets; a record's owner
is in `_openid`; the console and cloud functions may do everything. The presets' names are CloudBase's.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ...core.answers import Fail
from ...core.options import js_type, wrong_type
from ..errors import DENIED, GENERAL, INVALID, NO_COLLECTION, database_fail
from .places import Collection, Json, Place, Sort
from .store import projected
from .translating import filter_of, projection_of, update_of
from .values import stored, told

if TYPE_CHECKING:
    from .database import Databases

OWNER = "_openid"

#: By a preset's name: whose records a user may read, and whose a user may write: everybody's, the own, or none.
PERMISSIONS: Mapping[str, tuple[str, str]] = {
    "PRIVATE": ("own", "own"),
    "READONLY": ("all", "own"),
    "ADMINWRITE": ("all", "none"),
    "ADMINONLY": ("none", "none"),
}
READ, WRITE = 0, 1


@attrs.frozen
class Selection:
    """Which records of a collection, in which order, and what of them: what `where`, `orderBy`, … have said so far."""

    condition: Any = None
    sort: tuple[tuple[str, int], ...] = ()
    skip: int = 0
    limit: int | None = None
    fields: Any = None

    def where(self, condition: Any) -> Selection:
        """With another condition."""
        return attrs.evolve(self, condition=condition)

    def ordered(self, path: Any, order: Any) -> Selection:
        """Sorted by a field as well."""
        if not isinstance(path, str):
            raise wrong_type("parameter.fieldPath", "String", path)
        if order not in ("asc", "desc"):
            raise Fail("parameter error: parameter.order should be one of asc, desc", INVALID)
        return attrs.evolve(self, sort=(*self.sort, (path, 1 if order == "asc" else -1)))

    def most(self, limit: Any) -> Selection:
        """At most so many."""
        return attrs.evolve(self, limit=_whole(limit, "limit", 1))

    def after(self, skip: Any) -> Selection:
        """Without the first ones."""
        return attrs.evolve(self, skip=_whole(skip, "skip", 0))

    def showing(self, fields: Any) -> Selection:
        """With these fields."""
        projection_of(fields)
        return attrs.evolve(self, fields=fields)


def _whole(value: Any, name: str, least: int) -> int:
    if js_type(value) != "Number":
        raise wrong_type(f"parameter.{name}", "Number", value)
    if value % 1 or value < least:
        raise Fail(f"parameter error: parameter.{name} should be an integer of {least} or more", INVALID)
    return int(value)


@attrs.frozen
class Access:
    """A collection as one side may use it; `openid` is the user's, and None for those who may do everything.

    `usual` and `most` are how many records a query gives by default, and at most.
    """

    databases: Databases
    name: str
    openid: str | None
    usual: int
    most: int

    @property
    def collection(self) -> Collection:
        """The records. Raises `Fail` if nobody has made the collection."""
        self._need_made()
        return self.databases.store[self.name]

    @property
    def place(self) -> Place:
        """Where the records are."""
        return self.databases.store

    # --- asking ------------------------------------------------------------------------------------------------

    def readable(self, condition: Any) -> Json:
        """The filter of what the side may read and the condition means. Raises `Fail` if it may read nothing."""
        self._need_made()
        filter_ = {} if condition is None else filter_of(condition, self.now)
        return self._limited(filter_, READ)

    def get(self, selection: Selection) -> list[Json]:
        """The records of a query."""
        filter_ = self.readable(selection.condition)
        limit = min(self.most, self.usual if selection.limit is None else selection.limit)
        sort: Sort = list(selection.sort)
        found = self.collection.find(filter_, sort=sort, skip=selection.skip, limit=limit)
        if selection.fields is not None:
            projection = projection_of(selection.fields)
            found = [projected(each, projection) for each in found]
        return [told(each) for each in found]

    def count(self, selection: Selection) -> int:
        """How many records meet the condition."""
        return self.collection.count_documents(self.readable(selection.condition))

    def get_one(self, id_: Any, fields: Any = None) -> Json:
        """One record. Raises `Fail` if it is not there, or not the side's to read."""
        found = self.get(Selection({"_id": id_}, limit=1, fields=fields))
        if not found:
            raise Fail(_missing("find", id_, "access"), GENERAL)
        return found[0]

    # --- changing ----------------------------------------------------------------------------------------------

    def add(self, data: Any) -> Any:
        """Adds a record; gives its `_id`."""
        record, collection = self.record_of(data), self.collection
        if self._scope(WRITE) == "none":
            raise database_fail(DENIED)
        collection.insert_one(record)
        return record["_id"]

    def record_of(self, data: Any) -> Json:
        """A new record, with an `_id` and its owner."""
        record = self._record(data)
        id_ = record.pop("_id", None)
        owner = {} if self.openid is None else {OWNER: self.openid}
        return {"_id": secrets.token_hex(16) if id_ is None else _id(id_), **owner, **record}

    def set(self, id_: Any, data: Any) -> bool:
        """Puts a record in the place of another, or makes it; whether there was one."""
        record = self._record(data)
        if "_id" in record:
            raise database_fail(INVALID, "不能更新_id的值")
        before = self.collection.by_id(id_)
        if before is None:
            self.add({**record, "_id": id_})
            return False
        self._writable(before)
        owner = {OWNER: before[OWNER]} if OWNER in before else {}
        self.databases.store.write(self.name, "replace", id_, before, {"_id": id_, **owner, **record})
        return True

    def update(self, condition: Any, data: Any) -> int:
        """Changes the records of a condition that are the side's to change; gives how many."""
        collection = self.collection
        if self.openid is not None and isinstance(data, Mapping) and OWNER in data:
            raise database_fail(INVALID, f"{OWNER} can not be changed")
        changes = update_of(data, self.now)
        if not changes:
            raise database_fail(INVALID, "the update has no field")
        filter_ = self._limited(filter_of(condition, self.now), WRITE)
        return collection.update_many(filter_, changes)

    def update_one(self, id_: Any, data: Any) -> int:
        """Changes one record; gives how many that were: none if it is not there, or not the side's to change."""
        return self.update({"_id": id_}, data)

    def remove(self, condition: Any) -> int:
        """Deletes the records of a condition that are the side's to delete; gives how many."""
        collection = self.collection
        return collection.delete_many(self._limited(filter_of(condition, self.now), WRITE))

    def remove_one(self, id_: Any) -> int:
        """Deletes one record. Raises `Fail` if it is not there, or not the side's to delete."""
        removed = self.remove({"_id": id_})
        if not removed:
            raise Fail(_missing("remove", id_, "Write"), GENERAL)
        return removed

    # --- its own -----------------------------------------------------------------------------------------------

    @property
    def now(self) -> float:
        """The server's time, in seconds."""
        return self.databases.now()

    def _need_made(self) -> None:
        if self.name not in self.databases.permissions:
            raise database_fail(NO_COLLECTION, f"[ResourceNotFound] Db or Table not exist: {self.name}")

    def _record(self, data: Any) -> Json:
        if not isinstance(data, Mapping):
            raise wrong_type("parameter.data", "Object", data)
        if self.openid is not None and OWNER in data:
            raise database_fail(INVALID, f"{OWNER} is set by the server")
        record: Json = stored(data, self.now)
        wrong = next((name for name in record if name.startswith("$")), None)
        if wrong is not None:
            raise database_fail(INVALID, f"the field name {wrong!r} is not allowed")
        return record

    def _scope(self, right: int) -> str:
        return "all" if self.openid is None else PERMISSIONS[self.databases.permissions[self.name]][right]

    def _limited(self, filter_: Json, right: int) -> Json:
        """The filter, narrowed to what the side may read or write."""
        scope = self._scope(right)
        if scope == "none":
            raise database_fail(DENIED)
        if scope == "all":
            return filter_
        own = {OWNER: {"$eq": self.openid}}
        return {"$and": [filter_, own]} if filter_ else own

    def _writable(self, record: Json) -> None:
        scope = self._scope(WRITE)
        if scope == "none" or (scope == "own" and record.get(OWNER) != self.openid):
            raise database_fail(DENIED)


def _id(value: Any) -> Any:
    if js_type(value) not in ("String", "Number"):
        raise wrong_type("parameter.data._id", "String", value)
    return value


def what_was_set(id_: Any, there: bool) -> dict[str, Any]:
    """What `set` answers, of a record that was there or is new."""
    return {"_id": id_, "stats": {"updated": int(there), "created": int(not there)}}


def _missing(what: str, id_: Any, right: str) -> str:
    return (
        f"cannot {what} document with _id {id_}, please make sure that the document exists"
        f" and you have the corresponding {right} permission"
    )
