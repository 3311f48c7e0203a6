"""reselect 4.1: selectors that compute anew only when what they are made of has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..array import Array
from ..callbacks import Callback, called_with
from ..conversions import typeof
from ..errors import Error
from ..missing import is_nullish
from ..obj import Obj
from ..object import Object
from ..operators import same

Equality = Callable[[Any, Any], bool]
_NOTHING: Any = object()


class Memoized:
    """A function that remembers what it gave for its last arguments, or for the last `maxSize` different ones."""

    def __init__(self, function: Callback, equality: Equality, size: int, result_equality: Equality | None) -> None:
        self._function = function
        self._equality = equality
        self._size = size
        self._result_equality = result_equality
        self._kept: list[tuple[tuple[Any, ...], Any]] = []

    def __call__(self, *arguments: Any) -> Any:
        for place, (known, given) in enumerate(self._kept):
            if len(known) == len(arguments) and all(map(self._equality, known, arguments)):
                self._kept.insert(0, self._kept.pop(place))
                return given
        given = called_with(self._function, arguments) if arguments else self._function()
        if self._result_equality is not None:
            alike = (kept for _, kept in self._kept if self._result_equality(kept, given))
            given = next(alike, given)
        self._kept.insert(0, (arguments, given))
        del self._kept[self._size :]
        return given

    def clearCache(self) -> None:
        """Forgets what it gave."""
        self._kept.clear()


def defaultEqualityCheck(left: Any, right: Any) -> bool:
    """`left === right`."""
    return same(left, right)


def defaultMemoize(function: Callback, options: Any = None) -> Memoized:
    """The function, remembering: `options` are an equality, or `equalityCheck`, `maxSize` and `resultEqualityCheck`."""
    given = options if isinstance(options, dict) else Obj(equalityCheck=options)
    return Memoized(
        function, given["equalityCheck"] or defaultEqualityCheck, given["maxSize"] or 1, given["resultEqualityCheck"]
    )


class Selector:
    """What `createSelector` gives: called as a function of the state."""

    def __init__(self, dependencies: list[Callback], result: Callback, memoize: Callback, options: list[Any]) -> None:
        self.dependencies: Array[Callback] = Array(dependencies)
        self.resultFunc = result
        self._count = 0
        self._last: Any = None
        self.memoizedResultFunc: Callback = memoize(self._computed, *options)
        self._selector = memoize(self._selected, *options)

    def __call__(self, *arguments: Any) -> Any:
        return self._selector(*arguments)

    def _computed(self, *values: Any) -> Any:
        self._count += 1
        return called_with(self.resultFunc, values) if values else self.resultFunc()

    def _selected(self, *arguments: Any) -> Any:
        values = [called_with(each, arguments) if arguments else each() for each in self.dependencies]
        self._last = self.memoizedResultFunc(*values)
        return self._last

    def lastResult(self) -> Any:
        """What it gave last."""
        return self._last

    def recomputations(self) -> int:
        """How often it has computed."""
        return self._count

    def resetRecomputations(self) -> int:
        """Counts from 0 again."""
        self._count = 0
        return 0


def createSelectorCreator(memoize: Callback, *memoizeOptions: Any) -> Callable[..., Selector]:
    """A `createSelector` that remembers by another function than `defaultMemoize`."""

    def createSelector(*functions: Any) -> Selector:
        given = list(functions)
        options: list[Any] = list(memoizeOptions)
        if given and isinstance(given[-1], dict):
            own = given.pop()["memoizeOptions"]
            if not is_nullish(own):
                options = list(own) if isinstance(own, list) else [own]
        result: Any = given.pop() if given else None
        if typeof(result) != "function":
            raise Error(f"createSelector expects an output function after the inputs, but received: [{typeof(result)}]")
        dependencies = list(given[0]) if given and isinstance(given[0], list) else given
        if not all(typeof(each) == "function" for each in dependencies):
            kinds = ", ".join(typeof(each) for each in dependencies)
            raise Error(f"createSelector expects all input-selectors to be functions, but received: [{kinds}]")
        return Selector(dependencies, result, memoize, options)

    return createSelector


createSelector: Callable[..., Selector] = createSelectorCreator(defaultMemoize)


def createStructuredSelector(selectors: Any, creator: Callable[..., Selector] = createSelector) -> Selector:
    """A selector of an object, each of whose fields is what the selector of that name gives."""
    if not isinstance(selectors, dict):
        raise Error(
            f"createStructuredSelector expects first argument to be an object where each property is a selector, "
            f"instead received a {typeof(selectors)}"
        )
    keys = Object.keys(selectors)
    return creator(Array(selectors[key] for key in keys), lambda *values: Obj(dict(zip(keys, values, strict=True))))
