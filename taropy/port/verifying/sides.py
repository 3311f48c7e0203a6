"""The two programs: a module of JavaScript or TypeScript, and its port, called alike."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from ...models.record import record
from ...phone.core.clock import Clock
from ...runtime.jobs import jobs_of
from ...runtime.promise import FULFILLED, PENDING, Promise
from ...signatures import fitting
from ..engine.edits import CannotRun
from ..engine.program import Program
from ..engine.traces import Frame
from ..source_map import MAP
from ..translation.naming import python_name
from .making import Callback
from .meaning import meaning, thrown
from .recording import Recording
from .scenario import ScenarioError

if TYPE_CHECKING:
    from ...phone import Phone
    from ...runtime.taro import Taro

#: How long a program that does nothing is left alone before the clock goes on, in seconds of real time.
QUIET = 0.005

#: How long one is waited for that waits for nothing on the phone.
PATIENCE = 5.0

#: How long real work is waited for, as a server's answer, before the clock goes on to where it has taken too long.
SLOW = 1.0

#: How far the clock goes on by itself for one call.
FARTHEST = 3600.0


class Side(Protocol):
    """A program whose functions can be called."""

    def load(self) -> Any:
        """Runs its module; what it gives may be awaited."""

    def call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """Calls an exported function; what it gives may be awaited."""

    def date(self, value: datetime) -> Any:
        """The date that its program takes for that."""

    def place(self, error: BaseException) -> Frame | None:
        """The line of the program that an error comes from."""

    def close(self) -> None:
        """Ends it."""


class Original:
    """The original, in the engine."""

    def __init__(self, taro: Taro, file: Path, recording: Recording) -> None:
        self._program = Program(taro, file, printed=self._print, unhandled=self._unhandled)
        self._recording = recording
        self._program.engine.trace_calls()
        recording.place = self._program.engine.calling

    def load(self) -> Any:
        """Runs the module."""
        return self._program.load()

    def call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """Calls an exported function."""
        return self._program.call(name, *_given(arguments))

    def date(self, value: datetime) -> Any:
        """The engine makes its own of it."""
        return value

    def place(self, error: BaseException) -> Frame | None:
        """The line of the source."""
        return self._program.place(error)

    def close(self) -> None:
        """Ends its timers."""
        self._program.close()

    def _print(self, stream: str, text: str) -> None:
        if stream == "stdout":
            for line in text.split("\n"):
                self._recording.note("prints", line)

    def _unhandled(self, reason: Any, stack: str) -> None:
        self._recording.note("nobody catches", thrown(reason))


class Port:
    """The port: an ordinary module of Python."""

    def __init__(self, file: Path, recording: Recording) -> None:
        self._file = file.resolve()
        self._root = _root_of(self._file)
        self._module: ModuleType | None = None
        self._before = set(sys.modules)
        self._others: dict[str, ModuleType] = {}
        recording.place = self._calling

    def load(self) -> Any:
        """Imports the module anew, under the name that it has in its package."""
        name = ".".join(self._file.with_suffix("").relative_to(self._root).parts)
        top = name.partition(".")[0]
        self._others = {each: sys.modules.pop(each) for each in list(sys.modules) if each.partition(".")[0] == top}
        sys.path.insert(0, str(self._root))
        self._module = importlib.import_module(name.removesuffix(".__init__"))

    def call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """Calls the function of that name, or of the name in Python's style."""
        found = getattr(self._module, name, None) or getattr(self._module, python_name(name), None)
        if not callable(found):
            raise NameError(f"the port has neither {name} nor {python_name(name)}")
        return fitting(found)(*(self._value(each) for each in _given(arguments)))

    def _value(self, value: Any) -> Any:
        """An argument: a value of `taropy.js` to a port that counts on those, else a record."""
        if not self._takes_js:
            return record(value)
        from ...js import to_js

        return to_js(value)

    def date(self, value: datetime) -> Any:
        """A `Date` to a port that counts on `taropy.js`."""
        if not self._takes_js:
            return value
        from ...js import Date

        return Date(value.timestamp() * 1000)

    @property
    def _takes_js(self) -> bool:
        """Whether it was ported by taropy, which may need nothing of `taropy.js` by name; or uses it."""
        folders = (self._file.parent, *self._file.parent.parents)
        is_own = any((folder / MAP).exists() for folder in folders if folder.is_relative_to(self._root))
        return is_own or "taropy.js" in sys.modules

    def place(self, error: BaseException) -> Frame | None:
        """The innermost line of the port."""
        places = [(frame.f_code.co_filename, line, frame.f_code.co_name)
                  for frame, line in traceback.walk_tb(error.__traceback__)]  # fmt: skip
        return next((Frame(Path(file), line, name) for file, line, name in reversed(places) if self._owns(file)), None)

    def _calling(self) -> Frame | None:
        frame = inspect.currentframe()
        while frame is not None:
            if self._owns(frame.f_code.co_filename):
                return Frame(Path(frame.f_code.co_filename), frame.f_lineno, frame.f_code.co_name)
            frame = frame.f_back
        return None

    def _owns(self, file: str) -> bool:
        return Path(file).is_relative_to(self._root) and "site-packages" not in file

    def close(self) -> None:
        """Forgets the modules of the port, so that they can be imported anew; others of the same names are back."""
        if str(self._root) in sys.path:
            sys.path.remove(str(self._root))
        for name in set(sys.modules) - self._before:
            file = getattr(sys.modules[name], "__file__", None)
            if file is not None and self._owns(file):
                del sys.modules[name]
        sys.modules.update(self._others)


