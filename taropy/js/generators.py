"""`generator`: a function of Python's with `yield` as JavaScript's `function*`, whose values have `next`; async too."""

from __future__ import annotations

from collections.abc import AsyncGenerator as PythonAsyncGenerator
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from collections.abc import Generator as PythonGenerator
from collections.abc import Iterator as PythonIterator
from functools import wraps
from inspect import GEN_CREATED, getgeneratorstate, isasyncgenfunction, isgeneratorfunction
from typing import Any, Generic, NoReturn, TypeVar, cast

from ..runtime.promise import begun
from ..runtime.rejections import process
from .access import void
from .array import Array
from .functions import lenient
from .iterators import Iterator
from .obj import Obj
from .promise import Promise
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


class AsyncGenerator(Generic[T]):
    """What a call of an async generator gives: what is asked of it comes one after the other, each as a promise."""

    __slots__ = ("_asked", "_body", "_is_new", "_unanswered")
    __tag__: str = "AsyncGenerator"

    def __init__(self, body: PythonAsyncGenerator[T, Any]) -> None:
        self._body = body
        self._is_new = True
        self._asked: Promise[Any] | None = None
        self._unanswered = 0

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        found = await self.next()
        if found.done:
            raise StopAsyncIteration
        return found.value  # type: ignore[no-any-return]

    def next(self, value: Any = None) -> Promise[Any]:
        """A promise of `{value, done}`. The `yield` that it waits in gives `value`."""
        return self._after_others(lambda: self._body.asend(None if self._is_new else value))

    def return_(self, value: Any = None) -> Promise[Any]:
        """Ends it where it waits: what stands in a `finally` there is done."""

        async def end() -> NoReturn:
            await self._body.aclose()
            raise _Ended(value)

        return self._after_others(end)

    def throw(self, error: Any = None) -> Promise[Any]:
        """Has the `yield` that it waits in throw a value."""
        return self._after_others(lambda: self._body.athrow(as_thrown(error)))

    def _after_others(self, go: Callable[[], Awaitable[T]]) -> Promise[Any]:
        before = self._asked if self._unanswered else None
        self._unanswered += 1
        self._asked = asked = cast("Promise[Any]", begun(self._gone_on(go, before), process))
        return asked

    async def _gone_on(self, go: Callable[[], Awaitable[T]], before: Promise[Any] | None) -> Any:
        try:
            if before is not None:
                await before.then(void, void)
            found = await go()
        except StopAsyncIteration:
            return Obj(value=None, done=True)
        except _Ended as end:
            return Obj(value=end.value, done=True)
        finally:
            self._is_new = False
            self._unanswered -= 1
        return Obj(value=found, done=False)


class _Ended(Exception):
    """An async generator was ended by `return_`, which gives a value."""

    def __init__(self, value: Any) -> None:
        self.value = value


class each_of:
    """`for await (const value of values)`: each value, awaited.

        async for page in each_of(pages()): ...

    A loop that ends early ends what it goes through: `async with each_of(pages()) as values: async for page in values`.
    """

    def __init__(self, values: Any) -> None:
        self._values = values if hasattr(values, "__aiter__") else _awaited(yield_all(values))

    def __aiter__(self) -> AsyncIterator[Any]:
        return self._values.__aiter__()

    async def __aenter__(self) -> AsyncIterator[Any]:
        return self.__aiter__()

    async def __aexit__(self, *_: object) -> None:
        end = getattr(self._values, "return_", None) or getattr(self._values, "aclose", None)
        if end is not None:
            await end()


async def _awaited(values: Iterable[Any]) -> PythonAsyncGenerator[Any, None]:
    for value in values:
        yield await Promise.resolve(value)


def generator(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function with `yield` as JavaScript's: it gives a generator with `next`, `return_` and `throw`.

    An `async def` gives one whose `next` gives promises. It takes any number of arguments, and None for those that are
    missing. Without `yield` it is a `TypeError`.
    """
    made: type[Generator[Any] | AsyncGenerator[Any]]
    if isgeneratorfunction(function):
        made = Generator
    elif isasyncgenfunction(function):
        made = AsyncGenerator
    else:
        raise TypeError(f"{getattr(function, '__name__', function)} has no yield")
    called = lenient(function)

    @wraps(function)
    def begin(*arguments: Any, **named: Any) -> Any:
        return made(called(*arguments, **named))

    return begin


def yield_all(values: Any) -> Any:
    """`yield* values`, as `yield from yield_all(values)`: what is sent to the one generator goes on to the other."""
    if isinstance(values, Generator):
        return values._body
    return values.values() if isinstance(values, Array) else iter(values)
