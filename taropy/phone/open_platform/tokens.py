"""Access tokens: what a backend of an app calls the vendor's interfaces with."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import attrs

from ..core.clock import Clock
from ..core.telling import Showing, count
from .records import RegisteredApp, Store, Token
from .refusals import Reason, Refused

LIFETIME = 7200
OVERLAP = 300
FORCED_EVERY = 30
FORCED_A_DAY = 20
DAY = 86_400


class Tokens(Showing):
    """The access tokens of all apps, by WeChat's rules.

    A token lives 7,200 seconds. A new one ends the one before it, five minutes later. Stable tokens are kept apart from
    the others: one is given again until five minutes before its end, unless a new one is forced, which ends the old
    one at once; that is done at most 20 times a day, and not again within 30 seconds.
    (developers.weixin.qq.com: getAccessToken, getStableAccessToken)
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._tokens = store.table("token", Token)

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield count(len(self._tokens.rows), "tokens")

    def issue(self, app: RegisteredApp) -> str:
        """A new token of the ordinary kind."""
        with self._store.changing():
            return self._new("plain", app, overlap=OVERLAP)

    def stable(self, app: RegisteredApp, *, force: bool) -> tuple[str, int]:
        """The app's stable token, and the whole seconds it has left."""
        with self._store.changing():
            present = self._present(app)
            if force and self._may_force(app):
                present = self._new("forced", app, overlap=0)
            elif present is None:
                present = self._new("stable", app, overlap=OVERLAP)
            return present, int(self._tokens.rows[present].ends_at - self._clock.now())

    def app_key(self, token: str) -> str:
        """Whose token this is. Raises `Refused` for a wrong, replaced or expired one."""
        self._store.refresh()
        found = self._tokens.rows.get(token)
        now = self._clock.now()
        if found is None or (found.replaced and now >= found.ends_at):
            raise Refused(Reason.WRONG_TOKEN)
        if now >= found.ends_at:
            raise Refused(Reason.EXPIRED_TOKEN)
        return found.app_key

    def _new(self, kind: str, app: RegisteredApp, *, overlap: int) -> str:
        now = self._clock.now()
        self._forget(now)
        for old, token in list(self._of(app, stable=kind != "plain")):
            if token.ends_at > now:
                ends_at = min(token.ends_at, now + overlap)
                self._tokens.put(old, attrs.evolve(token, ends_at=ends_at, replaced=True))
        value = f"{secrets.randbelow(90) + 10}_{secrets.token_urlsafe(96)}"
        self._tokens.put(value, Token(kind, app.key, now, now + LIFETIME))
        return value

    def _of(self, app: RegisteredApp, *, stable: bool) -> Iterator[tuple[str, Token]]:
        for value, token in self._tokens.rows.items():
            if token.app_key == app.key and (token.kind != "plain") is stable:
                yield value, token

    def _present(self, app: RegisteredApp) -> str | None:
        enough = self._clock.now() + OVERLAP
        fresh = (value for value, token in self._of(app, stable=True) if not token.replaced and token.ends_at > enough)
        return next(fresh, None)

    def _may_force(self, app: RegisteredApp) -> bool:
        now = self._clock.now()
        forced = [token.made_at for _, token in self._of(app, stable=True) if token.kind == "forced"]
        if any(now - made_at < FORCED_EVERY for made_at in forced):
            return False
        if sum(now - made_at < DAY for made_at in forced) >= FORCED_A_DAY:
            raise Refused(Reason.TOO_OFTEN_TODAY)
        return True

    def _forget(self, now: float) -> None:
        """Drops the tokens that no rule asks about any more."""
        for value in [value for value, token in self._tokens.rows.items() if now - token.made_at > DAY]:
            self._tokens.drop(value)
