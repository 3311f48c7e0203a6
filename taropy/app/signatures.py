"""How many arguments a program's functions take: JavaScript's callers give them all, and Python's functions mind."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from types import MethodType
from typing import Any

import attrs

_PLACES = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD


@attrs.frozen
class Places:
    """How many positional arguments a function takes at most, None for any number, and how many it needs."""

    most: int | None
    needed: int


def needed_arguments(code: Callable[..., Any]) -> int:
    """How many arguments a function has to be given, or a class to make its objects."""
    return _places(code).needed


def fitting(handler: Callable[..., Any]) -> Callable[..., Any]:
    """`handler`, called with as many of the arguments as it takes; those that it needs beyond them are None."""
    places = _method_places(handler.__func__) if isinstance(handler, MethodType) else _places(handler)
    if places.most is None:
        return handler
    most, needed = places.most, places.needed

    def call(*arguments: Any) -> Any:
        return handler(*arguments[:most], *(None,) * (needed - len(arguments)))

    return call


@lru_cache(maxsize=1024)
def _method_places(function: Callable[..., Any]) -> Places:
    """The same without the object that the method is called on. Every page that is opened asks for its methods'."""
    places = _places(function)
    return Places(None if places.most is None else places.most - 1, max(places.needed - 1, 0))


def _places(code: Callable[..., Any]) -> Places:
    try:
        params = inspect.signature(code).parameters.values()
    except ValueError:  # some built-in functions do not tell what they take
        return Places(None, 0)
    places = [param for param in params if param.kind in _PLACES]
    needed = sum(param.default is param.empty for param in places)
    anything = any(param.kind is param.VAR_POSITIONAL for param in params)
    return Places(None if anything else len(places), needed)
