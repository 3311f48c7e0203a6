"""React's hooks, for ported function components.

    count, set_count = use_state(0)
    use_effect(lambda: console.log(count), [count])

A component is a function that is called for each rendering, and its closures are those of that rendering, as in React
18. Called outside of a rendering, a hook is an `Error`. `set_count` has the component rendered once the code has run
that called it; effects run after that, those of changed dependencies (`Object.is`), all cleanups before all effects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from .callbacks import called_with
from .hooks_function import Context, Effect, Memo, Reducer, State, rendering
from .hooks_root import current_root
from .obj import Obj
from .unported import NotPorted

T = TypeVar("T")
Component = TypeVar("Component")


def use_state(initial: Any = None, /) -> tuple[Any, Callable[..., None]]:
    """A value that is kept between renderings, and the function that sets it.

    The function takes the new value, or a function that gives it for the present one. A function as `initial` is
    called for the first rendering.
    """
    state = rendering().slot(State, initial)
    return state.value, state.set


def use_reducer(
    reducer: Callable[..., Any], initial: Any = None, init: Callable[..., Any] | None = None, /
) -> tuple[Any, Callable[..., None]]:
    """A value that is kept between renderings, and the function that hands an action to `reducer(value, action)`."""
    state = rendering().slot(Reducer, initial, init)
    state.settle(reducer)
    return state.value, state.set


def use_effect(effect: Callable[..., Any], dependencies: Any = None, /) -> None:
    """Has `effect` run after the rendering, in a task of its own, if `dependencies` have changed or are not given.

    A function that it returns is called before it runs again, and when the component goes.
    """
    rendering().slot(Effect, "passive").settle(effect, dependencies)


def use_layout_effect(effect: Callable[..., Any], dependencies: Any = None, /) -> None:
    """As `use_effect`, and at once after the rendering."""
    rendering().slot(Effect, "layout").settle(effect, dependencies)


def use_memo(make: Callable[..., T], dependencies: Any = None, /) -> T:
    """What `make` has given, and gives again if one of `dependencies` has changed."""
    value: T = rendering().slot(Memo).settle(make, dependencies)
    return value


def use_callback(callback: T, dependencies: Any = None, /) -> T:
    """The `callback` of the rendering in which one of `dependencies` has changed last."""
    return use_memo(lambda: callback, dependencies)


def use_ref(initial: Any = None, /) -> Any:
    """An object with a field `current`, the same for each rendering; setting it renders nothing.

    That of an element keeps its first value: there are no elements.
    """
    return rendering().slot(Memo).settle(lambda: Obj(current=initial), ())


def create_context(default: Any = None, /, *, provided: bool = False) -> Context:
    """A context. `provided` says that a component of the program's gives it a value, so that `default` is not it."""
    return Context(default, provided=provided)


def use_context(context: Context, /) -> Any:
    """The context's value: what `mount` or the app's component has given for it, or else its default.

    `NotPorted` where the program has a component that provides it, which is not mounted.
    """
    root = rendering()
    found, value = context.value_for(root)
    if found or not context.provided:
        return value if found else context.default
    raise NotPorted("the component that provides this context is not mounted; mount(…, contexts={context: value})")


def provide(context: Context, value: Any, /) -> None:
    """`<Context.Provider value={…}>`: what the app's component gives to the pages."""
    current_root().provided[context] = value


def use_imperative_handle(ref: Any, make: Callable[..., Any], dependencies: Any = None, /) -> None:
    """Sets `ref.current`, or calls `ref`, with what `make` gives: what the component around may do with this one.

    `ref` is what `mount(…, ref=…)` was given.
    """

    def effect() -> Callable[[], None] | None:
        if ref is None:
            return None
        _set_ref(ref, called_with(make, ()))
        return lambda: _set_ref(ref, None)

    use_layout_effect(effect, None if dependencies is None else [*dependencies, ref])


def _set_ref(ref: Any, value: Any) -> None:
    if callable(ref):
        called_with(ref, (value,))
    else:
        ref.current = value


def create_ref() -> Any:
    """An object with a field `current`, which is None."""
    return Obj(current=None)


def forward_ref(component: Component, /) -> Component:
    """The component itself, whose function takes a ref behind its props."""
    return component


def memo(component: Component, compare: Any = None, /) -> Component:
    """The component itself: it is not rendered for its props' sake alone."""
    return component
