"""Storage beside bare sqlite3, with the same durability."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable
from itertools import count

import taropy

from .measure import Result, at_least, by_turns

NUMBER = 3_000
VALUE = {"token": "0123456789abcdef", "user": {"id": 7, "name": "Li Lei"}, "roles": ["admin", "editor"]}


def results() -> list[Result]:
    """A value stored and read again: in memory, and in a phone's folder."""
    with tempfile.TemporaryDirectory() as folder:
        in_memory = _pair("in memory", None, ":memory:")
        in_folder = _pair("in a folder", f"{folder}/phone", f"{folder}/bare.sqlite")
    return [in_memory, in_folder]


def _pair(where: str, folder: str | None, file: str) -> Result:
    with taropy.Phone(folder) as phone, taropy.create("weapp", phone=phone) as taro:
        numbers = count()

        def ours() -> None:
            taro.setStorageSync("session", {**VALUE, "visit": next(numbers)})
            taro.getStorageSync("session")

        ours_cost, bare_cost = by_turns(ours, _bare(file), number=NUMBER)
    name = f"setStorageSync, getStorageSync {where}"
    return at_least(name, ("taropy", 1e6 / ours_cost), ("sqlite3", 1e6 / bare_cost), 0.85, "/s")


def _bare(file: str) -> Callable[[], None]:
    """JSON text under a key, written and read with the pragmas that the phone uses."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("CREATE TABLE storage (key TEXT PRIMARY KEY, value TEXT)")
    write = "INSERT INTO storage VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    numbers = count()

    def work() -> None:
        connection.execute(write, ("session", json.dumps({**VALUE, "visit": next(numbers)})))
        row = connection.execute("SELECT value FROM storage WHERE key = ?", ("session",)).fetchone()
        json.loads(row[0])

    return work
