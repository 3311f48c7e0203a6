"""The records in a MongoDB of one's own, asked through pymongo's interface.

The server decides what conditions, changes and stages mean. Who watches is told of what this phone's programs and
functions write, and not of what others do there. A transaction is safe from them alone, and if the server fails while
it is kept, what was written until then stays.

Tried over mongomock, and with pymongo's own signatures; over a server where the tests are given one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from ....extras import need
from ..errors import INVALID_COMMAND, REQUEST_FAILED, database_fail
from .dialect import filter_in, stages_in, update_in
from .matching import nearest
from .places import Json, Pipeline, Place, Sort
from .values import whole

#: How long to look for a server that does not answer, in milliseconds, unless the URL says it.
USUAL_PATIENCE = 5000
#: The server's numbers of what it can't read: BadValue, FailedToParse, and a stage or an operator that is none.
UNREADABLE = frozenset({2, 9, 168, 16436, 40324})


def opened(url: str, usual: str) -> MongoStore:
    """The database that the URL names, else that called `usual`. ConnectionError if no server answers there."""
    pymongo: Any = need("pymongo", extra="mongodb", what="a MongoDB behind the cloud")
    patient = "serverselectiontimeoutms" in url.lower()
    client = pymongo.MongoClient(url, **({} if patient else {"serverSelectionTimeoutMS": USUAL_PATIENCE}))
    try:
        client.admin.command("ping")
    except pymongo.errors.PyMongoError as error:
        client.close()
        raise ConnectionError(f"no MongoDB answers: {error}") from error
    return MongoStore(client.get_default_database(usual), client)


class MongoStore(Place):
    """The collections of a pymongo `Database`; `client` is closed with it."""

    remote = True

    def __init__(self, database: Any, client: Any = None) -> None:
        super().__init__()
        self._database = database
        self._client = client

    def __getitem__(self, name: str) -> MongoCollection:
        return MongoCollection(name, self, self._database[name])

    def write(self, name: str, kind: str, id_: Any, before: Json | None, after: Json | None) -> None:
        """Keeps what a record has become, and tells the listeners."""
        with asking():
            if after is None:
                self._database[name].delete_one({"_id": id_})
            else:
                self._database[name].replace_one({"_id": id_}, after, upsert=True)
        self.tell(name, kind, id_, before, after)

    def snapshot(self) -> dict[str, dict[Any, Json]]:
        """Nothing: the records are not the phone's."""
        return {}

    def restore(self, state: Mapping[str, Mapping[Any, Json]]) -> None:
        """Leaves the records as they are."""

    def close(self) -> None:
        """Closes the connections that it has opened itself."""
        if self._client is not None:
            self._client.close()


class MongoCollection:
    """One collection; `collection` is pymongo's."""

    def __init__(self, name: str, store: MongoStore, collection: Any) -> None:
        self.name = name
        self._store = store
        self._collection = collection

    # --- asking ------------------------------------------------------------------------------------------------

    def find(self, filter_: Json, *, sort: Sort = [], skip: int = 0, limit: int | None = None) -> list[Json]:  # noqa: B006
        """The records that meet the filter."""
        with asking():
            cursor = self._collection.find(filter_in(filter_), skip=skip, limit=limit or 0)
            return [_plain(each) for each in (cursor.sort(sort) if sort else cursor)]

    def by_id(self, id_: Any) -> Json | None:
        """The record of an id, if there is one."""
        return next(iter(self.find({"_id": {"$eq": id_}}, limit=1)), None)

    def count_documents(self, filter_: Json) -> int:
        """How many records meet the filter."""
        if nearest(filter_) is not None:  # what sorts can't be counted there
            return len(self.find(filter_))
        with asking():
            return int(self._collection.count_documents(filter_in(filter_)))

    def aggregate(self, pipeline: Pipeline) -> list[Json]:
        """The records that come out of a pipeline."""
        with asking():
            return [_plain(each) for each in self._collection.aggregate(stages_in(pipeline))]

    def create_index(self, path: str, *, geo: bool = False) -> None:
        """Makes an index of a field, or one of its places."""
        with asking():
            self._collection.create_index([(path, "2dsphere" if geo else 1)])

    # --- changing ----------------------------------------------------------------------------------------------

    def insert_one(self, record: Json) -> None:
        """Adds a record. Raises `Fail` if there is one of that id."""
        with asking():
            self._collection.insert_one(dict(record))
        self._store.tell(self.name, "add", record["_id"], None, record)

    def update_many(self, filter_: Json, changes: Json) -> int:
        """Changes the records that meet the filter; gives how many."""
        with asking():
            chosen, found = self._chosen(filter_)
            number = self._collection.update_many(chosen, update_in(changes)).matched_count
            after = {each["_id"]: each for each in map(_plain, self._collection.find(chosen))} if found else {}
        for each in found:
            self._store.tell(self.name, "update", each["_id"], each, after.get(each["_id"]))
        return int(number)

    def delete_many(self, filter_: Json) -> int:
        """Deletes the records that meet the filter; gives how many."""
        with asking():
            chosen, found = self._chosen(filter_)
            number = self._collection.delete_many(chosen).deleted_count
        for each in found:
            self._store.tell(self.name, "remove", each["_id"], each, None)
        return int(number)

    def _chosen(self, filter_: Json) -> tuple[Json, list[Json]]:
        """A filter as the server has it; if somebody watches, by ids, and the records, of each of which is told."""
        chosen = filter_in(filter_)
        if not self._store.listeners:
            return chosen, []
        found = list(self._collection.find(chosen))
        return {"_id": {"$in": [each["_id"] for each in found]}}, list(map(_plain, found))


@contextmanager
def asking() -> Iterator[None]:
    """Has what the server or its driver refuses fail in the vendor's way, with the server's words."""
    pymongo_errors: Any = need("pymongo.errors", extra="mongodb", what="a MongoDB behind the cloud")
    bson_errors: Any = need("bson.errors", extra="mongodb")
    try:
        yield
    except pymongo_errors.PyMongoError as error:
        details = getattr(error, "details", None) or {}
        number = INVALID_COMMAND if getattr(error, "code", None) in UNREADABLE else REQUEST_FAILED
        raise database_fail(number, str(details.get("errmsg", error))) from error
    except (bson_errors.BSONError, OverflowError) as error:
        raise database_fail(REQUEST_FAILED, str(error)) from error


def _plain(value: Any) -> Any:
    """A value as records have it here; what those of the vendor's database can't hold, as an ObjectId, is its text."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return whole(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else str(value)
