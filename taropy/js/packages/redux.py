"""redux 4.2: a store, reducers that are combined, middleware."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, Final

from ..access import get
from ..array import Array
from ..callbacks import Callback, called_with
from ..conversions import typeof
from ..errors import Error
from ..missing import is_nullish
from ..obj import Obj
from ..object import Object

Reducer = Callable[..., Any]
Enhancer = Callable[..., Any]

#: The types of the actions that redux itself dispatches; a reducer has to return its state for them.
INIT: Final = "@@redux/INIT"
_REPLACE: Final = "@@redux/REPLACE"
_PROBE: Final = "@@redux/PROBE_UNKNOWN_ACTION"


class Store:
    """What `createStore` gives. Its methods may be taken off it, as middleware does."""

    def __init__(self, reducer: Reducer, state: Any) -> None:
        self._reducer = reducer
        self._state = state
        self._listeners: list[Callback] = []
        self._is_reducing = False
        self.dispatch: Callable[..., Any] = self._dispatch
        self._dispatch(Obj(type=INIT))

    def getState(self) -> Any:
        """The state. `Error` if a reducer asks for it."""
        self._refuse_while_reducing("calling store.getState()")
        return self._state

    def subscribe(self, listener: Callback) -> Callable[[], None]:
        """Has `listener()` called after each dispatch, until the function that is returned is called."""
        _check_function(listener, "the listener")
        self._refuse_while_reducing("calling store.subscribe()")
        subscribed = [listener]
        self._listeners = [*self._listeners, listener]

        def unsubscribe() -> None:
            if not subscribed:
                return
            self._refuse_while_reducing("unsubscribing from a store listener")
            left = list(self._listeners)
            left.remove(subscribed.pop())
            self._listeners = left

        return unsubscribe

    def replaceReducer(self, reducer: Reducer) -> None:
        """Puts another reducer in place of the store's."""
        _check_function(reducer, "the nextReducer")
        self._reducer = reducer
        self._dispatch(Obj(type=_REPLACE))

    def _dispatch(self, action: Any = None) -> Any:
        if not isinstance(action, Mapping):
            raise Error(
                f"Actions must be plain objects. Instead, the actual type was: '{typeof(action)}'. You may need to add "
                "middleware to your store setup to handle dispatching other values."
            )
        if is_nullish(get(action, "type")):
            raise Error('Actions may not have an undefined "type" property. You may have misspelled an action type.')
        if self._is_reducing:
            raise Error("Reducers may not dispatch actions.")
        self._is_reducing = True
        try:
            self._state = called_with(self._reducer, (self._state, action))
        finally:
            self._is_reducing = False
        for listener in self._listeners:
            listener()
        return action

    def _refuse_while_reducing(self, deed: str) -> None:
        if self._is_reducing:
            raise Error(f"The reducer is executing, which gets the state as an argument, and is {deed}.")


def createStore(reducer: Reducer, preloadedState: Any = None, enhancer: Enhancer | None = None) -> Any:
    """A store of the state that `reducer(state, action)` makes; `enhancer` makes `createStore` a better one.

    The second argument may be the enhancer. `Error` if one of them is no function.
    """
    if _is_function(preloadedState) and _is_function(enhancer):
        raise Error("createStore() takes one enhancer; compose() makes one of several")
    if _is_function(preloadedState):
        preloadedState, enhancer = None, preloadedState
    if not is_nullish(enhancer):
        _check_function(enhancer, "the enhancer")
        return enhancer(createStore)(reducer, preloadedState)  # type: ignore[misc]
    _check_function(reducer, "the root reducer")
    return Store(reducer, preloadedState)


legacy_createStore = createStore


def combineReducers(reducers: Any) -> Reducer:
    """A reducer of an object: each field is made by the reducer of that name.

    What is no function among them is left out. The reducer raises `Error` if one of them gives `undefined` (None).
    """
    final = Obj({key: reducer for key, reducer in _pairs(reducers) if _is_function(reducer)})
    shape_error: list[Error] = []
    try:
        _check_shape(final)
    except Error as error:
        shape_error.append(error)

    def combination(state: Any = None, action: Any = None) -> Any:
        if shape_error:
            raise shape_error[0]
        state = Obj() if is_nullish(state) else state
        made, changed = Obj(), False
        for key, reducer in _pairs(final):
            before = get(state, key)
            made[key] = called_with(reducer, (before, action))
            if made[key] is None and not may_be_null(reducer):
                shown = action["type"] if isinstance(action, Mapping) else action
                raise Error(f'When called with an action of type "{shown}", the slice reducer for key "{key}" returned '
                            "undefined.")  # fmt: skip
            changed = changed or made[key] is not before
        return made if changed or len(final) != len(Object.keys(state)) else state

    return combination


def may_be_null(reducer: Any) -> bool:
    """Whether None is null for a reducer, and a state: @reduxjs/toolkit's whose state begins so."""
    return bool(getattr(reducer, "may_be_null", False))


def _check_shape(reducers: Obj) -> None:
    for key, reducer in _pairs(reducers):
        for type_ in (INIT, _PROBE):
            if called_with(reducer, (None, Obj(type=type_))) is None and not may_be_null(reducer):
                raise Error(f'The slice reducer for key "{key}" returned undefined during initialization.')


def bindActionCreators(actionCreators: Any, dispatch: Callable[..., Any]) -> Any:
    """The functions of an object, or the one function, so that what they return is dispatched. `Error` for others."""
    if _is_function(actionCreators):
        return _bound(actionCreators, dispatch)
    if not isinstance(actionCreators, Mapping):
        raise Error(f"bindActionCreators expected an object or a function, but instead received: "
                    f"'{typeof(actionCreators)}'.")  # fmt: skip
    return Obj({key: _bound(each, dispatch) for key, each in _pairs(actionCreators) if _is_function(each)})


def _bound(creator: Callback, dispatch: Callable[..., Any]) -> Callback:
    return lambda *arguments: dispatch(called_with(creator, arguments) if arguments else creator())


def applyMiddleware(*middlewares: Callback) -> Enhancer:
    """An enhancer: what is dispatched goes through each `middleware(api)(next)(action)` first."""

    def enhance(create: Callable[..., Any]) -> Callable[..., Any]:
        def made(reducer: Reducer, preloadedState: Any = None) -> Any:
            store = create(reducer, preloadedState)
            inner = store.dispatch

            def dispatch(*arguments: Any) -> Any:
                if store.dispatch is inner:
                    raise Error("Dispatching while constructing your middleware is not allowed.")
                return store.dispatch(*arguments)

            api = Obj(getState=store.getState, dispatch=dispatch)
            chain = [called_with(middleware, (api,)) for middleware in middlewares]
            store.dispatch = compose(*chain)(inner) if chain else inner
            return store

        return made

    return enhance


def compose(*functions: Callback) -> Callable[..., Any]:
    """`f(g(h(…)))` of the functions; the last one may take several arguments."""
    if not functions:
        return lambda value=None: value
    return reduce(lambda outer, inner: lambda *given: outer(inner(*given)), functions)


def isPlainObject(value: Any) -> bool:
    """Whether it is an object of no class."""
    return isinstance(value, Mapping)


def _pairs(value: Any) -> Array[Any]:
    return Object.entries(value)


def _is_function(value: Any) -> bool:
    return typeof(value) == "function"


def _check_function(value: Any, what: str) -> None:
    if not _is_function(value):
        raise Error(f"Expected {what} to be a function. Instead, received: '{typeof(value)}'")
