"""Workers: scripts that run beside the program, in a thread of their own.

Facts: developers.weixin.qq.com/miniprogram/dev/framework/workers and …/api/worker, miniprogram-api-typings 5.2.3,
npm's @mini-types/my 3.0.14. Listeners get the message itself, as programs that use them show; the declarations put it
into `message`. The words of failures are ours.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections import deque
from collections.abc import Awaitable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ...loops import DONE, keep_under_way
from ...unheard import report
from ..core.answers import Fail, Result
from ..core.app import App
from ..core.events import on
from ..core.functions import plain
from ..core.lost import tell_lost
from ..core.options import UNDEFINED, function, mapping, optional, string
from ..core.room import Manager, Room
from ..core.telling import count, quoted
from .cloning import cloned
from .thread import ERROR, KILLED, MESSAGE, WorkerThread

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.running import Running

#: How many workers an app may have at a time, on all platforms.
MOST = 1
# How long the phone waits, when it closes, for a script that is deep in a call, in seconds.
PATIENCE = 1.0
#: How long `settle` waits unless the test says, in seconds of real time.
SETTLING = 10.0


class Workers(Room, name="workers"):
    """The workers of the apps on the phone.

    The path of a script is one in the app's package, `phone.files.set_package(folder)`; `workers/index.js` is the
    Python file `workers/index.py` there. It finds itself as `worker`, and has what lies beside it by `from . import`.

    Messages go to and fro while the program's event loop runs. Elsewhere, as in a plain test, `phone.workers.settle()`
    waits until the workers have dealt with all that was sent, and has the program's listeners hear of it.
    `await worker.sleep(2)` in a script goes by the phone's clock.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._workers: list[Worker] = []
        self._ending: list[WorkerThread] = []
        self._changed = threading.Condition()
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        self._inbox: deque[tuple[Worker, str, Any]] = deque()

    def in_words(self) -> Iterator[str]:
        """How many run."""
        yield from [count(len(self._workers), "workers")] if self._workers else []

    # --- for tests ---------------------------------------------------------------------------------------------

    def settle(self, timeout: float | None = SETTLING) -> Awaitable[None]:
        """Waits until no worker has anything left to do, and the program has heard all that they say.

        In a running loop, `await phone.workers.settle()`; elsewhere it is done when it returns. A worker that sleeps by
        the phone's clock has nothing to do. TimeoutError after `timeout` seconds of real time, None for no end: the
        worker computes on and on.
        """
        if asyncio._get_running_loop() is not None:
            return self._settled(timeout)
        ends = math.inf if timeout is None else time.monotonic() + timeout
        while self._works() or self._inbox:
            with self._changed:
                left = None if timeout is None else max(ends - time.monotonic(), 0)
                if not self._changed.wait_for(lambda: self._inbox or not self._works(), left):
                    raise self._endless(timeout)
            self._deliver()
            if time.monotonic() > ends and self._works():  # which may say something all the time
                raise self._endless(timeout)
        return DONE

    def kill(self) -> None:
        """The system takes an experimental worker back, to free memory, as iOS does; its program hears of that.

        LookupError if none was made with `useExperimentalWorker`.
        """
        killable = [worker for worker in self._workers if worker.experimental]
        if not killable:
            raise LookupError("no worker runs that was made with useExperimentalWorker: others stay until terminated")
        for worker in killable:
            self.arrived(worker, KILLED, {})

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def createWorker(self, app: App, scriptPath: Any = UNDEFINED, options: Any = None) -> Worker:
        """Starts the script at `scriptPath`; `terminate` it before the next one.

        Fails while another one runs, for a script that is not there, and, in an app that was launched, for one that is
        not below the folder that `workers` of its settings names.
        """
        path = string(scriptPath)
        experimental: bool = optional(mapping(options), "useExperimentalWorker", "Boolean", False)
        running = self.phone.pages.of(app)
        for earlier in [each for each in self._workers if each.running is not running and each.app.key == app.key]:
            self.drop(earlier)  # which went with the app, when it was launched anew
        if sum(each.app.key == app.key for each in self._workers) >= MOST:
            raise Fail(f"there can be {MOST} worker at a time; call terminate of the one that runs before")
        _check_folder(running, path)
        script = self._script(app, path)
        worker = Worker(self, self.phone, app, running, path, experimental=experimental)
        self._workers.append(worker)
        worker.begin(
            WorkerThread(
                script,
                self.phone.files.env(app),
                self.phone.clock,
                lambda event, told: self.arrived(worker, event, told),
                self._look,
                lambda: self._awake(worker),
            )
        )
        return worker

    # --- what workers ask --------------------------------------------------------------------------------------

    def watch(self, worker: Worker) -> None:
        """Has what the worker says heard in the loop that runs now, if one does; journeys of the clock wait for it."""
        loop = asyncio._get_running_loop()
        if loop is not None:
            worker.loop = loop
            keep_under_way(self.phone.spawn(self._until_idle(), takes_time=True))

    def arrived(self, worker: Worker, event: str, told: Any) -> None:
        """A worker says something, in whatever thread."""
        with self._changed:
            self._inbox.append((worker, event, told))
            self._changed.notify_all()
        if worker.loop is not None and not worker.loop.is_closed():
            worker.loop.call_soon_threadsafe(self._deliver)

    def runs(self, worker: Worker) -> bool:
        """Whether it has not ended."""
        return worker in self._workers

    def drop(self, worker: Worker) -> None:
        """Ends a worker, of which nothing is heard any more."""
        self._workers = [each for each in self._workers if each is not worker]
        worker.thread.end()
        self._ending = [*(each for each in self._ending if each.alive), worker.thread]

    # --- life --------------------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """See `Room`."""
        self._end([worker for worker in self._workers if worker.app is app])

    def close(self) -> None:
        """See `Room`."""
        self._end(self._workers)

    def _end(self, workers: list[Worker]) -> None:
        for worker in list(workers):
            self.drop(worker)
        for thread in self._ending:
            thread.join(PATIENCE)

    # --- its own -----------------------------------------------------------------------------------------------

    def _script(self, app: App, path: str) -> Path:
        python = str(PurePosixPath(path).with_suffix(".py"))
        try:
            return self.phone.files.local(app, python)
        except Fail as failure:
            raise Fail(f"there is no script {path}: {failure.reason}") from None

    def _works(self) -> bool:
        return any(worker.thread.pending for worker in self._workers)

    def _awake(self, worker: Worker) -> None:
        """A worker that was asleep goes on, since the clock was moved here or goes in another thread."""
        if worker.loop is not None and worker.loop is asyncio._get_running_loop():
            self.watch(worker)

    def _look(self) -> None:
        """Something may have come to its end, in whatever thread."""
        with self._changed:
            self._changed.notify_all()
            waiting = list(self._waiting)
        for loop, event in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    def _deliver(self) -> None:
        while self._inbox:
            worker, event, told = self._inbox.popleft()
            if self.runs(worker):
                worker.hear(event, told)

    async def _settled(self, timeout: float | None) -> None:
        try:
            async with asyncio.timeout(timeout):
                while self._works() or self._inbox:
                    await self._until_idle()
                    self._deliver()
                    await asyncio.sleep(0)
        except TimeoutError:
            raise self._endless(timeout) from None

    def _endless(self, timeout: float | None) -> TimeoutError:
        paths = ", ".join(worker.path for worker in self._workers if worker.thread.pending)
        return TimeoutError(
            f"the worker {paths} is at work after {timeout:g} seconds still: terminate() ends it, or settle(timeout=…)"
            " waits longer"
        )

    async def _until_idle(self) -> None:
        event = asyncio.Event()
        entry = asyncio.get_running_loop(), event
        with self._changed:
            self._waiting.append(entry)
        try:
            while self._works():
                await event.wait()
                event.clear()
        finally:
            with self._changed:
                self._waiting.remove(entry)


