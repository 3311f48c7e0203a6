"""Transactions of the phone's databases: all is kept, or nothing, and the next one begins afresh."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taropy.phone.core.database import open_database, transaction

SCHEMA = """
PRAGMA foreign_keys = ON;
CREATE TABLE teas (name TEXT PRIMARY KEY ON CONFLICT ROLLBACK);
CREATE TABLE cups (tea TEXT REFERENCES teas DEFERRABLE INITIALLY DEFERRED);
INSERT INTO teas VALUES ('oolong');
"""


Database = sqlite3.Connection | sqlite3.Cursor


@pytest.fixture(params=[lambda connection: connection, sqlite3.Connection.cursor], ids=["connection", "cursor"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    connection = open_database(tmp_path / "tea.sqlite", SCHEMA)
    make: Callable[[sqlite3.Connection], Database] = request.param
    yield make(connection)
    connection.close()


def run(database: Database, *statements: str) -> None:
    with transaction(database):
        for statement in statements:
            database.execute(statement)


def teas(database: Database) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM teas ORDER BY name")]


def test_what_was_done_is_kept(database: Database) -> None:
    run(database, "INSERT INTO teas VALUES ('assam')")
    assert teas(database) == ["assam", "oolong"]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        pytest.param("INSERT INTO pots VALUES ('blue')", "no such table: pots", id="a statement that fails"),
        pytest.param("INSERT INTO cups VALUES ('none')", "FOREIGN KEY", id="a commit that fails"),
        pytest.param("INSERT INTO teas VALUES ('oolong')", "UNIQUE", id="what SQLite rolls back by itself"),
    ],
)
def test_if_anything_fails_it_is_told_and_nothing_is_kept(database: Database, statement: str, told: str) -> None:
    for _ in range(2):
        with pytest.raises(sqlite3.Error, match=told):
            run(database, "INSERT INTO teas VALUES ('assam')", statement)
    assert teas(database) == ["oolong"]
