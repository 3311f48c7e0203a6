"""The keys that WeChat makes for each user of an app, so that program and backend can encrypt what they exchange.

Facts: developers.weixin.qq.com, `internet.getUserEncryptKey`: the last three keys, each of which lives 3,600 seconds;
their forms are those of its example.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator

from ..core.clock import Clock
from ..core.telling import Showing, count
from .records import Store, UserKey, UserKeys

LIFETIME = 3600
REMEMBERED = 3


class Keys(Showing):
    """The keys of all users of all apps."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._keys = store.table("user keys", UserKeys)

    def in_words(self) -> Iterator[str]:
        """Of how many users there are some."""
        yield count(len(self._keys.rows), "users")

    def latest(self, app_key: str, user_id: str) -> UserKey:
        """The user's key in the app: the one that lives, else a new one."""
        with self._store.changing():
            known = self._of(app_key, user_id)
            now = self._clock.now()
            if known and now < known[-1].ends_at:
                return known[-1]
            fresh = _new(known[-1].version + 1 if known else 1, now)
            kept = [*known, fresh][-REMEMBERED:]
            self._keys.put(f"{app_key}\n{user_id}", UserKeys(kept))
            return fresh

    def last(self, app_key: str, user_id: str) -> list[UserKey]:
        """The user's last three keys, the newest first; none if the program has never asked for one."""
        self._store.refresh()
        return self._of(app_key, user_id)[::-1]

    def _of(self, app_key: str, user_id: str) -> list[UserKey]:
        record = self._keys.rows.get(f"{app_key}\n{user_id}")
        return [] if record is None else list(record.keys)


def _new(version: int, now: float) -> UserKey:
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    return UserKey(key, secrets.token_hex(8), version, now, now + LIFETIME)
