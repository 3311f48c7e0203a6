"""A native object that answers as a trace has it, and says where a program departs from that."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from functools import partial
from typing import Any

from ...loops import loop_of_caller
from ...program import caller
from ...signatures import called
from ...spec import CALLBACKS
from ...unheard import tell
from .errors import DepartureWarning, ReplayError
from .kinds import Difference, differences, is_ignored
from .script import Call, Script
from .traces import SETTLED, Step, Trace
from .values import Json, arguments_of, read, written

#: What has come in the trace comes at the latest so many seconds after the time that it took there.
GRACE = 0.25
#: How many of the values that differ a message names.
NAMED = 4


class Replay:
    """One playing of a trace; `native` stands for the platform's native object.

    - `departures`: where the program has done what the trace does not have.
    - `unmade`: the calls of the trace that it has not made, as `"call 7, showToast (line 12)"`.
    """

    def __init__(self, trace: Trace, platform: str, ignore: Collection[str] = ()) -> None:
        self.trace = trace
        self._ignore = ignore
        self.departures: list[ReplayError] = []
        self._platform = platform
        self._script = Script(trace)
        self._lacks = {(step.on, step.name) for step in trace.steps if step.kind == "lacks"}
        self._lock = threading.RLock()
        self._made = 0
        self._objects: dict[int, Replayed] = {}
        self._has: dict[int, frozenset[str]] = {}
        self._functions: dict[int, Callable[..., Any]] = {}
        self._callbacks: dict[int, Mapping[str, Callable[..., Any]]] = {}
        self._outcomes: dict[int, _Outcome] = {}
        #: When what may be told is told at the latest, by its index.
        self._latest: dict[int, float] = {}
        #: What goes on playing, in each loop from which a call was made; and whether that is in its next turn.
        self._players: dict[asyncio.AbstractEventLoop, tuple[asyncio.Handle, bool]] = {}
        self._ended = False
        self.native: ReplayedNative = ReplayedNative(self, 0)
        self._objects[0] = self.native

    @property
    def unmade(self) -> list[str]:
        """See the class."""
        return [f"call {call.step.call}, {call.step.name} (line {call.step.line})" for call in self._script.unmade]

    def end(self) -> None:
        """The program has ended: it is told nothing more, and what the runtime ends for it is not compared."""
        with self._lock:
            self._ended = True
            for handle, _ in self._players.values():
                handle.cancel()
            self._callbacks.clear()
            self._functions.clear()
            for outcome in self._outcomes.values():
                outcome.cancel()

    # --- what the program asks -----------------------------------------------------------------------------------

    def attribute(self, on: int, name: str) -> Any:
        """What an object has under this name. What nobody has asked for in the trace is taken to be a function."""
        if (on, name) in self._lacks:
            raise AttributeError(name)
        if self._script.has(on, name):
            return self._function(on, name)
        step = self._script.read(on, name)
        if step is not None:
            return self._value(step.value)
        if on and name not in self._has.get(on, ()):
            raise AttributeError(name)
        return self._function(on, name)

    def _function(self, on: int, name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            return self.call("call", on, name, arguments)

        call.__name__ = call.__qualname__ = name
        return call

    def call(self, kind: str, on: int, name: str, arguments: Sequence[Any]) -> Any:
        """The program calls a function, or sets a property: what came of it in the trace."""
        with self._lock:
            if self._ended:
                return None
            self._made += 1
            found = self._found(kind, on, name, arguments)
            self._script.make(found)
            self._bind(found.step.value, list(arguments))
            number = found.step.call
            options = arguments[0] if arguments and isinstance(arguments[0], dict) else {}
            callbacks = {each: options[each] for each in CALLBACKS if callable(options.get(each))}
            if callbacks:
                self._callbacks[number] = callbacks
            self._outcomes[number] = _Outcome()
            while self._script.is_next_due and self._script.next_index < found.returned_at:
                self._tell(self._script.take())
            self._play_soon()
            step = found.returned
        if step is None:
            return None
        value = self._value(step.value, number)
        if step.kind == "threw":
            raise value if isinstance(value, BaseException) else ValueError(value)
        return value

    # --- whether the trace has it --------------------------------------------------------------------------------

    def _found(self, kind: str, on: int, name: str, arguments: Sequence[Any]) -> Call:
        """The call of the trace that this one is; raises `ReplayError`, which is kept and told, if it is none."""
        asked = arguments_of(arguments, self._written, show_secrets=self.trace.shows_secrets)
        least: tuple[Call, list[Difference]] | None = None
        for candidate in self._script.candidates(kind, on, name):
            differing = [
                each
                for each in differences(candidate.step.value, asked)
                if not is_ignored(f"{name}.{each.path.removeprefix('[0].')}", self._ignore)
            ]
            if not differing:
                return candidate
            least = least or (candidate, differing)
        if least is None:
            raise self._departed(name, self._more(kind, on, name))
        candidate, differing = least
        self._script.pass_over(candidate)  # so that what follows is not held up by it
        told = "; ".join(_told(each, kind) for each in differing[:NAMED])
        more = f"; and {len(differing) - NAMED} more" if len(differing) > NAMED else ""
        raise self._departed(name, f"{told}{more}", candidate.step)

    def _more(self, kind: str, on: int, name: str) -> str:
        """Why there is no call to compare with."""
        count = self._script.count(kind, on, name)
        what = "has it" if kind == "call" else "is set"
        times = f"{what} {'once' if count == 1 else f'{count} times'}" if count else "does not have it"
        following = next(iter(self.unmade), None)
        after = (
            f"the next in it is {following}"
            if following is not None
            else f"after line {self._last}, {self.trace.until}"
        )
        return f"the recording {times}, and {after}"

    @property
    def _last(self) -> int:
        return self.trace.steps[-1].line if self.trace.steps else 1

    def _departed(self, name: str, why: str, step: Step | None = None) -> ReplayError:
        where = f", line {step.line}" if step is not None else ""
        number = f"call {self._made}"
        if step is not None and step.call != self._made:
            number += f", which is call {step.call} there"
        departure = f"{number} departs from {self.trace.path}{where}: {why}"
        error = ReplayError(
            name, departure, call=self._made, line=None if step is None else step.line, platform=self._platform
        )
        error.place = caller()
        self.departures.append(error)
        warning = DepartureWarning(str(error))
        warning.place = error.place
        tell(warning)
        return error

    # --- values --------------------------------------------------------------------------------------------------

    def of_object(self, value: Any) -> Json:
        """See `Names`."""
        return {"$object": vars(value)["_number"]} if isinstance(value, Replayed) else {"$other": type(value).__name__}

    def of_function(self, value: Callable[..., Any]) -> Json:
        """See `Names`. Which function of the program's it is does not count."""
        return {"$function": 0}

    def _written(self, value: Any) -> Json:
        return written(value, self, self.trace.files, show_secrets=self.trace.shows_secrets)

    def _value(self, tree: Json, call: int = 0) -> Any:
        """A value of the trace; `call` is what has returned it."""
        if isinstance(tree, dict) and "$promise" in tree:
            return self.settled(call)
        return read(tree, self.trace.files, partial(self._object, call), self._functions.get)

    def _object(self, call: int, tree: Mapping[str, Json]) -> Replayed:
        number = tree["$object"]
        if number not in self._objects:
            kind = ReplayedPromise if tree.get("awaited") else Replayed
            self._objects[number] = kind(self, number, call, str(tree.get("kind", "object")))
            self._has[number] = frozenset(tree.get("has", ()))
        return self._objects[number]

    def _bind(self, recorded: Json, asked: Any) -> None:
        """Notes which function of the program's has which number in the trace."""
        if isinstance(recorded, list) and isinstance(asked, list | tuple):
            for one, other in zip(recorded, asked, strict=False):
                self._bind(one, other)
        elif isinstance(recorded, dict) and "$function" in recorded:
            self._functions.setdefault(recorded["$function"], asked)
        elif isinstance(recorded, dict) and isinstance(asked, Mapping):
            for name, each in recorded.items():
                self._bind(each, asked.get(name))

    async def settled(self, call: int) -> Any:
        """What the promise that a call has returned settles to."""
        return await self._outcomes.setdefault(call, _Outcome()).wait()

    # --- what the program is told --------------------------------------------------------------------------------

    def _play_soon(self) -> None:
        """Has what is due told when the code that runs now has returned, in the loop of whoever has called."""
        loop = loop_of_caller()
        if loop is None or self._ended:
            return
        handle, is_soon = self._players.get(loop, (None, False))
        if is_soon:
            return
        if handle is not None:
            handle.cancel()
        self._players = {each: playing for each, playing in self._players.items() if not each.is_closed()}
        self._players[loop] = loop.call_soon(self._play), True

    def _play(self) -> None:
        """Tells what is due, one thing in each turn of the loop."""
        with self._lock:
            self._players.pop(asyncio.get_running_loop(), None)
            if self._ended:
                return
            script = self._script
            if script.next_index < len(script.steps):
                left = 0.0 if script.is_next_due else self._left(script.next_index)
                if left <= 0:
                    try:
                        self._tell(script.take())
                    finally:  # a function of the program's may raise
                        self._play_soon()
                else:
                    self._play_after(left)
            elif script.is_through and self._unanswered():
                left = self._left(len(script.steps))
                if left <= 0:
                    self._give_up()
                else:
                    self._play_after(left)

    def _left(self, index: int) -> float:
        """In how many seconds what stands at this index is told though calls before it have not been made."""
        now = time.monotonic()
        waits = self._script.wait() / 1000 if index < len(self._script.steps) else 0.0
        return self._latest.setdefault(index, now + waits + GRACE) - now

    def _play_after(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._players[loop] = loop.call_later(seconds, self._play), False

    def _tell(self, step: Step) -> None:
        """Tells one thing."""
        if step.kind == "told":
            function = self._functions.get(step.function)
            if function is not None:
                called(function, *(self._value(each) for each in step.value))
            return
        value = self._value(step.value)
        callbacks = self._callbacks.pop(step.call, {})
        if step.kind in CALLBACKS:
            for name in dict.fromkeys((step.kind, "complete")):
                if name in callbacks:
                    callbacks[name](value)
        self._outcomes[step.call].settle(step.kind, value)

    def _unanswered(self) -> list[Call]:
        calls = (self._script.calls[number] for number in self._callbacks)
        return [call for call in calls if call.is_unanswered]

    def _give_up(self) -> None:
        """Ends the calls that had no answer when the recording ended."""
        for call in self._unanswered():
            callbacks = self._callbacks.pop(call.step.call)
            step = call.step
            why = f"call {step.call} of {self.trace.path}, line {step.line}, has no answer there: {self.trace.until}"
            error = ReplayError(step.name, why, call=self._made, line=step.line, platform=self._platform)
            if "fail" in callbacks:
                callbacks["fail"](error)
            self._outcomes[step.call].settle("rejected", error)


class Replayed:
    """An object of the trace: a task, a manager, a context."""

    def __init__(self, replay: Replay, number: int, call: int = 0, kind: str = "native object") -> None:
        vars(self).update(_replay=replay, _number=number, _call=call, _kind=kind)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        own = vars(self)
        if name == "in_loop" and own["_number"]:
            return True
        return own["_replay"].attribute(own["_number"], name)

    def __setattr__(self, name: str, value: Any) -> None:
        own = vars(self)
        own["_replay"].call("set", own["_number"], name, [value])

    def __repr__(self) -> str:
        own = vars(self)
        return f"<{own['_kind']} of {own['_replay'].trace.path}>"


class ReplayedPromise(Replayed):
    """One that can be awaited, too."""

    def __await__(self) -> Generator[Any, None, Any]:
        own = vars(self)
        replay: Replay = own["_replay"]
        return replay.settled(own["_call"]).__await__()


class ReplayedNative(Replayed):
    """The native object. What belongs to the playing has names that no platform's function has."""

    @property
    def departures(self) -> list[ReplayError]:
        """Where the program has done what the trace does not have."""
        replay: Replay = vars(self)["_replay"]
        return replay.departures

    @property
    def unmade(self) -> list[str]:
        """The calls of the trace that the program has not made."""
        replay: Replay = vars(self)["_replay"]
        return replay.unmade


class _Outcome:
    """How a promise is settled, for whoever waits for it in whatever loop."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []
        self._settled: tuple[str, Any] | None = None

    def settle(self, how: str, value: Any) -> None:
        if how not in SETTLED:
            return
        self._settled = how, value
        for future in self._waiting:
            future.get_loop().call_soon_threadsafe(_wake, future)
        self._waiting.clear()

    def cancel(self) -> None:
        """Nobody is to wait any more."""
        for future in self._waiting:
            if not future.get_loop().is_closed():
                future.get_loop().call_soon_threadsafe(future.cancel)
        self._waiting.clear()

    async def wait(self) -> Any:
        if self._settled is None:
            future = asyncio.get_running_loop().create_future()
            self._waiting.append(future)
            await future
        assert self._settled is not None
        how, value = self._settled
        if how == "rejected":
            raise value if isinstance(value, BaseException) else ValueError(value)
        return value


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _told(difference: Difference, kind: str) -> str:
    """Where it asks something else, as a reader of the program would call it."""
    path = difference.path
    if kind == "set":
        where = "the value"
    elif path.startswith("[0]."):
        where = path.removeprefix("[0].")
    elif not path:
        where = "the arguments"
    else:
        where = f"argument {path}"
    return f"{where}: {difference.other} is asked, {difference.recorded} was recorded"


__all__ = ["Replay", "Replayed"]
