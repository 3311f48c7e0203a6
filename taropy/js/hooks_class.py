"""React's class components: `state`, `setState`, and the methods that hear of a component's life."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from types import FunctionType
from typing import Any

from ..runtime.jobs import in_a_loop
from ..runtime.life import methods_of
from .callbacks import called_with
from .hooks_root import Root
from .obj import Obj
from .object import Object
from .operators import same_value

_BY_MOUNTING = frozenset(["componentWillMount", "componentDidMount", "componentWillUnmount"])


class Component(Object):
    """The base of a ported class component, as React has it.

    `setState` merges fields into the next state, in a task of its own with all changes up to then; `render` gives the
    `view`. As a page of `taropy.App` (`component(Index)`) its methods are handlers, by Taro's names.
    """

    #: Which decorator the class had that was not ported, and its text: it is no page without it.
    __undecorated__: tuple[str, str] | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        """Has the methods, called outside an event loop, return when what they began has ended."""
        super().__init_subclass__(**options)
        for name, method in list(vars(cls).items()):
            if isinstance(method, FunctionType) and not name.startswith("__"):
                setattr(cls, name, _in_a_loop(method))

    def __init__(self, props: Any = None, *_: Any) -> None:
        self.props: Any = Obj() if props is None else props
        self.state: Any = None
        self.root: Root | None = None

    def setState(self, change: Any = None, callback: Callable[..., Any] | None = None, /, **fields: Any) -> None:
        """Changes the state: fields, or a function that gives them for the state and the props as they are then.

        Fields can be given by name, too: `self.setState(saved=True)`. `callback` is called when the component shows
        them. Nothing comes of it before it is mounted, nor after its end.
        """
        if isinstance(self.root, ClassRoot):
            self.root.change(Obj(change, fields) if fields else change, callback)

    def forceUpdate(self, callback: Callable[..., Any] | None = None) -> None:
        """Has it rendered, whatever `shouldComponentUpdate` says."""
        if isinstance(self.root, ClassRoot):
            self.root.change(None, callback, forced=True)

    def render(self) -> Any:
        """What it shows."""
        return None

    @property
    def view(self) -> Any:
        """What `render` has given last."""
        return self.root.view if self.root is not None else None

    def __fields__(self) -> Mapping[str, Any]:
        return {name: field for name, field in vars(self).items() if name != "root"}

    def __handlers__(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        """What it hears of as a page or as the app."""
        root = self.root = ClassRoot(self, self.props)
        yield "onLoad", lambda: root.begin_on(self.Taro._runtime)
        yield "onLaunch", lambda: root.begin_on(self.Taro._runtime)
        for event, method in methods_of(self):
            if method.__name__ not in _BY_MOUNTING:
                yield event, method
        yield "onUnload", root.unmount


class PureComponent(Component):
    """A component that is rendered only if a field of its state or its props has changed."""


class ClassRoot(Root):
    """A mounted class component."""

    view: Any

    def __init__(self, instance: Component, props: Any = None, **options: Any) -> None:
        super().__init__(props, **options)
        self.instance = instance
        self._changes: list[tuple[Any, Callable[..., Any] | None]] = []
        self._callbacks: list[Callable[..., Any]] = []
        self._forced = False
        self._before: tuple[Any, Any, Any] | None = None
        self._is_new = True

    def begin_on(self, runtime: Any) -> None:
        """Renders it for the first time, as a page or the app of a runtime."""
        self.runtime = runtime
        self.begin()

    def change(self, change: Any, callback: Callable[..., Any] | None, *, forced: bool = False) -> None:
        """Notes a change, for the next rendering."""
        if not self.ended:
            self._changes.append((change, callback))
            self._forced = self._forced or forced
            self.schedule()

    def rendered(self) -> bool:
        """Makes the changes that wait, and renders unless `shouldComponentUpdate` says no."""
        it, forced = self.instance, self._forced
        self._forced = False
        if self._is_new:
            it.state = self._derived(it.state)
            self._tell("componentWillMount")
            it.state = self._next_state()
            self.view = it.render()
            return True
        if self.props is not it.props:
            self._tell("componentWillReceiveProps", self.props)
        state = self._next_state()
        is_same = self.props is it.props and state is it.state
        state = it.state if is_same and not forced else self._derived(state)
        if not forced and (is_same or not self._is_due(state)):
            it.props, it.state = self.props, state
            self._call_back()
            return False
        self._tell("componentWillUpdate", self.props, state)
        before = it.props, it.state
        it.props, it.state = self.props, state
        self.view = it.render()
        self._before = (*before, self._tell("getSnapshotBeforeUpdate", *before))
        return True

    def committed(self) -> None:
        """Tells that it is mounted or changed, and calls back those who changed it."""
        if self._is_new:
            self._is_new = False
            self._tell("componentDidMount")
        elif self._before is not None:
            self._tell("componentDidUpdate", *self._before)
        self._call_back()

    def left(self) -> None:
        """Tells that it goes."""
        self._tell("componentWillUnmount")

    def tell(self, event: str, *arguments: Any) -> Any:
        """The same."""
        with in_a_loop():
            answers = [
                called_with(method, arguments)
                for heard, method in methods_of(self.instance)
                if heard == event and method.__name__ not in _BY_MOUNTING
            ]
        return answers[0] if answers else None

    def _next_state(self) -> Any:
        state = self.instance.state
        while self._changes:
            change, callback = self._changes.pop(0)
            if callback is not None:
                self._callbacks.append(callback)
            part = called_with(change, (state, self.props)) if callable(change) else change
            if part is not None:
                state = Obj({**(state or {}), **part})
        return state

    def _derived(self, state: Any) -> Any:
        derive = getattr(type(self.instance), "getDerivedStateFromProps", None)
        part = called_with(derive, (self.props, state)) if callable(derive) else None
        return state if part is None else Obj({**(state or {}), **part})

    def _is_due(self, state: Any) -> bool:
        it = self.instance
        asked = it.shouldComponentUpdate
        if callable(asked):
            return bool(called_with(asked, (self.props, state)))
        if isinstance(it, PureComponent):
            return not (_alike(it.props, self.props) and _alike(it.state, state))
        return True

    def _call_back(self) -> None:
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            called_with(callback, ())

    def _tell(self, name: str, *arguments: Any) -> Any:
        method = getattr(self.instance, name, None) or getattr(self.instance, f"UNSAFE_{name}", None)
        return called_with(method, arguments) if callable(method) else None


def _in_a_loop(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(*arguments: Any, **named: Any) -> Any:
        with in_a_loop():
            return method(*arguments, **named)

    return call


def _alike(one: Any, other: Any) -> bool:
    """Whether two objects have the same fields."""
    if one is other or one is None or other is None:
        return one is other
    return set(one) == set(other) and all(same_value(one[name], other[name]) for name in one)
