"""`Phone`: the simulated device, whose rooms are made when they are first used."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Coroutine
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .clock import Clock
from .native import App, Native
from .person import Ask, Person

if TYPE_CHECKING:
    from .account import Account
    from .network import Network
    from .open_platform import OpenPlatform
    from .permissions import Permissions
    from .screen import Screen
    from .storage import Storage
    from .system import System
    from .user import User

DEFAULT_DEVICE = "iPhone 15 Pro"


class Phone:
    """A phone in this process, with its own account, data, network, screen and clock.

    - `folder`: where the phone keeps its data; a phone made again over the same folder comes back as it was. Without
      one the data live as long as the phone.
    - `device`: the name of a device profile (`taropy.phone.system.devices()` lists them).
    - `user`: who is logged in to the vendors' apps on this phone; a `User`, or just an id.
    - `appid`: the id of the app under test; by default each platform has one of its own, see `app`.
    - `open_platform`: the vendors' servers that this phone logs in at; several phones may share one.
    - `ask`: answers what no script answers (see `taropy.phone.person`).
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
    ) -> None:
        self._folder = None if folder is None else Path(folder)
        self._device = device
        self._user = user
        self._appid = appid
        self._tasks: set[asyncio.Task[Any]] = set()
        self.closed = False
        if open_platform is not None:
            self.__dict__["open_platform"] = open_platform
        self.clock = clock or Clock()
        self.person = Person(ask)

    # --- the rooms ---------------------------------------------------------------------------------------------

    @cached_property
    def account(self) -> Account:
        """Who is logged in, and the sessions of this phone's apps."""
        from .account import Account

        return Account(self, self._user)

    @cached_property
    def permissions(self) -> Permissions:
        """What the person has allowed each app."""
        from .permissions import Permissions

        return Permissions(self)

    @cached_property
    def open_platform(self) -> OpenPlatform:
        """The vendors' servers that this phone logs in at."""
        from .open_platform import OpenPlatform

        return OpenPlatform(self._folder, clock=self.clock)

    @cached_property
    def network(self) -> Network:
        """What the phone sends and receives."""
        from .network import Network

        return Network(self)

    @cached_property
    def storage(self) -> Storage:
        """The key-value storage of each app."""
        from .storage import Storage

        return Storage(self)

    @cached_property
    def screen(self) -> Screen:
        """What is to be seen: toasts, loading, dialogs."""
        from .screen import Screen

        return Screen(self)

    @cached_property
    def system(self) -> System:
        """The device, its window and its settings."""
        from .system import System

        return System(self, self._device)

    # --- apps --------------------------------------------------------------------------------------------------

    def app(self, platform: str, native_name: str = "wx") -> App:
        """The app that runs on this phone's `platform`.

        Every platform has one appid, unless the phone was given one.
        """
        from .apps import default_appid

        return App(platform, native_name, self._appid or default_appid(platform))

    def native(self, platform: str, native_name: str = "wx") -> Native:
        """The native object of `platform` on this phone: its attributes are the platform's native functions."""
        return Native(self, self.app(platform, native_name))

    # --- life --------------------------------------------------------------------------------------------------

    @property
    def persistent(self) -> bool:
        """Whether the phone was given a folder, so that its data outlive it."""
        return self._folder is not None

    @cached_property
    def folder(self) -> Path:
        """Where the phone keeps its files; made when first asked for, and removed at the end unless it was given."""
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._folder
        import shutil
        import tempfile

        made = Path(tempfile.mkdtemp(prefix="taropy-phone-"))
        self._remove_folder = weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        return made

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Runs `work` in the running loop, as a task that ends with the phone at the latest."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def close(self) -> None:
        """Ends what still runs on the phone and lets go of its files. A second call does nothing."""
        self.closed = True
        for task in list(self._tasks):
            _cancel(task)
        for room in ("network", "storage", "open_platform"):
            if room in self.__dict__:
                self.__dict__[room].close()
        finalizer = self.__dict__.pop("_remove_folder", None)
        if finalizer is not None:
            finalizer()

    async def aclose(self) -> None:
        """As `close`, and waits until what was running has ended."""
        tasks = [task for task in self._tasks if task.get_loop() is asyncio.get_running_loop()]
        if "network" in self.__dict__:
            await self.network.aclose()
        self.close()
        await asyncio.gather(*tasks, return_exceptions=True)

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
        return f"Phone({str(self._folder)!r})" if self._folder else f"<Phone at {id(self):#x}>"


def _cancel(task: asyncio.Task[Any]) -> None:
    loop = task.get_loop()
    if loop.is_closed():
        return
    loop.call_soon_threadsafe(task.cancel)
