"""What a recorder puts around native objects, and around functions of the program's."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any

from ...runtime.promise import Promise
from ...signatures import called
from .values import Json

if TYPE_CHECKING:
    from .recorder import Recorder


class Recorded:
    """A native object, or an object that it has given, around which a recorder goes."""

    def __init__(self, recorder: Recorder, inner: Any, number: int, call: int = 0) -> None:
        vars(self).update(_recorder=recorder, _inner=inner, _number=number, _call=call, _functions={}, _told=False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        own = vars(self)
        inner, recorder, number = own["_inner"], own["_recorder"], own["_number"]
        if name == "in_loop":
            return getattr(inner, name, False)
        try:
            value = getattr(inner, name)
        except AttributeError:
            recorder.lacks(number, name)
            raise
        if value is None and number == 0:
            recorder.lacks(number, name)
            return None
        if not _is_function(value):
            return recorder.got(number, name, value)
        known = own["_functions"].get(name)
        if known is None or known[0] != value:
            native: Any = value
            known = own["_functions"][name] = native, _function(recorder, number, name, native)
        return known[1]

    def __setattr__(self, name: str, value: Any) -> None:
        own = vars(self)
        own["_recorder"].set(own["_number"], name, own["_inner"], value)

    def __dir__(self) -> list[str]:
        return dir(vars(self)["_inner"])

    def __repr__(self) -> str:
        return f"<recorded {vars(self)['_inner']!r}>"


class RecordedHost(Recorded):
    """A host's native object, around which a recorder goes."""

    def direct(self) -> Any:
        """What the native object is to the letter, if that can tell it, as a page's can; it is written down too."""
        own = vars(self)
        made = getattr(type(own["_inner"]), "direct", None)
        if made is None:
            raise AttributeError('this host has no calls to the letter, as the host "page" has them')
        return made(own["_inner"], own["_recorder"])


def note(taro: Any, text: str, *values: Any) -> None:
    """Writes a line that is no call into the trace of a runtime that is recorded, as what a person did.

    Whoever plays the trace passes it over. Nothing happens on another host.
    """
    if isinstance(taro.native, Recorded):
        vars(taro.native)["_recorder"].note(text, *values)


class RecordedPromise(Recorded):
    """An object that can be awaited, too, as a task of taro-h5."""

    def __await__(self) -> Generator[Any, None, Any]:
        own = vars(self)
        return own["_recorder"]._awaiting(own["_inner"], own["_call"]).__await__()  # type: ignore[no-any-return]


def _function(recorder: Recorder, on: int, name: str, native: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        return recorder.call(on, name, native, arguments)

    call.__name__ = call.__qualname__ = name
    return call


def _is_function(value: Any) -> bool:
    return callable(value) and not isinstance(value, Mapping)


class Heard:
    """A function of the program's, as the native object knows it."""

    def __init__(self, recorder: Recorder, function: Callable[..., Any], number: int) -> None:
        self._recorder = recorder
        self.function = function
        self.number = number

    def __call__(self, *arguments: Any) -> Any:
        return called(self.function, *self._recorder.told(self.number, arguments))


class Answers:
    """The callbacks of one call: `complete` is written down only if nothing else has answered."""

    def __init__(self, recorder: Recorder, number: int) -> None:
        self._recorder = recorder
        self._number = number
        self._has_answered = False
        self._given: Any = None

    def hear(self, how: str, callback: Callable[..., Any], value: Any = None, *more: Any) -> Any:
        """The native object has called one of them."""
        if how != "complete" or not self._has_answered:
            self._has_answered = True
            self._given = self._recorder.answered(self._number, how, value)
        return called(callback, self._given, *more)


def reference(recorded: Recorded) -> Json:
    """The number of an object; where it is written for the first time, also what there is to know of it."""
    own = vars(recorded)
    number, inner = own["_number"], own["_inner"]
    if own["_told"] or not number:
        return {"$object": number}
    own["_told"] = True
    awaited = {"awaited": True} if isinstance(recorded, RecordedPromise) else {}
    return {"$object": number, "kind": type(inner).__name__, "has": functions_of(inner), **awaited}


def functions_of(value: Any) -> list[str]:
    """The names of the functions that an object has; no property is read for it."""
    if isinstance(value, asyncio.Future | Promise):
        return []  # what these have beside is not the native object's
    kind = type(value)
    native = [name for name in dir(kind) if hasattr(getattr(kind, name, None), "__native__")]  # as the phone's have it
    names = native or [name for name in dir(value) if _has_function(value, name)]
    return sorted(name for name in names if not name.startswith("_"))


def _has_function(value: Any, name: str) -> bool:
    if name.startswith("_") or isinstance(inspect.getattr_static(value, name, None), property):
        return False
    return callable(getattr(value, name, None))
