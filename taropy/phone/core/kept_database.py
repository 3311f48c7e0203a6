"""The databases of a phone's folder: opened, if they are what they should be; only read, where nothing can be written;
and recovered, as far as they can be read.

The number of the format is SQLite's `user_version`. That of a database which has none yet is 0.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import attrs

from ...undoing import undone_by
from .answers import Fail
from .database import connect, open_database, primary_code, transaction
from .folder import (
    FORMAT,
    NO_DATABASE,
    PhoneFolderError,
    StateFolder,
    check_header,
    checked_format,
    damaged,
    foreign,
    read_only,
    unreadable,
)

#: What SQLite puts beside a database.
BESIDE = ("-wal", "-shm", "-journal")

NO_TEXT = "a text in it is no UTF-8"

#: What a database raises that is not as it was written; the second where SQLite's own words are no UTF-8.
FAILURES = (sqlite3.Error, UnicodeDecodeError)

Row = tuple[Any, ...]


@attrs.frozen
class Table:
    """The table of a database that is kept in `file`.

    - `columns`: those that it has; `schema`: what makes it; `order`: by what its rows can be looked through.
    - `sound`: whether a row is one that this version could have written.
    """

    file: str
    name: str
    columns: tuple[str, ...]
    schema: str
    order: tuple[str, ...]
    sound: Callable[[Row], bool]

    @property
    def select(self) -> str:
        """All rows, in no order."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name}"

    @property
    def select_with_order(self) -> str:
        """The same, each row with what it is ordered by in front."""
        return f"SELECT {', '.join((*self.order, *self.columns))} FROM {self.name}"


def open_kept(folder: StateFolder | None, table: Table) -> sqlite3.Connection:
    """The database of the folder, or one in memory. `PhoneFolderError` if there is one that cannot be used.

    In a folder that can only be read every change is refused by SQLite, as `SQLITE_READONLY`.
    """
    if folder is None:
        return open_database(None, table.schema)
    place = folder.path / table.file
    try:
        if not folder.may_write(place):
            return _opened_to_read(place, table)
        folder.make()
        connection = open_database(place, table.schema, lambda connection: _check(connection, place, table))
        if _version(connection) != FORMAT:
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        return connection
    except (*FAILURES, OSError) as error:
        raise failure(error, place) from error


def failure(error: Exception, place: Path | None) -> Fail:
    """How what SQLite or the system objects to is told."""
    code = primary_code(error)
    if place is None:
        return Fail(f":internal error {error}")
    if isinstance(error, UnicodeDecodeError):
        return damaged(place, NO_TEXT)
    if code is None and isinstance(error, sqlite3.OperationalError):
        error.args = (NO_TEXT,)  # what Python says of bytes that are none has the whole value in it
        return damaged(place, NO_TEXT)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(place, error if code == sqlite3.SQLITE_CORRUPT else NO_DATABASE)
    if code == sqlite3.SQLITE_READONLY:
        return read_only(place)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM) or isinstance(error, PermissionError):
        return damaged(place, "it is a folder") if place.is_dir() else unreadable(place, error)
    return Fail(f":internal error {place}: {error}")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _check(connection: sqlite3.Connection, place: Path, table: Table) -> None:
    """Raises `PhoneFolderError` unless the database is new, or has the table."""
    known = checked_format(place, _version(connection))
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    if not names and known == 0:
        return
    try:
        connection.execute(f"{table.select} LIMIT 0")
    except sqlite3.OperationalError as error:
        if primary_code(error) != sqlite3.SQLITE_ERROR:
            raise
        told = f"it has {', '.join(names) or 'no table'}, and {error}"
        raise (damaged if known else foreign)(place, told) from error


# --- where nothing can be written -----------------------------------------------------------------------------------


def _opened_to_read(place: Path, table: Table) -> sqlite3.Connection:
    connection = _in_memory(table) if not place.exists() else _read_in_place(place) or _copied(place)
    with undone_by(connection.close):
        _check(connection, place, table)
    return connection


