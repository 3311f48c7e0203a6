"""How many arguments a program's functions take: JavaScript's callers give them all, and Python's functions mind."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

import attrs

_PLACES = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD


@attrs.frozen
class Places:
    """How many positional arguments a function takes at most, None for any number, and how many it needs."""

    most: int | None
    needed: int

    def without_first(self) -> Places:
        """The same of a method without the object that it is called on."""
        return Places(None if self.most is None else self.most - 1, max(self.needed - 1, 0))


def needed_arguments(code: Callable[..., Any]) -> int:
    """How many arguments a function has to be given, or a class to make its objects."""
    return _places(code).needed


def called(code: Callable[..., Any], *arguments: Any) -> Any:
    """What `code` returns, called with as many of the arguments as it takes; those that it needs beyond them are None.

    For what is called once: a callback of a call, a promise's handler. `fitting` is for what is called again and again.
    """
    if type(code) is FunctionType and code.__code__.co_argcount == len(arguments):  # most callbacks
        return code(*arguments)
    return fitting(code)(*arguments)


def accepted(code: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """As many of the arguments as `code` takes; those beyond go unread, as they do in JavaScript."""
    return arguments[: _places(code).most]


def fitting(handler: Callable[..., Any]) -> Callable[..., Any]:
    """`handler`, called with as many of the arguments as it takes; those that it needs beyond them are None."""
    places = _places(handler)
    if places.most is None:
        return handler
    most, needed = places.most, places.needed

    def call(*arguments: Any) -> Any:
        return handler(*arguments[:most], *(None,) * (needed - len(arguments)))

    return call


def _places(code: Callable[..., Any]) -> Places:
    """The places of `code`, without `inspect` where it takes longer than a whole call."""
    if isinstance(code, MethodType):
        return _places(code.__func__).without_first()
    if isinstance(code, FunctionType) and not hasattr(code, "__wrapped__"):
        return _places_of_function(code)
    if isinstance(code, BuiltinMethodType):
        method = getattr(type(code.__self__), code.__name__, None)  # `list.append`, which is there only once
        if method is not None:
            return _places_of_builtin(method).without_first()
    return _inspected(code)


def _places_of_function(function: FunctionType) -> Places:
    code = function.__code__
    needed = code.co_argcount - len(function.__defaults__ or ())
    return Places(None if code.co_flags & inspect.CO_VARARGS else code.co_argcount, needed)


@lru_cache
def _places_of_builtin(method: Callable[..., Any]) -> Places:
    return _inspected(method)


def _inspected(code: Callable[..., Any]) -> Places:
    try:
        params = inspect.signature(code).parameters.values()
    except (TypeError, ValueError):  # not all built-in functions tell what they take
        return Places(None, 0)
    places = [param for param in params if param.kind in _PLACES]
    needed = sum(param.default is param.empty for param in places)
    anything = any(param.kind is param.VAR_POSITIONAL for param in params)
    return Places(None if anything else len(places), needed)
