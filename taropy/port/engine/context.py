"""The engine: QuickJS in this process, with Taro in it, whose jobs are run as Python's are."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import spec
from ...extras import need
from ...phone.core.clock import Clock
from ...runtime.coroutines import ends_program
from ...runtime.errors import as_exception
from ...runtime.jobs import Jobs, jobs_of
from ...runtime.promise import PENDING, REJECTED, Promise
from ..source import Position
from .edits import CannotRun
from .sources import Sources
from .timers import Timers
from .traces import Frame, Traces
from .values import Handles, Values

if TYPE_CHECKING:
    from ...runtime.taro import Taro

#: So many of the engine's jobs are run before others have their turn.
JOBS_IN_A_ROW = 100

#: The engine's part of a thread's stack where that has 8 MB, and that of a call of it from within a call, in bytes. It
#: counts from where it was entered last.
STACK = 3 * 1024 * 1024
NESTED_STACK = 256 * 1024

#: The functions of the prelude that Python calls.
_ENTRIES = (
    "main",
    "functions",
    "callExport",
    "call",
    "follow",
    "settle",
    "heard",
    "forget",
    "fire",
    "rejections",
    "global",
    "trace",
)

#: Called with a stream's name and a text.
Print = Callable[[str, str], None]

#: Called with what nobody has caught, and the stack of the call that it is from, where that is known.
Unhandled = Callable[[Any, str], None]


class _AtOnce(Jobs):
    """Runs what it is given at once: the engine's promises settle when Taro's do, and not a job later."""

    __slots__ = ()

    def __init__(self) -> None:
        pass

    def add(self, job: Callable[[], object]) -> None:
        """Runs it."""
        job()


_AT_ONCE = _AtOnce()


class Engine:
    """An engine for one program, in a running event loop and its thread.

    - `taro`: the program's Taro; `main`: its main module; `printed` is called with a stream's name and what the program
      prints; `unhandled` with the reason of a rejection of which nobody in the program has heard, or an error that a
      timer has thrown.
    - `interruptible`: whether Ctrl-C ends the process while the program runs. The engine can't be interrupted.
    """

    def __init__(
        self, taro: Taro, main: Path, *, printed: Print, unhandled: Unhandled, interruptible: bool = False
    ) -> None:
        quickjs = need("quickjs", extra="port")
        self.taro = taro
        self.jobs: Jobs = jobs_of(asyncio.get_running_loop())
        self._unhandled = unhandled
        self._print = printed
        self._context = quickjs.Context()
        self._syntax_error: type[Exception] = quickjs.JSException
        self._thread = threading.get_ident()
        self._depth = 0
        self._stack = _stack_size()
        self._calling = ""
        self._scheduled = False
        self._ending: BaseException | None = None
        self._interruptible = interruptible and threading.current_thread() is threading.main_thread()
        self.handles: Handles = Handles(taro)
        self.values: Values = Values(self, self.handles)
        phone = taro.host.phone
        self.clock: Clock = phone.clock if phone is not None else Clock()
        self.timers: Timers = Timers(self.clock, self.jobs, self._fire)
        prelude, console = _script("prelude.js"), _script("console.js")
        self.sources: Sources = Sources(main, taro.platform.name, (prelude + console).count("\n") + 2)
        self.traces: Traces = Traces(self.sources)
        self._entries: dict[str, Any] = {}
        #: The modules that could not be run, by how the program was told.
        self._refused: dict[str, CannotRun] = {}
        self._begin(prelude, console)

    def _begin(self, prelude: str, console: str) -> None:
        context = self._context
        context.set_max_stack_size(self._stack)
        called = self._callables()
        for name, function in called.items():
            context.add_callable(f"$py_{name}", function)
        given = ",".join(f"{name}:$py_{name}" for name in called)
        context.eval(f"globalThis.$entries={prelude}({{{given}}},{console})")
        self._entries = {name: context.eval(f"$entries[{name!r}]") for name in _ENTRIES}
        context.eval("delete globalThis.$entries;" + "".join(f"delete globalThis.$py_{name};" for name in called))

    def define(self, name: str, value: Any) -> None:
        """Gives the program a global."""
        self.enter("global", name, self.values.written(value))

    def run(self, script: str) -> None:
        """Runs a script of taropy's own, which gets what it needs as globals."""
        with self._inside():
            self._context.eval(script)
        self._schedule()

    def trace_calls(self) -> None:
        """Has `calling` know where the program calls Taro, which costs each call some time."""
        self.enter("trace")

    def calling(self) -> Frame | None:
        """The line of the program that has called Taro last."""
        return next(self.traces.frames(self._calling), None)

    # --- into the engine ---------------------------------------------------------------------------------------

    def enter(self, entry: str, *arguments: Any) -> Any:
        """Calls a function of the prelude; jobs that it queues are run when the caller is done."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("an engine is used in its own thread only")
        with self._inside():
            self._forget()
            if self._depth > 1:
                self._context.set_max_stack_size(NESTED_STACK)
            try:
                result = self._entries[entry](*arguments)
            finally:
                if self._depth > 1:
                    self._context.set_max_stack_size(self._stack)
        self._schedule()
        return result

    def ask(self, entry: str, *arguments: Any) -> Any:
        """As `enter`, for what has an outcome: its value, or raises what was thrown."""
        return self.outcome(self.enter(entry, *arguments))

    def outcome(self, text: str) -> Any:
        """The value that a text stands for; raises what was thrown."""
        value = self.values.read(text[1:])
        if text[0] == "e":
            raise self._refused.get(str(value), as_exception(value))
        return value

    def _forget(self) -> None:
        freed = self.values.freed
        while freed:
            self._entries["forget"](freed.popleft(), 1)

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """Where the engine runs. What has ended the program meanwhile, the engine could not carry: it is raised now."""
        self._depth += 1
        try:
            with self._interrupted():
                yield
        except SystemError as error:  # Ctrl-C, on the way from Python into the engine
            raise (error.__cause__ or error) from None
        finally:
            self._depth -= 1
        if self._depth == 0 and self._ending is not None:
            ending, self._ending = self._ending, None
            raise ending

    @contextmanager
    def _interrupted(self) -> Iterator[None]:
        """Lets Ctrl-C end the process, since no Python runs that could be interrupted."""
        if not self._interruptible or self._depth > 1:
            yield
            return
        before = signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    # --- what values ask for -----------------------------------------------------------------------------------

    def call(self, number: int, arguments: tuple[Any, ...]) -> Any:
        """Calls a function of the program's."""
        return self.ask("call", number, self.values.written(list(arguments)))

    def follow(self, number: int) -> None:
        """Has `_settled` called when a promise of the program's has ended."""
        self.enter("follow", number)

    def heard(self, number: int) -> None:
        """Notes that somebody will be told how a promise of the program's ends."""
        self.enter("heard", number)

    # --- jobs --------------------------------------------------------------------------------------------------

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            self.jobs.add(self._run_jobs)

    def _run_jobs(self) -> None:
        """Runs the engine's jobs by turns with Python's, and then tells of rejections."""
        for _ in range(JOBS_IN_A_ROW):
            if not self._run_job():
                self._scheduled = False
                self._tell_rejections()
                return
            if self.jobs.queue:
                break
        self.jobs.add(self._run_jobs)

    def _run_job(self) -> bool:
        with self._inside():
            more: bool = self._context.execute_pending_job()
        return more

    def _tell_rejections(self) -> None:
        text = self._entries["rejections"]()
        for reason, stack in self.values.read(text) or ():
            self._unhandled(reason, stack)

    def _fire(self, timer: int) -> None:
        try:
            self.ask("fire", timer)
        except Exception as error:
            self._unhandled(error, "")

    def close(self) -> None:
        """Ends the program's timers."""
        self.timers.close()

    # --- out of the engine -------------------------------------------------------------------------------------

    def _callables(self) -> dict[str, Callable[..., Any]]:
        """What the prelude may call. None of them raises: the engine can't carry what Python raises."""
        answering: dict[str, Callable[..., str]] = {
            "call": self._call, "get": self._get, "set": self._set, "module": self._module, "resolve": self._resolve,
            "trace": self._trace, "follow": self._follow, "print": self._say,
        }  # fmt: skip
        telling: dict[str, Callable[..., Any]] = {
            "release": self.handles.release, "settled": self._settled,
            "timer": self._add_timer, "cancel": self.timers.cancel, "at": self._at,
        }  # fmt: skip
        return {
            **{name: self._answering(function) for name, function in answering.items()},
            **{name: self._quiet(function) for name, function in telling.items()},
            "code": self._answering(self._code),
            "now": self._quiet(lambda: float(int(self.clock.now() * 1000))),
            "random": self._quiet(random.random),
        }

    def _answering(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose answer says what it has raised."""

        def answer(*arguments: Any) -> Any:
            try:
                if self._ending is not None:
                    raise self._ending
                return function(*arguments)
            except BaseException as error:
                if ends_program(error):
                    self._ending = error
                if isinstance(error, CannotRun):
                    self._refused[f"{CannotRun.__name__}: {error}"] = error
                return "e" + json.dumps(self.values.pack_thrown(error))

        return answer

    def _quiet(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, of which nobody takes an answer; what it raises ends the program."""

        def answer(*arguments: Any) -> Any:
            try:
                return function(*arguments)
            except BaseException as error:
                self._ending = error
                return None

        return answer

    def _call(self, number: int, name: str, text: str) -> str:
        target = self.handles[number]
        if name:
            target = getattr(target, name)
        result = target(*self.values.read(text))
        if result is None:
            return "vnull" if number == 0 and _gives_null(name) else "v"
        return "v" + self.values.written(result)

    def _get(self, number: int, text: str) -> str:
        """A property: `m` for a method."""
        name = json.loads(text)
        target = self.handles[number]
        if name.startswith("_") or (number == 0 and hasattr(type(target), name) and not spec.has(name)):
            return "v"  # Python's own
        try:
            value = getattr(target, name)
        except AttributeError:
            return "v"
        if callable(value):
            return "m"
        return "v" + self.values.written(value)

    def _set(self, number: int, name: str, text: str) -> str:
        """Sets a property of an object that Taro has handed out; not of Taro itself, whose functions are its own."""
        target = self.handles[number]
        [value] = self.values.read(text) or [None]
        if number == 0 or not hasattr(target, json.loads(name)):
            return "own"
        setattr(target, json.loads(name), value)
        return "v"

    def _module(self, key: str) -> str:
        return "v" + json.dumps(self.sources.facts(json.loads(key)))

    def _resolve(self, text: str) -> str:
        specifier, importer = json.loads(text)
        return "v" + json.dumps(self.sources.resolve(specifier, importer))

    def _code(self, key: str) -> Any:
        try:
            return self._context.eval(self.sources.code(json.loads(key)))
        except self._syntax_error as error:
            raise self._not_javascript(Path(json.loads(key)), str(error)) from None

    def _not_javascript(self, path: Path, told: str) -> CannotRun:
        """What the engine does not take for JavaScript."""
        text, _, stack = told.partition("\n")
        frame = next(self.traces.frames(stack), None)
        return CannotRun(path, None if frame is None else Position(frame.line, 1), text)

    def _trace(self, stack: str) -> str:
        return self.traces.text(json.loads(stack))

    def _follow(self, number: int, settle: int) -> str:
        """How a promise of Taro's has ended, if it has; else the program is told when it does."""
        promise: Promise[Any] = self.handles[number]
        promise._mark_handled()
        if promise._state != PENDING:
            return self._ended(promise)
        promise._await_settling(_AT_ONCE, lambda ended: self.enter("settle", settle, self._ended(ended)))
        return ""

    def _ended(self, promise: Promise[Any]) -> str:
        try:
            if promise._state == REJECTED:
                return "e" + json.dumps(self.values.pack_reason(promise._value))
            return "v" + self.values.written(promise._value)
        except Exception as error:  # what has no form in JavaScript
            return "e" + json.dumps(self.values.pack_thrown(error))

    def _settled(self, number: int, text: str) -> None:
        promise = self.values.following.pop(number, None)
        if promise is None:
            return
        value = self.values.read(text[1:])
        if text[0] == "v":
            promise._resolve(value)
        else:
            promise._reject(value)

    def _say(self, stream: str, text: str) -> str:
        self._print(stream, json.loads(text))
        return "v"

    def _at(self, stack: str) -> None:
        self._calling = json.loads(stack)

    def _add_timer(self, timer: int, delay: float, repeats: bool) -> None:
        self.timers.add(timer, delay, repeats=repeats)


def _script(name: str) -> str:
    """One of the scripts that stand beside this module."""
    return files("taropy.port.engine").joinpath(name).read_text("utf-8").strip()


def _stack_size() -> int:
    """How much of the thread's stack the engine may use: three eighths, since calls go in and out of it."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return STACK // 8
    import resource

    size, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return STACK if size == resource.RLIM_INFINITY else min(size * 3 // 8, 4 * STACK)


def _gives_null(name: str) -> bool:
    """Whether a function of Taro's that gives nothing gives null: it is declared to give something."""
    if not spec.has(name) or not spec.member(name).signatures:
        return False
    returns = spec.member(name).signatures[0].returns
    return returns not in (spec.Primitive("void"), spec.Primitive("undefined"))