def _in_memory(table: Table) -> sqlite3.Connection:
    connection = open_database(None, table.schema)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _read_in_place(place: Path) -> sqlite3.Connection | None:
    """The file opened to be read; None where SQLite would have to make a file beside it, which it can't."""
    connection = connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)
    try:
        with undone_by(connection.close):
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        if primary_code(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            return None
        raise
    return connection


def _copied(place: Path) -> sqlite3.Connection:
    """What is in the file now, and in SQLite's log of changes that are not in it yet."""
    connection = connect(":memory:")
    with undone_by(connection.close):
        with _copy(place) as source:
            source.backup(connection)
        connection.execute("PRAGMA query_only = ON")
    return connection


@contextmanager
def _copy(place: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the database that goes with the connection: to open one may change it, or what is beside it."""
    with tempfile.TemporaryDirectory(prefix="taropy-copy-") as folder:
        copy = Path(folder, place.name)
        for suffix in ("", "-wal"):
            if Path(f"{place}{suffix}").exists():
                shutil.copyfile(f"{place}{suffix}", f"{copy}{suffix}")
        with closing(connect(str(copy))) as connection:
            yield connection


# --- recovery -------------------------------------------------------------------------------------------------------

#: How many parts of a damaged table are looked at that cannot be read, before the rest is given up.
MOST_TRIED = 20_000


def recover(folder: StateFolder, table: Table) -> None:
    """Puts the database aside if it is damaged, and makes one of the rows that can be read."""
    place = folder.path / table.file
    try:
        check_header(folder, table.file)
        if _is_sound(folder, table):
            return
    except PhoneFolderError as error:
        if not error.recoverable:
            raise
    aside = folder.set_aside(place)
    for suffix in BESIDE:
        beside = Path(f"{place}{suffix}")
        if beside.exists():
            beside.replace(f"{aside}{suffix}")
    rows = _readable(aside, table) if aside.is_file() else []
    fresh = open_kept(folder, table)
    try:
        with transaction(fresh):
            marks = ", ".join("?" * len(table.columns))
            fresh.executemany(
                f"INSERT OR REPLACE INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})", rows
            )
    finally:
        fresh.close()


def _is_sound(folder: StateFolder, table: Table) -> bool:
    connection = open_kept(folder, table)
    try:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        return said == "ok" and all(map(table.sound, connection.execute(table.select)))
    except FAILURES:
        return False
    finally:
        connection.close()


def _readable(place: Path, table: Table) -> list[Row]:
    """The sound rows of a damaged database, in their order, as far as they can be read."""
    ordered = len(table.order)
    with _copy(place) as connection:
        connection.text_factory = _text
        connection.execute("PRAGMA writable_schema = ON")  # with which SQLite reads also what was cut off
        found = {row[:ordered]: row[ordered:] for row in _rows(connection, table) if table.sound(row[ordered:])}
    return [found[place] for place in sorted(found)]


def _text(raw: bytes) -> str | None:
    """A text; None where its bytes are none any more."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def _rows(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """From the beginning and from the end to where it breaks; then, of a table with numbered rows, what is between."""
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{column} {direction}" for column in table.order)
        yield from _until_broken(connection, f"{table.select_with_order} ORDER BY {order}")
    if table.order == ("rowid",):
        yield from _between(connection, table)


def _until_broken(connection: sqlite3.Connection, statement: str) -> Iterator[Row]:
    try:
        yield from connection.execute(statement)
    except FAILURES:
        return


def _between(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """The rows by their numbers: a range that cannot be read is halved, the widest first, down to single rows."""
    size = Path(connection.execute("PRAGMA database_list").fetchone()[2]).stat().st_size
    ranges, tried = deque([(1, size)]), 0  # no row takes less than a byte
    while ranges and tried < MOST_TRIED:
        low, high = ranges.popleft()
        try:
            yield from connection.execute(
                f"{table.select_with_order} WHERE rowid BETWEEN ? AND ?", (low, high)
            ).fetchall()
        except sqlite3.Error as error:
            if primary_code(error) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
                return  # it has no such table, or is no database at all
            tried += 1
            if low < high:
                middle = (low + high) // 2
                ranges += ((low, middle), (middle + 1, high))
