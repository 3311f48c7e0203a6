"""Whether the person has agreed to an app's privacy statement.

Facts: developers.weixin.qq.com/miniprogram/dev/api/open-api/privacy and "framework/user-privacy". Of WeChat's rules
this is the part that programs call themselves: the phone lets functions as `getLocation` run without the agreement.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ...models.record import Record
from ...unheard import report
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import FLAG, TEXT, checked
from ..core.functions import answered, plain
from ..core.options import function
from ..core.person import Question
from ..core.room import Room
from ..core.saved import Saved

if TYPE_CHECKING:
    from ..core.faces import Phone

Listener = Callable[..., Any]

NOT_AUTHORIZED = 104
DEFAULT_CONTRACT = "《用户隐私保护指引》"


@attrs.frozen
class Kept:
    """The keys of the apps whose statements the person has agreed to."""

    agreed: list[str] = attrs.field(factory=list)


@checked(declared=FLAG, contract=TEXT)
class Privacy(Room, name="privacy"):
    """The apps' privacy statements.

    - `declared`: whether the developer has declared, in the vendor's console, that the apps collect something; only
      then anybody is asked.
    - `contract`: what the statement is called.
    - `opened`: how often a person has been shown it.
    """

    STATE = ("declared", "contract", "opened", "_agreed")
    FILE = "privacy.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.declared = True
        self.contract = DEFAULT_CONTRACT
        self.opened: int = 0
        self._saved = Saved(phone, self.FILE, Kept)
        self._agreed: set[str] = set(self._saved.load(Kept()).agreed)
        self._listeners: dict[str, tuple[App, Listener]] = {}

    # --- for tests ---------------------------------------------------------------------------------------------

    def agreed(self, app: App) -> bool:
        """Whether the person has agreed to the app's statement."""
        return app.key in self._agreed

    def agree(self, app: App) -> None:
        """Agrees, as if the person had been asked."""
        self._agreed.add(app.key)
        self._keep()

    def withdraw(self, app: App) -> None:
        """Takes the agreement back: the person is asked again."""
        self._agreed.discard(app.key)
        self._keep()

    def end(self, app: App) -> None:
        """Has the phone ask for the app again, if it was this program that did."""
        known = self._listeners.get(app.key)
        if known is not None and known[0] is app:
            del self._listeners[app.key]

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    def getPrivacySetting(self, app: App, options: Options) -> Result:
        """Whether the person still has to agree, `needAuthorization`, and what the statement is called."""
        return {"needAuthorization": self._needed(app), "privacyContractName": self.contract}

    @answered
    async def openPrivacyContract(self, app: App, options: Options) -> None:
        """Shows the person the statement."""
        self.opened += 1
        await self.phone.person.answer(Question("openPrivacyContract", {"contract": self.contract}, {}))

    @answered
    async def requirePrivacyAuthorize(self, app: App, options: Options) -> None:
        """Succeeds once the person has agreed; asks first if need be.

        A program that listens to `onNeedPrivacyAuthorization` asks by itself; for another the phone's own dialog does:
        script it with `person.script("privacy", allow=False)`; unless told otherwise the person agrees.
        """
        if not self._needed(app):
            return
        _, listener = self._listeners.get(app.key, (app, None))
        if not await (self._asked_by_phone(app) if listener is None else self._asked_by(listener)):
            raise Fail("privacy permission is not authorized", errno=NOT_AUTHORIZED)
        self.agree(app)

    @plain
    def onNeedPrivacyAuthorization(self, app: App, listener: Any = None) -> None:
        """Has the program ask in its own way: `listener` gets a function `resolve`, and the `referrer` that needs it.

        `resolve({"event": "agree", "buttonId": …})` or `resolve({"event": "disagree"})` ends the wait, and so does a
        program that forgets `resolve`, where phones wait for ever. Only the last listener counts. That a button was
        really tapped cannot be seen here and is not checked.
        """
        self._listeners[app.key] = app, function(listener)

    # --- its own -----------------------------------------------------------------------------------------------

    def _needed(self, app: App) -> bool:
        return self.declared and not self.agreed(app)

    async def _asked_by_phone(self, app: App) -> bool:
        shown = {"appid": app.appid, "contract": self.contract}
        return await self.phone.person.allows("privacy", shown)

    async def _asked_by(self, listener: Listener) -> bool:
        agreed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        try:
            listener(_resolver(agreed), Record(referrer="requirePrivacyAuthorize"))
        except Exception as error:
            report("the listener of needPrivacyAuthorization threw", error)
            return False
        return await agreed

    def _keep(self) -> None:
        self._saved.keep_if_writable(Kept(sorted(self._agreed)))


def _resolver(agreed: asyncio.Future[bool]) -> Callable[..., None]:
    """What a program tells the person's answer with. Once nobody has it any more, there will be no answer."""
    loop = agreed.get_loop()

    def settle(event: str) -> None:
        if not agreed.done() and event in ("agree", "disagree"):
            agreed.set_result(event == "agree")

    def settle_soon(event: str) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, event)

    def resolve(option: Any = None) -> None:
        settle_soon(str(option.get("event")) if isinstance(option, Mapping) else "")

    weakref.finalize(resolve, settle_soon, "disagree").atexit = False
    return resolve
