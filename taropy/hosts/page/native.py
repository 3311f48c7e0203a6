"""The native object of a page: its attributes are the functions of the page's `Taro`, or `wx`, or `my`."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from functools import partial
from typing import Any

from ...runtime.errors import TaroError
from ...runtime.listeners import identity
from ...spec import CALLBACKS
from ...undoing import undone_by
from ..given_tasks import GivenTask, given_tasks
from ..js_values import JsError
from .apps import Apps
from .bridge import Bridge
from .direct import Direct
from .objects import FUNCTION, call, without_callbacks
from .pending import Callback, CallbackNumber, Coming, Told, Waiter
from .recording import Recorder, Recording

_LISTENS = re.compile("on[A-Z]").match
API = 0


class PageNative:
    """What the page has. A name that it does not have is no attribute."""

    def __init__(self, bridge: Bridge, apps: Apps) -> None:
        self._bridge = bridge
        self._apps = apps

    def __getattr__(self, name: str) -> Any:
        kind = None if name.startswith("_") else self._members(name).get(name)
        if kind is None:
            raise AttributeError(f"the page has no {name!r}")
        if name in ("getApp", "getCurrentPages"):
            return partial(self._of_the_app, name)
        if name == "navigateTo":
            return self._navigate_to
        if kind != FUNCTION:
            return self._bridge.ask(name, "get", API, name)
        given = given_tasks(name)
        if given is not None:
            return partial(_call_with_task, self._bridge, name, given)
        return partial(call, self._bridge, API, name, None)

    def _of_the_app(self, name: str, *arguments: Any) -> Any:
        """The program's own objects, if it has launched an app; else the page's."""
        running = self._apps.running
        if running is None:
            return call(self._bridge, API, name, None, *arguments)
        return running.app if name == "getApp" else running.current_pages

    def _navigate_to(self, options: Any = None, *rest: Any) -> Any:
        if isinstance(options, dict):
            told = {each: self._apps.opened(options[each]) for each in CALLBACKS if callable(options.get(each))}
            options = {**options, **told}
        return call(self._bridge, API, "navigateTo", None, options, *rest)

    def _members(self, wanted: str) -> Mapping[str, int]:
        """What the page has; a `TaroError` of the function that is wanted if there is no page to ask."""
        try:
            return self._bridge.page().members or {}
        except JsError as error:
            raise TaroError(f"{wanted}:fail {error}", api=wanted) from None

    def direct(self, recorder: Recorder | None = None) -> Direct:
        """The page's own functions to the letter; a `recorder` writes down what is done and comes."""
        made = Direct(self._bridge)
        if recorder is not None:
            made.listen(Recording(made, recorder))
        return made

    def __dir__(self) -> list[str]:
        return sorted(self._members("dir"))

    def __repr__(self) -> str:
        return "<the page's native object>"


def _call_with_task(bridge: Bridge, name: str, given: GivenTask, *arguments: Any) -> Any:
    """Calls a function that gives a task, whose listeners travel with the call: no event can come before them."""
    options = arguments[0] if arguments else None
    if not isinstance(options, dict) or not any(callable(options.get(each)) for each in CALLBACKS):
        return call(bridge, API, name, None, *arguments)
    early = {each: Callback() for each in given.listeners}
    numbers = {each: bridge.callback(callback) for each, callback in early.items()}
    heard = Early(bridge, early, numbers)
    task: Task | ComingTask = ComingTask(name, heard) if given.comes else Task(name, heard)
    part = bridge.expect(task.pending)
    call_ = Told(name, options, bridge.mail)
    told = [without_callbacks(options), *arguments[1:]], {"id": part, "on": numbers, "comes": given.comes}

    def undo() -> None:
        bridge.forget(numbers.values())
        bridge.expect_no_more(part)

    with undone_by(undo):
        bridge.post(call_, "options", API, name, *told, parts=(part,))
    return task


class Early:
    """The listeners that a task has from the start, and what each becomes: the first one that a program gives."""

    def __init__(self, bridge: Bridge, callbacks: Mapping[str, Callback], numbers: Mapping[str, int]) -> None:
        self.bridge = bridge
        self._callbacks = callbacks
        self._numbers = numbers
        self._free: set[str] = set()
        self._became: dict[str, Any] = {}

    def are(self, names: list[str]) -> None:
        """The task has these listeners."""
        self._free = {*names} & {*self._callbacks}
        self.bridge.forget(number for name, number in self._numbers.items() if name not in self._free)

    def method(self, name: str, native: Callable[..., Any]) -> Callable[..., Any]:
        """The task's method `native`, which knows of the listeners that are on it already."""
        if _LISTENS(name) and name in self._numbers:
            return partial(self._listen, name, native)
        return partial(self._stop, f"on{name[3:]}", native) if name.startswith("off") else native

    def _listen(self, name: str, native: Callable[..., Any], *arguments: Any) -> Any:
        if name not in self._free or not arguments or not callable(arguments[0]):
            return native(*arguments)
        self._free.discard(name)
        self._became[name] = identity(arguments[0])
        self._callbacks[name].become(self.bridge.mail, arguments[0])
        return None

    def _stop(self, name: str, native: Callable[..., Any], *arguments: Any) -> Any:
        if arguments and name in self._became and self._became[name] == identity(arguments[0]):
            return native(CallbackNumber(self._numbers[name]), *arguments[1:])
        return native(*arguments)


class _Listened:
    """A task in the page, whose early listeners are on it."""

    def __init__(self, early: Early) -> None:
        self._early = early

    def _target(self) -> Any:
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:
        target = None if name.startswith("__") else self._target()
        found = getattr(target, name)
        return self._early.method(name, found) if isinstance(found, partial) else found


class Task(_Listened):
    """The task that a call has returned, as soon as the page has told of it; asking for anything waits for that."""

    def __init__(self, name: str, early: Early) -> None:
        super().__init__(early)
        self.pending: _TaskWaiter = _TaskWaiter(name, early)

    def _target(self) -> Any:
        self._early.bridge.flush()  # the call itself may still wait for the end of this turn
        return self.pending.wait(self._early.bridge.patience)


class _TaskWaiter(Waiter):
    def __init__(self, name: str, early: Early) -> None:
        super().__init__(name)
        self._early = early

    def succeed(self, value: Any) -> None:
        self._early.are(value["heard"])
        super().succeed(value["task"])

    def fail(self, reason: Any) -> None:  # the call itself says why
        self._early.are([])
        super().succeed(None)


class ComingTask:
    """A task that comes by a promise: an `await` gives it."""

    def __init__(self, name: str, early: Early) -> None:
        self.pending: _TaskComing = _TaskComing(name, early)

    def __await__(self) -> Generator[Any, None, Any]:
        return self.pending.__await__()


class _TaskComing(Coming):
    def __init__(self, name: str, early: Early) -> None:
        super().__init__(name, early.bridge.mail)
        self._early = early

    def made(self, value: Any) -> Any:
        self._early.are(value["heard"])
        return ArrivedTask(value["task"], self._early)

    def fail(self, reason: Any) -> None:
        self._early.are([])
        super().fail(reason)


class ArrivedTask(_Listened):
    """A task that has come."""

    def __init__(self, task: Any, early: Early) -> None:
        super().__init__(early)
        self._task = task

    def _target(self) -> Any:
        return self._task
