"""Where the records are: in memory, and in `cloud.sqlite` of a phone that has a folder, which is written through.

A record is never changed in place: each write puts a new one in its place, so whoever has an old one has what it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ...core.answers import Fail
from ...core.disk import at_end
from ...core.folder import StateFolder
from ...core.kept_database import Table, failure, open_kept
from ...core.stored import Undecodable, decode, encode
from ..errors import REQUEST_FAILED, database_fail
from . import geometry
from .matching import matcher, nearest
from .operators import sliced
from .ordering import key_of, sorted_by
from .paths import MISSING, value_at, values_at
from .places import Json, Pipeline, Place, Sort
from .updating import updated


def _is_sound(row: tuple[Any, ...]) -> bool:
    try:
        return isinstance(row[0], str) and isinstance(json.loads(row[1]), (str, int, float)) and bool(decode(row[2]))
    except (Undecodable, Fail, TypeError, ValueError):
        return False


TABLE = Table(
    file="cloud.sqlite",
    name="records",
    columns=("collection", "id", "record"),
    schema="""
CREATE TABLE IF NOT EXISTS records (
    collection TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (collection, id)
);
""",
    order=("rowid",),
    sound=_is_sound,
)
WRITE = (
    "INSERT INTO records (collection, id, record) VALUES (?, ?, ?)"
    " ON CONFLICT (collection, id) DO UPDATE SET record = excluded.record"
)
REMOVE = "DELETE FROM records WHERE collection = ? AND id = ?"


class Store(Place):
    """The collections, by name, as pymongo's `Database` has them; a name that is not there makes one."""

    remote = False

    def __init__(self, folder: StateFolder | None) -> None:
        self._connection = None if folder is None else open_kept(folder, TABLE)
        self._let_go = None if self._connection is None else at_end(self, self._connection.close)
        self._place = None if folder is None else folder.path / TABLE.file
        super().__init__()
        self._collections: dict[str, Collection] = {}
        for name, _, text in self._rows():
            record = _plain(decode(text))
            self[name].records[record["_id"]] = record

    def __getitem__(self, name: str) -> Collection:
        known = self._collections.get(name)
        if known is None:
            known = self._collections[name] = Collection(name, self)
        return known

    def write(self, name: str, kind: str, id_: Any, before: Json | None, after: Json | None) -> None:
        """Keeps what a record has become, and tells the listeners."""
        if self._connection is not None:
            try:
                if after is None:
                    self._connection.execute(REMOVE, (name, json.dumps(id_)))
                else:
                    self._connection.execute(WRITE, (name, json.dumps(id_), encode(after)))
            except sqlite3.Error as error:
                raise failure(error, self._place) from error
        self[name].put(id_, after)
        self.tell(name, kind, id_, before, after)

    def snapshot(self) -> dict[str, dict[Any, Json]]:
        """All records, which nobody changes."""
        return {name: dict(each.records) for name, each in self._collections.items()}

    def restore(self, state: Mapping[str, Mapping[Any, Json]]) -> None:
        """Has these records, and no others; nobody is told."""
        listeners = [*self.listeners]
        self.listeners.clear()
        try:
            for name, collection in self._collections.items():
                for id_ in [each for each in collection.records if each not in state.get(name, {})]:
                    self.write(name, "remove", id_, None, None)
            for name, records in state.items():
                for id_, record in records.items():
                    if self[name].records.get(id_) is not record:
                        self.write(name, "replace", id_, None, record)
        finally:
            self.listeners.extend(listeners)

    def close(self) -> None:
        """Lets go of the file. A second call does nothing."""
        if self._let_go is not None:
            self._let_go()

    def _rows(self) -> Iterable[tuple[str, str, str]]:
        if self._connection is None:
            return ()
        try:
            return self._connection.execute(f"{TABLE.select} ORDER BY rowid").fetchall()
        except sqlite3.Error as error:
            raise failure(error, self._place) from error


