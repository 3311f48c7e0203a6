"""What is done with a page to the letter, told to who writes a trace: `taropy/hosts/replay/traces.py` has its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from ..js_values import Blob, Instance
from .direct import Call, Direct, Function, Reference
from .objects import RemoteFunction, RemoteObject, RemotePromise


class Recorder(Protocol):
    """Who writes the trace."""

    def did(self, line: dict[str, Any], given: tuple[Any, ...]) -> int:
        """Writes down a call that was given this, and gives its number."""
        ...

    def heard(self, line: dict[str, Any]) -> None:
        """Writes down what has come."""

    def numbered(self) -> int:
        """The number of a function that is new."""
        ...

    def written_for(self, names: Any, value: Any) -> Any:
        """A value as the trace has it; `names` has `of_object` and `of_function` for what is no data."""


class Recording:
    """Has written down what is done with a page to the letter, and what comes of it."""

    def __init__(self, direct: Direct, recorder: Recorder) -> None:
        self._direct = direct
        self._recorder = recorder
        self._numbers: WeakKeyDictionary[Call, int] = WeakKeyDictionary()
        self._functions: WeakKeyDictionary[Function, int] = WeakKeyDictionary()

    def made(self, call: Call) -> None:
        """It is asked for."""
        of, path = self._place(call.owner)
        name = ".".join((*path, call.name) if call.name else path)
        given = [self._written(each) for each in call.arguments]
        within = {} if call.within is None else {"in": self._function(call.within)}
        line = {"direct": call.kind, **within, **({"of": of} if of else {}), "name": name}
        line = {**line, **({"arguments": given} if given else {})}
        self._numbers[call] = self._recorder.did(line, call.arguments)

    def came(self, call: Call, what: str, value: Any) -> None:
        """Something has come of it."""
        self._recorder.heard({"call": self._numbers[call], what: self._written(value)})

    def told(self, function: Function, arguments: tuple[Any, ...]) -> None:
        """The page calls a function of the program's."""
        given = {"with": [self._written(each) for each in arguments]} if arguments else {}
        self._recorder.heard({"told": self._function(function), **given})

    def _written(self, value: Any) -> Any:
        return self._recorder.written_for(self, _exact(value))

    def of_object(self, value: Any) -> Any:
        """What stands for a promise, for a function with what it does, and for what stays in the page."""
        if isinstance(value, Function):
            return self._marked(value)
        if isinstance(value, RemotePromise):
            return {"$promise": True}
        return {"$other": value._class if isinstance(value, RemoteObject) else type(value).__name__}

    def of_function(self, value: Callable[..., Any]) -> Any:
        """What stands for a function, or for what a call came to."""
        if isinstance(value, Reference):
            of, path = self._place(value)
            return {"$result": of, **({"at": ".".join(path)} if path else {})}
        if isinstance(value, RemoteFunction):
            return {"$other": "function"}
        return self._marked(self._direct.function_of(value))

    def _marked(self, function: Function) -> Any:
        name = getattr(function.told, "__name__", "<lambda>")
        return {"$function": self._function(function), **({} if name == "<lambda>" else {"name": name})}

    def _function(self, function: Function) -> int:
        if function not in self._functions:
            self._functions[function] = self._recorder.numbered()
        return self._functions[function]

    def _place(self, reference: Reference) -> tuple[int, tuple[str, ...]]:
        """The call that a reference begins at, 0 for the page's `Taro` or a function's argument, and the names."""
        kept = reference._kept
        if kept is not None:
            return self._numbers[kept.call], reference._path
        return 0, (*(("argument",) if reference._number else ()), *reference._path)


def _exact(value: Any) -> Any:
    """The value with its files as instances, which have a size, a type and a name beside their bytes."""
    if isinstance(value, Blob):
        named = {} if value.name is None else {"name": value.name}
        return Instance({**named, "size": len(value), "type": value.type, "bytes": bytes(value)}, _kind(value))
    if isinstance(value, Instance):
        return Instance(_fields(value), value.class_name, is_error=value.is_error)
    if isinstance(value, Mapping):
        return _fields(value)
    return [_exact(each) for each in value] if isinstance(value, list | tuple) else value


def _fields(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _exact(field) for name, field in value.items()}


def _kind(blob: Blob) -> str:
    return "Blob" if blob.name is None else "File"