def _given(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments without those at the end that are None, which is how a call leaves them out."""
    count = len(arguments)
    while count and arguments[count - 1] is None:
        count -= 1
    return arguments[:count]


def _root_of(file: Path) -> Path:
    """The folder that the module is imported from: the first above it that is no package."""
    folder = file.parent
    while (folder / "__init__.py").exists():
        folder = folder.parent
    return folder


class Playing:
    """What a scenario calls: the program, be it the original or the port."""

    def __init__(self, side: Side, phone: Phone, recording: Recording) -> None:
        self._side = side
        self._phone = phone
        self._recording = recording

    def start(self, name: str, *arguments: Any) -> Awaitable[Any]:
        """Calls an exported function now, and gives what can be awaited for what it gives in the end."""
        arguments = tuple(self._own(each) for each in arguments)
        given = ", ".join(meaning(each) for each in arguments)
        call = f"{name}({given})"
        self._recording.called(call)
        try:
            outcome = self._side.call(name, arguments)
        except Exception as error:
            self._recording.threw(name, error, self._side.place(error), call)
            return self._nothing()
        if not inspect.isawaitable(outcome):
            self._recording.returned(name, outcome, call)
            return self._nothing(outcome)
        promise: Promise[Any] = Promise.resolve(outcome)
        promise._mark_handled()
        promise._watch_settling(lambda settled: self._note(name, call, settled))
        return self._ending(name, call, promise)

    def _own(self, value: Any) -> Any:
        """An argument, with the side's own dates, and functions in the place of callbacks."""
        if isinstance(value, Callback):
            return self._callback(value)
        if isinstance(value, datetime):
            return self._side.date(value)
        if isinstance(value, dict):
            return {name: self._own(each) for name, each in value.items()}
        return [self._own(each) for each in value] if isinstance(value, list) else value

    def _callback(self, callback: Callback) -> Callable[..., Any]:
        def called(*given: Any) -> Any:
            told = ", ".join(meaning(each) for each in _given(given))
            self._recording.note(f"calls the callback({told})")
            return Promise.resolve(callback.result) if callback.is_async else callback.result

        return called

    async def call(self, name: str, *arguments: Any) -> Any:
        """Calls an exported function, by the original's name, and waits for what it gives.

        None where it throws; what it throws is compared. Meanwhile the clock goes on whenever the program waits for it.
        """
        value = await self.start(name, *arguments)
        await self.idle()
        return value

    async def idle(self) -> None:
        """Waits until the program has done what it can do without the clock going on."""
        jobs, count = jobs_of(asyncio.get_running_loop()), -1
        await asyncio.sleep(0)
        while jobs.busy and count != len(self._recording.steps):
            count = len(self._recording.steps)
            await asyncio.sleep(QUIET)

    async def load(self) -> bool:
        """Runs the module; whether that went well. `ScenarioError` where the engine can't run it at all."""
        try:
            loaded = self._side.load()
            if inspect.isawaitable(loaded):
                await loaded
        except CannotRun as error:
            raise ScenarioError(str(error)) from error
        except Exception as error:
            self._recording.threw("the module", error, self._side.place(error))
            return False
        return True

    def _note(self, name: str, call: str, promise: Promise[Any]) -> None:
        if promise._state == FULFILLED:
            self._recording.returned(name, promise._value, call)
        else:
            error = promise._error or promise._value
            place = self._side.place(error) if isinstance(error, BaseException) else None
            self._recording.threw(name, error, place, call)

    async def _nothing(self, value: Any = None) -> Any:
        return value

    async def _ending(self, name: str, call: str, promise: Promise[Any]) -> Any:
        waited = _Waiting(self._phone.clock)
        while promise._state == PENDING:
            if not await waited.goes_on():
                self._recording.note(f"{name}() never ends", call=call)
                return None
        return promise._value if promise._state == FULFILLED else None


class _Waiting:
    """Waits for a program, and moves the clock when it waits for that only."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = clock.now() + FARTHEST
        self._loop = asyncio.get_running_loop()
        self._patient = self._loop.time() + PATIENCE

    async def goes_on(self) -> bool:
        """Waits a little; false when nothing more is to be expected."""
        await asyncio.sleep(QUIET)
        moment = self._clock.next
        if moment is None and self._loop.time() > self._patient - PATIENCE + SLOW:
            moment = self._clock.next_limit
        if moment is None or moment > self._until or jobs_of(self._loop).queue:
            return self._loop.time() < self._patient
        await self._clock.advance(max(0.0, moment - self._clock.now()))
        self._patient = self._loop.time() + PATIENCE
        return True


@contextmanager
def closing(side: Side) -> Iterator[Side]:
    """The side, which is ended afterwards."""
    try:
        yield side
    finally:
        side.close()


Make = Callable[["Taro", Recording], Side]
