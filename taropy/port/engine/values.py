"""Values on their way between the engine and Python: as JSON, with a mark for what JSON does not have.

`prelude.js` reads and writes the same. Numbers, texts, arrays and plain objects are copied; bytes, dates, maps and
sets too. What has an identity stays where it is and is named by a number: functions, promises, errors and the objects
that Taro hands out. Each side counts how often the other was given one, and forgets it when that many have been given
back.
"""

from __future__ import annotations

import datetime
import importlib
import json
import math
from collections import deque
from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from types import ModuleType
from typing import Any, Protocol
from weakref import WeakValueDictionary

import attrs

from ...models.json import number_of
from ...models.model import Model
from ...runtime.errors import NotSupported, Rejected, TaroError
from ...runtime.promise import Promise
from .edits import CannotRun

MARK = "\0"

#: The home of taropy.js's maps and sets, which is imported when there are any.
_MAPS = "taropy.js.maps"

#: `undefined`, where it is told from null.
UNDEFINED: Mapping[str, str] = {MARK: "undefined"}

#: The methods that the promise of a task may have, as those of a request.
TASK_METHODS = (
    "abort", "onProgressUpdate", "offProgressUpdate", "onHeadersReceived", "offHeadersReceived", "onChunkReceived",
    "offChunkReceived",
)  # fmt: skip


class Calls(Protocol):
    """What values ask of the engine that they are from."""

    def call(self, number: int, arguments: tuple[Any, ...]) -> Any:
        """Calls a function of the program's."""

    def follow(self, number: int) -> None:
        """Has `settled` called when a promise of the program's has ended."""

    def heard(self, number: int) -> None:
        """Notes that somebody will be told how a promise of the program's ends."""


class Reference:
    """A value that stays in the engine, which forgets it when the last reference has gone."""

    __slots__ = ("_freed", "number")

    def __init__(self, number: int, freed: deque[int]) -> None:
        self.number: int = number
        self._freed = freed

    def __del__(self) -> None:
        self._freed.append(self.number)  # told when the engine is entered next, in its own thread


class Function:
    """A function of the program's."""

    #: Any number of arguments; said here, who asks need not find it out of every one of them.
    __signature__: Signature = Signature([Parameter("arguments", Parameter.VAR_POSITIONAL)])

    def __init__(self, reference: Reference, calls: Calls) -> None:
        self.reference = reference
        self._calls = calls

    def __call__(self, *arguments: Any) -> Any:
        return self._calls.call(self.reference.number, arguments)


@attrs.frozen
class Pattern:
    """A regular expression of the program's."""

    source: str
    flags: str


class ProgramError(Exception):
    """An `Error` of the program's: `name`, `message`, `stack` as the engine tells it, and its other fields."""

    def __init__(self, reference: Reference, told: Mapping[str, Any]) -> None:
        super().__init__(told["message"])
        self.reference = reference
        self.name: str = told["name"]
        self.message: str = told["message"]
        self.stack: str = told["stack"]
        self.fields: dict[str, Any] = told["fields"]

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("fields", {})
        if name in fields:
            return fields[name]
        raise AttributeError(name)

    def __str__(self) -> str:
        return f"{self.name}: {self.message}" if self.message else self.name


class Followed(Promise[Any]):
    """A promise of the program's."""

    def __init__(self, reference: Reference, calls: Calls) -> None:
        super().__init__()
        self.reference = reference
        self._calls = calls
        self._handled = True  # who has not heard of a rejection is told by the engine

    def _mark_handled(self) -> None:
        super()._mark_handled()
        self._calls.heard(self.reference.number)


class Handles:
    """What the engine was given of Python's, by number; 0 is the program's Taro."""

    def __init__(self, taro: Any) -> None:
        self._known: dict[int, tuple[Any, int]] = {0: (taro, 1)}
        self._numbers: dict[int, int] = {id(taro): 0}
        self._last = 0

    def __getitem__(self, number: int) -> Any:
        return self._known[number][0]

    def __len__(self) -> int:
        return len(self._known)

    def give(self, value: Any) -> int:
        """The number of a value, which the engine is given once more."""
        number = self._numbers.get(id(value))
        if number is None:
            self._last += 1
            number = self._numbers[id(value)] = self._last
        times = self._known[number][1] if number in self._known else 0
        self._known[number] = value, times + 1
        return number

    def release(self, number: int, times: int) -> None:
        """Takes back a value that the engine was given so many times."""
        value, given = self._known[number]
        if number == 0 or given > times:
            self._known[number] = value, given - times
        else:
            del self._known[number], self._numbers[id(value)]


