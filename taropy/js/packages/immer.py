"""immer 9: `produce`, which has a recipe change a draft, and gives a state that shares what was not changed.

A draft is a copy of the whole state, and what comes of it is compared with that: what equals it is it. So a change
that is taken back leaves the state as it was, where immer gives a new one. Drafts can be kept after the recipe has
ended, and are no part of the state then. Patches are not here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ...runtime.promise import Promise
from ..array import Array
from ..callbacks import Callback, called_with
from ..errors import Error
from ..maps import Map, Set
from ..missing import is_nullish, undefined
from ..obj import Obj
from ..object import Object
from ..object import freeze as _frozen_by_itself
from ..operators import same_value

T = TypeVar("T")

_BOTH = (
    "[Immer] An immer producer returned a new value *and* modified its draft. "
    "Either return a new value *or* modify the draft."
)

#: What a recipe returns for a state that is undefined.
nothing: Any = object()


class _Scope:
    """The drafts of one recipe, and what each is a copy of."""

    def __init__(self) -> None:
        self.drafts: dict[int, tuple[Any, Any]] = {}

    def draft(self, base: Any) -> Any:
        """A copy of a state, all of whose parts are copies."""
        made: Any
        if isinstance(base, Obj):
            made = Obj({key: self.draft(base[key]) for key in base})
        elif isinstance(base, Array):
            made = Array([self.draft(item) for item in list.__iter__(base)])
        elif isinstance(base, Map):
            made = Map([[key, self.draft(value)] for key, value in base])
        elif isinstance(base, Set):
            made = Set([self.draft(value) for value in base])
        else:
            return base
        self.drafts[id(made)] = made, base
        return made

    def finished(self, value: Any, seen: dict[int, Any]) -> Any:
        """What a draft has become: what it is a copy of, where it is still the same. `seen` are those done already."""
        if not isDraftable(value) or id(value) in seen:
            return seen.get(id(value), value)
        seen[id(value)] = value
        known = self.drafts.get(id(value))
        if known is None and Object.isFrozen(value):
            return value
        self._finish_parts(value, seen)
        if known is not None and _are_alike(value, known[1]):
            seen[id(value)] = known[1]
        return seen[id(value)]

    def _finish_parts(self, value: Any, seen: dict[int, Any]) -> None:
        if isinstance(value, Set):
            parts = [*value]
            value.clear()
            for part in parts:
                value.add(self.finished(part, seen))
        elif isinstance(value, Map):
            for key, part in [*value]:
                value.set(key, self.finished(part, seen))
        else:
            for key, part in [*enumerate(list.__iter__(value))] if isinstance(value, Array) else _items(value):
                done = self.finished(part, seen)
                if done is not part:
                    value[key] = done


_scopes: list[_Scope] = []
_freezes: list[bool] = [True]


def produce(base: Any = None, recipe: Any = None, listener: Any = None) -> Any:
    """The state that comes of `recipe(draft)`, which changes the draft or returns another state; frozen.

    Without a state, a function that does so with the state it is given: `produce(recipe)`, `produce(recipe, initial)`.
    """
    if callable(base) and not callable(recipe):
        return lambda state=None, *more: _produced(recipe if is_nullish(state) else state, base, more)
    if not callable(recipe):
        raise Error("[Immer] The first or second argument to `produce` must be a function")
    if not is_nullish(listener):
        raise Error("patches of immer's are not ported")
    return _produced(base, recipe, ())


def _produced(base: Any, recipe: Callback, more: tuple[Any, ...]) -> Any:
    scope = _Scope()
    draft = scope.draft(base)
    _scopes.append(scope)
    try:
        given = called_with(recipe, (draft, *more))
    finally:
        _scopes.remove(scope)
    if isinstance(given, Promise):
        return given.then(lambda value: _ended(scope, base, draft, value))
    return _ended(scope, base, draft, given)


def _ended(scope: _Scope, base: Any, draft: Any, given: Any) -> Any:
    if given is nothing:
        return undefined
    if is_nullish(given) or given is draft:
        made = scope.finished(draft, {})
    else:
        if scope.finished(draft, {}) is not base and isDraftable(base):
            raise Error(_BOTH)
        made = scope.finished(given, {})
    return _frozen(made, set()) if _freezes[0] else made


def _are_alike(one: Any, other: Any) -> bool:
    """Whether two have the same parts in the same order."""
    if isinstance(one, Array):
        return len(one) == len(other) and all(map(same_value, list.__iter__(one), list.__iter__(other)))
    left, right = (_items(one), _items(other)) if isinstance(one, Obj) else ([*one], [*other])
    if isinstance(one, Set):
        return len(left) == len(right) and all(map(same_value, left, right))
    return len(left) == len(right) and all(
        key == key_ and same_value(value, value_) for (key, value), (key_, value_) in zip(left, right, strict=True)
    )


def _items(value: Obj) -> list[tuple[Any, Any]]:
    return [(key, value[key]) for key in value]


def _frozen(value: Any, seen: set[int]) -> Any:
    """The value, which can't be changed any more, nor any part of it."""
    if not isinstance(value, Obj | Array) or id(value) in seen or Object.isFrozen(value):
        return value
    seen.add(id(value))
    for part in list.__iter__(value) if isinstance(value, Array) else [value[key] for key in value]:
        _frozen(part, seen)
    return _frozen_by_itself(value)


def isDraft(value: Any = None) -> bool:
    """Whether it is a draft, or a part of one, of a recipe that has not ended."""
    return any(id(value) in scope.drafts for scope in _scopes)


def isDraftable(value: Any = None) -> bool:
    """Whether there are drafts of it: an object, an array, a map or a set."""
    return isinstance(value, Obj | Array | Map | Set)


def original(value: Any) -> Any:
    """What a draft is of, without its changes. `Error` for what is none."""
    for scope in _scopes:
        if id(value) in scope.drafts:
            return scope.drafts[id(value)][1]
    raise Error(f"[Immer] 'original' expects a draft, got: {value}")


def current(value: Any) -> Any:
    """A draft as it is now, in an object of its own. `Error` for what is none."""
    if not isDraft(value):
        raise Error(f"[Immer] 'current' expects a draft, got: {value}")
    return _Scope().draft(value)


def castDraft(value: T) -> T:
    """The value: it says something to TypeScript."""
    return value


castImmutable: Callable[[Any], Any] = castDraft


def setAutoFreeze(freezes: bool) -> None:
    """Whether what `produce` gives can be changed from now on."""
    _freezes[0] = bool(freezes)


def freeze(value: T, deep: bool = False) -> T:
    """Has every change of it be a `TypeError`, if `deep` of all its parts too."""
    return _frozen(value, set()) if deep else _frozen_by_itself(value)


def enableMapSet() -> None:
    """Maps and sets have drafts already."""


enableES5: Callable[[], None] = enableMapSet
enableAllPlugins: Callable[[], None] = enableMapSet
