"""`Risks`: what Baidu holds of people, as apps' backends may ask it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import attrs

from ..core.clock import Clock
from ..core.guarded import Guarded
from ..core.telling import Showing, count
from .records import RegisteredApp, Store, Table
from .refusals import Reason, Refused

#: From 1, the highest risk, to 4, none: api "detectrisk".
LEVELS = (1, 2, 3, 4)
TOKEN_LIFETIME = 30 * 86_400
#: How many of what a program was told in secret, and of a backend's tokens, are good for an app at a time. For how long
#: they are on Baidu's side is on no page; who asks takes one of the last.
MOST_KEPT = 1000


@attrs.frozen
class Judged:
    """What Baidu holds of a person: one of `LEVELS`, and words for it."""

    level: int
    tags: list[str]


@attrs.frozen
class Described:
    """What a program was told in secret of a person and their phone, to be handed to its backend."""

    app_key: str
    user_id: str
    value: str


@attrs.frozen
class BackendToken:
    """What a backend calls Baidu's interfaces with."""

    app_key: str
    ends_at: float


class Risks(Showing, Guarded):
    """Whom Baidu takes for a cheat: nobody, unless a test has `judge` say so."""

    _in_messages = "phone.open_platform.risks"

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._judged = store.table("judged", Judged)
        self._described = store.table("described", Described)
        self._tokens = store.table("baidu token", BackendToken)

    def in_words(self) -> Iterator[str]:
        """Of how many people something is held."""
        yield count(len(self._judged.rows), "people")

    def judge(self, user_id: str, level: int, *tags: str) -> None:
        """Says what Baidu holds of a person, from 1, the highest risk, to 4, none."""
        if level not in LEVELS:
            raise ValueError(f"a risk is 1, 2, 3 or 4, not {level!r}")
        with self._store.changing():
            self._judged.put(user_id, Judged(level, list(tags)))

    def describe(self, app_key: str, user_id: str) -> dict[str, str]:
        """What a program is told of the person, in secret."""
        key, value = secrets.token_hex(16), secrets.token_urlsafe(96)
        with self._store.changing():
            _make_room(self._described, app_key)
            self._described.put(key, Described(app_key, user_id, value))
        return {"key": key, "value": value}

    def of(self, app_key: str, key: object, value: object) -> Judged:
        """What Baidu holds of who was described so. Raises `Refused` for what no program of the app was told."""
        self._store.refresh()
        known = self._described.rows.get(key) if isinstance(key, str) else None
        if known is None or (known.app_key, known.value) != (app_key, value):
            raise Refused(Reason.WRONG_BODY)
        return self._judged.rows.get(known.user_id, Judged(4, []))

    def issue(self, app: RegisteredApp) -> str:
        """A token for the app's backend, good for a month."""
        now = self._clock.now()
        with self._store.changing():
            for expired in [token for token, each in self._tokens.rows.items() if each.ends_at <= now - TOKEN_LIFETIME]:
                self._tokens.drop(expired)  # a month after its end nobody is told any more that it has ended
            _make_room(self._tokens, app.key)
            token = f"1.{secrets.token_hex(16)}"
            self._tokens.put(token, BackendToken(app.key, now + TOKEN_LIFETIME))
        return token

    def app_key(self, token: str) -> str:
        """Whose token this is. Raises `Refused` for a wrong or expired one."""
        self._store.refresh()
        known = self._tokens.rows.get(token)
        if known is None:
            raise Refused(Reason.WRONG_TOKEN)
        if self._clock.now() >= known.ends_at:
            raise Refused(Reason.EXPIRED_TOKEN)
        return known.app_key


def _make_room(table: Table[Any], app_key: str) -> None:
    """Drops the oldest of an app, if there are so many that there can't be one more."""
    keys = [key for key, each in table.rows.items() if each.app_key == app_key]
    for key in keys[: max(len(keys) + 1 - MOST_KEPT, 0)]:
        table.drop(key)
