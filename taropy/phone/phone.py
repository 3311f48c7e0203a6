"""`Phone`: the simulated device, whose rooms are made when they are first used."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self, SupportsIndex

import attrs

from ..hints import check_slip
from .core.app import App
from .core.clock import Clock
from .core.folder import StateFolder, check_header
from .core.handset import DEFAULT_DEVICE
from .core.loops import end_tasks
from .core.native import Native
from .core.person import Ask
from .core.room import Room
from .core.surface import KEPT, ROOMS
from .core.telling import told
from .rooms import Rooms

if TYPE_CHECKING:
    from ..app.declaring import App as MiniProgram
    from ..automation.server import Automation
    from ..runtime.taro import Taro
    from .core.user import User
    from .open_platform import OpenPlatform


@attrs.frozen(repr=False)  # it is the whole phone, which is no line in a shell
class Snapshot:
    """A phone as it was at some time."""

    rooms: Mapping[str, Any]
    clock: Any
    person: Any
    faults: Any

    def __deepcopy__(self, memo: object) -> Self:
        return self  # nobody changes it

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a snapshot can't be pickled; what is to last longer than the process is kept by Phone(folder)")

    def __copy__(self) -> Self:
        return self


#: The databases in a phone's folder, and whose they are.
DATABASES: Mapping[str, str] = {
    "storage.sqlite": "storage",
    "open-platform.sqlite": "open_platform",
    "cloud.sqlite": "cloud",
}


class Phone(Rooms):
    """A phone in this process, with its own account, data, network, screen and clock.

    - `folder`: where the phone keeps its data; a phone made again over the same folder comes back as it was. Without
      one the data live as long as the phone.
    - `device`: the name of a device profile (`taropy.phone.devices()` lists them); another is a ValueError.
    - `user`: who is logged in to the vendors' apps on this phone; a `User`, or just an id.
    - `appid`: the id of the app under test; by default each platform has one of its own, see `app`.
    - `open_platform`: the vendors' servers that this phone logs in at; several phones may share one.
    - `ask`: answers what no script answers (see `taropy.phone.Person`).
    - `recover`: whether a file in the folder that cannot be used is put aside, so that the phone goes on with what of
      it can be read; `put_aside` then names them. Without it such a file is a `PhoneFolderError`.
    - `log`: whether the phone keeps a log of its programs' calls, `phone.log`, which costs each call some time.
    - `show_secrets`: whether the log, when it is printed, shows tokens, passwords and the like, in place of a mask.
    """

    def __init__(
        self,
        folder: str | PathLike[str] | None = None,
        *,
        device: str = DEFAULT_DEVICE,
        user: User | str | None = None,
        appid: str | None = None,
        open_platform: OpenPlatform | None = None,
        clock: Clock | None = None,
        ask: Ask | None = None,
        log: bool = False,
        show_secrets: bool = False,
        recover: bool = False,
    ) -> None:
        super().__init__(
            folder,
            device=device,
            user=user,
            appid=appid,
            clock=clock,
            ask=ask,
            log=log,
            show_secrets=show_secrets,
            recover=recover,
        )
        if open_platform is not None:
            self.__dict__["open_platform"] = open_platform
        if self.state_folder is not None:
            self._come_back(self.state_folder, own_platform=open_platform is None)

    def _come_back(self, folder: StateFolder, *, own_platform: bool) -> None:
        """Reads what the folder keeps, so that a file which cannot be used shows now, and not in a program's call."""
        for file, room in KEPT.items():
            if folder.has(file):
                getattr(self, room)
        if self.given_user is not None:
            self.account  # noqa: B018 - who is logged in is kept from now on
        for file, owner in DATABASES.items():
            if folder.has(file) and (owner != "open_platform" or own_platform):
                if folder.recovers:
                    getattr(self, owner).recover()
                else:
                    check_header(folder, file)

    # --- for tests ---------------------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """The phone as it is now: its data, settings, files, pages, clock and what is scripted, for `restore`.

        What is under way is not in it, nor are the vendors' servers, which other phones may share.
        """
        rooms = {name: getattr(self, name).snapshot() for name in ROOMS}
        return Snapshot(rooms, self.clock.snapshot(), self.person.snapshot(), self.faults.snapshot())

    def restore(self, snapshot: Snapshot) -> None:
        """Puts the phone back to what it was. The snapshot may be used again."""
        self.clock.restore(snapshot.clock)
        self.person.restore(snapshot.person)
        self.faults.restore(snapshot.faults)
        for name, state in snapshot.rooms.items():
            getattr(self, name).restore(state)

    # --- apps --------------------------------------------------------------------------------------------------

    def app(self, platform: str, native_name: str | None = None) -> App:
        """The app that runs on this phone's `platform`.

        Every platform has one appid, unless the phone was given one. `native_name` is what its programs call the native
        object; by default what they do call it, and `wx` on a platform of which the phone has heard nothing yet.
        ValueError for a slip of a platform's name.
        """
        from .core.apps import NATIVE_NAMES, default_appid

        if native_name is None and all(app.platform != platform for app in self.apps):
            check_slip(platform, NATIVE_NAMES, "there is no platform {!r}")
        name = native_name or self._native_name(platform)
        return App(platform, name, self._appid or default_appid(platform))

    def _native_name(self, platform: str) -> str:
        from .core.apps import NATIVE_NAMES

        heard = next((app.native_name for app in self.apps if app.platform == platform), "wx")
        return NATIVE_NAMES.get(platform, heard)

    def native(self, platform: str, native_name: str | None = None) -> Native:
        """The native object of `platform` on this phone: its attributes are the platform's native functions."""
        app = self.app(platform, native_name)
        if app not in self.apps:
            self.apps = {**self.apps, app: None}
        return Native(self, app)

    # --- what a person does with it ----------------------------------------------------------------------------

    def background(self) -> None:
        """Leaves the app in front, as with the home button: its page and then the app are hidden."""
        self.lifecycle.background()

    def foreground(self, scene: int | None = None, **options: Any) -> None:
        """Comes back to the app in front, by default from the list of those used last (1089; 0 on the web).

        `options` are those of `lifecycle.foreground`: `path`, `query`, ….
        """
        self.lifecycle.foreground(scene=scene, **options)

    def rotate(self, orientation: str) -> None:
        """Holds the phone in `"portrait"` or `"landscape"`; pages that turn with it are told by `onResize`."""
        self.system.orientation = orientation

    def devtools(self, app: MiniProgram | None = None, *, port: int = 0, taro: Taro | None = None) -> Automation:
        """The automation port of WeChat's DevTools on this phone, for `minium` and `miniprogram-automator`.

        `async with phone.devtools(app, port=9420) as tools` serves in the running event loop, `with` in a thread of its
        own, as a client in this process wants it. `app`, a `taropy.App`, is launched as the port opens, on `taro` if
        that is given; without one, clients get the app in front. `tools.url` and `tools.port` say where it is: at a
        free port, unless `port` names one. Needs the extra `devtools`.
        """
        from ..automation.server import Automation

        return Automation(self, app, port=port, taro=taro)

    # --- life --------------------------------------------------------------------------------------------------

    def end(self, native: Native) -> None:
        """Ends what a program has begun by its native object and still goes on: requests, sockets, searches.

        It hears of no more events. Other programs on the phone go on, and what the app has stored stays.
        """
        for room in self._rooms():
            room.end(native._app)
            room.audience(native._app).leave(native._app)

    async def aend(self, native: Native) -> None:
        """As `end`, and waits until it has ended."""
        for room in self._rooms():
            await room.aend(native._app)
            room.audience(native._app).leave(native._app)

    def close(self) -> None:
        """Ends what still runs on the phone and lets go of its files. A second call does nothing."""
        self.closed = True
        end_tasks(list(self._tasks))
        for room in self._rooms():
            room.close()
        for name in ("faults", "open_platform"):
            if name in self.__dict__:
                getattr(self, name).close()
        finalizer = self.__dict__.pop("_remove_folder", None)
        if finalizer is not None:
            finalizer()

    async def aclose(self) -> None:
        """As `close`, and waits until what was running has ended."""
        tasks = [task for task in self._tasks if task.get_loop() is asyncio.get_running_loop()]
        for room in self._rooms():
            await room.aclose()
        self.close()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _rooms(self) -> list[Room]:
        """The rooms that have been used."""
        return [room for room in self.__dict__.values() if isinstance(room, Room)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return told("Phone", self._told)

    def _told(self) -> Iterator[str]:
        """What it is and what is to be seen on it, as far as its rooms have been used."""
        rooms = self.__dict__
        yield self.device_name
        yield self.network.type if "network" in rooms else "wifi"
        if self.state_folder is not None:
            yield f"in {str(self.state_folder.path)!r}"
        yield from self.pages.in_words() if "pages" in rooms else ()
        yield from self.screen.in_words() if "screen" in rooms else ()
        if self.closed:
            yield "closed"

    def _repr_html_(self) -> str:
        from ..trace.markup import phone_html

        return phone_html(self)
