"""Where the entries of a phone's storage are: in a file of its folder, or in memory.

An entry is a text under a key, with the size that counts for it; `owner` is the app that it belongs to. Neither store
looks after threads: the room has one caller at a time in them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from ..core.answers import Fail
from ..core.database import transaction
from ..core.folder import StateFolder
from ..core.kept_database import Table, open_kept
from ..core.stored import Undecodable, decode

#: The owner, the key, the size, the text.
Row = tuple[str, str, int, str]

SCHEMA = """
CREATE TABLE IF NOT EXISTS storage (
    app TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, value TEXT NOT NULL, UNIQUE (app, key)
);
"""


def _is_sound(row: tuple[Any, ...]) -> bool:
    """Whether a row could have been written here."""
    app, key, size, value = row
    if not (isinstance(app, str) and isinstance(key, str) and isinstance(size, int) and isinstance(value, str)):
        return False
    try:
        decode(value)
    except Undecodable:
        return False
    except Fail:
        return True  # it is sealed
    return True


TABLE = Table(
    file="storage.sqlite",
    name="storage",
    columns=("app", "key", "size", "value"),
    schema=SCHEMA,
    order=("rowid",),
    sound=_is_sound,
)
READ = "SELECT value FROM storage WHERE app = ? AND key = ?"
WRITE = (
    "INSERT INTO storage (app, key, size, value) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (app, key) DO UPDATE SET size = excluded.size, value = excluded.value"
)
REMOVE = "DELETE FROM storage WHERE app = ? AND key = ?"
CLEAR = "DELETE FROM storage WHERE app = ?"
KEYS = "SELECT key, size FROM storage WHERE app = ? ORDER BY rowid"
ALL = "SELECT app, key, size, value FROM storage ORDER BY rowid"
TAKEN = "SELECT coalesce(sum(size), 0) FROM storage WHERE app = ? AND key <> ?"


class Store(Protocol):
    """What the room asks of both. The keys and rows come in the order in which they were first stored."""

    def read(self, owner: str, key: str) -> str | None:
        """The text under the key; None if there is none."""
        ...

    def write(self, owner: str, key: str, size: int, text: str) -> None:
        """Puts the text under the key, in place of another that may be there."""
        ...

    def remove(self, owner: str, key: str) -> None:
        """Forgets the key, if it is there."""
        ...

    def clear(self, owner: str) -> None:
        """Forgets all that is the owner's."""
        ...

    def sizes(self, owner: str) -> list[tuple[str, int]]:
        """The owner's keys and their sizes."""
        ...

    def taken(self, owner: str, key: str) -> int:
        """What the owner's other keys take, so that a text which replaces another is measured against it."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Within it all that is written is kept, or nothing if something was raised."""
        ...

    def rows(self) -> list[Row]:
        """Every entry of every owner."""
        ...

    def replace(self, rows: list[Row]) -> None:
        """Has these entries, and no others."""
        ...

    def close(self) -> None:
        """Lets go of the file. A second call does nothing."""
        ...


class FileStore:
    """In an SQLite database, which several phones, also of several processes, may share."""

    def __init__(self, folder: StateFolder) -> None:
        connection = open_kept(folder, TABLE)
        self.close = connection.close
        # One cursor, kept, for everything: making one for each statement is felt.
        self._cursor: sqlite3.Cursor = connection.cursor()

    def read(self, owner: str, key: str) -> str | None:
        row = self._cursor.execute(READ, (owner, key)).fetchone()
        return None if row is None else row[0]

    def write(self, owner: str, key: str, size: int, text: str) -> None:
        self._cursor.execute(WRITE, (owner, key, size, text))

    def remove(self, owner: str, key: str) -> None:
        self._cursor.execute(REMOVE, (owner, key))

    def clear(self, owner: str) -> None:
        self._cursor.execute(CLEAR, (owner,))

    def sizes(self, owner: str) -> list[tuple[str, int]]:
        return self._cursor.execute(KEYS, (owner,)).fetchall()

    def taken(self, owner: str, key: str) -> int:
        (taken,) = self._cursor.execute(TAKEN, (owner, key)).fetchone()
        return int(taken)

    @contextmanager
    def together(self) -> Iterator[None]:
        with transaction(self._cursor):
            yield

    def rows(self) -> list[Row]:
        return self._cursor.execute(ALL).fetchall()

    def replace(self, rows: list[Row]) -> None:
        with transaction(self._cursor):
            self._cursor.execute("DELETE FROM storage")
            self._cursor.executemany(WRITE, rows)


class MemoryStore:
    """In a dict: an SQLite database in memory takes 35 KB, which thousands of phones in one process would feel."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], tuple[int, str]] = {}

    def read(self, owner: str, key: str) -> str | None:
        entry = self._entries.get((owner, key))
        return None if entry is None else entry[1]

    def write(self, owner: str, key: str, size: int, text: str) -> None:
        self._entries[owner, key] = size, text

    def remove(self, owner: str, key: str) -> None:
        self._entries.pop((owner, key), None)

    def clear(self, owner: str) -> None:
        self._entries = {where: entry for where, entry in self._entries.items() if where[0] != owner}

    def sizes(self, owner: str) -> list[tuple[str, int]]:
        return [(key, size) for (whose, key), (size, _) in self._entries.items() if whose == owner]

    def taken(self, owner: str, key: str) -> int:
        return sum(size for other, size in self.sizes(owner) if other != key)

    @contextmanager
    def together(self) -> Iterator[None]:
        before = dict(self._entries)
        try:
            yield
        except BaseException:
            self._entries = before
            raise

    def rows(self) -> list[Row]:
        return [(owner, key, *entry) for (owner, key), entry in self._entries.items()]

    def replace(self, rows: list[Row]) -> None:
        self._entries = {(owner, key): (size, text) for owner, key, size, text in rows}

    def close(self) -> None:
        self._entries = {}
