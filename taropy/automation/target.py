"""`Target`: the app in front of a phone, as the methods of the protocol see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..phone.core.app import App
from ..phone.core.page import Page
from ..phone.core.running import Running
from .commands import Params, Refused
from .dialogs import Dialogs
from .elements import Elements
from .route_events import RouteEvents
from .world import World

if TYPE_CHECKING:
    from ..phone import Phone
    from ..runtime.rejections import Rejections
    from ..runtime.taro import Taro

#: Called with an event's method and parameters.
Tell = Callable[[str, Any], None]


class Target:
    """What clients are connected to: the app in front of `phone`.

    `tell` sends an event to all of them. `taro` is the runtime whose JavaScript they may send; by default that of the
    app that is launched, or a new one on the phone.
    """

    def __init__(self, phone: Phone, tell: Tell, taro: Taro | None = None, *, interruptible: bool = False) -> None:
        self.phone = phone
        #: Whether Ctrl-C ends the process while their JavaScript runs.
        self.interruptible = interruptible
        self.tell = tell
        self.logs = False
        self.ticket = ""
        #: The id of the element on which a finger lies, and since when.
        self.pressed: tuple[str, float] | None = None
        #: What ends the service, for `Tool.close`.
        self.close_tool: Callable[[], None] = lambda: None
        self.elements = Elements(self)
        self.dialogs = Dialogs(self)
        self.routes = RouteEvents(self)
        #: The names by which the app calls the clients.
        self.bindings: dict[str, None] = {}
        self._given = taro
        self._own: Taro | None = None
        self._world: World | None = None
        self._natives: dict[str, Any] = {}
        self._homes: list[Rejections] = []

    # --- the app -----------------------------------------------------------------------------------------------

    @property
    def app(self) -> App:
        """The app in front."""
        try:
            return self.phone.pages.front
        except LookupError:
            raise Refused("no app is open on the phone") from None

    @property
    def running(self) -> Running:
        """The same as it runs."""
        return self.phone.pages.of(self.app)

    @property
    def native(self) -> Any:
        """Its native object: `wx`, or what the platform has in its place."""
        app = self.app
        native = self._natives.get(app.key)
        if native is None:
            native = self._natives[app.key] = self.phone.native(app.platform, app.native_name)
        return native

    @property
    def taro(self) -> Taro:
        """A runtime of the app's platform on the phone."""
        runtime = getattr(self.running.instance, "runtime", None)
        if runtime is not None and not runtime.closed:
            taro: Taro = runtime.taro
            return taro
        if self._given is not None:
            return self._given
        if self._own is None:
            from ..runtime.taro import create

            self._own = create(self.app.platform, phone=self.phone)
        return self._own

    @property
    def world(self) -> World:
        """The JavaScript beside the app, which begins when it is first asked for."""
        if self._world is None:
            self._world = World(self)
        return self._world

    @property
    def started_world(self) -> World | None:
        """The same if it has begun."""
        return self._world

    def page(self, params: Params) -> Page:
        """The page that a request is about."""
        number = params.get("pageId")
        found = next((page for page in self.running.open_pages if page.id == number), None)
        if found is None:
            raise Refused("page destroyed")  # a word that `minium` looks for
        return found

    # --- what happens ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Hears from now on of what clients are told."""
        listeners = self.phone.lifecycle.listeners
        listeners.on("launch", self._launched, self)
        listeners.on("failed", self._failed, self)
        self._hear_of_rejections()
        self.phone.system.in_devtools = True
        self.routes.begin()
        self.dialogs.begin()

    def end(self) -> None:
        """Takes back all that was put on the phone, and forgets the rest."""
        self.phone.lifecycle.listeners.leave(self)
        for home in self._homes:
            home.listeners.pop(self._rejected, None)
        self.phone.system.in_devtools = False
        self.routes.end()
        self.dialogs.end()
        self._end_world()
        for native in self._natives.values():
            self.phone.end(native)
        if self._own is not None:
            self._own.close()

    def log(self, kind: str, *arguments: Any) -> None:
        """Tells of a line of the console, if anybody wants to know."""
        if self.logs:
            self.tell("App.logAdded", {"type": kind, "args": list(arguments)})

    def threw(self, message: str, stack: str = "") -> None:
        """Tells of an error of the program's that nothing has caught."""
        self.tell("App.exceptionThrown", {"message": message, "stack": stack})

    def _launched(self, app: App) -> None:
        """A launched app has a JavaScript of its own; clients hear of it when its first page is there."""
        self._end_world()
        self.elements.clear()
        self.routes.soon(self._ready)

    def _ready(self) -> None:
        self._hear_of_rejections()
        self.tell("App.initialized", {"from": "devtools"})

    def _hear_of_rejections(self) -> None:
        """Hears of rejections that the program does not handle; it is told of them as if nobody else were."""
        runtime = getattr(self.running.instance, "runtime", None) if self.phone.apps else None
        if runtime is not None and self._rejected not in runtime.home.listeners:
            runtime.home.listeners[self._rejected] = lambda: False
            self._homes.append(runtime.home)

    def _rejected(self, reason: Any) -> None:
        self.threw(str(reason), getattr(reason, "stack", ""))

    def _failed(self, app: App, error: Exception) -> None:
        import traceback

        self.threw(f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))

    def _end_world(self) -> None:
        if self._world is not None:
            self._world.close()
            self._world = None
