"""What the open platform remembers, and where: in memory, and on SQLite when it has a folder."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from ...masking import hidden
from ..core.disk import at_end
from ..core.reading import read

if TYPE_CHECKING:
    import sqlite3

    from ..core import kept_database
    from ..core.folder import StateFolder

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
    secret: str = attrs.field(repr=hidden)
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
    key: str = attrs.field(repr=hidden)
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

    key: str = attrs.field(repr=hidden)
    iv: str
    version: int
    made_at: float
    ends_at: float


@attrs.frozen
class UserKeys:
    """The keys that a user has had in an app, the newest last."""

    keys: list[UserKey]


@attrs.frozen
class Secret:
    """A secret of the open platform itself."""

    value: str = attrs.field(repr=hidden)


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
        self.rows[key] = self.read(value)

    def read(self, value: str) -> Record:
        """The record that was written as `value`; ValueError if it is none."""
        return read(json.loads(value), self._record)


class _Unsound(ValueError):
    """What is kept as a record is none."""


class Store:
    """The tables of one open platform.

    Without a folder they are dicts and nothing more. With one every change is written through to SQLite, and what
    another process has changed is read again before the next use. Of a folder that can only be read they are what it
    had at their first use, and from then on changed in memory alone.
    """

    def __init__(self, folder: StateFolder | None) -> None:
        self.kept = folder is not None
        self.shared = folder is not None and folder.writable
        self._folder = folder
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._let_go: Callable[[], object] = lambda: None
        self._version: int | None = None
        self._tables: dict[str, Table[Any]] = {}

    def table(self, kind: str, record: type[Record]) -> Table[Record]:
        """A new table of records of one kind, which are read before the next use."""
        table = self._tables[kind] = Table(self, kind, record)
        self._version = None
        return table

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Within it the tables are up to date and nobody else changes them; all is kept, or nothing after an error."""
        with self._lock:
            if not self.shared:
                self.refresh()
                yield
                return
            from ..core.database import transaction

            with self._told_failures():
                connection = self._open()
                try:
                    with transaction(connection):
                        self._read_again(connection)
                        yield
                except BaseException:
                    self._version = None  # the tables may be ahead of the file, and are read again
                    raise

    def refresh(self) -> None:
        """Brings the tables up to date with what another process has changed."""
        if self._folder is not None and (self.shared or self._version is None):
            with self._lock, self._told_failures():
                connection = self._open()
                self._read_again(connection)
                if not self.shared:
                    self._let_go()
                    self._connection = None

    def recover(self) -> None:
        """Puts the file aside if it is damaged, and goes on with the records that can be read."""
        if self._folder is not None:
            from ..core.kept_database import recover

            recover(self._folder, self._table())

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
                self._let_go()
                self._connection = self._version = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            from ..core.kept_database import open_kept

            self._connection = open_kept(self._folder, self._table())
            self._let_go = at_end(self, self._connection.close)
        return self._connection

    def _table(self) -> kept_database.Table:
        from ..core.kept_database import Table

        columns = ("kind", "key", "value")
        return Table(FILE, "records", columns, SCHEMA, order=("kind", "key"), sound=self._is_sound)

    def _is_sound(self, row: tuple[Any, ...]) -> bool:
        kind, key, value = row
        try:
            return isinstance(key, str) and self._tables[kind].read(value) is not None
        except (KeyError, TypeError, ValueError, RecursionError):
            return False

    @contextmanager
    def _told_failures(self) -> Iterator[None]:
        """What SQLite and the system object to, and records that are none, are told as what they are."""
        import sqlite3

        from ..core.folder import damaged
        from ..core.kept_database import failure

        assert self._folder is not None
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise failure(error, self._folder.path / FILE) from error
        except _Unsound as error:
            raise damaged(self._folder.path / FILE, error) from error

    def _read_again(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        for table in self._tables.values():
            table.rows = {}
        for kind, key, value in connection.execute("SELECT kind, key, value FROM records"):
            if kind in self._tables:  # others are a newer version's
                try:
                    self._tables[kind].load(key, value)
                except (TypeError, ValueError, RecursionError) as error:
                    raise _Unsound(f"a record in it is none ({error})") from error
        self._version = version
