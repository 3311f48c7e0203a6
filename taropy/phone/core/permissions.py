"""What the person allows each app to do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from ...hints import check_word
from .answers import Fail, Options, Result
from .app import App
from .functions import answered
from .options import optional, required
from .person import Question
from .room import Room
from .saved import Saved, is_app_key
from .vendors import of_vendor

if TYPE_CHECKING:
    from .faces import Phone

Settings = dict[str, bool]
#: None is a no that is asked about again.
Answers = dict[str, bool | None]


def _scopes(*names: str) -> frozenset[str]:
    return frozenset(f"scope.{name}" for name in names)


SCOPES = _scopes(
    "userInfo", "userLocation", "userFuzzyLocation", "userLocationBackground", "record", "camera", "bluetooth",
    "bluetoothBackground", "writePhotosAlbum", "addPhoneContact", "addPhoneCalendar", "werun", "address",
    "invoiceTitle", "invoice", "album", "calendar", "qqrun", "hostId", "clipboard",
)  # fmt: skip

# Those that a program may name to `authorize`, by the vendors' documents and, of rn, Taro's own code; the others' are
# not told apart here.
AUTHORIZED: Mapping[str, frozenset[str]] = {
    "swan": _scopes("userInfo", "userLocation", "writePhotosAlbum", "address", "invoiceTitle", "record", "camera"),
    "tt": _scopes(
        "userInfo", "userLocation", "record", "camera", "album", "address", "calendar", "hostId", "clipboard"
    ),
    "rn": _scopes("userLocation", "record", "writePhotosAlbum", "camera"),
}
# And to `authorizeForMiniProgram`.
AUTHORIZED_FOR_PLUGINS = _scopes("record", "writePhotosAlbum", "camera")

# What a vendor calls a permission in its settings, where that is not WeChat's name. Alipay's: the page of
# `my.getSetting`; its album is for choosing, and Douyin's (developer.open-douyin.com, "AuthSetting") for saving too.
NAMED: Mapping[str, Mapping[str, str]] = {
    "my": {scope: scope.removeprefix("scope.") for scope in SCOPES}
    | {"scope.userLocation": "location", "scope.werun": "alipaysports", "scope.address": "aliaddress"}
    | {"scope.record": "audioRecord"},
    "tt": {"scope.writePhotosAlbum": "scope.album"},
}

# React Native's settings tell of these also while nobody was asked.
ALWAYS_TOLD: Mapping[str, frozenset[str]] = {"rn": AUTHORIZED["rn"]}
# WeChat needs nobody's permission for these any more; they always count as given.
FREE: Mapping[str, frozenset[str]] = {"wx": _scopes("address", "invoiceTitle", "invoice")}
# The code that programs call on HarmonyOS asks nobody; the app around it does, before they run.
ASKED_BEFORE: Mapping[str, bool] = {"harmony": True}
# No dialog asks for this one: the person gives it on the settings page.
ON_THE_SETTINGS_PAGE = frozenset({"scope.userLocationBackground"})

INVALID_SCOPE = -12001
DENIED = -12006
NOT_AUTHORIZED = -12007
EVERY_APP = "*"

# How WeChat tells that the device denies something to it, not the person to the program: programs look for these words
# after `getLocation` and `startRecord`, and for others after `saveImageToPhotosAlbum`. Of the camera none are known, so
# these stand for it, too.
SYSTEM_DENIED = "system permission denied"
# How the clients tell of a refusal. WeChat's number is in its community ("getLocation:fail auth deny", errno 103);
# Baidu's code and words are those that DCloud's "hello uni-app" looks for; React Native's: taro-rn 4.2.0.
REFUSED: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "wx": ("auth deny", {"errCode": DENIED, "errno": 103}),
    "swan": ("user deny", {"errCode": 10003}),
    "rn": ("Permissions denied!", {}),
}
USUALLY_REFUSED: tuple[str, Mapping[str, int]] = ("auth deny", {"errCode": DENIED})

# Alipay asks again after a no, unless the person has ticked "always": then the first failure and the later ones have
# codes of their own (opendocs.alipay.com/mini/api: `my.getSetting`, `my.chooseImage`).
ALIPAY_REFUSED, ALIPAY_STILL_REFUSED, ALIPAY_REFUSED_FOR_GOOD = 2001, 2002, 2003
ASKS_AGAIN: Mapping[str, bool] = {"my": True}


@attrs.define
class Dialog:
    """A question that the person sees, and how many calls wait for the answer. The last that gives up takes it away."""

    task: asyncio.Task[None]
    waiting: int = 0

    @property
    def is_here(self) -> bool:
        """Whether a call of the running loop can wait for it, too."""
        return not self.task.done() and self.task.get_loop() is asyncio.get_running_loop()

    async def wait(self) -> None:
        """Until it is answered."""
        self.waiting += 1
        try:
            await asyncio.shield(self.task)
        finally:
            self.waiting -= 1
            if not self.waiting:
                self.task.cancel()  # which does nothing to one that was answered


class Permissions(Room, name="permissions"):
    """The person's answers, per app and scope. An answer is remembered, also when it was no.

    A person is asked with the question `authorize` (`person.script("authorize", allow=False)`); unless told otherwise
    the answer is yes. Alipay remembers a no only if it comes with `remember=True`, and asks again else. Answers
    that a folder does not take, since it can only be read, are known to this phone alone.
    Facts on scopes: developers.weixin.qq.com, "authorize".
    """

    STATE = ("_settings",)
    FILE = "permissions.json"
    _busy = frozenset(("need_of_device",))

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, dict[str, Answers], is_app_key)
        self._settings: dict[str, Answers] = self._saved.load({})
        self._asking: dict[tuple[str, str], Dialog] = {}

    # --- for tests and other rooms -----------------------------------------------------------------------------

    def grant(self, scope: str, app: App | None = None) -> None:
        """Allows the app, or every app, what `scope` stands for, as if the person had been asked."""
        self._set(scope, True, app)

    def deny(self, scope: str, app: App | None = None) -> None:
        """Forbids it, likewise, and for good: nobody is asked again."""
        self._set(scope, False, app)

    def reset(self, scope: str | None = None, app: App | None = None) -> None:
        """Forgets the answers on `scope`, or all of them, of the app, or of every app: the person is asked again."""
        if scope is not None:
            _check_scope(scope)
        for key in list(self._settings) if app is None else [app.key]:
            if scope is None:
                self._settings.pop(key, None)
            else:
                self._settings.get(key, {}).pop(scope, None)
        self._keep()

    def asked(self, app: App) -> Settings:
        """The answers that there are for the app, by what its vendor calls the scopes."""
        untold = dict.fromkeys(of_vendor(ALWAYS_TOLD, app, frozenset()), False)
        return {**untold, **{name: bool(answer) for name, answer in self._answers(app).items()}}

    async def ask(self, app: App, scope: str) -> bool:
        """Whether the app may; asks the person unless that has been answered before.

        Several calls at once show one dialog. Where programs ask nobody, what was not denied counts as given.
        """
        known = True if scope in of_vendor(FREE, app, frozenset()) else self._answer(app, scope)
        if known is not None:
            return known
        if of_vendor(ASKED_BEFORE, app, False):
            return True
        if scope in ON_THE_SETTINGS_PAGE:
            self._set(scope, False, app)
            return False
        return await self._ask_once(app, scope)

    async def need(self, app: App, scope: str | None, *, ask: bool = True) -> None:
        """As `ask`, and raises `Fail` if the app may not: `auth deny`, or what the vendor calls that.

        None is what the vendor wants no permission for. Without `ask` nobody is asked, and no answer is a no.
        """
        if scope is None:
            return
        before = self._answer(app, scope)
        if not (await self.ask(app, scope) if ask else before):
            raise _refusal(app, before, self._answer(app, scope))

    def need_of_device(self, name: str, reason: str = SYSTEM_DENIED, errCode: int | None = None) -> None:
        """Raises `Fail` if the device does not let the vendor's own app use its camera, its album, …"""
        if self.phone.system.permission(name) == "denied":
            raise Fail(reason, errCode)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    async def authorize(self, app: App, options: Options) -> Result | None:
        """Asks the person ahead of the function that needs it; a permission that was given is not asked for again.

        Fails with `auth deny` when the answer is or was no, and with `invalid scope` for a scope that does not exist.
        WeChat shows no dialog for `scope.userInfo`: unless it was given otherwise that fails with `scope unauthorized`.
        Douyin's result names the scope in `data`.
        """
        scope = _among(of_vendor(AUTHORIZED, app, SCOPES), options)
        if scope == "scope.userInfo" and app.native_name == "wx" and not self._answer(app, scope):
            raise Fail("scope unauthorized", NOT_AUTHORIZED)
        await self.need(app, scope)
        return {"data": {scope: "ok"}} if app.native_name == "tt" else None

    @answered
    async def authorizeForMiniProgram(self, app: App, options: Options) -> None:
        """The same, asked by a plugin on behalf of the app; the phone lets every app play the plugin."""
        await self.need(app, _among(AUTHORIZED_FOR_PLUGINS, options))

    @answered
    def getSetting(self, app: App, options: Options) -> Result:
        """The answers so far; a scope that the app never asked for is not among them."""
        with_subscriptions = optional(options, "withSubscriptions", "Boolean", False)
        return self._told(app, with_subscriptions)

    @answered
    async def openSetting(self, app: App, options: Options) -> Result:
        """Shows the person the answers so far, who may change them; then the same as `getSetting`.

        Script it with `person.script("openSetting", authSetting={"scope.camera": True})`: what is named, in WeChat's
        words or the vendor's own, is changed, as far as the page shows it. Unless told otherwise the person changes
        nothing.
        """
        with_subscriptions = optional(options, "withSubscriptions", "Boolean", False)
        shown = self.asked(app)
        question = Question("openSetting", {"appid": app.appid, "authSetting": shown}, {"authSetting": {}})
        answer = await self.phone.person.answer(question)
        changed = {_named(app, name): allowed for name, allowed in answer["authSetting"].items() if allowed is not None}
        for scope in SCOPES:
            name = _named(app, scope)
            if name in shown and name in changed:
                self._set(scope, self._as_answered(app, changed[name]), app)
        return self._told(app, with_subscriptions)

    # --- its own -----------------------------------------------------------------------------------------------

    def _told(self, app: App, with_subscriptions: bool) -> Result:
        """The answers so far, and what the person has said to the app's messages, if that was asked for."""
        result: Result = {"authSetting": self.asked(app)}
        if with_subscriptions:
            result["subscriptionsSetting"] = self.phone.messages.settings(app)
        return result

    def _answers(self, app: App) -> Answers:
        """The answers by the vendor's names: those for every app, and the app's own. Of one name the latest counts."""
        given = (*self._settings.get(EVERY_APP, {}).items(), *self._settings.get(app.key, {}).items())
        return {_named(app, scope): answer for scope, answer in given}

    def _answer(self, app: App, scope: str) -> bool | None:
        return self._answers(app).get(_named(app, scope))

    def _as_answered(self, app: App, allowed: object, *, remember: bool = False) -> bool | None:
        """The answer to keep."""
        asks_again = of_vendor(ASKS_AGAIN, app, False) and not remember
        return True if allowed else None if asks_again else False

    def _set(self, scope: str, answer: bool | None, app: App | None) -> None:
        _check_scope(scope)
        if app is None:
            self.reset(scope)
        answers = self._settings.setdefault(EVERY_APP if app is None else app.key, {})
        known = list(answers.items())
        answers.pop(scope, None)
        answers[scope] = answer
        if list(answers.items()) != known:
            self._keep()

    def _keep(self) -> None:
        self._saved.keep_if_writable(self._settings)

    async def _ask_once(self, app: App, scope: str) -> bool:
        key = app.key, scope
        dialog = self._asking.get(key)
        if dialog is None or not dialog.is_here:
            dialog = self._asking[key] = Dialog(self.phone.spawn(self._show(app, scope)))
        try:
            await dialog.wait()
        finally:
            if not dialog.waiting and self._asking.get(key) is dialog:
                del self._asking[key]
        return bool(self._answer(app, scope))

    async def _show(self, app: App, scope: str) -> None:
        shown = {"appid": app.appid, "scope": scope}
        answer = await self.phone.person.answer(Question("authorize", shown, {"allow": True}))
        remember = bool(answer.get("remember"))
        self._set(scope, self._as_answered(app, answer["allow"], remember=remember), app)


def _check_scope(scope: str) -> None:
    check_word(scope, SCOPES, "there is no scope {!r}")


def _named(app: App, scope: str) -> str:
    """What the vendor calls the scope."""
    return of_vendor(NAMED, app, {}).get(scope, scope)


def _among(scopes: Iterable[str], options: Options) -> str:
    """The scope that the program names, which is to be one of these."""
    scope: str = required(options, "scope", "String")
    if scope not in scopes:
        raise Fail("invalid scope", INVALID_SCOPE)
    return scope


def _refusal(app: App, before: bool | None, now: bool | None) -> Fail:
    """How the client tells of a refusal, by the answer that there was before and the one that there is now."""
    if app.native_name != "my":
        reason, codes = of_vendor(REFUSED, app, USUALLY_REFUSED)
        return Fail(reason, **codes)
    ticked = ALIPAY_STILL_REFUSED if before is False else ALIPAY_REFUSED_FOR_GOOD
    return Fail("auth deny", error=ALIPAY_REFUSED if now is None else ticked, errorMessage="用户不允许授权")