class Values:
    """The values of one engine."""

    def __init__(self, calls: Calls, handles: Handles) -> None:
        self.handles = handles
        self.freed: deque[int] = deque()
        self.following: dict[int, Followed] = {}
        self._calls = calls
        self._functions: WeakValueDictionary[int, Function] = WeakValueDictionary()
        self._decode = json.JSONDecoder(object_hook=self._object, parse_float=number_of).decode

    # --- from the engine ---------------------------------------------------------------------------------------

    def read(self, text: str) -> Any:
        """The value that a text of the engine's stands for; None for undefined."""
        return self._decode(text) if text and text != "undefined" else None

    def _object(self, fields: dict[str, Any]) -> Any:
        kind = fields.get(MARK)
        return fields if kind is None else _READ[kind](self, fields)

    def _number(self, told: dict[str, Any]) -> float:
        return float(told["value"].replace("Infinity", "inf"))

    def _date(self, told: dict[str, Any]) -> datetime.datetime | None:
        if told["value"] == "NaN":
            return None
        return datetime.datetime.fromtimestamp(told["value"] / 1000, datetime.UTC)

    def _function(self, told: dict[str, Any]) -> Function:
        number = told["value"]
        known = self._functions.get(number)
        if known is not None:
            self.freed.append(number)
            return known
        made = self._functions[number] = Function(Reference(number, self.freed), self._calls)
        return made

    def _promise(self, told: dict[str, Any]) -> Followed:
        number = told["value"]
        if number in self.following:
            self.freed.append(number)
            return self.following[number]
        promise = self.following[number] = Followed(Reference(number, self.freed), self._calls)
        self._calls.follow(number)
        return promise

    def _error(self, told: dict[str, Any]) -> ProgramError:
        return ProgramError(Reference(told["value"], self.freed), told)

    # --- to the engine -----------------------------------------------------------------------------------------

    def written(self, value: Any) -> str:
        """The value as text for the engine."""
        return json.dumps(self.pack(value))

    def pack(self, value: Any) -> Any:
        """The value as JSON has it, and marks."""
        kind = type(value)
        if kind is str or kind is int or kind is bool or value is None:
            return value
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, float):
            return _number_mark(value)
        if isinstance(value, list | tuple):
            return [self.pack(item) for item in value]
        if isinstance(value, Mapping | Model):
            return {str(name): self.pack(value[name]) for name in value}
        return self._pack_object(value)

    def _pack_object(self, value: Any) -> Any:
        if isinstance(value, Function | Followed | ProgramError):
            return {MARK: "kept", "value": value.reference.number}
        if isinstance(value, Promise):
            return self._pack_promise(value)
        if isinstance(value, bytes | bytearray | memoryview):
            # Pixels of a canvas are known by their name: no room of the phone is imported here.
            kind = "pixels" if type(value).__name__ == "Uint8ClampedArray" else "bytes"
            return {MARK: kind, "value": bytes(value).decode("latin-1")}
        if isinstance(value, datetime.datetime):
            return {MARK: "date", "value": value.timestamp() * 1000}
        if isinstance(value, BaseException):
            return self.pack_reason(value)
        if isinstance(value, set | frozenset):
            return {MARK: "set", "value": [self.pack(item) for item in value]}
        if type(value).__module__ == _MAPS:
            items = [self.pack(list(item) if isinstance(item, tuple) else item) for item in value]
            return {MARK: type(value).__name__.lower(), "value": items}
        if hasattr(type(value), "__python__"):  # a value of taropy.js that is something else in Python
            return self.pack(type(value).__python__(value))
        if callable(value):
            return {MARK: "function", "value": self.handles.give(value)}
        return {MARK: "object", "value": self.handles.give(value), "kind": type(value).__name__}

    def _pack_promise(self, promise: Promise[Any]) -> Any:
        methods = [name for name in TASK_METHODS if hasattr(promise, name)] if type(promise) is not Promise else []
        quiet = promise._handled
        return {MARK: "promise", "value": self.handles.give(promise), "methods": methods, "quiet": quiet}

    def pack_reason(self, reason: Any) -> Any:
        """Why a call has failed, as phones tell it: an object with `errMsg`. All else that is raised is an error."""
        if isinstance(reason, Rejected):
            return self.pack(reason.value)
        if isinstance(reason, TaroError) and not isinstance(reason, NotSupported):
            return {name: self.pack(reason[name]) for name in reason}
        return self.pack_thrown(reason) if isinstance(reason, BaseException) else self.pack(reason)

    def pack_thrown(self, error: BaseException) -> Any:
        """What a call throws."""
        if isinstance(error, ProgramError):
            return self.pack(error)
        if isinstance(error, Rejected):
            return self.pack(error.value)
        fields = dict(error) if isinstance(error, TaroError) else {}
        if isinstance(error, NotSupported):
            fields |= {"api": error.api, "platform": error.platform, "host": error.host, "reason": error.reason}
            fields["supportedOn"] = list(error.supported_on)
        name = "NotSupported" if isinstance(error, NotSupported) else _ERRORS.get(type(error), "Error")
        packed = {key: self.pack(field) for key, field in fields.items()}
        return {MARK: "error", "name": name, "message": str(error), "fields": packed}


def _number_mark(value: float) -> Any:
    if math.isfinite(value) and not (value == 0 and math.copysign(1, value) < 0):
        return float(value)
    text = "-0" if value == 0 else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return {MARK: "number", "value": text}


def _maps() -> ModuleType:
    return importlib.import_module(_MAPS)


#: Python's errors by what they are called there.
_ERRORS: Mapping[type[BaseException], str] = {
    TypeError: "TypeError",
    RecursionError: "RangeError",
    CannotRun: CannotRun.__name__,
}

_READ: Mapping[str, Callable[[Values, dict[str, Any]], Any]] = {
    "number": Values._number,
    "bigint": lambda _, told: int(told["value"]),
    "date": Values._date,
    "bytes": lambda _, told: told["value"].encode("latin-1"),
    "function": Values._function,
    "promise": Values._promise,
    "error": Values._error,
    "own": lambda values, told: values.handles[told["value"]],
    "circle": lambda _, told: ...,
    "map": lambda _, told: _maps().Map(told["value"]),
    "set": lambda _, told: _maps().Set(told["value"]),
    "regexp": lambda _, told: Pattern(told["value"], told["flags"]),
}
