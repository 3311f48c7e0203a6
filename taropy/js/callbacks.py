"""Callbacks: functions of a program that take as many of their arguments as they name, as JavaScript's do."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import FunctionType, MethodType, ModuleType
from typing import Any

from .errors import TypeError

Callback = Callable[..., Any]

CO_VARARGS = 4  # of `inspect`, which takes long to import


def taking(callback: Any, most: int) -> tuple[Callback, int]:
    """The callback, and how many of `most` arguments it is to be called with.

    Read off the code of a function or a method, which costs a tenth of one call; other callables are looked into by
    the runtime. Raises `TypeError` for what is no function.
    """
    kind = type(callback)
    if kind is FunctionType:
        code, bound = callback.__code__, 0
        if code.co_argcount <= most and not code.co_flags & CO_VARARGS:  # most callbacks
            return callback, code.co_argcount
    elif kind is MethodType and type(callback.__func__) is FunctionType:
        code, bound = callback.__func__.__code__, 1
    elif type(method := getattr(kind, "__call__", None)) is FunctionType:  # noqa: B004  # of `Number` and `Boolean`
        code, bound = method.__code__, 1
    else:
        return _taking_something(callback, most)
    if code.co_flags & CO_VARARGS and not hasattr(callback, "__wrapped__"):
        return callback, most
    count = code.co_argcount - bound
    if code.co_flags & CO_VARARGS or count > most:
        return _taking_something(callback, most)
    return callback, count


def _taking_something(callback: Any, most: int) -> tuple[Callback, int]:
    if type(callback) is type or isinstance(getattr(callback, "__self__", None), ModuleType):
        return _taking_built_in(callback, most)
    return _looked_into(callback, most)


def _looked_into(callback: Any, most: int) -> tuple[Callback, int]:
    if not callable(callback):
        from .conversions import text, typeof

        shown = repr(callback) if typeof(callback) == "string" else text(callback)
        raise TypeError(f"{shown} is not a function")
    from ..signatures import accepted, fitting

    return fitting(callback), len(accepted(callback, (None,) * most))


_taking_built_in = lru_cache(_looked_into)


def called_with(callback: Any, arguments: tuple[Any, ...]) -> Any:
    """Calls with as many of the arguments as the callback takes; those that it needs beyond them are None."""
    function, count = taking(callback, len(arguments))
    return function(*arguments[:count])
