"""@reduxjs/toolkit 1.9: actions and reducers. Reducers change drafts, as immer has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..access import get
from ..callbacks import Callback, called_with
from ..conversions import text, typeof
from ..errors import Error
from ..missing import is_nullish
from ..obj import Obj
from ..object import Object
from .immer import isDraft, isDraftable, produce


class ActionCreator:
    """What `createAction` gives: a function that makes actions of a type, which is its text too."""

    def __init__(self, type_: Any, prepare: Callback | None = None) -> None:
        self.type: str = text(type_)
        self._prepare = prepare

    def __call__(self, *arguments: Any) -> Any:
        if self._prepare is None:
            return Obj(type=self.type, payload=arguments[0] if arguments else None)
        prepared = called_with(self._prepare, arguments) if arguments else self._prepare()
        if is_nullish(prepared):
            raise Error("prepareAction did not return an object")
        kept = {key: prepared[key] for key in ("meta", "error") if key in prepared}
        return Obj(type=self.type, payload=prepared["payload"], **kept)

    def match(self, action: Any = None) -> bool:
        """Whether an action is of its type."""
        return bool(get(action, "type") == self.type)

    def toString(self) -> str:
        """The type."""
        return self.type


def createAction(type_: Any = None, prepareAction: Callback | None = None) -> ActionCreator:
    """A function that makes actions of a type: of its argument as `payload`, or of what `prepareAction` returns."""
    return ActionCreator(type_, prepareAction)


class Builder:
    """What `extraReducers` is given: which reducers are for which actions."""

    def __init__(self) -> None:
        self.cases: dict[str, Callback] = {}
        self.matchers: list[tuple[Any, Callback]] = []
        self.default: Callback | None = None

    def addCase(self, typeOrActionCreator: Any, reducer: Callback) -> Builder:
        """A reducer for one type. `Error` if there is one, or if others than types came before."""
        if self.matchers or self.default is not None:
            raise Error("`builder.addCase` should only be called before calling `builder.addMatcher` and "
                        "`builder.addDefaultCase`")  # fmt: skip
        type_ = get(typeOrActionCreator, "type") if typeof(typeOrActionCreator) != "string" else typeOrActionCreator
        if not type_:
            raise Error("`builder.addCase` cannot be called with an empty action type")
        if type_ in self.cases:
            raise Error("addCase cannot be called with two reducers for the same action type")
        self.cases[text(type_)] = reducer
        return self

    def addMatcher(self, matcher: Any, reducer: Callback) -> Builder:
        """A reducer for all actions that a function says yes to."""
        if self.default is not None:
            raise Error("`builder.addMatcher` should only be called before calling `builder.addDefaultCase`")
        self.matchers.append((matcher, reducer))
        return self

    def addDefaultCase(self, reducer: Callback) -> Builder:
        """A reducer for actions that no other is for."""
        if self.default is not None:
            raise Error("`builder.addDefaultCase` can only be called once")
        self.default = reducer
        return self


def built(description: Any) -> Builder:
    """The reducers that a function adds, or that an object has by type."""
    builder = Builder()
    if typeof(description) == "function":
        called_with(description, (builder,))
    elif not is_nullish(description):
        builder.cases = {text(key): description[key] for key in Object.keys(description)}
    return builder


def reducer_of(initial: Callable[[], Any], builder: Builder) -> Callable[..., Any]:
    """The function of state and action that goes by what is built."""

    def reducer(state: Any = None, action: Any = None) -> Any:
        state = initial() if is_nullish(state) else state
        found = [builder.cases.get(text(get(action, "type")))]
        found += [each for matcher, each in builder.matchers if called_with(_matching(matcher), (action,))]
        reducers = [each for each in found if each is not None]
        if not reducers and builder.default is not None:
            reducers = [builder.default]
        for each in reducers:
            state = _reduced(each, state, action)
        return state

    reducer.getInitialState = initial  # type: ignore[attr-defined]
    reducer.may_be_null = initial() is None  # type: ignore[attr-defined]
    return reducer


def _reduced(reducer: Callback, state: Any, action: Any) -> Any:
    if isDraftable(state) and not isDraft(state):
        return produce(state, lambda draft: called_with(reducer, (draft, action)))
    result = called_with(reducer, (state, action))
    if not is_nullish(result) or state is None or isDraft(state):
        return state if is_nullish(result) else result
    raise Error("A case reducer on a non-draftable value must not return undefined")


def createReducer(initialState: Any, description: Any = None) -> Callable[..., Any]:
    """A reducer of a state; `description(builder)` says which reducers are for which actions."""
    return reducer_of(initial_of(initialState), built(description))


def initial_of(state: Any) -> Callable[[], Any]:
    """A function that gives the state to begin with, frozen; of a function, what that returns."""
    if typeof(state) == "function":
        return lambda: _still(state())
    kept = _still(state)
    return lambda: kept


def _still(state: Any) -> Any:
    return produce(state, lambda draft: None) if isDraftable(state) else state


class Slice:
    """What `createSlice` gives: its `name`, `reducer`, `actions`, `caseReducers` and `getInitialState`."""

    def __init__(self, options: Any) -> None:
        self.name: str = options["name"]
        if not self.name:
            raise Error("`name` is a required option for createSlice")
        self.caseReducers: Any = Obj()
        self.actions: Any = Obj()
        self.getInitialState: Callable[[], Any] = initial_of(options["initialState"])
        cases: dict[str, Callback] = {}
        reducers = options["reducers"] or Obj()
        for key in Object.keys(reducers):
            case, type_ = reducers[key], f"{self.name}/{key}"
            prepare = case["prepare"] if isinstance(case, Mapping) else None
            reducer = case["reducer"] if isinstance(case, Mapping) else case
            self.caseReducers[key] = cases[type_] = reducer
            self.actions[key] = ActionCreator(type_, prepare)
        self._cases = cases
        self._extra = options["extraReducers"]
        self.reducer: Callable[..., Any] = self._reducer_later()

    def _reducer_later(self) -> Callable[..., Any]:
        """The reducer; its cases are added when it is first called, so that slices may name each other."""
        made: list[Callable[..., Any]] = []

        def reducer(state: Any = None, action: Any = None) -> Any:
            if not made:
                extra = built(self._extra)
                extra.cases = {**extra.cases, **self._cases}
                made.append(reducer_of(self.getInitialState, extra))
            return made[0](state, action)

        reducer.getInitialState = self.getInitialState  # type: ignore[attr-defined]
        reducer.may_be_null = self.getInitialState() is None  # type: ignore[attr-defined]
        return reducer


def createSlice(options: Any) -> Slice:
    """A part of the state: `{name, initialState, reducers, extraReducers}` gives its reducer, and actions by name."""
    return Slice(options)


# --- asking about actions --------------------------------------------------------------------------------------


def _matching(matcher: Any) -> Callback:
    found = getattr(matcher, "match", None)
    return found if callable(found) else matcher  # type: ignore[no-any-return]


def isAnyOf(*matchers: Any) -> Callable[..., bool]:
    """A function that says whether any of them knows an action."""
    return lambda action=None: any(called_with(_matching(each), (action,)) for each in matchers)


def isAllOf(*matchers: Any) -> Callable[..., bool]:
    """A function that says whether all of them know an action."""
    return lambda action=None: all(called_with(_matching(each), (action,)) for each in matchers)


def of_status(statuses: tuple[str, ...], thunks: tuple[Any, ...]) -> Any:
    """A function that says whether an action tells of such a step of one of the thunks, or of any if there is none."""
    if len(thunks) == 1 and not callable(thunks[0]):
        return of_status(statuses, ())(thunks[0])

    def fits(action: Any = None) -> bool:
        meta = get(action, "meta")
        if not thunks:
            return isinstance(get(meta, "requestId"), str) and get(meta, "requestStatus") in statuses
        return any(getattr(thunk, status).match(action) for thunk in thunks for status in statuses)

    return fits


def isPending(*thunks: Any) -> Any:
    """A function that says whether an action tells that one of the thunks has begun; of an action the answer."""
    return of_status(("pending",), thunks)


def isFulfilled(*thunks: Any) -> Any:
    """The same of those that have succeeded."""
    return of_status(("fulfilled",), thunks)


def isRejected(*thunks: Any) -> Any:
    """The same of those that have failed."""
    return of_status(("rejected",), thunks)


def isAsyncThunkAction(*thunks: Any) -> Any:
    """The same of all their steps."""
    return of_status(("pending", "fulfilled", "rejected"), thunks)
