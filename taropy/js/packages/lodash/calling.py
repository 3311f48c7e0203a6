"""lodash's functions of functions: when they are called, how often, and with what. Timers go by the phone's clock."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

from ...access import get
from ...array import Array
from ...callbacks import Callback, called_with
from ...date import Date
from ...errors import TypeError
from ...maps import Map
from ...missing import is_nullish
from ...obj import Obj
from ...timers import clearTimeout, setTimeout
from .base import caller, is_object, truthy
from .equality import iteratee
from .numbers import toInteger, toNumber


def _checked(function: Any) -> Callback:
    if not callable(function):
        raise TypeError("Expected a function")
    return caller(function)


class Debounced:
    """A function that is called when it has not been asked for a while; it gives what it gave last."""

    def __init__(self, function: Any, wait: Any, *, leading: bool, trailing: bool, longest: float | None) -> None:
        self._function = _checked(function)
        self._wait = toNumber(wait) if toNumber(wait) == toNumber(wait) else 0
        self._leading, self._trailing = leading, trailing
        self._longest = max(longest, self._wait) if longest is not None else None
        self._arguments: tuple[Any, ...] | None = None
        self._timer: int | None = None
        self._asked: float | None = None
        self._called = 0.0
        self._result: Any = None

    def __call__(self, *arguments: Any) -> Any:
        now = Date.now()
        due = self._is_due(now)
        self._arguments, self._asked = arguments, now
        if due and self._timer is None:
            return self._begin(now)
        if due and self._longest is not None:
            clearTimeout(self._timer)
            self._timer = setTimeout(self._expired, self._wait)
            return self._call(now)
        if self._timer is None:
            self._timer = setTimeout(self._expired, self._wait)
        return self._result

    def _begin(self, now: float) -> Any:
        self._called = now
        self._timer = setTimeout(self._expired, self._wait)
        return self._call(now) if self._leading else self._result

    def _is_due(self, now: float) -> bool:
        if self._asked is None:
            return True
        since = now - self._asked
        too_long = self._longest is not None and now - self._called >= self._longest
        return since >= self._wait or since < 0 or too_long

    def _call(self, now: float) -> Any:
        arguments, self._arguments = self._arguments or (), None
        self._called = now
        self._result = self._function(*arguments)
        return self._result

    def _expired(self) -> None:
        now = Date.now()
        if self._is_due(now):
            self._end(now)
            return
        left = self._wait - (now - (self._asked or 0))
        if self._longest is not None:
            left = min(left, self._longest - (now - self._called))
        self._timer = setTimeout(self._expired, left)

    def _end(self, now: float) -> Any:
        self._timer = None
        if self._trailing and self._arguments is not None:
            return self._call(now)
        self._arguments = None
        return self._result

    def cancel(self) -> None:
        """Has a call that is to come not come."""
        clearTimeout(self._timer)
        self._called, self._arguments, self._asked, self._timer = 0.0, None, None, None

    def flush(self) -> Any:
        """Makes a call that is to come now; what it gives."""
        if self._timer is None:
            return self._result
        clearTimeout(self._timer)
        return self._end(Date.now())


def debounce(func: Any = None, wait: Any = 0, options: Any = None) -> Debounced:
    """A function that calls `func` once it has not been called for `wait` milliseconds, with its last arguments.

    `options`: `leading` (at the beginning too), `trailing` (not at the end), `maxWait` (no later than that).
    """
    given = options if isinstance(options, dict) else Obj()
    trailing = truthy(given["trailing"]) if "trailing" in given else True
    longest = toNumber(given["maxWait"]) or 0 if "maxWait" in given else None
    return Debounced(func, wait, leading=truthy(_field(given, "leading")), trailing=trailing, longest=longest)


def throttle(func: Any = None, wait: Any = 0, options: Any = None) -> Debounced:
    """A function that calls `func` at most once in `wait` milliseconds: at once, and with its last arguments after.

    `options`: `leading` (not at once), `trailing` (not after).
    """
    given = options if isinstance(options, dict) else Obj()
    leading, trailing = (truthy(given[name]) if name in given else True for name in ("leading", "trailing"))
    longest = toNumber(wait) if toNumber(wait) == toNumber(wait) else 0
    return Debounced(func, wait, leading=leading, trailing=trailing, longest=longest)


def _field(given: Any, name: str) -> Any:
    return get(given, name)


def defer(func: Any = None, *arguments: Any) -> int:
    """Calls a function when the code that runs has ended; the timer's id."""
    return setTimeout(_checked(func), 1, *arguments)


