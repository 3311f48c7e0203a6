"""New versions of the apps: what the vendor has, whether it comes in well, and the restart with it.

Facts: developers.weixin.qq.com/miniprogram/dev/api/base/update and "framework/runtime/update-mechanism": a client asks
for a new version when an app starts anew, and fetches it by itself; the program may restart with it at once, else the
app has it at its next start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ...loops import once_returned
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import TEXT
from ..core.functions import answered, plain
from ..core.options import function
from ..core.person import Question
from ..core.room import Manager, Room
from ..core.saved import Saved, is_app_key

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.running import Running

CHECKED, READY, FAILED = "checkForUpdate", "updateReady", "updateFailed"


@attrs.define
class Offer:
    """A version that the vendor has; `arrives` is false if fetching it fails."""

    version: str
    arrives: bool = True


class Updates(Room, name="updates"):
    """New versions of the apps. There are none until a test orders one: `offer("1.1.0")`, or `fail()`.

    An order that is made before the program has asked for its `UpdateManager` is found when the app starts; one that
    is made afterwards is found at once. Without a network what is found cannot be fetched. A phone with a folder keeps
    which versions its apps have.
    """

    STATE = ("_offers", "_versions", "_told")
    FILE = "versions.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, dict[str, str], is_app_key)
        self._offers: dict[str, Offer] = {}
        self._versions: dict[str, str] = self._saved.load({})
        self._told: dict[str, dict[str, Result]] = {}
        self._managers: dict[str, UpdateManager] = {}
        phone.lifecycle.listeners.on("launch", self._launched)

    # --- for tests ---------------------------------------------------------------------------------------------

    def offer(self, version: str = "1.0.1", app: App | None = None) -> None:
        """The vendor has this version of the app, or of the one in front."""
        TEXT.check("a version", version)
        self._order(Offer(version), app)

    def fail(self, version: str = "1.0.1", app: App | None = None) -> None:
        """The vendor has this version, and fetching it fails."""
        TEXT.check("a version", version)
        self._order(Offer(version, arrives=False), app)

    def version(self, app: App) -> str:
        """The version that the app has here: its own, or the one that was applied last."""
        return self._versions.get(app.key, app.version)

    # --- for the managers --------------------------------------------------------------------------------------

    def told(self, app: App) -> dict[str, Result]:
        """What the program has been told of a new version since it started, by event."""
        return self._told.setdefault(app.key, {})

    def apply(self, manager: UpdateManager) -> None:
        """Restarts the app with the version that is ready, when the code that asked for it has returned."""
        self._install(manager.app)
        once_returned(self._restart, manager.app, manager.running)

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def getUpdateManager(self, app: App) -> UpdateManager:
        """The app's one `UpdateManager`; after a restart there is a new one."""
        running = self.phone.pages.of(app)
        known = self._managers.get(app.key)
        if known is None or known.running is not running:
            known = self._managers[app.key] = UpdateManager(self.phone, app, running)
            self.told(app).clear()
            once_returned(self._check, known)
        return known

    @answered
    async def updateWeChatApp(self, app: App, options: Options) -> None:
        """Shows the person the page on which WeChat itself is updated."""
        await self.phone.person.answer(Question("updateWeChatApp", {}, {}))

    # --- its own -----------------------------------------------------------------------------------------------

    def _order(self, offer: Offer, app: App | None) -> None:
        app = app or self.phone.pages.front
        self._offers[app.key] = offer
        manager = self._managers.get(app.key)
        if manager is not None and CHECKED in self.told(app):
            manager.found(offer)

    def _check(self, manager: UpdateManager) -> None:
        """Looks for a version when the code that asked for the manager has returned, and so has begun to listen."""
        manager.found(self._offers.get(manager.app.key))

    def _launched(self, app: App) -> None:
        """An app that starts anew has the version that was fetched while it ran before."""
        if READY in self.told(app):
            self._install(app)

    def _install(self, app: App) -> None:
        self._versions[app.key] = self._offers.pop(app.key).version
        self._keep()
        self.told(app).clear()

    def _keep(self) -> None:
        self._saved.keep(self._versions)

    def _restart(self, app: App, running: Running) -> None:
        self._managers.pop(app.key, None)
        if running.package is not None and self.phone.pages.of(app) is running:
            self.phone.lifecycle.launch(app, running.package, **(running.launch or {}))


class UpdateManager(Manager):
    """What `getUpdateManager` gives: tells of a new version while the app `running` runs.

    A listener that comes after the event is told of it all the same, as Baidu's base library does; elsewhere, where
    it takes longer, programs hardly meet that.
    """

    def __init__(self, phone: Phone, app: App, running: Running) -> None:
        super().__init__(phone, app)
        self.running = running

    @property
    def _told(self) -> dict[str, Result]:
        return Updates.on(self.phone).told(self.app)

    def found(self, offer: Offer | None) -> None:
        """The client has asked for a new version, and fetched it if there is one."""
        self._told.clear()
        self._tell(CHECKED, {"hasUpdate": offer is not None})
        if offer is not None:
            self._tell(READY if offer.arrives and self.phone.network.online else FAILED, {})

    @plain
    def onCheckForUpdate(self, app: App, callback: Any = None) -> None:
        """Tells whether there is a new version, `hasUpdate`."""
        self._listen(CHECKED, callback)

    @plain
    def onUpdateReady(self, app: App, callback: Any = None) -> None:
        """Tells when the new version has been fetched."""
        self._listen(READY, callback)

    @plain
    def onUpdateFailed(self, app: App, callback: Any = None) -> None:
        """Tells when it could not be fetched."""
        self._listen(FAILED, callback)

    @plain
    def applyUpdate(self, app: App) -> None:
        """Restarts the app with the new version, as it was launched; fails if none is ready.

        The words are those of Baidu's base library (`getUpdateManager` of its swan-js); phones print them, here they
        are raised.
        """
        if READY not in self._told:
            raise Fail("update is not ready")
        Updates.on(self.phone).apply(self)

    def _listen(self, event: str, callback: Any) -> None:
        self.listeners.on(event, function(callback))
        if event in self._told:
            once_returned(callback, dict(self._told[event]))

    def _tell(self, event: str, told: Result) -> None:
        self._told[event] = told
        self.listeners.tell_each(event, lambda: dict(told))
