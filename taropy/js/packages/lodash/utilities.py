"""What lodash has beside: functions that give functions, and small ones that programs pass on."""

from __future__ import annotations

from itertools import count
from typing import Any

from ...array import Array
from ...callbacks import Callback, called_with
from ...date import Date
from ...missing import is_nullish
from ...numeric import parseInt as parse_int
from ...obj import Obj
from .base import caller, made, truthy
from .equality import iteratee
from .numbers import toInteger
from .paths import invoke

_counter = count(1)


def noop(*arguments: Any) -> None:
    """Nothing."""


def identity(value: Any = None, *arguments: Any) -> Any:
    """The value."""
    return value


def constant(value: Any = None) -> Callback:
    """A function that gives the value."""
    return lambda *arguments: value


def stubArray(*arguments: Any) -> Array[Any]:
    """An empty array."""
    return Array()


def stubFalse(*arguments: Any) -> bool:
    """False."""
    return False


def stubObject(*arguments: Any) -> Obj:
    """An empty object."""
    return Obj()


def stubString(*arguments: Any) -> str:
    """A text of nothing."""
    return ""


def stubTrue(*arguments: Any) -> bool:
    """True."""
    return True


def now() -> Any:
    """The time on the phone, in milliseconds."""
    return Date.now()


def uniqueId(prefix: Any = None) -> str:
    """Another text with each call: a number, behind the prefix."""
    from .kinds import toString

    return toString(prefix) + str(next(_counter))


def times(n: Any = None, iteratee_: Any = None) -> Array[Any]:
    """An array of what `iteratee(index)` gives, so many times."""
    make = iteratee(iteratee_)
    return made(make(index) for index in range(max(int(toInteger(n)), 0)))


def defaultTo(value: Any = None, defaultValue: Any = None) -> Any:
    """The value; the default for what is missing, and for NaN."""
    return defaultValue if is_nullish(value) or value != value else value


def parseInt(string: Any = None, radix: Any = None, guard: Any = None) -> Any:
    """The whole number that a text begins with; NaN if it begins with none."""
    return parse_int(string, 0 if truthy(guard) or is_nullish(radix) else radix)


def tap(value: Any = None, interceptor: Any = None) -> Any:
    """The value, after a function was called with it."""
    called_with(interceptor, (value,))
    return value


def thru(value: Any = None, interceptor: Any = None) -> Any:
    """What a function gives for the value."""
    return called_with(interceptor, (value,))


def cond(pairs: Any = None) -> Callback:
    """A function that gives what the second function of the first pair gives whose first one is true."""
    known = [(caller(fits), caller(make)) for fits, make in pairs or ()]

    def choose(*arguments: Any) -> Any:
        return next((make(*arguments) for fits, make in known if truthy(fits(*arguments))), None)

    return choose


def _over(given: tuple[Any, ...]) -> list[Callback]:
    flat = [each for some in given for each in (some if isinstance(some, list) else [some])]
    return [iteratee(each) for each in flat]


def over(*iteratees: Any) -> Callback:
    """A function that gives an array of what the functions give."""
    makers = _over(iteratees)
    return lambda *arguments: made(make(*arguments) for make in makers)


def overEvery(*predicates: Any) -> Callback:
    """A function that says whether all predicates are true."""
    makers = _over(predicates)
    return lambda *arguments: all(truthy(make(*arguments)) for make in makers)


def overSome(*predicates: Any) -> Callback:
    """A function that says whether one of the predicates is true."""
    makers = _over(predicates)
    return lambda *arguments: any(truthy(make(*arguments)) for make in makers)


def nthArg(n: Any = 0) -> Callback:
    """A function that gives its `n`-th argument, from the end if it is negative."""
    at = int(toInteger(n))

    def nth(*arguments: Any) -> Any:
        place = at + len(arguments) if at < 0 else at
        return arguments[place] if 0 <= place < len(arguments) else None

    return nth


def method(path: Any = None, *arguments: Any) -> Callback:
    """A function that calls the method at a path of what it is called with."""
    return lambda object=None: invoke(object, path, *arguments)


def methodOf(object: Any = None, *arguments: Any) -> Callback:
    """A function that calls the object's method at the path that it is called with."""
    return lambda path=None: invoke(object, path, *arguments)
