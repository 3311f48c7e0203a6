"""A component that is mounted, and when it is rendered: what React 18 does with a component that stands by itself.

A change of state has the component rendered anew in a task of its own, after the code that made the change, and all
changes up to then come in one rendering. Effects of a rendering run in a task after it, or before the next rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NoReturn

from ..runtime.current import Setup
from ..runtime.hooks import setting_up
from ..runtime.jobs import Answer, current_loop, in_a_loop, jobs_of
from ..runtime.promise import invoke
from ..runtime.rejections import Rejections
from .errors import Error
from .obj import Obj

#: So many renderings may follow each other at once.
_MOST_NESTED = 50


class Task(Answer):
    """Work that is queued as React's scheduler does it: after the jobs, in its order."""

    def __init__(self, work: Callable[[], None], home: Rejections) -> None:
        self._work = work
        self._home = home

    def deliver(self) -> None:
        """Does it; what it raises is reported as an unhandled rejection is."""
        invoke(self._work, self._home)


class Root:
    """A mounted component: `view` is what it has rendered last, `props` what it is given, `instance` a class object."""

    def __init__(
        self,
        props: Mapping[str, Any] | None = None,
        *,
        setup: Setup | None = None,
        contexts: Mapping[Any, Any] | None = None,
        ref: Any = None,
    ) -> None:
        self.props: Any = Obj(props or {})
        self.view: Any = None
        self.instance: Any = None
        self.ended: bool = False
        #: Called with each new view.
        self.shown: Callable[[Any], None] = lambda view: None
        self.ref: Any = ref
        self.given: dict[Any, Any] = dict(contexts or {})
        self.provided: dict[Any, Any] = {}
        self._setup: Setup = setup or Setup("page", "a component that is mounted by itself", self)
        self._scheduled = False
        self._committing = False
        self._nested = 0

    # What kinds of components do each in their own way.

    def rendered(self) -> bool:
        """Renders, and sets `view`; False if nothing came of it."""
        raise NotImplementedError

    def committed(self) -> None:
        """Runs what follows a rendering at once."""

    def left(self) -> None:
        """Runs what the end of the component brings."""

    def flush(self) -> None:
        """Runs the effects that are left to run."""

    # --- rendering -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Renders for the first time."""
        self._render()

    def schedule(self) -> None:
        """Has it rendered soon; at once if its changes came while a rendering was taken over."""
        if self.ended or self._scheduled:
            return
        self._scheduled = True
        if not self._committing:
            self.queue(self._turn)

    def queue(self, work: Callable[[], None]) -> None:
        """Has work done in a task; outside an event loop, before this returns."""
        with in_a_loop():
            jobs_of(current_loop()).add_answer(Task(work, self.runtime.home))

    def update(self, props: Mapping[str, Any]) -> None:
        """Gives it other props, as the component around it would, and renders it."""
        with in_a_loop():
            self.flush()
            self.props = Obj(props)
            self._render()

    def unmount(self) -> None:
        """Ends it: what it set up is taken down, and later changes of its state change nothing."""
        if self.ended:
            return
        self.ended = True
        with in_a_loop():
            self.left()

    def fail(self, error: BaseException) -> NoReturn:
        """Ends it for an error, which is raised; what fails on the way is noted with it."""
        try:
            self.unmount()
        except Exception as later:
            error.add_note(f"And when the component was taken down: {later!r}")
        raise error

    def _turn(self) -> None:
        if self.ended or not self._scheduled:
            return
        self.flush()
        self._scheduled = False
        self._render()

    def _render(self) -> None:
        try:
            with self._rendering():
                if not self.rendered():
                    return
            self._commit()
        except BaseException as error:
            self.fail(error)

    def _commit(self) -> None:
        self.shown(self.view)
        self._committing = True
        try:
            self.committed()
        finally:
            self._committing = False
        for context, value in self.provided.items():
            context.renew(self, value)
        if not self._scheduled:
            self._nested = 0
            return
        self._nested += 1
        if self._nested > _MOST_NESTED:
            raise Error("Maximum update depth exceeded.")
        self._turn()

    @contextmanager
    def _rendering(self) -> Iterator[None]:
        """Makes hooks, React's and Taro's, this component's."""
        global _current
        before, _current = _current, self
        try:
            with setting_up(self.runtime, self._setup):
                yield
        finally:
            _current = before

    # --- where it stands -------------------------------------------------------------------------------------------

    @cached_property
    def runtime(self) -> Any:
        """The runtime whose Taro the program uses, as far as it was not said."""
        from ..runtime.taro import process_taro

        return process_taro._runtime

    @property
    def above(self) -> Root | None:
        """The app's component."""
        root = getattr(self.runtime.current.app, "root", None)
        return root if isinstance(root, Root) and root is not self else None

    def tell(self, event: str, *arguments: Any) -> Any:
        """Tells a component that is mounted by itself of an event, `onShow`, `onPullDownRefresh`, …

        Gives what the first that hears of it returns.
        """
        raise NotImplementedError

    # --- Taro's hooks ----------------------------------------------------------------------------------------------

    def add(self, event: str, handler: Callable[..., Any]) -> None:
        """Hears of an event, as a hook of Taro's says that is called while the component renders."""
        raise Error(f"{event} is heard of by a class's method, not by a hook")

    def __repr__(self) -> str:
        return f"<mounted {'no more' if self.ended else repr(self.view)}>"


_current: Root | None = None


def current_root() -> Root:
    """The component that is being rendered. `Error` if none is."""
    if _current is None:
        raise Error("Invalid hook call. Hooks can only be called inside of the body of a function component.")
    return _current
