"""`Room`, a part of the phone, and `Manager`, a native object that a room hands out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cached_property, partial
from keyword import iskeyword
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Self

from .answers import NativeFunction, Result
from .app import App
from .functions import native_of
from .guarded import Guarded
from .listening import Listeners, Repeating
from .telling import Showing, told, words_of
from .vendors import is_in_browser, is_web

if TYPE_CHECKING:
    from .faces import Phone


class Room(Guarded):
    """A part of the phone: its state, and the native functions that read and change it.

    `class Clipboard(Room, name="clipboard")` is `phone.clipboard`; `python -m tools.phone` finds it and what it does.
    `STATE` names the attributes that hold the state, as plain data; a room whose state is elsewhere has its own
    `snapshot` and `restore`.
    """

    STATE: ClassVar[tuple[str, ...]] = ()
    #: The file in which a phone with a folder keeps the room's state, for those that keep it.
    FILE: ClassVar[str] = ""
    #: Whether those web apps, too, have its events from taro-h5 that ask the device for others in their own way.
    EVENTS_OF_THE_WEB: ClassVar[bool] = False
    #: What the phone calls the room; empty for a part that several rooms have in common.
    name: ClassVar[str] = ""
    _busy = frozenset(("tell_apps", "restore"))

    def __init_subclass__(cls, *, name: str = "") -> None:
        super().__init_subclass__()
        cls.name = name
        cls._in_messages = f"phone.{name}" if name else cls.__name__

    def __init__(self, phone: Phone) -> None:
        self.phone = phone

    @classmethod
    def on(cls, phone: Phone) -> Self:
        """This room on the phone, for others of its group, which know more of it than `faces` says."""
        room: Self = getattr(phone, cls.name)
        return room

    def audience(self, app: App) -> Listeners:
        """Who listens to the room's events in the app, by the events' names; see `events`."""
        audience = self._audiences.get(app.key)
        if audience is None:
            repeating = is_in_browser(app) or (self.EVENTS_OF_THE_WEB and is_web(app))
            audience = self._audiences[app.key] = Repeating() if repeating else Listeners()
        return audience

    def tell_apps(self, event: str, told: Callable[[App], Result]) -> None:
        """Tells every app's listeners of `event` what `told` gives for the app."""
        for app in self.phone.apps:
            self.audience(app).tell_each(event, partial(told, app))

    @cached_property
    def _audiences(self) -> dict[str, Listeners]:
        return {}

    def in_words(self) -> Iterator[str]:
        """What is to be said of the room's state in a word or two each, for its repr; nothing may be made for that."""
        made = vars(self)
        names = dict.fromkeys((*self.STATE, *made))
        public = [name for name in names if not name.startswith("_")]
        return words_of(
            [name for name in public if name in made or isinstance(getattr(type(self), name, None), property)],
            lambda name: getattr(self, name),
        )

    def __repr__(self) -> str:
        return told(type(self).__name__, self.in_words)

    def snapshot(self) -> Any:
        """The state as it is now, for `restore`; it stays as it is whatever the room does next."""
        return {name: deepcopy(getattr(self, name)) for name in self.STATE}

    def restore(self, state: Any) -> None:
        """Puts the state back to what `snapshot` gave, which may be used again; a room with a `FILE` keeps it."""
        for name, value in state.items():
            setattr(self, name, deepcopy(value))
        self._keep()

    def _keep(self) -> None:
        """Keeps the state in the room's `FILE`, if it has one."""

    def end(self, app: App) -> None:
        """Ends what one program has begun here, the one whose native functions carry this very `app`.

        Two programs that run the same app on a phone have equal ones, and neither ends what is the other's.
        """

    async def aend(self, app: App) -> None:
        """As `end`, and waits until it has ended."""
        self.end(app)

    def close(self) -> None:
        """Ends what the room began, and lets go of what it holds. A second call does nothing."""

    async def aclose(self) -> None:
        """As `close`, and waits until everything has ended."""
        self.close()


class Manager(Showing):
    """A native object that has functions of its own, as `FileSystemManager` or `SocketTask`.

    Its methods are marked and written as a room's; who reads one from the object gets the native function. `CALLED` has
    the methods whose errMsg carries another name than their own. One whose native name is a word of Python, as `in`, is
    written `in_` and has both names.
    """

    CALLED: ClassVar[Mapping[str, str]] = {}
    #: What its class is called as a native object; the class's own name unless it is one vendor's form of it.
    KIND: ClassVar[str] = ""
    #: Whether its methods, and setting its properties, begin what goes on by itself: the runtime then lets a program
    #: that runs outside any event loop act inside its own, and waits there for what has to be ready first.
    in_loop: ClassVar[bool] = False

    def __init__(self, phone: Phone, app: App) -> None:
        self.phone = phone
        self.app = app

    def __repr__(self) -> str:
        return told(self.KIND or type(self).__name__, self.in_words)

    @cached_property
    def listeners(self) -> Listeners:
        """Who listens to the object's events, by their names; see `events`."""
        return Listeners()

    def audience(self, app: App) -> Listeners:
        """As a room's: all who listen, since the object is one app's."""
        return self.listeners

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, method in list(vars(cls).items()):
            if hasattr(method, "__native__"):
                setattr(cls, name, _Managed(name, method))
                if iskeyword(name.removesuffix("_")):
                    setattr(cls, name.removesuffix("_"), property(attrgetter(name)))


class _Managed:
    """The native function of a manager's method, made when it is first read."""

    def __init__(self, name: str, method: NativeFunction) -> None:
        self._name = name
        self._method = method

    def __get__(self, manager: Manager | None, owner: type | None = None) -> Any:
        if manager is None:
            return self._method
        bound = partial(self._method, manager)
        key = f"{manager.KIND or type(manager).__name__}.{self._name}"
        called = manager.CALLED.get(self._name, self._name)
        function = native_of(key, called, bound, self._method, manager.phone, manager.app)
        manager.__dict__[self._name] = function
        return function
