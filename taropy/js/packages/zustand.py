"""zustand 4.5 without React: stores, and `create`, whose hook reads the store as it is now.

Middleware (`zustand/middleware`) is not here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..access import get
from ..border import object_of
from ..callbacks import Callback, called_with
from ..conversions import typeof
from ..fields import own_keys
from ..maps import Map, Set
from ..missing import is_nullish
from ..obj import Obj
from ..object import Object
from ..operators import same_value

_NOT_GIVEN: Any = object()


class Store:
    """A store: `getState()`, `setState(partial, replace)`, `subscribe(listener)`."""

    def __init__(self, createState: Callback) -> None:
        self._listeners: Set[Any] = Set()
        self._state: Any = None
        self._state = called_with(createState, (self.setState, self.getState, self))
        self._initial = self._state

    def setState(self, partial: Any = None, replace: Any = None) -> None:
        """Sets fields of the state: those of an object, or of what a function of the state gives."""
        new = called_with(partial, (self._state,)) if typeof(partial) == "function" else object_of(partial)
        if same_value(new, self._state):
            return
        before = self._state
        whole = typeof(new) != "object" if is_nullish(replace) else replace
        self._state = new if whole else Object.assign(Obj(), self._state, new)
        self._listeners.forEach(lambda listener: called_with(listener, (self._state, before)))

    def getState(self) -> Any:
        """The state."""
        return self._state

    def getInitialState(self) -> Any:
        """The state that it began with."""
        return self._initial

    def subscribe(self, listener: Callback) -> Callable[[], bool]:
        """Has `listener(state, before)` called after each change, until the function that is returned is called."""
        self._listeners.add(listener)
        return lambda: self._listeners.delete(listener)

    def destroy(self) -> None:
        """Has no listener called any more."""
        self._listeners.clear()


class BoundStore(Store):
    """What `create` gives: a store that is called as a hook, with a selector or without."""

    def __call__(self, selector: Any = None, equalityFn: Any = None) -> Any:
        return self._state if is_nullish(selector) else called_with(selector, (self._state,))


def createStore(createState: Any = _NOT_GIVEN) -> Any:
    """A store of what `createState(set, get, store)` gives. Without an argument, the function that makes one."""
    return createStore if createState is _NOT_GIVEN else Store(createState)


def create(createState: Any = _NOT_GIVEN) -> Any:
    """As `createStore`; the store is a hook as well."""
    return create if createState is _NOT_GIVEN else BoundStore(createState)


def useStore(api: Any, selector: Any = None, equalityFn: Any = None) -> Any:
    """The state of a store, or what a selector makes of it."""
    return api.getState() if is_nullish(selector) else called_with(selector, (api.getState(),))


def shallow(objA: Any = None, objB: Any = None) -> bool:
    """Whether two values are one, or have the same fields, which are one each."""
    if same_value(objA, objB):
        return True
    if typeof(objA) != "object" or typeof(objB) != "object":
        return False
    if isinstance(objA, Map) and isinstance(objB, Map):
        return objA.size == objB.size and all(same_value(value, objB.get(key)) for key, value in objA)
    if isinstance(objA, Set) and isinstance(objB, Set):
        return objA.size == objB.size and all(objB.has(value) for value in objA)
    keys, others = own_keys(objA), own_keys(objB)
    return len(keys) == len(others) and all(
        key in others and same_value(get(objA, key), get(objB, key)) for key in keys
    )
