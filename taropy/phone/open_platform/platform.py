"""`Registry`: what the vendors know of apps, users, login codes and sessions."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from os import PathLike
from typing import NoReturn, SupportsIndex

import attrs

from ...hints import check_slip, check_word
from ...masking import hidden
from ..core.apps import DEFAULT_APPIDS, NATIVE_NAMES, default_secret
from ..core.clock import Clock
from ..core.crypto import hmac_sha256_hex, new_rsa_key, public_pem, same
from ..core.folder import StateFolder
from ..core.telling import Showing, count
from . import identity
from .parts import Parts
from .records import Code, RegisteredApp, Secret, Session, Store, UserKey, key_of
from .refusals import Reason, Refused
from .signed import Signer
from .tokens import Tokens
from .user_keys import Keys

CODE_LIFETIME = 300
REFRESH_TOKEN_LIFETIME = 30 * 86_400
CODE_REMEMBERED = 3600
SESSION_LIFETIME = 3 * 86_400.0
SESSION_KEY_PERIOD = 60.0
ENDED = 0.0
EXCHANGES_A_MINUTE = 100
DEFAULT_DEVELOPER = "developer"

LIFETIMES = {
    "login": CODE_LIFETIME,
    "plugin": CODE_LIFETIME,
    "anonymous": CODE_LIFETIME,
    "refresh": REFRESH_TOKEN_LIFETIME,
}


@attrs.frozen
class Login:
    """What a backend gets for a login code."""

    user_id: str
    openid: str
    unionid: str
    session_key: str = attrs.field(repr=hidden)


class Registry(Showing, Parts):
    """The vendors' records of apps, users, login codes and sessions; `OpenPlatform` describes the arguments."""

    _in_messages = "phone.open_platform"
    _busy = frozenset(("use_session", "log_in", "app", "app_of_phone"))

    def __init__(
        self, folder: str | PathLike[str] | None = None, *, clock: Clock | None = None, key: str | None = None
    ) -> None:
        self.clock = clock or Clock()
        self._signer = None if key is None else Signer(key)
        self._store = Store(folder if folder is None or isinstance(folder, StateFolder) else StateFolder(folder))
        self._apps = self._store.table("app", RegisteredApp)
        self._codes = self._store.table("code", Code)
        self._sessions = self._store.table("session", Session)
        self._secrets = self._store.table("secret", Secret)
        self._exchanges: dict[str, list[float]] = {}
        self._session_lifetime = SESSION_LIFETIME
        self._session_key_period = SESSION_KEY_PERIOD
        self.tokens = Tokens(self._store, self.clock)
        self.user_keys = Keys(self._store, self.clock)

    def in_words(self) -> Iterator[str]:
        """How many apps are registered."""
        yield count(len(self._apps.rows), "apps")

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(
            "an open platform can't be pickled or copied; OpenPlatform(folder) has the same records in another process"
        )

    # --- apps --------------------------------------------------------------------------------------------------

    def register(
        self,
        appid: str,
        *,
        platform: str = "weapp",
        secret: str | None = None,
        developer: str = DEFAULT_DEVELOPER,
        public_key: str | None = None,
    ) -> RegisteredApp:
        """Registers an app, or changes what is registered.

        `secret` is made of the appid unless it is given. Apps of one `developer` share their users' unionid. With a
        `public_key` (RSA2; alipay) requests must be signed with its private half, and answers are signed, too.
        """
        check_slip(platform, NATIVE_NAMES, "there is no platform {!r}")
        app = RegisteredApp(platform, appid, secret or default_secret(appid), developer, public_key)
        with self._store.changing():
            self._apps.put(app.key, app)
        return app

    def app(self, appid: str, *platforms: str) -> RegisteredApp | None:
        """The app of this id on the first of the platforms that has one: registered, or one of the default apps."""
        self._store.refresh()
        for platform in platforms:
            known = self._apps.rows.get(key_of(platform, appid))
            if known is not None:
                return known
            if DEFAULT_APPIDS.get(platform) == appid:
                return RegisteredApp(platform, appid, default_secret(appid), DEFAULT_DEVELOPER)
        return None

    def checked_app(self, appid: str | None, secret: str | None, *platforms: str) -> RegisteredApp:
        """The app whose id and secret a backend has shown. Raises `Refused` unless both are right."""
        if not appid:
            raise Refused(Reason.NO_APPID)
        if not secret:
            raise Refused(Reason.NO_SECRET)
        app = self.app(appid, *platforms)
        if app is None:
            raise Refused(Reason.WRONG_APPID)
        if not same(app.secret, secret):
            raise Refused(Reason.WRONG_SECRET)
        return app

    def app_of_phone(self, platform: str, appid: str) -> RegisteredApp:
        """An app that runs on a phone exists, so one that nobody registered is registered by that."""
        return self.app(appid, platform) or self.register(appid, platform=platform)

    # --- voice -------------------------------------------------------------------------------------------------

    def voice_signature(
        self, platform: str, appid: str, user_id: str, group: str, nonce: str, timestamp: int | str
    ) -> str | None:
        """What the app's backend signs the user's entry into a room with; None for who has not logged in."""
        from .voice_rooms import signature

        session = self.use_session(self.app_of_phone(platform, appid).key, user_id)
        return None if session is None else signature(session.key, appid, group, nonce, timestamp)

    def openid(self, platform: str, appid: str, user_id: str) -> str:
        """Who the user is to the app."""
        return identity.openid(self.app_of_phone(platform, appid), user_id)

    # --- codes -------------------------------------------------------------------------------------------------

    def log_in(self, platform: str, appid: str, user_id: str) -> str:
        """A login code for the user and the app; it begins a session, or goes on with the one there is.

        The session key stays until the code is exchanged, and what the app is told until then is encrypted with it.
        """
        app = self.app_of_phone(platform, appid)
        with self._store.changing():
            self._put_session(
                attrs.evolve(self._session(app, user_id), ends_at=self.clock.now() + self._session_lifetime)
            )
            return self._new_code("login", app.key, user_id)

    def new_code(self, kind: str, platform: str, appid: str, user_id: str) -> str:
        """A code of another kind than login's: `plugin`, `anonymous` or `refresh`. It touches no session."""
        check_word(kind, LIFETIMES, "there is no code for {!r}")
        app = self.app_of_phone(platform, appid)
        with self._store.changing():
            return self._new_code(kind, app.key, user_id)

    def exchange(self, app: RegisteredApp, code: str | None, *, kind: str = "login") -> Login:
        """What a code is worth, once, in time, to the app that it was made for. Raises `Refused` otherwise.

        A login code is worth a new session key, and the one before it is void, if a backend has got that at least
        `session_key_period` seconds before; else it is worth the key there is.
        """
        with self._store.changing():
            found = self._usable(app, code, kind)
            self._count_exchange(f"{app.key}\n{found.user_id}")
            self._codes.put(code or "", attrs.evolve(found, used=True))
            session = self._give_key(app, found) if kind == "login" else None
            return Login(
                found.user_id,
                identity.openid(app, found.user_id),
                identity.unionid(app, found.user_id),
                session.key if session is not None else "",
            )

    def _new_code(self, kind: str, app_key: str, user_id: str) -> str:
        now = self.clock.now()
        self._forget_codes(now)
        made = Code(kind, app_key, user_id, now + LIFETIMES[kind], self._session_key_period)
        code = secrets.token_hex(16) if self._signer is None else self._signer.write(made)
        self._codes.put(code, made)
        return code

    def _forget_codes(self, now: float) -> None:
        """Drops the oldest codes for as long as nobody needs to be told any more why they are not good."""
        while self._codes.rows:
            oldest = next(iter(self._codes.rows))
            if now - self._codes.rows[oldest].ends_at < CODE_REMEMBERED:
                return
            self._codes.drop(oldest)

    def _usable(self, app: RegisteredApp, code: str | None, kind: str) -> Code:
        if not code:
            raise Refused(Reason.NO_CODE)
        found = self._codes.rows.get(code)
        if found is None and self._signer is not None:
            found = self._signer.read(code)
        if found is None or found.kind != kind or self.clock.now() >= found.ends_at:
            raise Refused(Reason.WRONG_CODE)
        if found.app_key != app.key:
            raise Refused(Reason.WRONG_CODE_APP)
        if found.used:
            raise Refused(Reason.USED_CODE)
        return found

    def _count_exchange(self, who: str) -> None:
        now = self.clock.now()
        times = [time for time in self._exchanges.get(who, ()) if now - time < 60]
        if len(times) >= EXCHANGES_A_MINUTE:
            raise Refused(Reason.TOO_OFTEN)
        self._exchanges[who] = [*times, now]

    # --- sessions ----------------------------------------------------------------------------------------------

    @property
    def session_lifetime(self) -> float:
        """How many seconds without use a session lives; three days unless it is set. The vendors don't tell theirs.

        Setting it moves the end of the sessions that live.
        """
        return self._session_lifetime

    @session_lifetime.setter
    def session_lifetime(self, seconds: float) -> None:
        if not seconds > 0:
            raise ValueError("a session lives for a number of seconds that is more than 0")
        longer, self._session_lifetime = seconds - self._session_lifetime, seconds
        with self._store.changing():
            for session in list(self._sessions.rows.values()):
                if session.ends_at > self.clock.now():
                    self._put_session(attrs.evolve(session, ends_at=session.ends_at + longer))

    @property
    def session_key_period(self) -> float:
        """How many seconds a backend's session key outlives later logins, at least; a minute unless it is set.

        WeChat and Douyin say that there is such a shortest period, and not how long it is. With 0 every login code is
        worth a new key, with `math.inf` none is. It holds for the codes given from now on, also if another process
        exchanges them.
        """
        return self._session_key_period

    @session_key_period.setter
    def session_key_period(self, seconds: float) -> None:
        if not seconds >= 0:
            raise ValueError("a session key is kept for a number of seconds that is at least 0")
        self._session_key_period = seconds

    def use_session(self, app_key: str, user_id: str) -> Session | None:
        """The user's live session in the app with that key, which lives on from now; none if there is none."""
        store = self._store
        if store.kept:
            store.refresh()
        session = self._sessions.rows.get(f"{app_key}\n{user_id}")
        now = self.clock.now()
        if session is None or now >= session.ends_at:
            return None
        ends_at = now + self._session_lifetime
        if not store.shared:
            session.ends_at = ends_at
        elif ends_at - session.ends_at > self._session_lifetime / 1000:
            # Keeping every use would cost a write for each; a thousandth of the lifetime is near enough.
            self._prolong(session, ends_at)
        return session

    def end_sessions(self, user_id: str, app_key: str | None = None) -> None:
        """Ends the user's sessions: in the app with that key, or in all."""
        with self._store.changing():
            for session in list(self._sessions.rows.values()):
                if session.user_id == user_id and app_key in (None, session.app_key):
                    self._put_session(attrs.evolve(session, ends_at=ENDED))

    def renew_session_keys(self, user_id: str, app_key: str | None = None) -> None:
        """New keys for the user's living sessions, in the app with that key or in all, before any exchange.

        What backends have is void at once; the next login code is worth the new key.
        """
        with self._store.changing():
            for session in list(self._sessions.rows.values()):
                if session.user_id == user_id and app_key in (None, session.app_key) and self._lives(session):
                    self._put_session(attrs.evolve(session, key=_new_key(session.app_key), given_at=None))

    def check_session(self, app_key: str, openid: str, signature: str) -> None:
        """Raises `Refused` unless `signature` was made with the session key that the user has now in the app."""
        self._store.refresh()
        self._signed(app_key, openid, signature)

    def keys_of_user(self, app_key: str, openid: str, signature: str) -> list[UserKey]:
        """The keys that the user's programs encrypt with, the newest first. Raises `Refused` as above."""
        self._store.refresh()
        return self.user_keys.last(app_key, self._signed(app_key, openid, signature).user_id)

    def reset_session_key(self, app_key: str, openid: str, signature: str) -> str:
        """A new key for the session that `signature` was made with; its end stays. Raises `Refused` as above."""
        with self._store.changing():
            session = self._signed(app_key, openid, signature)
            return self._put_session(attrs.evolve(session, key=_new_key(app_key), given_at=self.clock.now())).key

    def user_named(self, app_key: str, openid: str) -> str | None:
        """The id of the person who has this name in the app, once they have logged in there."""
        self._store.refresh()
        session = next(self._sessions_of(app_key, openid), None)
        return None if session is None else session.user_id

    def _session(self, app: RegisteredApp, user_id: str) -> Session:
        """The user's session in the app: the live one, or a new one whose key no backend has."""
        session = self._sessions.rows.get(f"{app.key}\n{user_id}")
        if session is not None and self._lives(session):
            return session
        openid = identity.openid(app, user_id)
        raw = None if self._signer is None else self._signer.session_key(app.key, user_id)
        return Session(app.key, user_id, openid, _new_key(app.key, raw), self.clock.now() + self._session_lifetime)

    def _give_key(self, app: RegisteredApp, code: Code) -> Session:
        """The session whose key a backend gets now: a new key, if one has had the present key for long enough."""
        now = self.clock.now()
        session = self._session(app, code.user_id)
        if session.given_at is None:
            return self._put_session(attrs.evolve(session, given_at=now))
        if now - session.given_at < code.key_period:
            return session
        ends_at = now + self._session_lifetime
        return self._put_session(attrs.evolve(session, key=_new_key(app.key), given_at=now, ends_at=ends_at))

    def _lives(self, session: Session) -> bool:
        return self.clock.now() < session.ends_at

    def _put_session(self, session: Session) -> Session:
        self._sessions.put(_session_key(session), session)
        return session

    def _prolong(self, session: Session, ends_at: float) -> None:
        with self._store.changing():
            present = self._sessions.rows[_session_key(session)]
            if present.ends_at != ENDED:
                self._put_session(attrs.evolve(present, ends_at=ends_at))

    def _signed(self, app_key: str, openid: str, signature: str) -> Session:
        session = next(self._sessions_of(app_key, openid), None)
        if session is None:
            raise Refused(Reason.WRONG_OPENID)
        ended = self.clock.now() >= session.ends_at
        if ended or not same(hmac_sha256_hex(session.key), signature):
            raise Refused(Reason.WRONG_SIGNATURE)
        return session

    def _sessions_of(self, app_key: str, openid: str) -> Iterator[Session]:
        return (one for one in self._sessions.rows.values() if one.openid == openid and one.app_key == app_key)

    # --- signatures and the end --------------------------------------------------------------------------------

    @property
    def private_key(self) -> str:
        """What Alipay and Baidu sign with, as PEM; made when first needed. Needs the extra `crypto`."""
        return self.kept_secret("rsa", new_rsa_key)

    @property
    def public_key(self) -> str:
        """What a backend verifies answers of Alipay, and notices of Alipay and Baidu with, as PEM: their public key."""
        return public_pem(self.private_key)

    @property
    def wechat_pay_public_key(self) -> str:
        """What a merchant verifies WeChat Pay's answers and notices with, as PEM, if it does so without certificates.

        SDKs want its id beside it, `wechat_pay_public_key_id`. Needs the extra `crypto`.
        """
        from .wechat_signing import public_key

        return public_key(self)

    @property
    def wechat_pay_public_key_id(self) -> str:
        """The id of that key: `PUB_KEY_ID_…`."""
        from .wechat_signing import public_key_id

        return public_key_id(self)

    def kept_secret(self, name: str, make: Callable[[], str]) -> str:
        """A secret of the open platform's own, made when it is first needed."""
        with self._store.changing():
            if name not in self._secrets.rows:
                self._secrets.put(name, Secret(make()))
            return self._secrets.rows[name].value

    def recover(self) -> None:
        """Puts its file aside if that is damaged, and goes on with the records that can be read."""
        self.make_all()
        self._store.recover()

    def close(self) -> None:
        """Lets go of the file. A second call does nothing."""
        self._store.close()


def _session_key(session: Session) -> str:
    return f"{session.app_key}\n{session.user_id}"


def _new_key(app_key: str, raw: bytes | None = None) -> str:
    platform, _, _ = app_key.partition("/")
    return identity.new_session_key(platform, raw)