def delay(func: Any = None, wait: Any = 0, *arguments: Any) -> int:
    """Calls a function after so many milliseconds; the timer's id."""
    return setTimeout(_checked(func), toNumber(wait) or 0, *arguments)


# --- how often -------------------------------------------------------------------------------------------------


def before(n: Any = None, func: Any = None) -> Callback:
    """A function that calls `func` fewer than `n` times; then it gives what it gave last."""
    call, left, result = _checked(func), toInteger(n), None

    def limited(*arguments: Any) -> Any:
        nonlocal left, result
        left -= 1
        if left > 0:
            result = call(*arguments)
        return result

    return limited


def after(n: Any = None, func: Any = None) -> Callback:
    """A function that calls `func` from the `n`-th time on."""
    call, left = _checked(func), toInteger(n)

    def late(*arguments: Any) -> Any:
        nonlocal left
        left -= 1
        return call(*arguments) if left < 1 else None

    return late


def once(func: Any = None) -> Callback:
    """A function that calls `func` once; then it gives what it gave."""
    return before(2, func)


class Memoized:
    """A function that remembers what it gave for each first argument, or for what `resolver` makes of them all."""

    def __init__(self, function: Any, resolver: Any) -> None:
        if not is_nullish(resolver):
            self._resolve = _checked(resolver)
        else:
            self._resolve = lambda *arguments: arguments[0] if arguments else None
        self._function = _checked(function)
        #: What it remembers, by key.
        self.cache: Map[Any, Any] = Map()

    def __call__(self, *arguments: Any) -> Any:
        key = self._resolve(*arguments)
        if not self.cache.has(key):
            self.cache.set(key, self._function(*arguments))
        return self.cache.get(key)


def memoize(func: Any = None, resolver: Any = None) -> Memoized:
    """See `Memoized`; `cache` is what it remembers."""
    return Memoized(func, resolver)


# --- with what -------------------------------------------------------------------------------------------------


def ary(func: Any = None, n: Any = None, guard: Any = None) -> Callback:
    """A function that passes on no more than `n` arguments."""
    call = _checked(func)
    if is_nullish(n) or truthy(guard):
        return call
    most = max(int(toInteger(n)), 0)
    return lambda *arguments: call(*arguments[:most])


def unary(func: Any = None) -> Callback:
    """A function that passes on its first argument."""
    return ary(func, 1)


def flip(func: Any = None) -> Callback:
    """A function that passes its arguments on in reverse."""
    call = _checked(func)
    return lambda *arguments: call(*arguments[::-1])


def negate(predicate: Any = None) -> Callback:
    """A function that is true where the predicate is not."""
    fits = _checked(predicate)
    return lambda *arguments: not truthy(fits(*arguments))


def partial(func: Any = None, *partials: Any) -> Callback:
    """A function that passes these arguments on before its own."""
    call = _checked(func)
    return lambda *arguments: call(*partials, *arguments)


def partialRight(func: Any = None, *partials: Any) -> Callback:
    """A function that passes these arguments on after its own."""
    call = _checked(func)
    return lambda *arguments: call(*arguments, *partials)


def rearg(func: Any = None, *indexes: Any) -> Callback:
    """A function that passes on first the arguments at these indexes, in this order, and then the others."""
    call = _checked(func)
    flat = [int(each) for index in indexes for each in (index if isinstance(index, list) else [index])]

    def turned(*arguments: Any) -> Any:
        first = [arguments[at] if at < len(arguments) else None for at in flat]
        return call(*first, *arguments[len(flat) :])

    return turned


