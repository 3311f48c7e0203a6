"""What the person allows each app to do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from .native import App, Fail, Options, Result, Room, answered
from .options import optional, required
from .person import Question
from .saved import Saved

if TYPE_CHECKING:
    from .phone import Phone

Settings = dict[str, bool]

SCOPES = frozenset(
    f"scope.{name}"
    for name in (
        "userInfo", "userLocation", "userFuzzyLocation", "userLocationBackground", "record", "camera", "bluetooth",
        "bluetoothBackground", "writePhotosAlbum", "addPhoneContact", "addPhoneCalendar", "werun", "address",
        "invoiceTitle", "invoice", "album", "calendar", "qqrun",
    )
)  # fmt: skip
# These need nobody's permission any more and always count as given.
FREE = frozenset({"scope.address", "scope.invoiceTitle", "scope.invoice"})
# No dialog asks for this one: the person gives it on the settings page.
ON_THE_SETTINGS_PAGE = frozenset({"scope.userLocationBackground"})

INVALID_SCOPE = -12001
DENIED = -12006
NOT_AUTHORIZED = -12007
EVERY_APP = "*"


class Permissions(Room):
    """The person's answers, per app and scope. An answer is remembered, also when it was no.

    A person is asked with the question `authorize` (`person.script("authorize", allow=False)`); unless told otherwise
    the answer is yes. Facts on scopes: developers.weixin.qq.com, "authorize".
    """

    STATE = ("_settings",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, "permissions.json")
        self._settings: dict[str, Settings] = self._saved.load()
        self._asking: dict[tuple[str, str], asyncio.Task[None]] = {}

    def restore(self, state: Any) -> None:
        """As every room; the answers are kept."""
        super().restore(state)
        self._keep()

    # --- for tests and other rooms -----------------------------------------------------------------------------

    def grant(self, scope: str, app: App | None = None) -> None:
        """Allows the app, or every app, what `scope` stands for, as if the person had been asked."""
        self._set(scope, True, app)

    def deny(self, scope: str, app: App | None = None) -> None:
        """Forbids it, likewise."""
        self._set(scope, False, app)

    def reset(self, scope: str | None = None, app: App | None = None) -> None:
        """Forgets the answers on `scope`, or all of them, of the app, or of every app: the person is asked again."""
        for key in list(self._settings) if app is None else [app.key]:
            if scope is None:
                self._settings.pop(key, None)
            else:
                self._settings.get(key, {}).pop(_known(scope), None)
        self._keep()

    def asked(self, app: App) -> Settings:
        """The answers that there are for the app, by scope."""
        return {**self._settings.get(EVERY_APP, {}), **self._settings.get(app.key, {})}

    async def ask(self, app: App, scope: str) -> bool:
        """Whether the app may; asks the person unless that has been answered before.

        Several calls at once show one dialog.
        """
        known = True if scope in FREE else self.asked(app).get(scope)
        if known is not None:
            return known
        if scope in ON_THE_SETTINGS_PAGE:
            self._set(scope, False, app)
            return False
        return await self._ask_once(app, scope)

    async def need(self, app: App, scope: str) -> None:
        """As `ask`, and raises `Fail` (`auth deny`) if the app may not."""
        if not await self.ask(app, scope):
            raise Fail("auth deny", DENIED)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    async def authorize(self, app: App, options: Options) -> None:
        """Asks the person ahead of the function that needs it; a permission that was given is not asked for again.

        Fails with `auth deny` when the answer is or was no, and with `invalid scope` for a scope that does not exist.
        WeChat shows no dialog for `scope.userInfo`: unless it was given otherwise that fails with `scope unauthorized`.
        """
        scope = required(options, "scope", "String")
        if scope not in SCOPES:
            raise Fail("invalid scope", INVALID_SCOPE)
        if scope == "scope.userInfo" and app.native_name == "wx" and not self.asked(app).get(scope):
            raise Fail("scope unauthorized", NOT_AUTHORIZED)
        await self.need(app, scope)

    @answered
    def getSetting(self, app: App, options: Options) -> Result:
        """The answers so far; a scope that the app never asked for is not among them."""
        with_subscriptions = optional(options, "withSubscriptions", "Boolean", False)
        return _settings(self.asked(app), with_subscriptions)

    @answered
    async def openSetting(self, app: App, options: Options) -> Result:
        """Shows the person the answers so far, who may change them; then the same as `getSetting`.

        Script it with `person.script("openSetting", authSetting={"scope.camera": True})`: what is named is changed, as
        far as the page shows it. Unless told otherwise the person changes nothing.
        """
        with_subscriptions = optional(options, "withSubscriptions", "Boolean", False)
        shown = self.asked(app)
        question = Question("openSetting", {"appid": app.appid, "authSetting": shown}, {"authSetting": {}})
        answer = await self.phone.person.answer(question)
        for scope, allowed in answer["authSetting"].items():
            if scope in shown:
                self._set(scope, bool(allowed), app)
        return _settings(self.asked(app), with_subscriptions)

    # --- its own -----------------------------------------------------------------------------------------------

    def _set(self, scope: str, allowed: bool, app: App | None) -> None:
        if app is None:
            self.reset(scope)
        answers = self._settings.setdefault(EVERY_APP if app is None else app.key, {})
        if answers.get(_known(scope)) is not allowed:
            answers[scope] = allowed
            self._keep()

    def _keep(self) -> None:
        self._saved.keep(self._settings)

    async def _ask_once(self, app: App, scope: str) -> bool:
        dialog = self._asking.get((app.key, scope))
        if dialog is None or dialog.get_loop() is not asyncio.get_running_loop():
            dialog = self._asking[app.key, scope] = self.phone.spawn(self._show(app, scope))
        # A caller that gives up does not close the dialog for the others.
        await asyncio.shield(dialog)
        return self.asked(app)[scope]

    async def _show(self, app: App, scope: str) -> None:
        try:
            shown = {"appid": app.appid, "scope": scope}
            answer = await self.phone.person.answer(Question("authorize", shown, {"allow": True}))
            self._set(scope, bool(answer["allow"]), app)
        finally:
            self._asking.pop((app.key, scope), None)


def _known(scope: str) -> str:
    if scope not in SCOPES:
        raise ValueError(f"there is no scope {scope!r}; there are {', '.join(sorted(SCOPES))}")
    return scope


def _settings(answers: Settings, with_subscriptions: bool) -> Result:
    result: Result = {"authSetting": answers}
    if with_subscriptions:
        # No subscription has been asked for, so the switch over all of them stands as it does at first: on.
        result["subscriptionsSetting"] = {"mainSwitch": True, "itemSettings": {}}
    return result