class Worker(Manager):
    """A worker as its program has it."""

    thread: WorkerThread

    def __init__(
        self, room: Workers, phone: Phone, app: App, running: Running, path: str, *, experimental: bool
    ) -> None:
        super().__init__(phone, app)
        self.path = path
        self.running = running
        self.experimental = experimental
        #: Where its listeners are called.
        self.loop: asyncio.AbstractEventLoop | None = None
        self._room = room

    def in_words(self) -> Iterator[str]:
        """Its script, and whether it is at work."""
        yield quoted(self.path)
        yield "ended" if not self._room.runs(self) else "at work" if self.thread.pending else "idle"

    def begin(self, thread: WorkerThread) -> None:
        """Starts its thread."""
        self.thread = thread
        self._room.watch(self)
        thread.start()

    def hear(self, event: str, told: Any) -> None:
        """The worker has said something."""
        if event == KILLED:
            if self.experimental:
                self._room.drop(self)
                self.listeners.tell_each(KILLED, dict)
        elif event == ERROR:
            self._failed(told)
        else:
            self.listeners.tell_each(MESSAGE, lambda: cloned(told))

    @plain
    def onMessage(self, app: App, callback: object = UNDEFINED) -> None:
        """Tells each message that the script sends: the message itself, a copy for each listener."""
        self.audience(app).on(MESSAGE, function(callback), app)
        self._room.watch(self)

    @plain
    def postMessage(self, app: App, message: Any = None) -> None:
        """Sends the script a copy of a message: dicts, lists, texts, numbers, bytes. What has no copy fails."""
        if not self._room.runs(self):
            # As with browsers' workers, nobody is there to get it.
            tell_lost(self, "Worker.postMessage sends nothing: the worker has ended")
            return
        self._room.watch(self)
        self.thread.post(cloned(message))

    @plain
    def terminate(self, app: App) -> None:
        """Ends the worker. A script that is deep in a call that is not Python's ends when that returns."""
        self._room.drop(self)

    onError = on(ERROR, "Tells what the script raises, `message` and `stack`; without a listener the test hears of it.")
    onProcessKilled = on(KILLED, "Tells that the system has taken the worker back; a new one may be made.")

    def _failed(self, error: Exception) -> None:
        if ERROR in self.listeners:
            self.listeners.tell_each(ERROR, lambda: _told(error))
        else:
            report("a worker's script raised", error)


def _told(error: Exception) -> Result:
    import traceback

    return {"message": f"{type(error).__name__}: {error}", "stack": "".join(traceback.format_exception(error))}


def _check_folder(running: Running, path: str) -> None:
    """Raises `Fail` unless the settings of an app that was launched allow the script."""
    if running.package is None:
        return
    told = running.package.config.get("workers")
    folders = [told] if isinstance(told, str) else list(told or ())
    if not folders:
        raise Fail("workers is not set in app.json")
    if not any(path.lstrip("/").startswith(f"{folder.strip('/')}/") for folder in folders):
        raise Fail(f"{path} is not below {', '.join(folders)}, which is where app.json has the workers")
