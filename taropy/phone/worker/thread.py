"""The other side of a worker: a thread with an event loop of its own, in which the script runs.

A thread, and not a process: the script is seen by debuggers and by what measures coverage, it starts in a millisecond,
and has the phone's clock. That nothing is shared is kept by copying what is sent, and by giving each worker modules of
its own. What a thread can't is end in the middle of a call into C: `terminate` ends Python code at its next line.
"""

from __future__ import annotations

import asyncio
import ctypes
import importlib.util
import inspect
import itertools
import sys
import threading
from collections.abc import Callable, Coroutine, Generator
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

from ..core.guarded import Keeping
from .cloning import cloned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.clock import Clock

_numbers = itertools.count(1)

MESSAGE, ERROR, KILLED = "message", "error", "killed"


class Ended(BaseException):
    """Ends a script that computes while its worker is terminated."""


class Scope(Keeping):
    """The `worker` of a script.

    `env` has `USER_DATA_PATH`.
    """

    _in_messages = "worker"

    def __init__(self, thread: WorkerThread, env: Mapping[str, str], clock: Clock) -> None:
        self._thread = thread
        self._clock = clock
        self.env: Mapping[str, str] = MappingProxyType(dict(env))

    def onMessage(self, callback: Callable[[Any], Any]) -> None:
        """Has `callback`, plain or async, called with each message of the program."""
        if not callable(callback):
            raise TypeError(f"onMessage takes a function, not {callback!r}")
        self._thread.listeners.append(callback)

    def postMessage(self, message: Any) -> None:
        """Sends the program a copy of a message."""
        self._thread.tell(MESSAGE, cloned(message))

    async def sleep(self, seconds: float) -> None:
        """Waits until the phone's clock has gone on so far; meanwhile the worker has nothing to do."""
        loop, clock = asyncio.get_running_loop(), self._clock
        woken = loop.create_future()

        def wake() -> None:
            self._thread.wake()
            loop.call_soon_threadsafe(lambda: None if woken.done() else woken.set_result(None))

        alarm = clock.call_at(clock.now() + seconds, wake, loop)
        self._thread.done()
        try:
            await woken
        finally:
            alarm.cancel()

    def testOnProcessKilled(self) -> None:
        """Has the system take the worker back, as iOS does with experimental ones when it runs out of memory."""
        self._thread.tell(KILLED, {})


class Steps(Coroutine[Any, Any, Any]):
    """A coroutine of a script, each of whose steps is the script that computes."""

    def __init__(self, thread: WorkerThread, coroutine: Coroutine[Any, Any, Any]) -> None:
        self._thread = thread
        self._coroutine = coroutine

    def send(self, value: Any) -> Any:
        return self._thread.compute(self._coroutine.send, value)

    def throw(self, *error: Any) -> Any:
        return self._thread.compute(self._coroutine.throw, *error)

    def close(self) -> None:
        self._coroutine.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._coroutine.__await__()


