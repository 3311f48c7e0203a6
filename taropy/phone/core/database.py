"""Opens the SQLite databases in which a phone keeps its data."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ...undoing import undone_by

PATIENCE = 5.0  # seconds
PAUSE = 0.01

# A write that was answered survives the end of the process, if not that of the machine.
SETUP = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


Work = Callable[[sqlite3.Connection], object]


def open_database(place: Path | None, schema: str, check: Work = bool) -> sqlite3.Connection:
    """A connection to the file `place`, or to memory, with the tables of `schema`; usable from any thread.

    Before anything is written `check` gets the connection; what it raises, the caller gets. Every statement is a
    transaction of its own unless BEGIN says otherwise. Other processes may have the file open; who finds it locked
    waits for five seconds, then `sqlite3.OperationalError` is raised.
    """
    connection = connect(str(place or ":memory:"))
    with undone_by(connection.close):
        _patiently(connection, check)
        _patiently(connection, lambda connection: connection.executescript(SETUP + schema))
    return connection


@contextmanager
def transaction(database: sqlite3.Connection | sqlite3.Cursor) -> Iterator[None]:
    """Within it nobody else writes; at the end all is kept, or nothing if something was raised."""
    connection = database.connection if isinstance(database, sqlite3.Cursor) else database

    def roll_back() -> None:
        if connection.in_transaction:  # some failures, a full disk among them, have made SQLite do so by itself
            database.execute("ROLLBACK")

    database.execute("BEGIN IMMEDIATE")
    with undone_by(roll_back):
        yield
        database.execute("COMMIT")


def connect(place: str, *, uri: bool = False) -> sqlite3.Connection:
    """A connection as every other here, to a file that is taken as it is."""
    return sqlite3.connect(place, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=uri)


def primary_code(error: Exception) -> int | None:
    """SQLite's number for the error; None for one that Python itself objects to."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _patiently(connection: sqlite3.Connection, work: Work) -> None:
    """Does `work`, again if need be: of two processes that switch a new file to WAL one is refused at once."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            work(connection)
            return
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)
