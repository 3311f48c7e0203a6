"""A runtime as ported programs see it: the same platform, host and state, with values of `taropy.js`.

Results, events and what callbacks get are `Obj`s and `Array`s; options and arguments may be; a failed call is rejected
with the object that JavaScript has for it. The conversion stands where the runtime loads results anyway, so that it
takes no job of its own, and the order of things stays JavaScript's. Listeners, managers and interceptors are a view's
own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, wraps
from typing import Any

from ..models.loading import Load
from ..runtime.binding import Binding
from ..runtime.bound import Runtime
from ..runtime.current import Current
from ..runtime.errors import Cancelled, Rejected, TaroError
from ..runtime.hooks import HOOKS
from ..runtime.interceptors import Link
from ..runtime.listeners import BindMethod
from ..runtime.promise import Promise
from ..runtime.shapes import Shape
from ..spec import Member, Type
from .border import hearing, to_js, to_python
from .errors import Thrown
from .printing import console

#: Taro's own functions whose callbacks are told something of the runtime's.
_TOLD = frozenset({*HOOKS, "offUnhandledRejection", "onUnhandledRejection"})
#: Those that hand a program's values through to the program itself.
_HANDED_THROUGH = frozenset({"addInterceptor", "interceptorify", "nextTick"})


class ProgramBinding(Binding):
    """A function whose failures are what a program reads: the native error object."""

    def error(self, native: Any) -> TaroError:
        """What the call is rejected with: it carries the object that `.catch` and `fail` get."""
        failure = super().error(native)
        if isinstance(failure, Rejected | Cancelled):
            return failure
        thrown = Thrown(to_js(dict(failure)))
        thrown.api, thrown.platform = failure.api, failure.platform
        thrown.__cause__ = failure.__cause__
        return thrown


class _OfTheWhole:
    """What a runtime and its view have in common, and may change: it is read and set on the runtime."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, view: View, kind: type | None = None) -> Any:
        return getattr(view.whole, self._name)

    def __set__(self, view: View, value: Any) -> None:
        setattr(view.whole, self._name, value)


class View(Runtime):
    """A runtime, seen by programs whose values are those of `taropy.js`."""

    binding_type: type[Binding] = ProgramBinding

    def __init__(self, whole: Runtime) -> None:
        self.whole: Runtime = whole
        shared = ("taro", "known", "host", "patience", "home", "observe", "open")
        vars(self).update({name: getattr(whole, name) for name in shared}, views=[])
        whole.views.append(self)

    events: Any = _OfTheWhole()
    current: Any = _OfTheWhole()
    options: Any = _OfTheWhole()
    px: Any = _OfTheWhole()
    rejection_listeners: Any = _OfTheWhole()
    setup: Any = _OfTheWhole()
    leave_app: Any = _OfTheWhole()

    def bind(self, name: str) -> Any:
        """The member, as a ported program uses it."""
        bound = super().bind(name)
        if not callable(bound) or name in _HANDED_THROUGH or isinstance(bound, type):
            return shown(bound)
        return _telling(bound) if name in _TOLD else _taking(bound)

    def method_binder(self, kind: str, method: Member) -> BindMethod:
        """What makes of a manager's method the one that a ported program uses."""
        bind = super().method_binder(kind, method)
        return lambda native, listeners: _taking(bind(native, listeners))

    def loader(self, type_: Type) -> Load:
        """The function that turns a native value into a program's."""
        load = super().loader(type_)
        return lambda value: to_js(load(value))

    def _binding(self, shape: Shape, native: Callable[..., Any]) -> Binding:
        binding = super()._binding(shape, native)
        if shape.load is not None:  # there are no managers in it, and a model of it is not needed
            binding.load_by(to_js)
        return binding

    @cached_property
    def link(self) -> Link:
        """The interceptors of ported programs."""
        link = super().link
        program = _ProgramLink(link._send, link._task_methods, link._lacking)
        program.clock = link.clock
        return program


class _ProgramLink(Link):
    """Interceptors that get the options as an object, and may give them on as one."""

    def __init__(self, send: Callable[..., Promise[Any]], *of_tasks: Any) -> None:
        super().__init__(_taking(send), *of_tasks)
        self.log = console.log

    def _begin(self, params: Mapping[str, Any]) -> Promise[Any]:
        return super()._begin(to_js(params))


def _taking(call: Callable[..., Any]) -> Callable[..., Any]:
    """A function that takes a program's values, and gives them."""

    @wraps(call)
    def taken(*arguments: Any, **named: Any) -> Any:
        if arguments:
            arguments = tuple([_given(argument) for argument in arguments])
        value = call(*arguments, **_given(named)) if named else call(*arguments)
        return value if isinstance(value, Promise) else shown(value)

    return taken


def _given(argument: Any) -> Any:
    """An argument as the runtime takes it; if it is options, with callbacks that are told what a program reads."""
    given = to_python(argument)
    if type(given) is dict:
        for name in ("fail", "complete"):
            if name in given and callable(given[name]):
                given[name] = hearing(given[name])
    return given


def shown(value: Any) -> Any:
    """What the runtime gives, as a program reads it; what is in front as it is now."""
    return to_js(vars(value) if isinstance(value, Current) else value)


def _telling(call: Callable[..., Any]) -> Callable[..., Any]:
    """A function that takes a callback, which is told something in a program's values."""

    @wraps(call)
    def taken(callback: Any = None) -> Any:
        return call(hearing(callback) if callable(callback) else callback)

    return taken


def view_of(runtime: Runtime) -> View:
    """The view of a runtime, of which there is one."""
    return next((view for view in runtime.views if isinstance(view, View)), None) or View(runtime)
