"""`generator`: a function of Python's with `yield` as JavaScript's `function*`, whose values have `next`."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Generator as PythonGenerator
from collections.abc import Iterator as PythonIterator
from functools import wraps
from inspect import GEN_CREATED, getgeneratorstate, isgeneratorfunction
from typing import Any, TypeVar

from .array import Array
from .functions import lenient
from .iterators import Iterator
from .obj import Obj
from .throwing import as_thrown

T = TypeVar("T")


class Generator(Iterator[T]):
    """What a call of a generator gives. A loop that ends early ends it, as in JavaScript."""

    __slots__ = ("_body",)
    __tag__: str = "Generator"

    def __init__(self, body: PythonGenerator[T, Any, Any]) -> None:
        self._body = body

    def __iter__(self) -> PythonIterator[T]:
        try:
            yield from self._body
        finally:
            self._body.close()

    def __next__(self) -> T:
        return next(self._body)

    def next(self, value: Any = None) -> Any:
        """`{value, done}`: what it yields next, or returns in the end. The `yield` that it waits in gives `value`."""
        is_new = getgeneratorstate(self._body) == GEN_CREATED
        return self._gone_on(lambda: self._body.send(None if is_new else value))

    def return_(self, value: Any = None) -> Any:
        """Ends it where it waits: what stands in a `finally` there is done."""
        self._body.close()
        return Obj(value=value, done=True)

    def throw(self, error: Any = None) -> Any:
        """Has the `yield` that it waits in throw a value."""
        return self._gone_on(lambda: self._body.throw(as_thrown(error)))

    def _gone_on(self, go: Callable[[], T]) -> Any:
        try:
            return Obj(value=go(), done=False)
        except StopIteration as end:
            return Obj(value=end.value, done=True)


def generator(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function with `yield` as JavaScript's: it gives a generator with `next`, `return_` and `throw`.

    It takes any number of arguments, and None for those that are missing. Without `yield` it is a `TypeError`.
    """
    if not isgeneratorfunction(function):
        raise TypeError(f"{getattr(function, '__name__', function)} has no yield")
    called = lenient(function)

    @wraps(function)
    def begin(*arguments: Any, **named: Any) -> Generator[Any]:
        return Generator(called(*arguments, **named))

    return begin


def yield_all(values: Any) -> Any:
    """`yield* values`, as `yield from yield_all(values)`: what is sent to the one generator goes on to the other."""
    if isinstance(values, Generator):
        return values._body
    return values.values() if isinstance(values, Array) else iter(values)