def rest(func: Any = None, start: Any = None) -> Callback:
    """A function that passes on its arguments from `start` on as one array."""
    call = _checked(func)
    at = _parameters(func) - 1 if is_nullish(start) else int(toInteger(start))
    at = max(at, 0)

    def gathered(*arguments: Any) -> Any:
        padded = [*arguments, *[None] * (at - len(arguments))]
        return call(*padded[:at], Array(padded[at:]))

    return gathered


def spread(func: Any = None, start: Any = 0) -> Callback:
    """A function that passes on the items of the array at `start` as arguments."""
    call, at = _checked(func), max(int(toInteger(start)), 0)

    def scattered(*arguments: Any) -> Any:
        given = arguments[at] if at < len(arguments) else []
        return call(*arguments[:at], *(given or ()), *arguments[at + 1 :])

    return scattered


def overArgs(func: Any = None, *transforms: Any) -> Callback:
    """A function that passes on what the transforms make of its arguments, each of that of its place."""
    call = _checked(func)
    made = [iteratee(each) for given in transforms for each in (given if isinstance(given, list) else [given])]

    def called(*arguments: Any) -> Any:
        return call(*(made[at](each) if at < len(made) else each for at, each in enumerate(arguments)))

    return called


def wrap(value: Any = None, wrapper: Any = None) -> Callback:
    """A function that calls `wrapper` with the value and its arguments."""
    call = _checked(wrapper) if not is_nullish(wrapper) else caller(lambda given=None: given)
    return lambda *arguments: call(value, *arguments)


def _parameters(function: Any) -> int:
    """How many parameters a function has before one with a default."""
    kinds = signature(function).parameters.values()
    return sum(
        1
        for each in kinds
        if each.default is each.empty and each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
    )


def curry(func: Any = None, arity: Any = None, guard: Any = None) -> Callback:
    """A function that takes its arguments a few at a time, and calls `func` when it has `arity` of them."""
    call = _checked(func)
    return _curried(call, _arity(func, arity, guard), lambda kept, new: (*kept, *new))


def curryRight(func: Any = None, arity: Any = None, guard: Any = None) -> Callback:
    """As `curry`; what comes later goes before."""
    call = _checked(func)
    return _curried(call, _arity(func, arity, guard), lambda kept, new: (*new, *kept))


def _arity(function: Any, arity: Any, guard: Any) -> int:
    return _parameters(function) if is_nullish(arity) or truthy(guard) else int(toInteger(arity))


def _curried(call: Callback, arity: int, join: Callable[..., tuple[Any, ...]], kept: tuple[Any, ...] = ()) -> Callback:
    def take(*arguments: Any) -> Any:
        known = join(kept, arguments)
        return call(*known) if len(known) >= arity else _curried(call, arity, join, known)

    return take


def attempt(func: Any = None, *arguments: Any) -> Any:
    """What a function gives, or the error that it throws."""
    from ...throwing import caught

    try:
        return called_with(func, arguments)
    except Exception as error:
        thrown = caught(error)
        return thrown if isinstance(thrown, BaseException) or is_object(thrown) else error


def flow(*funcs: Any) -> Callback:
    """A function that calls the functions one after the other, each with what the one before has given."""
    flat = [_checked(each) for given in funcs for each in (given if isinstance(given, list) else [given])]

    def run(*arguments: Any) -> Any:
        if not flat:
            return arguments[0] if arguments else None
        result = flat[0](*arguments)
        for each in flat[1:]:
            result = each(result)
        return result

    return run


def flowRight(*funcs: Any) -> Callback:
    """As `flow`, from the last one to the first."""
    flat = [each for given in funcs for each in (given if isinstance(given, list) else [given])]
    return flow(Array(flat[::-1]))
