"""`Handset`: the phone without its rooms, which is what they all stand on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, SupportsIndex
from weakref import ReferenceType, ref

from ...hints import no_attribute
from .clock import Clock
from .disk import at_end
from .folder import StateFolder
from .guarded import Guarded
from .kept import kept
from .log import CallLog
from .person import Ask, Person

if TYPE_CHECKING:
    from .app import App
    from .faults import Faults
    from .user import User

DEFAULT_DEVICE = "iPhone 15 Pro"


class Program(Protocol):
    """What runs on the phone and can be watched."""

    def be_watched(self, observe: Callable[[Any], None]) -> object:
        """Has `observe` told of its calls."""
        ...


class Handset(Guarded):
    """A device with a clock, a person who holds it, and a folder for what it keeps; `Phone` describes the arguments."""

    _in_messages = "a phone"
    _busy = frozenset(("spawn", "expect_log"))

    def __init__(
        self,
        folder: str | PathLike[str] | None = None,
        *,
        device: str = DEFAULT_DEVICE,
        user: User | str | None = None,
        appid: str | None = None,
        clock: Clock | None = None,
        ask: Ask | None = None,
        log: bool = False,
        show_secrets: bool = False,
        recover: bool = False,
    ) -> None:
        if device != DEFAULT_DEVICE:
            from .devices import device as profile

            profile(device)
        if folder is None and recover:
            raise TypeError("recover is about a folder, and this phone has none")
        #: The folder that the phone was given, if it was.
        self.state_folder = None if folder is None else StateFolder(folder, recover=recover)
        self.device_name = device
        self.given_user = user
        self._appid = appid
        self._tasks: set[asyncio.Task[Any]] = set()
        #: The apps that native objects have been made for, the oldest first. It is replaced, never changed, since who
        #: goes through it runs programs that may make another.
        self.apps: Mapping[App, None] = {}
        self.closed = False
        self.clock = clock or Clock()
        self.person = Person(ask)
        self._log = CallLog(self.clock, show_secrets=show_secrets) if log else None
        self._show_secrets = show_secrets
        # Those whose calls a log would have that is begun later.
        self._programs: list[ReferenceType[Program]] = []

    def app_of(self, key: str | None) -> App | None:
        """The app of this key, the oldest of several equal ones; None if it was never on the phone."""
        return next((app for app in self.apps if app.key == key), None)

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(
            "a phone can't be pickled or copied; snapshot() keeps what it is, Phone(folder) opens it in another process"
        )

    # --- for tests ---------------------------------------------------------------------------------------------

    @kept
    def faults(self) -> Faults:
        """What a test has the phone's functions do in place of their work."""
        from .faults import Faults

        return Faults(self)

    @property
    def log(self) -> CallLog:
        """What programs have called; `AttributeError` of a phone that keeps no log."""
        if self._log is None:
            raise no_attribute(
                "this phone keeps no log; one that does is made with Phone(log=True), and keep_log() begins one"
            )
        return self._log

    def keep_log(self) -> CallLog:
        """Begins a log, `phone.log`, if the phone keeps none yet: in a notebook, whose phone is there already.

        It has the calls from now on, except those of functions that a program has taken from Taro before.
        """
        if self._log is None:
            self._log = CallLog(self.clock, show_secrets=self._show_secrets)
            programs, self._programs = self._programs, []
            for program in filter(None, (reference() for reference in programs)):
                program.be_watched(self._log.add)
        return self._log

    def expect_log(self, program: Program) -> None:
        """Has the calls of a program come into a log that is begun later."""
        if len(self._programs) >= 64:
            self._programs = [reference for reference in self._programs if reference() is not None]
        self._programs.append(ref(program))

    @property
    def logs(self) -> bool:
        """Whether the phone keeps a log."""
        return self._log is not None

    # --- what it keeps, and what goes on ------------------------------------------------------------------------

    @property
    def persistent(self) -> bool:
        """Whether the phone was given a folder, so that its data outlive it."""
        return self.state_folder is not None

    @property
    def put_aside(self) -> tuple[Path, ...]:
        """What a phone that was made with `recover` found that could not be used, as it is called now."""
        return () if self.state_folder is None else tuple(self.state_folder.put_aside)

    @property
    def folder(self) -> Path:
        """Where the phone keeps its files; made when first asked for. One that it was not given goes with the phone."""
        if self.state_folder is None:
            return self._scratch
        if self.state_folder.writable:
            self.state_folder.make()
        return self.state_folder.path

    @property
    def scratch(self) -> Path:
        """Where files lie that are not kept: in the phone's folder, or elsewhere if that can only be read."""
        return self.folder if self.state_folder is None or self.state_folder.writable else self._scratch

    @kept
    def _scratch(self) -> Path:
        """A folder of the system's that goes with the phone."""
        import shutil
        import tempfile

        made = Path(tempfile.mkdtemp(prefix="taropy-phone-"))
        self._remove_folder = at_end(self, shutil.rmtree, made, ignore_errors=True)
        return made

    def spawn(self, work: Coroutine[Any, Any, None], *, takes_time: bool = False) -> asyncio.Task[None]:
        """Runs `work` in the running loop, as a task that ends with the phone at the latest.

        Journeys of the clock wait for what `takes_time` in earnest. RuntimeError if no loop runs.
        """
        try:
            task = asyncio.get_running_loop().create_task(work)
        except RuntimeError:
            work.close()  # or else Python warns that nobody awaited it
            raise
        # A script may end while a search goes on: it would be told then that a task of ours was pending.
        task._log_destroy_pending = False  # type: ignore[attr-defined]
        self._tasks.add(task)
        if takes_time:
            self.clock.work.add(task)
        task.add_done_callback(self._let_go)
        return task

    def _let_go(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.clock.work.forget(task)
