"""@reduxjs/toolkit 1.9: slices, a store with thunks, async thunks, on redux, reselect and immer as they are here.

The middleware that warns of states which are changed or can't be written down is not here, nor are entity adapters,
listeners and RTK Query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...runtime.promise import begun
from ...runtime.rejections import process
from ..access import get
from ..array import Array
from ..callbacks import Callback, called_with
from ..conversions import text, typeof
from ..errors import Error
from ..fields import own_fields
from ..maths import Math
from ..missing import is_nullish
from ..obj import Obj
from ..promise import Promise
from ..throwing import as_thrown, caught
from .immer import current as current
from .immer import freeze as freeze
from .immer import isDraft as isDraft
from .immer import original as original
from .immer import produce
from .redux import applyMiddleware as applyMiddleware
from .redux import bindActionCreators as bindActionCreators
from .redux import combineReducers as combineReducers
from .redux import compose as compose
from .redux import createStore as createStore
from .redux import isPlainObject as isPlainObject
from .redux_thunk import withExtraArgument
from .reselect import createSelector as createSelector
from .toolkit_actions import ActionCreator
from .toolkit_actions import createAction as createAction
from .toolkit_actions import createReducer as createReducer
from .toolkit_actions import createSlice as createSlice
from .toolkit_actions import isAllOf as isAllOf
from .toolkit_actions import isAnyOf as isAnyOf
from .toolkit_actions import isAsyncThunkAction as isAsyncThunkAction
from .toolkit_actions import isFulfilled as isFulfilled
from .toolkit_actions import isPending as isPending
from .toolkit_actions import isRejected as isRejected

createDraftSafeSelector = createSelector
createNextState = produce
_LETTERS = "ModuleSymbhasOwnPr-0123456789ABCDEFGHNRVfgctiUvz_KqYTJkLxpZXIjQW"


def nanoid(size: int = 21) -> str:
    """A text of random letters."""
    return "".join(_LETTERS[int(Math.random() * 64)] for _ in range(int(size)))


# --- a store ---------------------------------------------------------------------------------------------------


def getDefaultMiddleware(options: Any = None) -> Any:
    """The middleware that a store has: thunks, with `{thunk: {extraArgument}}`."""
    thunk = get(options, "thunk")
    found: Any = Array() if thunk is False else Array([withExtraArgument(get(thunk, "extraArgument"))])
    found.prepend = lambda *others: Array([*_flat(others), *found])
    return found


def _flat(values: tuple[Any, ...]) -> list[Any]:
    return [each for value in values for each in (value if isinstance(value, Array) else [value])]


def configureStore(options: Any) -> Any:
    """A store: `{reducer, middleware, preloadedState, enhancers}`; reducers by name are combined."""
    reducer, middleware = options["reducer"], options["middleware"]
    if typeof(reducer) != "function":
        if not isPlainObject(reducer):
            raise Error('"reducer" is a required argument, and must be a function or an object of functions')
        reducer = combineReducers(reducer)
    if is_nullish(middleware):
        middleware = getDefaultMiddleware()
    elif typeof(middleware) == "function":
        middleware = called_with(middleware, (getDefaultMiddleware,))
        if not isinstance(middleware, Array):
            raise Error("when using a middleware builder function, an array of middleware must be returned")
    if any(typeof(each) != "function" for each in middleware):
        raise Error("each middleware provided to configureStore must be a function")
    enhancers, own = options["enhancers"], Array([applyMiddleware(*middleware)])
    if typeof(enhancers) == "function":
        own = called_with(enhancers, (own,))
    elif not is_nullish(enhancers):
        own = Array([*own, *enhancers])
    return createStore(reducer, options["preloadedState"], compose(*own))


# --- async thunks ----------------------------------------------------------------------------------------------


class _Rejected(Exception):
    """`rejectWithValue(payload)`: a thunk fails with this value."""

    def __init__(self, payload: Any, meta: Any) -> None:
        self.payload, self.meta = payload, meta


class _Fulfilled:
    """`fulfillWithValue(payload, meta)`: a thunk succeeds with more to tell."""

    def __init__(self, payload: Any, meta: Any) -> None:
        self.payload, self.meta = payload, meta


class ThunkPromise(Promise[Any]):
    """What the dispatch of a thunk gives: a promise of its last action, with `unwrap()` and `abort()`."""

    requestId: str
    arg: Any
    abort: Callable[..., None]

    def unwrap(self) -> Promise[Any]:
        """A promise of the payload, which is rejected as the thunk is."""
        return self.then(unwrapResult)


class AsyncThunk:
    """What `createAsyncThunk` gives: a function whose dispatch runs it, with the actions that tell of it."""

    def __init__(self, typePrefix: str, payloadCreator: Callback, options: Any) -> None:
        self.typePrefix = typePrefix
        self._create = payloadCreator
        self._options = options
        self.pending: ActionCreator = ActionCreator(f"{typePrefix}/pending", self._pending)
        self.fulfilled: ActionCreator = ActionCreator(f"{typePrefix}/fulfilled", self._fulfilled)
        self.rejected: ActionCreator = ActionCreator(f"{typePrefix}/rejected", self._rejected)

    def _pending(self, requestId: Any = None, arg: Any = None, meta: Any = None) -> Any:
        about = Obj(meta, arg=arg, requestId=requestId, requestStatus="pending")
        return Obj(payload=None, meta=about)

    def _fulfilled(self, payload: Any = None, requestId: Any = None, arg: Any = None, meta: Any = None) -> Any:
        return Obj(payload=payload, meta=Obj(meta, arg=arg, requestId=requestId, requestStatus="fulfilled"))

    def _rejected(
        self, error: Any = None, requestId: Any = None, arg: Any = None, payload: Any = None, meta: Any = None
    ) -> Any:
        name = get(error, "name")
        serialize = self._option("serializeError") or miniSerializeError
        about = Obj(
            meta, arg=arg, requestId=requestId, rejectedWithValue=bool(payload), requestStatus="rejected",
            aborted=name == "AbortError", condition=name == "ConditionError",
        )  # fmt: skip
        shown = called_with(serialize, ("Rejected" if is_nullish(error) else error,))
        return Obj(payload=payload, error=shown, meta=about)

    def _option(self, name: str) -> Any:
        return get(self._options, name)

    def __call__(self, arg: Any = None) -> Callable[..., ThunkPromise]:
        def thunk(dispatch: Callback, getState: Callback, extra: Any = None) -> ThunkPromise:
            make = self._option("idGenerator")
            run = _Run(self, arg, called_with(make, (arg,)) if make else nanoid(), (dispatch, getState, extra))
            inner = begun(run.result(), process)
            promise = ThunkPromise(lambda resolve, reject: inner.then(resolve, reject))
            promise.requestId, promise.arg, promise.abort = run.requestId, arg, run.abort
            return promise

        return thunk


class _Run:
    """One run of a thunk."""

    def __init__(self, thunk: AsyncThunk, arg: Any, requestId: str, store: tuple[Callback, Callback, Any]) -> None:
        self.thunk, self.arg, self.requestId = thunk, arg, requestId
        self.dispatch, self.getState, self.extra = store
        self.stop: Callback | None = None
        self.aborted: Any = None

    def abort(self, reason: Any = None) -> None:
        """Has the thunk fail at once. What it has begun goes on, and nobody hears of it."""
        self.aborted = Obj(name="AbortError", message="Aborted" if is_nullish(reason) else reason)
        if self.stop is not None:
            self.stop(self.aborted)

    async def result(self) -> Any:
        """The last action."""
        thunk = self.thunk
        try:
            action = await self._payload()
        except _Rejected as rejected:
            action = thunk.rejected(None, self.requestId, self.arg, rejected.payload, rejected.meta)
        except Exception as error:
            action = thunk.rejected(caught(error), self.requestId, self.arg)
        is_silent = action.type == thunk.rejected.type and action.meta.condition
        if not is_silent or thunk._option("dispatchConditionRejection"):
            self.dispatch(action)
        return action

    async def _payload(self) -> Any:
        thunk = self.thunk
        condition = thunk._option("condition")
        if condition:
            fits = called_with(condition, (self.arg, Obj(getState=self.getState, extra=self.extra)))
            fits = await fits if isinstance(fits, Promise) else fits
            if fits is False or self.aborted is not None:
                message = "Aborted due to condition callback returning false."
                raise as_thrown(Obj(name="ConditionError", message=message))
        meta = thunk._option("getPendingMeta")
        about = Obj(requestId=self.requestId, arg=self.arg)
        more = called_with(meta, (about, Obj(getState=self.getState, extra=self.extra))) if meta else None
        self.dispatch(thunk.pending(self.requestId, self.arg, more))
        given = await Promise.race([Promise(self._stopping), Promise.resolve(self._created())])
        if isinstance(given, _Rejected):
            raise given
        if isinstance(given, _Fulfilled):
            return thunk.fulfilled(given.payload, self.requestId, self.arg, given.meta)
        return thunk.fulfilled(given, self.requestId, self.arg)

    def _stopping(self, resolve: Callback, reject: Callback) -> None:
        self.stop = reject
        if self.aborted is not None:
            reject(self.aborted)

    def _created(self) -> Any:
        api = Obj(
            dispatch=self.dispatch, getState=self.getState, extra=self.extra, requestId=self.requestId,
            abort=self.abort, rejectWithValue=lambda value=None, meta=None: _Rejected(value, meta),
            fulfillWithValue=lambda value=None, meta=None: _Fulfilled(value, meta),
        )  # fmt: skip
        return called_with(self.thunk._create, (self.arg, api))


def createAsyncThunk(typePrefix: str, payloadCreator: Callback, options: Any = None) -> AsyncThunk:
    """A thunk of what `payloadCreator(arg, api)` promises, with actions `pending`, `fulfilled` and `rejected`."""
    return AsyncThunk(typePrefix, payloadCreator, options)


def unwrapResult(action: Any) -> Any:
    """The payload of a thunk's last action; throws what it was rejected with."""
    if get(action, "meta", "rejectedWithValue"):
        raise as_thrown(action.payload)
    if not is_nullish(get(action, "error")):
        raise as_thrown(action.error)
    return get(action, "payload")


def miniSerializeError(value: Any = None) -> Any:
    """What an error has to tell, as an object: its `name`, `message`, `stack` and `code`, as far as they are texts."""
    if typeof(value) != "object" or is_nullish(value):
        return Obj(message=text(value))
    fields = own_fields(value)
    names = ("name", "message", "stack", "code")
    found = {name: fields[name] if name in fields else getattr(value, name, None) for name in names}
    return Obj({name: each for name, each in found.items() if isinstance(each, str)})
