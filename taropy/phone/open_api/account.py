"""Who is logged in on the phone: login codes, sessions, and what an app is told about the user."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import a, checked
from ..core.functions import answered, asked, only, plain
from ..core.options import optional, required, word
from ..core.room import Room
from ..core.saved import Saved
from ..core.telling import quoted
from ..core.user import DEFAULT_USER_ID, NOBODY, User
from ..core.vendors import of_vendor
from ..open_platform.identity import group_id, unionid
from . import open_data

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..open_platform import OpenPlatform

LONGEST_DESC = 30
LANGUAGES = ("en", "zh_CN", "zh_TW")
SESSION_ENDED = -13001
# WeChat has shown no profile through getUserInfo since 2021, and asks nobody for it; the others still ask.
WITHOUT_PROFILE = frozenset({"wx"})
# Whose apps people open without being logged in: developer.open-douyin.com, `tt.login`; github.com/swan-team/swan-docs,
# `swan.login`; JD's page of `jd.login`. What the login fails with that they do not want is of the first two.
UNKNOWN_USERS: Mapping[str, str] = {
    "tt": "host login fail",
    "swan": "user not logged in",
    "jd": "user not logged in",
}
# JD's getUserInfo asks nobody, and fails until the person has allowed it, by a button; a gender is another number
# there, and a text: github.com/dcloudio/unidocs-zh, docs/api/plugins/login.md.
NEVER_ASKS: Mapping[str, bool] = {"jd": True}
GENDERS: Mapping[str, Mapping[int, str]] = {"jd": {1: "0", 2: "1", 0: "2"}}
# Douyin's getUserProfile takes no description (@douyin-microapp/typings 1.3.1).
WITHOUT_DESCRIPTION = frozenset({"tt"})


@attrs.frozen
class Known:
    """Who the user is."""

    user: User = attrs.field(factory=lambda: User(DEFAULT_USER_ID))
    logged_in: bool = True


@checked(group=a(str, "the name of a group", or_none=True))
class Account(Room, name="account"):
    """The user of the phone, the same in all vendors' apps, and this user's sessions.

    A session begins with `login`. `checkSession` succeeds while it lives: until the vendor has not seen it used for
    `session_lifetime` seconds, `expire_session()` ends it, or the user changes. Using it is `login` and `checkSession`.
    The user's sessions and codes are the open platform's; who the user is, is the phone's, and kept in its folder.

    What is told to a program in secret is encrypted with the session key, and one that logs in again meanwhile may lose
    it: the new code is worth a new key, and that does not decrypt what came before. Here the key changes when the code
    is exchanged, unless a backend has had it for less than `session_key_period` seconds; until then the old one
    encrypts. `renew_session_key()` changes it at any other time.

    - WeChat documents that a login may replace the key, not at every call in a shortest period, and that data from
      before are then lost (`wx.checkSession`; "服务端获取开放数据"; `getPhoneNumber`). At which moment it does not say.
      That it is the exchange is what WeCom documents (developer.work.weixin.qq.com/document/path/96960) and developers
      report (github.com/tencentyun/wafer2-startup/issues/127, github.com/royalrick/weapp/issues/8).
    - Douyin documents the same as WeChat, in the same words ("开放数据校验与解密" of mini games).
    - Baidu documents that keys end, QQ and JD nothing of it: as WeChat, unverified.
    - Alipay has no session keys. What it encrypts is encrypted with a key that the app's developer has set.

    - `logged_in`: whether the person is logged in to the vendors' apps. Douyin's, Baidu's and JD's let in who is not;
      a program's login then asks them to, the question `login` (`person.script("login", allow=False)`). Elsewhere
      everybody is logged in.
    - `group`: the group chat in which the apps are opened, by any name; None while they are opened elsewhere.
    - `favorites`: the ids of the apps that the person has put on WeChat's list "my mini programs".
    """

    STATE = ("_user", "_logged_in", "group", "favorites")
    FILE = "account.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        user = phone.given_user
        self._platform = cast("OpenPlatform", phone.open_platform)
        self._saved = Saved(phone, self.FILE, Known)
        known = self._saved.load(Known())
        self.group: str | None = None
        self.favorites: set[str] = set()
        self.cloud_ids: dict[App, Callable[[Mapping[str, Any]], str]] = {}
        self._logged_in: bool = known.logged_in
        self._user = known.user if user is None else User.of(user)
        if self._user != known.user and (phone.state_folder is None or phone.state_folder.writable):
            self._keep()

    def in_words(self) -> Iterator[str]:
        """Who is logged in."""
        yield f"user {quoted(self._user.id)}"
        yield from [] if self._logged_in else ["logged out"]

    # --- for tests and other rooms -----------------------------------------------------------------------------

    @property
    def user(self) -> User:
        """Who is logged in to the vendors' apps."""
        return self._user

    def switch_user(self, user: User | str) -> None:
        """Logs another person in; that one's sessions are not those of the one before."""
        self._user, self._logged_in = User.of(user), True
        self._keep()

    @property
    def logged_in(self) -> bool:
        """Whether the person is logged in."""
        return self._logged_in

    def log_out(self) -> None:
        """Logs the person out of the vendors' apps; the sessions end."""
        self.expire_session()
        self._logged_in = False
        self._keep()

    @property
    def session_lifetime(self) -> float:
        """How many seconds without use a session lives: three days unless set. It is the open platform's setting."""
        return self._platform.session_lifetime

    @session_lifetime.setter
    def session_lifetime(self, seconds: float) -> None:
        self._platform.session_lifetime = seconds

    @property
    def session_key_period(self) -> float:
        """How many seconds a backend's session key outlives later logins: a minute unless set.

        The vendors don't tell theirs. With 0 every code is worth a new key, with `math.inf` none is. It holds for the
        codes given from now on. It is the open platform's setting; `ValueError` below 0.
        """
        return self._platform.session_key_period

    @session_key_period.setter
    def session_key_period(self, seconds: float) -> None:
        self._platform.session_key_period = seconds

    def renew_session_key(self, app: App | None = None) -> None:
        """The vendor replaces the user's session key in the app, or in all, as it may when a code is obtained.

        The session lives on, `checkSession` succeeds; what the backend has is void, and the next code's exchange gives
        it the new key, the one that programs' data are encrypted with from now on.
        """
        self._platform.renew_session_keys(self._user.id, None if app is None else app.key)

    def expire_session(self, app: App | None = None) -> None:
        """Ends the user's session in the app, or in all: the next `checkSession` fails, and the old key is void."""
        self._platform.end_sessions(self._user.id, None if app is None else app.key)

    # --- native functions --------------------------------------------------------------------------------------

    @asked
    def login(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """A login code: good once, for five minutes, for this app. Begins a session, or goes on with the live one.

        The session's key stays until a backend exchanges the code, which may make a new one (see `Account`).
        Who is not logged in is asked to, see `logged_in`. Douyin's apps also learn whether somebody is, and get a code
        for the user's anonymous name, which with `force` false is all that they get of who is not. Alipay's asks the
        person, if `scopes` go beyond `auth_base`: script it with `person.script("authorize", allow=False)`.
        """
        optional(options, "timeout", "Number", None)
        if app.native_name == "my":
            return self._authorized(app, options)
        refused = None if self._logged_in else of_vendor(UNKNOWN_USERS, app, None)
        if refused is None:
            return self._known(app)
        if app.native_name == "tt" and not optional(options, "force", "Boolean", True):
            return {"anonymousCode": self._other_code("anonymous", app), "isLogin": False}
        return self._logging_in(app, refused)

    @answered
    def checkSession(self, app: App, options: Options) -> None:
        """Succeeds while the session of the last login lives, and counts as use of it.

        The words of the failure are those that WeChat's clients report, -13001 its number.
        """
        if self._platform.use_session(app.key, self._user.id) is None:
            raise _no_session()

    @answered
    def pluginLogin(self, app: App, options: Options) -> Result:
        """A code for the user's name in a plugin, the openpid; the phone lets every app play the plugin."""
        return {"code": self._other_code("plugin", app)}

    @plain
    def getAccountInfoSync(self, app: App) -> Result:
        """The app's id and version. As on phones, only a released version has a number."""
        version = self.phone.updates.version(app) if app.env_version == "release" else ""
        return {"miniProgram": {"appId": app.appid, "envVersion": app.env_version, "version": version}}

    @answered
    async def getUserInfo(self, app: App, options: Options) -> Result:
        """The user's profile; with a session also signed and encrypted with its key, openid and unionid among it.

        On WeChat the profile has been nobody's since 2021 (a grey picture, 微信用户) and nobody is asked; elsewhere the
        person is asked for `scope.userInfo`, except on JD, where it has to be given before: script it with
        `permissions.grant("scope.userInfo")`. `withCredentials` true needs a session, false leaves the encrypted part
        out; not given, it is there if there is a session.
        """
        language = _language(options)
        credentials = optional(options, "withCredentials", "Boolean", None)
        if app.native_name in WITHOUT_PROFILE:
            self.phone.permissions.grant("scope.userInfo", app)
            profile = NOBODY.name_and_picture()
        else:
            await self.phone.permissions.need(app, "scope.userInfo", ask=not of_vendor(NEVER_ASKS, app, False))
            profile = self._user.public_profile(language)
            genders = of_vendor(GENDERS, app, {})
            profile["gender"] = genders.get(profile["gender"], profile["gender"])
        key = None if credentials is False else self._session_key(app)
        if credentials and key is None:
            raise _no_session()
        return self._told(app, profile, key, {"openId": self._openid(app), "unionId": self._unionid(app)})

    @answered
    async def getUserProfile(self, app: App, options: Options) -> Result:
        """The user's profile, after asking every time; `desc`, up to 30 characters, tells the person what for.

        A person that refuses is `getUserProfile:fail auth deny`; unless told otherwise the person agrees. WeChat leaves
        gender and place out, and openid and unionid out of the encrypted part. Since October 2022 its newest library
        gives everybody the profile of nobody here, too; the phone behaves as the one before, which asks.
        """
        description = _description(app, options)
        language = _language(options)
        shown = {"appid": app.appid, "desc": description, "nickName": self._user.nickname}
        if not await self.phone.person.allows("getUserProfile", shown):
            raise Fail("auth deny")
        wechat = app.native_name in WITHOUT_PROFILE
        profile = self._user.name_and_picture() if wechat else self._user.public_profile(language)
        private = {} if wechat else {"openId": self._openid(app), "unionId": self._unionid(app)}
        return self._told(app, profile, self._session_key(app), private)

    @answered
    @only("my")
    async def getOpenUserInfo(self, app: App, options: Options) -> Result:
        """Name and picture as JSON text, once the person has granted `scope.userInfo`, which a button does.

        Nobody is asked: without it the text has the code 40003.
        """
        from .alipay import profile  # which no other vendor's programs need

        granted = self.phone.permissions.asked(app).get("userInfo", False)
        return {"response": profile(self._user.nickname, self._user.avatar_url) if granted else profile()}

    @answered
    def getGroupEnterInfo(self, app: App, options: Options) -> Result:
        """The group chat that the app was opened in (`group`), as `opengid`, encrypted with the session's key.

        Fails without a group or a session. The words of the first are judgement.
        """
        if self.group is None:
            raise Fail("not enter from group")
        return self.sealed(app, {"opengid": self.group_id(app, self.group)})

    @answered
    def checkIsAddedToMyMiniProgram(self, app: App, options: Options) -> Result:
        """Whether the person has `added` the app to WeChat's list "my mini programs": whether it is in `favorites`."""
        return {"added": app.appid in self.favorites}

    # --- for the other rooms of the group ----------------------------------------------------------------------

    def sealed(self, app: App, fields: Mapping[str, Any]) -> Result:
        """What a program is told in secret, encrypted with the key of the user's session; `Fail` without a session."""
        key = self._session_key(app)
        if key is None:
            raise _no_session()
        return self._sealed(app, fields, key)

    def sealed_and_signed(self, app: App, fields: Mapping[str, Any]) -> Result:
        """The same, with the `signature` of what is in it, as QQ tells of guilds."""
        key, now = self._session_key(app), self.phone.clock.now()
        if key is None:
            raise _no_session()
        text = open_data.as_text(open_data.with_watermark(app, fields, now))
        return {**open_data.sealed(app, fields, key, now), "signature": open_data.signed_in_base64(text, key)}

    def group_id(self, app: App, group: str) -> str:
        """What the app knows a group chat by."""
        return group_id(self._platform.app_of_phone(app.platform, app.appid), group)

    def openid_of(self, app: App, user_id: str) -> str:
        """What the app knows a person by."""
        return self._platform.openid(app.platform, app.appid, user_id)

    # --- its own -----------------------------------------------------------------------------------------------

    def _code(self, app: App) -> str:
        return self._platform.log_in(app.platform, app.appid, self._user.id)

    def _known(self, app: App) -> Result:
        """What the login gives of who is logged in."""
        result: Result = {"code": self._code(app)}
        if app.native_name == "tt":
            result |= {"anonymousCode": self._other_code("anonymous", app), "isLogin": True}
        return result

    async def _logging_in(self, app: App, refused: str) -> Result:
        """The same, once the person has logged in; who does not want to makes it fail."""
        if not await self.phone.person.allows("login", {"appid": app.appid}):
            raise Fail(refused)
        self._logged_in = True
        self._keep()
        return self._known(app)

    async def _authorized(self, app: App, options: Options) -> Result:
        """What Alipay's login gives for its scopes, of which all but `auth_base` are the person's to grant."""
        from .alipay import SILENT, no_network, refused, scopes_of  # which no other vendor's login needs

        scopes = scopes_of(options)
        if not self.phone.network.online:
            raise no_network()
        asked = [scope for scope in scopes if scope != SILENT]
        if asked:
            shown = {"appid": app.appid, "scopes": asked}
            if not await self.phone.person.allows("authorize", shown):
                raise refused()
        return {"code": self._code(app), "authSuccessScopes": scopes, "authErrorScopes": {}}

    def _keep(self) -> None:
        if self.phone.persistent:
            self._saved.keep(Known(self._user, self._logged_in))

    def _other_code(self, kind: str, app: App) -> str:
        user_id = f"{kind} {self._user.id}"
        return self._platform.new_code(kind, app.platform, app.appid, user_id)

    def _session_key(self, app: App) -> str | None:
        session = self._platform.use_session(app.key, self._user.id)
        return None if session is None else session.key

    def _openid(self, app: App) -> str:
        return self.openid_of(app, self._user.id)

    def _unionid(self, app: App) -> str:
        return unionid(self._platform.app_of_phone(app.platform, app.appid), self._user.id)

    def _told(self, app: App, profile: Result, key: str | None, private: Result) -> Result:
        """What the app is told: the profile in the clear, and, with a session's key, signed and encrypted."""
        text = open_data.as_text(profile)
        told: Result = {"userInfo": profile, "rawData": text}
        if key is not None:
            told["signature"] = open_data.signed(text, key)
            told |= self._sealed(app, {**private, **profile}, key)
        return told

    def _sealed(self, app: App, fields: Mapping[str, Any], key: str) -> Result:
        """Open data encrypted, and, for a program that uses the vendor's cloud, the id that stands for them there."""
        now, give = self.phone.clock.now(), self.cloud_ids.get(app)
        sealed: Result = {**open_data.sealed(app, fields, key, now)}
        if give is not None:
            sealed["cloudID"] = give(open_data.with_watermark(app, fields, now))
        return sealed


def _no_session() -> Fail:
    return Fail("session time out, need relogin", SESSION_ENDED)


def _language(options: Options) -> str:
    """The language in which the program wants the country and the like told."""
    return word(options, "lang", LANGUAGES, "en")


def _description(app: App, options: Options) -> str:
    """What the program says that it wants the profile for."""
    if app.native_name in WITHOUT_DESCRIPTION:
        return ""
    description: str = required(options, "desc", "String")
    if not 0 < len(description) <= LONGEST_DESC:
        raise Fail("desc length does not meet the requirements")
    return description