class Collection:
    """The records of one collection by their ids; asked and changed in MongoDB's language, as pymongo's is."""

    def __init__(self, name: str, store: Store) -> None:
        self.name = name
        self.records: dict[Any, Json] = {}
        self._store = store
        self._indexes: dict[str, Index] = {}

    # --- asking ------------------------------------------------------------------------------------------------

    def find(self, filter_: Json, *, sort: Sort = [], skip: int = 0, limit: int | None = None) -> list[Json]:  # noqa: B006
        """The records that meet the filter, in the order of `sort`: paths, each with 1 or -1."""
        found = self._matching(filter_)
        near = nearest(filter_)
        if near is not None and not sort:
            parts, point = near
            found = iter(sorted(found, key=lambda each: geometry.how_far(value_at(each, parts), point)))
        ordered = sorted_by(found, sort) if sort else found
        return list(islice(ordered, skip, None if limit is None else skip + limit))

    def count_documents(self, filter_: Json) -> int:
        """How many records meet the filter."""
        return len(self.records) if not filter_ else sum(1 for _ in self._matching(filter_))

    def by_id(self, id_: Any) -> Json | None:
        """The record of an id, if there is one."""
        return self.records.get(id_)

    def aggregate(self, pipeline: Pipeline) -> list[Json]:
        """The records that come out of a pipeline."""
        from .stages import run

        return run(self._store, self.name, pipeline)

    def create_index(self, path: str, *, geo: bool = False) -> None:
        """Has conditions for one value of the field look no longer at every record; those for places do."""
        if not geo:
            self._indexes[path] = Index(path, self.records)

    # --- changing ----------------------------------------------------------------------------------------------

    def insert_one(self, record: Json) -> None:
        """Adds a record with its `_id`. Raises `Fail` if there is one of that id."""
        id_ = record["_id"]
        if id_ in self.records:
            words = f'E11000 duplicate key error collection: {self.name} index: _id_ dup key: {{ _id: "{id_}" }}'
            raise database_fail(REQUEST_FAILED, words)
        self._store.write(self.name, "add", id_, None, record)

    def update_many(self, filter_: Json, changes: Json) -> int:
        """Changes the records that meet the filter; gives how many. If one can't be changed, none is."""
        found = [(each, updated(each, changes)) for each in self._matching(filter_)]
        for before, after in found:
            self._store.write(self.name, "update", before["_id"], before, after)
        return len(found)

    def delete_many(self, filter_: Json) -> int:
        """Deletes the records that meet the filter; gives how many."""
        found = list(self._matching(filter_))
        for record in found:
            self._store.write(self.name, "remove", record["_id"], record, None)
        return len(found)

    # --- its own -----------------------------------------------------------------------------------------------

    def put(self, id_: Any, record: Json | None) -> None:
        """Has the record be there, or not; of the store, which keeps it."""
        for index in self._indexes.values():
            index.change(id_, self.records.get(id_), record)
        if record is None:
            self.records.pop(id_, None)
        else:
            self.records[id_] = record

    def _matching(self, filter_: Json) -> Iterator[Json]:
        if not filter_:
            return iter(self.records.values())
        return filter(matcher(filter_), self._candidates(filter_))

    def _candidates(self, filter_: Json) -> Iterable[Json]:
        """The records that may meet the filter: those that an index knows, or all."""
        for clause in [filter_, *filter_.get("$and", ())]:
            for path, operations in clause.items():
                value = operations.get("$eq", MISSING) if isinstance(operations, dict) else MISSING
                if value is MISSING or value is None or isinstance(value, (dict, list)):
                    continue
                if path == "_id":
                    return [self.records[value]] if value in self.records else []
                if path in self._indexes:
                    return [self.records[id_] for id_ in self._indexes[path].ids(value)]
        return self.records.values()


class Index:
    """The ids of records by the values of one field, and by the elements of those that are lists."""

    def __init__(self, path: str, records: Mapping[Any, Json]) -> None:
        self._parts = tuple(path.split("."))
        self._ids: dict[Any, dict[Any, None]] = {}
        for id_, record in records.items():
            self.change(id_, None, record)

    def ids(self, value: Any) -> Iterable[Any]:
        """Which records have the value."""
        return self._ids.get(key_of(value), ())

    def change(self, id_: Any, before: Json | None, after: Json | None) -> None:
        """Takes note of what a record has become."""
        for key in self._keys(before):
            self._ids[key].pop(id_, None)
        for key in self._keys(after):
            self._ids.setdefault(key, {})[id_] = None

    def _keys(self, record: Json | None) -> set[Any]:
        values = [] if record is None else list(values_at(record, self._parts))
        return {key_of(each) for value in values for each in (value if isinstance(value, list) else [value])}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def projected(record: Json, projection: Json) -> Json:
    """The record with the fields that `field` says: those given as True and `_id`, or all but those as False."""
    parts = [name for name, how in projection.items() if isinstance(how, dict)]
    wanted = [name for name, how in projection.items() if how is True]
    made = _picked(record, wanted) if wanted else dict(record)
    for name, how in projection.items():
        if how is False:
            made = _without(made, tuple(name.split(".")))
    if wanted and projection.get("_id") is not False and "_id" in record:
        made = {"_id": record["_id"], **made}
    for name in parts:
        value = value_at(record, tuple(name.split(".")))
        if isinstance(value, list):
            made = {**made, name: _part(value, projection[name])} if "." not in name else made
    return made


def _part(items: list[Any], how: Json) -> list[Any]:
    if "$elemMatch" in how:
        return list(islice(filter(matcher(how["$elemMatch"]), items), 1))
    part = how["$slice"]
    return sliced(items, *part) if isinstance(part, list) else sliced(items, part)


def _picked(record: Json, paths: list[str]) -> Json:
    made: Json = {}
    for name, value in record.items():
        inner = [path.partition(".")[2] for path in paths if path == name or path.startswith(f"{name}.")]
        if "" in inner:
            made[name] = value
        elif inner and isinstance(value, dict):
            made[name] = _picked(value, inner)
        elif inner and isinstance(value, list):
            made[name] = [_picked(each, inner) for each in value if isinstance(each, dict)]
    return made


def _without(record: Any, parts: tuple[str, ...]) -> Any:
    if isinstance(record, list):
        return [_without(each, parts) for each in record]
    if not isinstance(record, dict) or parts[0] not in record:
        return record
    if len(parts) == 1:
        return {name: value for name, value in record.items() if name != parts[0]}
    return {**record, parts[0]: _without(record[parts[0]], parts[1:])}
