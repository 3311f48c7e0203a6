"""A mounted function component: what its hooks keep from one rendering to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar
from weakref import WeakSet

from ..runtime.jobs import in_a_loop
from .callbacks import called_with
from .errors import Error
from .hooks_root import Root, current_root
from .operators import same_value

S = TypeVar("S")

#: So often a rendering that changes its own state begins anew.
_MOST_RENDERINGS = 25


def same_dependencies(before: Sequence[Any] | None, now: Sequence[Any] | None) -> bool:
    """Whether none of the dependencies has changed, by `Object.is`; without a list they always have."""
    if before is None or now is None or len(before) != len(now):
        return False
    return all(map(same_value, before, now))


class FunctionRoot(Root):
    """A mounted function component."""

    def __init__(self, function: Callable[..., Any], props: Any = None, **options: Any) -> None:
        super().__init__(props, **options)
        self._function = function
        #: Called with each event that it begins to hear of, and what hears of it.
        self.heard: Callable[[str, Callable[..., Any]], None] = lambda event, listener: None
        self._slots: list[Any] = []
        self._next = 0
        self._mounting = True
        self.rendering: bool = False
        #: Whether this rendering has found a changed state, or is made for another reason.
        self.changed: bool = True
        #: Whether changes wait for the next rendering; and whether React looks at the next one by rendering it.
        self.pending: bool = False
        self.stale: bool = False
        self._renewed = False
        self._flushing = False

    def slot(self, kind: Callable[..., S], *arguments: Any) -> S:
        """What the next hook of this rendering keeps; made in the first."""
        if self._next == len(self._slots):
            if not self._mounting:
                raise Error("Rendered more hooks than during the previous render.")
            self._slots.append(kind(self, *arguments))
        found: Any = self._slots[self._next]
        if type(found) is not kind:
            raise Error("React has detected a change in the order of Hooks called by a component.")
        self._next += 1
        if isinstance(found, State):
            found.settle()
        return found  # type: ignore[no-any-return]

    def change(self) -> None:
        """Notes that a state is to change: while it renders, the rendering begins anew."""
        if self.rendering:
            self._renewed = True
        else:
            self.pending = True
            self.schedule()

    def force(self) -> None:
        """Renders it soon, whether or not its own state has changed."""
        self.changed = True
        self.change()

    def update(self, props: Any) -> None:
        """The same; its function is called for other props."""
        self.changed = True
        super().update(props)

    def rendered(self) -> bool:
        """Calls the function, again as long as it sets its own state."""
        by_change, self.pending = self.pending, False
        count = 0
        while True:
            view = self._called()
            if not self._renewed:
                break
            self._renewed, count = False, count + 1
            if count > _MOST_RENDERINGS:
                raise Error("Too many re-renders. React limits the number of renders to prevent an infinite loop.")
        if self._next < len(self._slots):
            raise Error(
                "Rendered fewer hooks than expected. This may be caused by an accidental early return statement."
            )
        changed, self.changed, self._mounting = self.changed, False, False
        self.stale = changed and by_change
        if changed:
            self.view = view
        return changed

    def _called(self) -> Any:
        self._next, self.rendering = 0, True
        try:
            return called_with(self._function, (self.props, self.ref))
        finally:
            self.rendering = False

    # --- effects ---------------------------------------------------------------------------------------------------

    def _effects(self, kind: str) -> list[Effect]:
        return [slot for slot in self._slots if isinstance(slot, Effect) and slot.kind == kind]

    def committed(self) -> None:
        """Runs the layout effects; those that come later are queued."""
        _run(self._effects("layout"))
        if any(effect.waits for effect in self._effects("passive")):
            self._flushing = True
            if self._scheduled:
                self.flush()
            else:
                self.queue(self.flush)

    def flush(self) -> None:
        """Runs the effects that wait: all cleanups, and then all effects."""
        if self._flushing and not self.ended:
            self._flushing = False
            try:
                _run(self._effects("passive"))
            except BaseException as error:
                self.fail(error)

    def left(self) -> None:
        """Runs the cleanups."""
        _all_done([effect.clean for effect in [*self._effects("layout"), *self._effects("passive")]])

    # --- Taro's hooks ----------------------------------------------------------------------------------------------

    def add(self, event: str, handler: Callable[..., Any]) -> None:
        """The handler of this rendering takes the place of that of the one before."""
        self.slot(Listener, event).handler = handler

    def tell(self, event: str, *arguments: Any) -> Any:
        """The same."""
        heard = [slot for slot in self._slots if isinstance(slot, Listener) and slot.event == event]
        with in_a_loop():
            answers = [slot(*arguments) for slot in heard]
        return answers[0] if answers else None


def rendering() -> FunctionRoot:
    """The function component that is being rendered. `Error` if none is."""
    root = current_root()
    if not isinstance(root, FunctionRoot) or not root.rendering:
        raise Error("Invalid hook call. Hooks can only be called inside of the body of a function component.")
    return root


def _run(effects: list[Effect]) -> None:
    waiting = [effect for effect in effects if effect.waits]

    def run() -> None:
        for effect in waiting:
            effect.run()

    _all_done([*(effect.clean for effect in waiting), run])


def _all_done(steps: list[Callable[[], None]]) -> None:
    """Does all of them, also after one that raises; raises the first error in the end, which notes the others."""
    errors: list[BaseException] = []
    for step in steps:
        try:
            step()
        except Exception as error:
            errors.append(error)
    for later in errors[1:]:
        errors[0].add_note(f"And after that: {later!r}")
    if errors:
        raise errors[0]


# --- what hooks keep -----------------------------------------------------------------------------------------------


class State:
    """The state of `use_state`: its value in this rendering, and the changes that wait for the next one."""

    def __init__(self, root: FunctionRoot, initial: Any) -> None:
        self._root = root
        self.value: Any = called_with(initial, ()) if callable(initial) else initial
        #: The same function for all renderings.
        self.set: Callable[..., None] = self.dispatch
        #: What is to be done, and what is known already to come of it.
        self._changes: list[tuple[Any, tuple[Any, ...]]] = []

    def dispatch(self, change: Any = None) -> None:
        """Sets the value. What changes nothing renders nothing, where React sees that at once."""
        root = self._root
        if root.ended:
            return
        known: tuple[Any, ...] = ()
        if not root.rendering and not root.pending and not root.stale and self.is_eager:
            value = self.reduced(self.value, change)
            if same_value(value, self.value):
                return
            known = (value,)
        self._changes.append((change, known))
        root.change()

    is_eager = True

    def reduced(self, value: Any, change: Any) -> Any:
        """The value after a change."""
        return called_with(change, (value,)) if callable(change) else change

    def settle(self) -> None:
        """Makes the changes that wait."""
        value = self.value
        while self._changes:
            change, known = self._changes.pop(0)
            value = known[0] if known else self.reduced(value, change)
        if not same_value(value, self.value):
            self._root.changed = True
            self.value = value


class Reducer:
    """The state of `use_reducer`."""

    def __init__(self, root: FunctionRoot, initial: Any, init: Callable[..., Any] | None) -> None:
        self._root = root
        self.value: Any = initial if init is None else called_with(init, (initial,))
        #: The same function for all renderings.
        self.set: Callable[..., None] = self.dispatch
        self._actions: list[Any] = []

    def dispatch(self, action: Any = None) -> None:
        """Hands an action to the reducer of the next rendering."""
        if not self._root.ended:
            self._actions.append(action)
            self._root.change()

    def settle(self, reducer: Callable[..., Any]) -> None:
        """Hands it the actions that wait."""
        value = self.value
        while self._actions:
            value = called_with(reducer, (value, self._actions.pop(0)))
        if not same_value(value, self.value):
            self._root.changed = True
            self.value = value


class Effect:
    """An effect: whether it is to run, and what cleans up after it."""

    def __init__(self, root: FunctionRoot, kind: Literal["layout", "passive"]) -> None:
        self.kind: str = kind
        self.waits: bool = False
        self._dependencies: Sequence[Any] | None = None
        self._effect: Callable[..., Any] | None = None
        self._cleanup: Any = None

    def settle(self, effect: Callable[..., Any], dependencies: Sequence[Any] | None) -> None:
        """Has it run after this rendering, if its dependencies have changed."""
        if self._effect is None or not same_dependencies(self._dependencies, dependencies):
            self.waits = True
            self._effect = effect
        self._dependencies = dependencies

    def clean(self) -> None:
        """Calls what the effect returned."""
        cleanup, self._cleanup = self._cleanup, None
        if callable(cleanup):
            called_with(cleanup, ())

    def run(self) -> None:
        """Runs the effect."""
        self.waits = False
        self._cleanup = called_with(self._effect, ())


class Memo:
    """A value, and the dependencies that it was made for."""

    def __init__(self, root: FunctionRoot) -> None:
        self._made: tuple[Any, Sequence[Any] | None] | None = None

    def settle(self, make: Callable[..., Any], dependencies: Sequence[Any] | None) -> Any:
        """The value, made anew if the dependencies have changed."""
        if self._made is None or not same_dependencies(self._made[1], dependencies):
            self._made = called_with(make, ()), dependencies
        return self._made[0]


class Listener:
    """A hook of Taro's: what hears of an event is that of the last rendering."""

    def __init__(self, root: FunctionRoot, event: str) -> None:
        self.event: str = event
        self.handler: Callable[..., Any] = lambda: None
        root.heard(event, self)

    def __call__(self, *arguments: Any) -> Any:
        return called_with(self.handler, arguments)


class Context:
    """What components above give to those below."""

    def __init__(self, default: Any, *, provided: bool) -> None:
        self.default: Any = default
        self.provided: bool = provided
        self._readers: WeakSet[FunctionRoot] = WeakSet()
        self._shown: dict[int, Any] = {}

    @property
    def Provider(self) -> Context:
        """What a view gives the value with; views are not shown, and the context stands for it."""
        return self

    @property
    def Consumer(self) -> Context:
        """What a view reads the value with."""
        return self

    def value_for(self, root: FunctionRoot) -> tuple[bool, Any]:
        """Whether anything above has given a value, and which."""
        self._readers.add(root)
        for above in (root.given, root.above.provided if root.above else {}):
            if self in above:
                return True, above[self]
        return False, None

    def renew(self, root: FunctionRoot, value: Any) -> None:
        """Renders those below that read it, if the value is another one."""
        before = self._shown.get(id(root), value)
        self._shown[id(root)] = value
        if not same_value(before, value):
            for reader in list(self._readers):
                if reader is not root and reader.above is root:
                    reader.force()
