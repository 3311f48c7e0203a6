"""What the objects of one page's native have in common: how values cross, and who listens."""

from __future__ import annotations

import asyncio
import datetime
import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from importlib import import_module
from typing import Any
from weakref import WeakValueDictionary

from ... import spec
from ...models.model import Model
from ...runtime.listeners import identity
from ...signatures import accepted
from ...spec import CALLBACKS, Primitive
from ..given_tasks import given_tasks
from ..js_values import UNDEFINED, Blob, JsError, placed
from .native import Native, PagePromise, crossing

#: Up to here a number of JavaScript's is a whole one; beyond, Pyodide would make a BigInt of it.
WHOLE = 2**53

_LISTENS = re.compile(r"(?P<way>on|off)(?P<event>[A-Z]\w*)")
# What every object that dispatches events has: the event is the first argument.
_DISPATCHES = {"addEventListener": "on", "removeEventListener": "off"}


class Page:
    """Converts what goes to and fro, and keeps the page's function of each listener, so that `off` finds it."""

    def __init__(self) -> None:
        self._loop = asyncio._get_running_loop()
        self._known: WeakValueDictionary[int, Native] = WeakValueDictionary()
        #: The function that listens, and how often, by the object, the event and the listener.
        self._listening: dict[tuple[int, str, Hashable], tuple[Any, int]] = {}

    def native(self, object_: Any) -> Native:
        """What stands for an object of the page's: the same, as long as anybody has it."""
        number: int = crossing().id(object_)
        found = self._known.get(number)
        if found is None:
            found = self._known[number] = Native(self, object_)
        return found

    def end(self) -> None:
        """Has no listener hear of anything any more."""
        listening, self._listening = self._listening, {}
        for function, _ in listening.values():
            function.end()

    # --- calls -------------------------------------------------------------------------------------------------

    def call(self, object_: Any, name: str, arguments: tuple[Any, ...]) -> Any:
        """Calls a method of the object's. `JsError` if it throws."""
        listens, ended = self._listener(object_, name, arguments)
        given = [
            listens if listens is not None and callable(each) else self._argument(name, at, each)
            for at, each in enumerate(placed(name, arguments))
        ]
        try:
            kind, *told = crossing().call(object_, name, _array(given))
            return self.given(kind, *self._listened(kind, name, told))
        finally:
            for function in ended:
                function.end()

    @staticmethod
    def _listened(kind: str, name: str, told: list[Any]) -> list[Any]:
        """What is told, which may be a task to come: it keeps what it says until the program listens."""
        task = given_tasks(name) if kind == "promise" else None
        if task is None or not task.comes:
            return told
        return [crossing().listened(told[0], _array(list(task.listeners)))]

    def _options(self, name: str, options: Mapping[str, Any]) -> Any:
        """Options: those that are None are not given, unless anything may be; their callbacks end with the call."""
        anything = _anything_in(name)
        given = {key: value for key, value in options.items() if value is not None or key in anything}
        made = _object({key: self.outward(value) for key, value in given.items()})
        callbacks = [key for key in CALLBACKS if callable(given.get(key))]
        if "complete" in callbacks:
            crossing().ending(made, _array(callbacks))
        return made

    def _argument(self, name: str, at: int, value: Any) -> Any:
        """The value as the page gets it; Pyodide makes `undefined` of None."""
        if value is UNDEFINED:
            return None
        return self._options(name, value) if at == 0 and isinstance(value, Mapping) else self.outward(value)

    def _listener(self, object_: Any, name: str, arguments: tuple[Any, ...]) -> tuple[Any, list[Any]]:
        """The page's function for the listener among the arguments, and those that are to end after the call."""
        told = _LISTENS.fullmatch(name)
        way = _DISPATCHES.get(name) or (told["way"] if told is not None else None)
        if way is None:
            return None, []
        event = str(arguments[0]) if name in _DISPATCHES and arguments else told["event"] if told is not None else ""
        number: int = crossing().id(object_)
        listener = next(filter(callable, arguments), None)
        if listener is None:
            keys = [key for key in self._listening if way == "off" and key[:2] == (number, event)]
            return None, [self._listening.pop(key)[0] for key in keys]
        key = number, event, identity(listener)
        function, times = self._listening.get(key, (None, 0))
        if way == "on":
            function = function or self._callback(listener)
            self._listening[key] = function, times + 1
            return function, []
        if function is None:
            return None, []
        if times > 1:
            self._listening[key] = function, times - 1
            return function, []
        del self._listening[key]
        return function, [function]

    # --- values ------------------------------------------------------------------------------------------------

    def given(self, kind: str, *told: Any) -> Any:
        """What the page has given: a value or a promise; `JsError` for what it has thrown."""
        if kind == "promise":
            return PagePromise(self, told[0])
        value = self.inward(told[0]) if told else None
        if kind == "threw":
            raise JsError(value)
        return value

    def inward(self, value: Any) -> Any:
        """A value that has crossed, as Python has it: data as dicts, lists and bytes; null, too, is None."""
        to_py = getattr(value, "to_py", None)
        return value if to_py is None else to_py(default_converter=self._unboxed)

    def _unboxed(self, box: Any, convert: Callable[[Any], Any], cache: Callable[[Any, Any], None]) -> Any:
        match getattr(box, "kind", None):
            case "null":
                return None
            case "bytes":
                return box.value.to_bytes()
            case "file":
                name = box.name
                return Blob(box.value.to_bytes(), box.type, name if isinstance(name, str) else None)
            case "object":
                return self.native(box.value)
            case "function":
                return self._called(box.value)
            case _:
                return box

    def outward(self, value: Any) -> Any:
        """A value of Python's as the page gets it: dicts are objects, bytes an ArrayBuffer, None is null."""
        if value is None:
            return import_module("pyodide.ffi").jsnull
        if isinstance(value, str | bool | float):
            return value
        if isinstance(value, int):
            return value if -WHOLE < value < WHOLE else float(value)
        if isinstance(value, Blob):
            return crossing().blob(import_module("pyodide.ffi").to_js(bytes(value)), value.type, value.name)
        if isinstance(value, bytes | bytearray | memoryview):
            return crossing().bytes(import_module("pyodide.ffi").to_js(bytes(value)))
        if isinstance(value, Mapping | Model):
            return _object({str(key): self.outward(each) for key, each in dict(value).items() if each is not UNDEFINED})
        if isinstance(value, list | tuple | set | frozenset):
            return _array([self.outward(each) for each in value])
        if isinstance(value, Native):
            return value._object
        if isinstance(value, datetime.datetime):
            return import_module("js").Date.new(value.timestamp() * 1000)
        return self._callback(value) if callable(value) and not _is_proxy(value) else value

    def _callback(self, function: Callable[..., Any]) -> Any:
        """The page's function that calls one of Python's. It lives as long as the page has it, or until its end."""

        def called(arguments: Any) -> Any:
            if self._loop is not None and asyncio._get_running_loop() is None:
                asyncio._set_running_loop(self._loop)
            answer = function(*accepted(function, tuple(self.inward(arguments))))
            return None if answer is None else self.outward(answer)

        return crossing().callback(called)

    def _called(self, function: Any) -> Callable[..., Any]:
        return lambda *arguments: self.given(*crossing().apply(function, self.outward(arguments)))


@cache
def _anything_in(name: str) -> frozenset[str]:
    """The options of a function that may be anything."""
    option = spec.member(name).option if spec.has(name) else None
    fields = {} if option is None else spec.fields_of(option)
    return frozenset(
        key
        for key, field in fields.items()
        if isinstance(field.type, Primitive) and field.type.name in ("any", "unknown")
    )


def _is_proxy(value: Any) -> bool:
    return isinstance(value, import_module("pyodide.ffi").JsProxy)


def _array(values: list[Any]) -> Any:
    return import_module("pyodide.ffi").to_js(values)


def _object(fields: dict[str, Any]) -> Any:
    return import_module("pyodide.ffi").to_js(fields, dict_converter=import_module("js").Object.fromEntries)