class WorkerThread:
    """A script that runs. `tell` is told what it says, from its thread: the event, and what goes with it."""

    def __init__(
        self,
        script: Path,
        env: Mapping[str, str],
        clock: Clock,
        tell: Callable[[str, Any], None],
        idle: Callable[[], None],
        woken: Callable[[], None],
    ) -> None:
        self.listeners: list[Callable[[Any], Any]] = []
        self.tell = tell
        self._script = script
        self._idle = idle
        self._woken = woken
        self._scope = Scope(self, env, clock)
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._failed)
        self._loop.set_task_factory(self._task)
        self._lock = threading.Lock()
        self._pending = 1
        self._computes = False
        self._ended = False
        #: Whether its loop runs no more but to have its tasks come to their ends.
        self._tidies = False
        self._name = f"taropy_worker_{next(_numbers)}"
        self._thread = threading.Thread(target=self._run, name=f"taropy worker {script.name}", daemon=True)

    @property
    def pending(self) -> int:
        """How many messages it has not dealt with yet; its start counts as one."""
        return self._pending

    @property
    def alive(self) -> bool:
        """Whether its thread runs still."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Lets it run."""
        self._thread.start()

    def post(self, message: Any) -> None:
        """Gives it a message, which is its own already."""
        with self._lock:
            if self._ended:
                return
            self._pending += 1
            self._loop.call_soon_threadsafe(self._handle, message)

    def wake(self) -> None:
        """What was asleep goes on; in the thread that moves the clock, or in its own."""
        with self._lock:
            self._pending += not self._ended
        self._woken()

    def end(self) -> None:
        """Ends it, whatever it does; what it has not dealt with is lost."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self._pending = 0
            if threading.current_thread() is not self._thread:  # where it has stopped: its script has called `exit`
                self._loop.call_soon_threadsafe(self._loop.stop)
            if self._computes:
                # Only now, under the lock: in the code of the loop it would leave that in disorder, and once the thread
                # has ended, another one may have its number.
                ident = ctypes.c_ulong(self._thread.ident or 0)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(Ended))
        self._idle()

    def join(self, seconds: float) -> None:
        """Waits until its thread has ended, at most so long."""
        if threading.current_thread() is not self._thread:
            self._thread.join(seconds)

    # --- in its thread -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.call_soon(self._begin)
            self._loop.run_forever()
        except SystemExit as error:
            self._exited(error)
        finally:
            self._tidy()

    def _begin(self) -> None:
        try:
            code = compile(self._script.read_bytes(), self._script, "exec")
        except (OSError, SyntaxError, ValueError) as error:
            self.tell(ERROR, error)
        else:
            self._guarded(exec, code, vars(self._module()))
        self.done()

    def _module(self) -> ModuleType:
        """The script's module: a package of its own, so that it has what lies beside it by `from . import tables`."""
        spec = importlib.util.spec_from_file_location(
            self._name, self._script, submodule_search_locations=[str(self._script.parent)]
        )
        assert spec is not None
        module = sys.modules[self._name] = importlib.util.module_from_spec(spec)
        vars(module)["worker"] = self._scope
        return module

    def _handle(self, message: Any) -> None:
        tasks: list[asyncio.Future[Any]] = []
        for listener in tuple(self.listeners):
            returned = self._guarded(listener, message)
            if inspect.isawaitable(returned):
                tasks.append(asyncio.ensure_future(returned))
        if tasks:
            self._loop.create_task(self._handled(tasks))
        else:
            self.done()

    async def _handled(self, tasks: list[asyncio.Future[Any]]) -> None:
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                self.tell(ERROR, outcome)
        self.done()

    def _guarded(self, work: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return self.compute(work, *arguments)
        except Exception as error:
            self.tell(ERROR, error)
            return None

    def compute(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Does a piece of the script's work, which `end` breaks off.

        Once the worker has ended it does nothing. A task takes the None for a wish to go on in its next turn; before
        that comes, the loop stops, and the task is cancelled.
        """
        with self._lock:
            if self._ended and not self._tidies:
                return None
            self._computes = True
        try:
            return work(*arguments)
        finally:
            with self._lock:
                self._computes = False
            # An `Ended` that was on its way has come by here, where the lock was let go: Python looks for it at calls.

    def _exited(self, error: SystemExit) -> None:
        """The script has called `sys.exit`: its program hears so, and does not wait for it any more."""
        self.tell(ERROR, RuntimeError(f"the script has called exit, with {error.code!r}: its worker ends"))
        self.end()

    def _task(self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
        return asyncio.Task(Steps(self, coroutine), loop=loop, **options)

    def _failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.tell(ERROR, error if isinstance(error, Exception) else RuntimeError(str(context.get("message"))))

    def done(self) -> None:
        """One thing is dealt with."""
        with self._lock:
            self._pending = max(0, self._pending - 1)
        self._idle()

    def _tidy(self) -> None:
        self._tidies = True
        try:
            tasks = asyncio.all_tasks(self._loop)
            for task in tasks:
                task.cancel()
            if tasks:
                self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        finally:
            self._loop.close()
            for name in [each for each in sys.modules if each == self._name or each.startswith(f"{self._name}.")]:
                del sys.modules[name]
