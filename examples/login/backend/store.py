"""Users, tokens and orders, in SQLite."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3

import attrs

SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    openid TEXT NOT NULL,
    session_key TEXT,
    nickname TEXT,
    logins INTEGER NOT NULL DEFAULT 1,
    UNIQUE (platform, openid)
);
CREATE TABLE IF NOT EXISTS tokens (
    digest TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    ends_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    tea TEXT NOT NULL
);
"""

# A user that logs in again has a new session key; the row is the same.
LOG_IN = """
INSERT INTO users (platform, openid, session_key) VALUES (?, ?, ?)
ON CONFLICT (platform, openid) DO UPDATE SET session_key = excluded.session_key, logins = logins + 1
RETURNING id
"""

USER_OF_TOKEN = """
SELECT users.id, platform, session_key, nickname, logins
FROM users JOIN tokens ON users.id = tokens.user_id WHERE digest = ? AND ends_at > ?
"""


@attrs.frozen
class User:
    """A user of the shop; `logins` is how often the user has logged in."""

    id: int
    platform: str
    session_key: str | None = attrs.field(repr=False)
    nickname: str | None
    logins: int


class Store:
    """The shop's database. Its statements are short, so that the server's event loop makes them itself."""

    def __init__(self, path: str) -> None:
        # It is made in one thread and used in the server's, never in two at a time.
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.executescript(SCHEMA)

    def log_in(self, platform: str, openid: str, session_key: str | None) -> int:
        """Notes a login and gives the user's id; a user seen for the first time gets one."""
        (user_id,) = self._database.execute(LOG_IN, (platform, openid, session_key)).fetchone()
        return int(user_id)

    def new_token(self, user_id: int, now: float, lifetime: float) -> str:
        """A new token for the user. Only its digest is kept: who reads the database cannot act for anybody."""
        token = secrets.token_urlsafe(24)
        self._database.execute("DELETE FROM tokens WHERE user_id = ? AND ends_at <= ?", (user_id, now))
        self._database.execute("INSERT INTO tokens VALUES (?, ?, ?)", (_digest(token), user_id, now + lifetime))
        return token

    def user_of(self, token: str, now: float) -> User | None:
        """The user that the token belongs to, as long as it is good."""
        row = self._database.execute(USER_OF_TOKEN, (_digest(token), now)).fetchone()
        return User(*row) if row else None

    def set_nickname(self, user: User, nickname: str) -> None:
        self._database.execute("UPDATE users SET nickname = ? WHERE id = ?", (nickname, user.id))

    def place_order(self, user: User, tea: str) -> int:
        """The number of the new order."""
        return self._database.execute("INSERT INTO orders (user_id, tea) VALUES (?, ?)", (user.id, tea)).lastrowid or 0

    def orders_of(self, user: User) -> list[dict[str, int | str]]:
        rows = self._database.execute("SELECT id, tea FROM orders WHERE user_id = ? ORDER BY id", (user.id,))
        return [{"id": order, "tea": tea} for order, tea in rows]

    def close(self) -> None:
        self._database.close()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
