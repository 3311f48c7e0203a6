"""What the open platform remembers, and where: in memory, and on SQLite when it has a folder."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

if TYPE_CHECKING:
    import sqlite3

FILE = "open-platform.sqlite"
SCHEMA = "CREATE TABLE IF NOT EXISTS records (kind TEXT, key TEXT, value TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID"


def key_of(platform: str, appid: str) -> str:
    """What an app is known by; the same as `taropy.phone.core.native.App.key`."""
    return f"{platform}/{appid}"


@attrs.frozen
class RegisteredApp:
    """An app as its developer registered it; `developer` is whose it is, which is what a unionid depends on."""

    platform: str
    appid: str
    secret: str
    developer: str
    public_key: str | None = None

    @property
    def key(self) -> str:
        return key_of(self.platform, self.appid)


@attrs.frozen
class Code:
    """A login code, for one app and one use until `ends_at`; `kind` is what it can be exchanged for.

    `key_period` is how many seconds a session key outlives the exchange of codes like this one, at least.
    """

    kind: str
    app_key: str
    user_id: str
    ends_at: float
    key_period: float
    used: bool = False


@attrs.define
class Session:
    """What a user's logging in to an app made: the key that the vendor and the app's backend share.

    `given_at` is when the backend got the key; none while it has not exchanged the code yet.
    """

    app_key: str
    user_id: str
    openid: str
    key: str
    ends_at: float
    given_at: float | None = None


@attrs.frozen
class Token:
    """An access token; `kind` keeps those of the different ways to get one apart."""

    kind: str
    app_key: str
    made_at: float
    ends_at: float
    replaced: bool = False


@attrs.frozen
class UserKey:
    """A key of one user of one app: AES-128 in base64, its initial vector, and until when it is the newest."""

    key: str
    iv: str
    version: int
    made_at: float
    ends_at: float


@attrs.frozen
class UserKeys:
    """The keys that a user has had in an app, the newest last, each as the fields of a `UserKey`."""

    keys: list[dict[str, Any]]


@attrs.frozen
class Secret:
    """A secret of the open platform itself."""

    value: str


Record = TypeVar("Record", bound=attrs.AttrsInstance)


class Table(Generic[Record]):
    """Records by key, in the order they came. Change them only within `Store.changing`."""

    def __init__(self, store: Store, kind: str, record: type[Record]) -> None:
        self.rows: dict[str, Record] = {}
        self._store = store
        self._kind = kind
        self._record = record

    def put(self, key: str, record: Record) -> None:
        self.rows[key] = record
        if self._store.shared:
            self._store.write(self._kind, key, json.dumps(attrs.asdict(record)))

    def drop(self, key: str) -> None:
        del self.rows[key]
        self._store.write(self._kind, key, None)

    def load(self, key: str, value: str) -> None:
        self.rows[key] = self._record(**json.loads(value))


class Store:
    """The tables of one open platform.

    Without a folder they are dicts and nothing more. With one every change is written through to SQLite, and what
    another process has changed is read again before the next use.
    """

    def __init__(self, folder: Path | None) -> None:
        self.shared = folder is not None
        self._path = folder / FILE if folder is not None else None
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        self._tables: dict[str, Table[Any]] = {}

    def table(self, kind: str, record: type[Record]) -> Table[Record]:
        """A new table of records of one kind."""
        table = self._tables[kind] = Table(self, kind, record)
        return table

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Within it the tables are up to date and nobody else changes them; all is kept, or nothing after an error."""
        with self._lock:
            if self._path is None:
                yield
                return
            from ..core.database import transaction

            connection = self._open(self._path)
            try:
                with transaction(connection):
                    self._read_again(connection)
                    yield
            except BaseException:
                self._version = None  # the tables may be ahead of the file, and are read again
                raise

    def refresh(self) -> None:
        """Brings the tables up to date with what another process has changed."""
        if self._path is not None:
            with self._lock:
                self._read_again(self._open(self._path))

    def write(self, kind: str, key: str, value: str | None) -> None:
        """Writes a record through; none removes it."""
        if self._connection is None:
            return
        if value is None:
            self._connection.execute("DELETE FROM records WHERE kind = ? AND key = ?", (kind, key))
        else:
            self._connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (kind, key, value))

    def close(self) -> None:
        """Lets go of the file; a later use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = self._version = None

    def _open(self, path: Path) -> sqlite3.Connection:
        if self._connection is None:
            from ..core.database import open_database

            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = open_database(path, SCHEMA)
        return self._connection

    def _read_again(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        for table in self._tables.values():
            table.rows = {}
        for kind, key, value in connection.execute("SELECT kind, key, value FROM records"):
            self._tables[kind].load(key, value)
        self._version = version
