"""Functions that a program or a plugin has put in place of native ones, and whether they can still answer a call."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .promise import PENDING

if TYPE_CHECKING:
    from .calls import Call


class Answers:
    """The callbacks that such a function gets for one call, as long as anything holds one of them.

    One that has returned nothing, called none of them and kept none can answer no more: the call fails then, and
    nobody waits for it. What keeps a callback, or the options, may take all the time that it likes.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._has_returned = False
        self._returned: Any = None

    def may_go(self, returned: Any) -> None:
        """The function has returned this, which is to be no answer to come, nor a task: now it may have let go."""
        binding = self._call._binding
        is_task = returned is not None and (binding.gives_task or binding.task_methods)
        self._has_returned = not (is_task or inspect.isawaitable(returned))
        self._returned = returned

    def on_success(self, result: Any = None) -> None:
        """Given to the function as `success`."""
        self._call.on_success(result)

    def on_fail(self, error: Any = None) -> None:
        """Given to it as `fail`."""
        self._call.on_fail(error)

    def on_complete(self, result: Any = None) -> None:
        """Given to it as `complete`."""
        self._call.on_complete(result)

    def __del__(self) -> None:
        if self._has_returned and self._call._ending == PENDING and not sys.is_finalizing():
            self._call.on_fail({"errMsg": self._words()})

    def _words(self) -> str:
        binding = self._call._binding
        returned = "nothing" if self._returned is None else f"{_kind(self._returned)}, as only async functions may,"
        return (
            f"{binding.api}:fail {_named(binding.native)} has answered nothing: it has returned {returned} and called "
            "none of success, fail and complete, of which it has kept none for later"
        )


def _kind(value: Any) -> str:
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _named(native: Callable[..., Any]) -> str:
    """The function, and where it is."""
    function = inspect.unwrap(native.func if isinstance(native, partial) else native)
    code = getattr(function, "__code__", None)
    place = "" if code is None else f" ({Path(code.co_filename).name}:{code.co_firstlineno})"
    return f"{getattr(function, '__qualname__', None) or repr(function)}{place}"
