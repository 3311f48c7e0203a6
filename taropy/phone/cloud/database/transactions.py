"""Transactions of cloud functions: what they read and write of single records holds together, or none of it is kept.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/transaction.html: snapshot isolation; only single
records, by their ids; a conflict fails the one that commits later, which `runTransaction` tries again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...core.answers import Fail
from ..errors import GENERAL, REQUEST_FAILED, SYSTEM, database_fail
from .access import Access
from .ordering import equal
from .translating import update_of
from .updating import updated
from .values import told

if TYPE_CHECKING:
    from .database import Databases
    from .places import Json, Place

CONFLICT = "[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others"
OVER = "[OperationDenied.TransactionOver] the transaction has been committed or rolled back"

Key = tuple[str, Any]


class Overlay:
    """The records as one transaction sees them: what was there when it first looked, and what it has written."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self._seen: dict[Key, Json | None] = {}
        self._written: dict[Key, tuple[str, Json | None]] = {}
        self._open = True

    def read(self, access: Access, id_: Any) -> Json | None:
        """The record as the transaction has it. Raises `Fail` when it is over."""
        if not self._open:
            raise database_fail(REQUEST_FAILED, OVER)
        collection, key = access.collection, (access.name, id_)
        if key in self._written:
            return self._written[key][1]
        if key not in self._seen:
            self._seen[key] = collection.by_id(id_)
        return self._seen[key]

    def write(self, access: Access, id_: Any, kind: str, record: Json | None) -> None:
        """Has the record be so, in the transaction."""
        self.read(access, id_)
        self._written[access.name, id_] = (kind, record)

    def commit(self) -> None:
        """Keeps what was written. Raises `Fail`, and keeps nothing, if another has changed a record meanwhile."""
        if not self._open:
            raise database_fail(REQUEST_FAILED, OVER)
        self._open = False
        store = self.databases.store
        now = {(name, id_): store[name].by_id(id_) for name, id_ in self._seen}
        if any(now[key] is not seen and not equal(now[key], seen) for key, seen in self._seen.items()):
            raise database_fail(SYSTEM, CONFLICT)
        for (name, id_), (kind, record) in self._written.items():
            store.write(name, kind, id_, now[name, id_], record)

    def roll_back(self) -> None:
        """Keeps nothing of what was written."""
        self._open = False


class Records:
    """A collection in a transaction: its single records."""

    def __init__(self, overlay: Overlay, access: Access) -> None:
        self._overlay = overlay
        self._access = access

    @property
    def place(self) -> Place:
        """As `Access` says it."""
        return self._access.place

    def get_one(self, id_: Any) -> Json:
        """One record. Raises `Fail` if it is not there."""
        record = self._overlay.read(self._access, id_)
        if record is None:
            raise Fail(f"document with _id {id_} does not exist", GENERAL)
        made: Json = told(record)
        return made

    def add(self, data: Any) -> Any:
        """Adds a record; gives its `_id`."""
        record = self._access.record_of(data)
        id_ = record["_id"]
        if self._overlay.read(self._access, id_) is not None:
            raise database_fail(REQUEST_FAILED, f'E11000 duplicate key error index: _id_ dup key: {{ _id: "{id_}" }}')
        self._overlay.write(self._access, id_, "add", record)
        return id_

    def set(self, id_: Any, data: Any) -> bool:
        """Puts a record in the place of another, or makes it; whether there was one."""
        there = self._overlay.read(self._access, id_) is not None
        record = self._access.record_of({**data, "_id": id_} if isinstance(data, Mapping) else data)
        self._overlay.write(self._access, id_, "replace" if there else "add", record)
        return there

    def update_one(self, id_: Any, data: Any) -> int:
        """Changes fields of a record; gives how many records that were."""
        record = self._overlay.read(self._access, id_)
        changes = update_of(data, self._access.now)
        if record is None:
            return 0
        self._overlay.write(self._access, id_, "update", updated(record, changes))
        return 1

    def remove_one(self, id_: Any) -> int:
        """Deletes a record; gives how many records that were."""
        there = self._overlay.read(self._access, id_) is not None
        if there:
            self._overlay.write(self._access, id_, "remove", None)
        return int(there)
