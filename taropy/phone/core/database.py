"""Opens the SQLite databases in which a phone keeps its data."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 5.0  # seconds
PAUSE = 0.01

# A write that was answered survives the end of the process, if not that of the machine.
SETUP = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


def open_database(place: Path | None, schema: str) -> sqlite3.Connection:
    """A connection to the file `place`, or to memory, with the tables of `schema`; usable from any thread.

    Every statement is a transaction of its own unless BEGIN says otherwise. Other processes may have the file open; who
    finds it locked waits for five seconds, then `sqlite3.OperationalError` is raised.
    """
    connection = sqlite3.connect(place or ":memory:", timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        _set_up(connection, SETUP + schema)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(database: sqlite3.Connection | sqlite3.Cursor) -> Iterator[None]:
    """Within it nobody else writes; at the end all is kept, or nothing if something was raised."""
    connection = database.connection if isinstance(database, sqlite3.Cursor) else database
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        # Some failures, a full disk among them, have made SQLite roll back by itself.
        if connection.in_transaction:
            database.execute("ROLLBACK")
        raise


def _set_up(connection: sqlite3.Connection, script: str) -> None:
    """Runs `script`, again if need be: of two processes that switch a new file to WAL one is refused at once."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.executescript(script)
            return
        except sqlite3.OperationalError as error:
            primary_code = error.sqlite_errorcode & 0xFF
            if primary_code != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)
