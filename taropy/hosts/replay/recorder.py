"""What goes around a native object and writes down what it is asked and what it says."""

from __future__ import annotations

import inspect
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol
from weakref import WeakValueDictionary

from ...models.model import Model
from ...runtime.listeners import identity
from ...signatures import accepted
from ...spec import CALLBACKS
from ...unheard import ProgramWarning, tell
from .around import Answers, Heard, Recorded, RecordedHost, RecordedPromise, reference
from .standing import AsItCame, Standing
from .traces import markers
from .values import (
    Json,
    Names,
    Store,
    arguments_of,
    asks_for_a_secret,
    blank,
    in_order,
    names_a_secret,
    roughly,
    written,
)

#: So many objects keep their numbers though the program holds them no longer.
REMEMBERED = 1000

_DATA = (
    str, int, float, bool, bytes, bytearray, memoryview, Mapping, list, tuple, set, frozenset, date, Model,
    BaseException, type(None),
)  # fmt: skip

Line = dict[str, Json]


class Sink(Protocol):
    """Where lines go."""

    def write(self, line: Mapping[str, Json]) -> None: ...


class Recorder:
    """One recording: `native` stands in the place of the object that it goes around.

    `clock` gives seconds that only grow. What cannot be written (the disk is full) ends the recording with a warning,
    and harms no call.
    """

    def __init__(
        self,
        inner: Any,
        sink: Sink,
        store: Store,
        clock: Callable[[], float],
        *,
        show_secrets: bool = False,
        stable: bool = True,
    ) -> None:
        self._sink = sink
        self._store = store
        self._clock = clock
        self._show_secrets = show_secrets
        self._lock = threading.RLock()
        self._calls = self._objects = self._functions = 0
        self._last = clock()
        #: The line of a call that has not returned, as long as nothing else has happened; and when it was made.
        self._open: Line | None = None
        self._opened = 0.0
        #: Calls of which something is written already that came before they returned.
        self._broken: set[int] = set()
        self._secret: set[int] = set()
        self._secret_functions: set[int] = set()
        self._of_objects: WeakValueDictionary[int, Recorded] = WeakValueDictionary()
        self._recent: deque[Recorded] = deque(maxlen=REMEMBERED)
        self._of_functions: WeakValueDictionary[Any, Heard] = WeakValueDictionary()
        self._standing = Standing() if stable else AsItCame()
        self._seen: dict[tuple[int, str], Json] = {}
        self._ended = False
        self.native: Recorded = RecordedHost(self, inner, 0)

    def end(self) -> None:
        """The program has ended the recording."""
        with self._lock:
            self._close_line()
            self._put({"end": True}, self._last)
            self._ended = True

    # --- lines ---------------------------------------------------------------------------------------------------

    def _write(self, line: Line) -> None:
        """Writes a line about what the native object has done just now."""
        self._close_line()
        now = self._clock()
        after = roughly((now - self._last) * 1000)
        self._put({**line, "after": after} if after else line, now)

    def _note(self, line: Line) -> None:
        """Writes a line about what the program has found."""
        self._close_line()
        self._put(line, self._clock())

    def _close_line(self) -> None:
        """Writes the line of the call that is being made, of which nothing more fits in."""
        if self._open is not None:
            line, self._open = self._open, None
            self._broken.add(line["call"])
            self._put(line, self._opened)

    def _put(self, line: Line, now: float) -> None:
        if self._ended:
            return
        self._last = max(now, self._last)
        try:
            self._sink.write(line)
        except (OSError, ValueError) as error:  # the file may be closed
            self._stop(error)

    def _stop(self, error: Exception) -> None:
        self._ended = True
        tell(RecordingStopped(f"the recording has stopped, since it cannot be written: {error}"))

    def written(self, value: Any, stand: Callable[[Json], Json] | None = None) -> Json:
        """A value as this recording has it."""
        return self.written_for(self, value, stand or self._standing.value)

    def written_for(self, names: Names, value: Any, stand: Callable[[Json], Json] | None = None) -> Json:
        """The same, with others' `names` for what is no data."""
        if self._ended:
            return None
        stand = stand or self._standing.told
        try:
            return written(value, names, self._store, stand=stand, show_secrets=self._show_secrets)
        except OSError as error:
            self._stop(error)
            return None

    def told_of(self, value: Any) -> Json:
        """What the native object tells, as this recording has it."""
        return self.written(value, self._standing.told)

    # --- what stands for what is no data (`Names`) ----------------------------------------------------------------

    def of_object(self, value: Any) -> Json:
        """The number of a native object, with what is to be known of it where it is new; else what it is."""
        if isinstance(value, Recorded):
            return reference(value)
        if inspect.iscoroutine(value):
            return {"$promise": True}
        known = self._of_objects.get(id(value))
        if known is not None and vars(known)["_inner"] is value:
            return reference(known)
        return {"$other": type(value).__name__}

    def of_function(self, value: Callable[..., Any]) -> Json:
        """The number of a function of the program's; of another, that it is one."""
        if isinstance(value, Recorded):
            return self.of_object(value)
        if isinstance(value, Heard):
            return {"$function": value.number}
        return {"$other": "function"}

    # --- calls ---------------------------------------------------------------------------------------------------

    def call(self, on: int, name: str, native: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Makes a call, and writes it down."""
        with self._lock:
            number = self._begin(on, {"name": name})
            given = [self._outgoing(argument, number if not at else 0) for at, argument in enumerate(arguments)]
            if not self._show_secrets and asks_for_a_secret(arguments):
                self._secret.add(number)
            line = self._opened_line(number)
            told = arguments_of(given, self.written, show_secrets=self._show_secrets)
            line |= {"options": told[0]} if _is_options(given) else {"arguments": told} if told else {}
        try:
            value = native(*accepted(native, tuple(given)))
        except Exception as error:
            self._came(number, "threw", error)
            raise
        return self._returned(number, value)

    def set(self, on: int, name: str, inner: Any, value: Any) -> None:
        """Sets a property, and writes it down."""
        with self._lock:
            number = self._begin(on, {"set": name})
            given = self._outgoing(value, 0)
            self._opened_line(number)["value"] = self.written(given)
        try:
            setattr(inner, name, given)
        except Exception as error:
            self._came(number, "threw", error)
            raise
        self._returned(number, None)
        self._seen.pop((on, name), None)

    def _begin(self, on: int, what: Line) -> int:
        self._close_line()
        self._calls += 1
        self._open = {"call": self._calls, **({"on": on} if on else {}), **what}
        self._opened = self._clock()
        return self._calls

    def _opened_line(self, number: int) -> Line:
        assert self._open is not None
        assert self._open["call"] == number
        return self._open

    def _returned(self, number: int, value: Any) -> Any:
        if getattr(type(value), "for_the_runtime", False):  # it stands for the call, and is nothing of the program's
            self._came(number, "returned", None)
            return value
        given = self._incoming(value, number)
        self._came(number, "returned", given)
        return given

    def _came(self, number: int, what: str, value: Any) -> None:
        """Writes down what came of a call; into its own line if nothing else has happened since."""
        with self._lock:
            secret = number in self._secret and what in ("success", "complete", "resolved", "returned")
            told = self.written(value, self._standing.answer)
            if secret:
                told = blank(told)
            line = self._open
            ends = what in ("returned", "threw")
            if line is not None and line["call"] == number and not any(each in line for each in CALLBACKS if not ends):
                if not (what == "returned" and value is None):
                    line[what] = told
                if ends:
                    self._open = None
                    self._put(line, self._opened)
                return
            if not (what == "returned" and value is None and number not in self._broken):
                self._write({"call": number, what: told})
            if ends:
                self._broken.discard(number)

    # --- what is done to the letter, and what else is to be known ---------------------------------------------------

    def did(self, line: Line, given: Sequence[Any]) -> int:
        """Writes down a call that others make, in whose `line` stands what it was given; gives its number."""
        with self._lock:
            self._close_line()
            self._calls += 1
            told = list(map(in_order, line.get("arguments", ())))
            if not self._show_secrets and (asks_for_a_secret(given) or line.get("of") in self._secret):
                self._secret.add(self._calls)
                self._secret_functions.update(each["$function"] for each in markers(told) if "$function" in each)
                if given and names_a_secret(given[0]):
                    told = [told[0], *map(blank, told[1:])]
            self._put({"call": self._calls, **line, **({"arguments": told} if told else {})}, self._clock())
            return self._calls

    def heard(self, line: Line) -> None:
        """Writes down what they have heard."""
        with self._lock:
            if line.get("told") in self._secret_functions:
                line = {**line, "with": list(map(blank, line.get("with", ())))}
            elif line.get("call") in self._secret:
                line = {name: blank(each) if name in ("returned", "resolved") else each for name, each in line.items()}
            self._write(line)

    def numbered(self) -> int:
        """The number of a function that is new."""
        with self._lock:
            self._functions += 1
            return self._functions

    def note(self, text: str, *values: Any) -> None:
        """Writes down what no native object tells, as what a person did."""
        with self._lock:
            self._note({"note": text, **({"with": list(map(self.written, values))} if values else {})})

    # --- what goes to the native object ---------------------------------------------------------------------------

    def _outgoing(self, value: Any, number: int, depth: int = 0) -> Any:
        """The value with native objects in place of those around them, and what hears in place of functions.

        `number` is that of the call if these are its options, whose callbacks are told of its end.
        """
        if isinstance(value, Recorded):
            return vars(value)["_inner"]
        if isinstance(value, dict) and depth < 8:
            answers = Answers(self, number) if number else None
            made = {
                name: partial(answers.hear, name, each)
                if answers is not None and name in CALLBACKS and callable(each)
                else self._outgoing(each, 0, depth + 1)
                for name, each in value.items()
            }
            return made if any(made[name] is not value[name] for name in made) else value
        if isinstance(value, list | tuple) and depth < 8:
            items = [self._outgoing(each, 0, depth + 1) for each in value]
            return items if any(one is not other for one, other in zip(items, value, strict=True)) else value
        if callable(value) and not isinstance(value, type):
            return self._heard(value)
        return value

    def _heard(self, function: Callable[..., Any]) -> Heard:
        """What the native object knows a function of the program's by: the same as long as anything holds it."""
        key = identity(function)
        known = self._of_functions.get(key)
        if known is None:
            self._functions += 1
            known = self._of_functions[key] = Heard(self, function, self._functions)
        return known

    def told(self, number: int, arguments: tuple[Any, ...]) -> list[Any]:
        """Writes down that the native object calls a function; gives what the program gets."""
        given = [self._incoming(argument, 0) for argument in arguments]
        with self._lock:
            self._write({"told": number, **({"with": [self.told_of(each) for each in given]} if given else {})})
        return given

    def answered(self, number: int, how: str, value: Any) -> Any:
        """Writes down an answer; gives what the program gets."""
        given = self._incoming(value, 0)
        self._came(number, how, given)
        return given

    # --- what comes from it ---------------------------------------------------------------------------------------

    def _incoming(self, value: Any, number: int, depth: int = 0) -> Any:
        """The value with what goes around native objects in their place; of call `number` if that has returned it."""
        if isinstance(value, dict) and depth < 8:
            made = {name: self._incoming(each, 0, depth + 1) for name, each in value.items()}
            return type(value)(made) if any(made[name] is not value[name] for name in made) else value
        if isinstance(value, list) and depth < 8:
            items = [self._incoming(each, 0, depth + 1) for each in value]
            return items if any(one is not other for one, other in zip(items, value, strict=True)) else value
        if isinstance(value, Heard):
            return value.function
        if isinstance(value, _DATA) or callable(value) or isinstance(value, Recorded):
            return value
        if inspect.iscoroutine(value):
            return self._awaiting(value, number)
        return self._around(value, number)

    def _around(self, value: Any, number: int) -> Recorded:
        with self._lock:
            known = self._of_objects.get(id(value))
            if known is None:
                self._objects += 1
                kind = RecordedPromise if inspect.isawaitable(value) else Recorded
                known = self._of_objects[id(value)] = kind(self, value, self._objects, number)
            self._recent.append(known)
            return known

    async def _awaiting(self, awaitable: Awaitable[Any], number: int) -> Any:
        try:
            value = await awaitable
        except Exception as error:
            self._came(number, "rejected", error)
            raise
        given = self._incoming(value, 0)
        self._came(number, "resolved", given)
        return given

    # --- properties ----------------------------------------------------------------------------------------------

    def got(self, on: int, name: str, value: Any) -> Any:
        """Writes down what a property is, if it is another than before."""
        given = self._incoming(value, 0)
        with self._lock:
            told = self.told_of(given)
            if (on, name) not in self._seen or self._seen[on, name] != told:
                self._seen[on, name] = told
                self._note({"get": name, **({"on": on} if on else {}), "value": told})
        return given

    def lacks(self, on: int, name: str) -> None:
        """Writes down, once, that something is not there."""
        with self._lock:
            if (on, name) not in self._seen:
                self._seen[on, name] = None
                self._note({"lacks": name, **({"on": on} if on else {})})


class RecordingStopped(ProgramWarning, RuntimeWarning):
    """What is recorded cannot be written any more; the program goes on."""


def _is_options(arguments: Sequence[Any]) -> bool:
    return len(arguments) == 1 and isinstance(arguments[0], dict)
