"""`structuredClone`: copies of values, however they refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .array import Array
from .array_buffer import ArrayBuffer, DataView
from .conversions import typeof
from .date import Date
from .dom_exception import DOMException
from .errors import Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError
from .fields import own_fields
from .keys import is_symbolic
from .maps import Map, Set
from .missing import Undefined
from .obj import Obj
from .regexp import RegExp
from .typed_arrays import TypedArray

_ERRORS = (EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError)
_SAME = (type(None), bool, int, float, str, Undefined)


def structuredClone(value: Any) -> Any:
    """A deep copy: of objects, arrays, maps, sets, dates, regular expressions, errors, bytes and views on them.

    What refers to itself does so in the copy. Objects of a program's classes become plain objects with their fields.
    `DOMException` (DataCloneError) for functions, promises, and whatever else has no copy.
    """
    return _Cloner().clone(value)


class _Cloner:
    def __init__(self) -> None:
        #: The copies by what they are copies of, which is kept too, so that no two have one id.
        self._copies: dict[int, tuple[Any, Any]] = {}
        self._filling: list[Callable[[], object]] = []

    def clone(self, value: Any) -> Any:
        copy = self._copy(value)
        while self._filling:
            self._filling.pop()()
        return copy

    def _copy(self, value: Any) -> Any:
        """The copy of a value, whose content is filled in later: so it may go as deep as it likes."""
        if isinstance(value, _SAME):
            return value
        if id(value) not in self._copies:
            self._copies[id(value)] = value, self._begun(value)
        return self._copies[id(value)][1]

    def _begun(self, value: Any) -> Any:
        match value:
            case Date():
                return Date(value)
            case RegExp():
                return RegExp(value)
            case bytes() | bytearray():
                return ArrayBuffer(value)
            case TypedArray():
                return type(value)(self._copy(value.buffer), value.byteOffset, value.length)
            case DataView():
                return DataView(self._copy(value.buffer), value.byteOffset, value.byteLength)
            case Map():
                return self._filled(Map(), lambda copy: [copy.set(*map(self._copy, pair)) for pair in value.entries()])
            case Set():
                return self._filled(Set(), lambda copy: [copy.add(self._copy(item)) for item in value.values()])
            case list() | tuple():
                return self._filled(Array(), lambda copy: copy.extend(map(self._copy, list.__iter__(list(value)))))
            case BaseException():
                return self._error(value)
            case Mapping():
                return self._filled(Obj(), lambda copy: self._fill(copy, value))
        if typeof(value) == "function" or hasattr(type(value), "__await__"):
            shown = getattr(value, "__name__", "#<Promise>")
            raise DOMException(f"{shown} could not be cloned.", "DataCloneError")
        fields = own_fields(value)
        if not fields and not hasattr(value, "__dict__"):
            raise DOMException(f"{value!r} could not be cloned.", "DataCloneError")
        return self._filled(Obj(), lambda copy: self._fill(copy, fields))

    def _fill(self, copy: Obj, fields: Mapping[str, Any]) -> None:
        for name in fields:
            if not is_symbolic(name):
                copy[name] = self._copy(fields[name])

    def _filled(self, copy: Any, fill: Callable[[Any], object]) -> Any:
        self._filling.append(lambda: fill(copy))
        return copy

    def _error(self, error: BaseException) -> BaseException:
        """Its kind, if it is one of JavaScript's, and what it says; fields that a program gave it are not copied."""
        kind = next((kind for kind in _ERRORS if isinstance(error, kind)), Error)
        copy = kind(str(error))
        cause = getattr(error, "cause", None)
        if cause is not None:
            copy.cause = self._copy(cause)
        return copy
