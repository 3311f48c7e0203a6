"""`started` and `lenient`: functions as JavaScript calls them.

An async function begins when it is called, and gives a promise; and any function may be called with fewer arguments
than it names, or with more.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import CO_COROUTINE, iscoroutinefunction
from opcode import opmap
from sys import _getframe
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, overload

from ..runtime.at_once import at_once, is_awaited
from ..runtime.promise import begun, ended
from ..runtime.rejections import process
from ..signatures import fitting
from .callbacks import CO_VARARGS

if TYPE_CHECKING:
    from .promise import Promise

P = ParamSpec("P")
T = TypeVar("T")


@overload
def started(function: Callable[P, Coroutine[Any, Any, Promise[T]]]) -> Callable[P, Promise[T]]: ...
@overload
def started(function: Callable[P, Coroutine[Any, Any, T | Promise[T]]]) -> Callable[P, Promise[T]]: ...
def started(function: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Promise[Any]]:
    """An `async def` as JavaScript's async function: for functions and methods.

    It runs at the call, up to its first `await`; gives a promise, which is rejected with what the function raises, and
    follows a promise that it returns; and is given None for arguments that are missing, and none that are too many.
    Without it, an `async def` begins only when its coroutine is awaited.
    """
    if not iscoroutinefunction(function):
        raise TypeError(f"{getattr(function, '__name__', function)} is no async def; @lenient is for other functions")
    called = _with_any_arguments(function)
    begin = begun if _awaits(function) else ended

    code = function.__code__
    most = -1 if code.co_flags & CO_VARARGS else code.co_argcount

    @wraps(function)
    def start(*arguments: Any, **named: Any) -> Any:
        body = function(*arguments) if len(arguments) == most and not named else called(*arguments, **named)
        caller = _getframe(1)
        return at_once(body) if is_awaited(caller.f_code.co_code, caller.f_lasti) else begin(body, process)

    return start


def _awaits(function: Callable[..., Any]) -> bool:
    """Whether an async function may have any `await` in it, `async for` and `async with` included."""
    code = function.__code__
    return not code.co_flags & CO_COROUTINE or _SEND in code.co_code[::2]  # another kind is only marked as async


_SEND = opmap["SEND"]


def lenient(function: Callable[..., T]) -> Callable[..., T]:
    """A function that may be called with too few arguments, which are None then, or with too many, which go unread.

    What taropy itself calls need not be one: callbacks, handlers and listeners always take what they name.
    """
    return wraps(function)(_with_any_arguments(function))


def _with_any_arguments(function: Callable[..., T]) -> Callable[..., T]:
    code = function.__code__
    if code.co_flags & CO_VARARGS:
        return fitting(function)
    most = code.co_argcount
    needed = most - len(function.__defaults__ or ())
    names = code.co_varnames[:needed]

    def call(*arguments: Any, **named: Any) -> T:
        given = len(arguments)
        if given > most:
            arguments = arguments[:most]
        elif given < needed:
            if named:
                return function(*arguments, **{**dict.fromkeys(names[given:]), **named})
            arguments += (None,) * (needed - given)
        return function(*arguments, **named)

    return call
