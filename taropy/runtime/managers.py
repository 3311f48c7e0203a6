"""The objects that a native object hands out, as programs use them: managers, contexts, tasks.

A `FileSystemManager` or a `SocketTask` is called like Taro itself: options as a dict, as keyword arguments or as their
class; checked before the native object sees them; results as models, failures as `TaroError`. Its properties are the
native object's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import cache, cached_property, wraps
from typing import TYPE_CHECKING, Any, NoReturn, SupportsIndex
from weakref import WeakValueDictionary

from .. import spec
from ..hints import no_attribute, tell_slip
from ..loops import under_way
from ..models.record import record
from ..signatures import accepted, called
from ..spec import Field, Function, Intersection, Member, Param, Primitive, Ref, Signature, Type
from .channels import EventChannel
from .jobs import in_a_loop, own_loop, running_loop
from .listeners import BindMethod, Listeners, identity
from .own import gives_itself
from .promise import invoke
from .shapes import Form, form_of

if TYPE_CHECKING:
    from ..models.loading import Load
    from .errors import Reason
    from .faces import Runtime

#: What Python cannot say, by what programs write in its place: `query.in_(page)`.
KEYWORDS: Mapping[str, str] = {"in_": "in"}


class Managers:
    """The managers of one runtime: each native object has one, as long as the program holds it."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self._known: WeakValueDictionary[int, Manager | EventChannel] = WeakValueDictionary()
        #: The fields of programs' own, by the kind of the manager, that are no slips of its names.
        self.passed: set[tuple[str, str]] = set()
        self._ways: dict[tuple[str, str], _Way] = {}

    def wrap(self, kind: str, native: Any) -> Any:
        """The manager over a native object that the declarations call `kind`; what is no such object stays."""
        if isinstance(native, _NO_MANAGER):
            return native
        if isinstance(native, Mapping):
            return record(native)
        known = self._known.get(id(native))
        if known is None:
            known = self._known[id(native)] = self._make(kind, native)
        return known

    def way(self, kind: str, method: Member) -> _Way:
        """How managers of this kind get the method: programs hold many of some kinds, each for a call or two."""
        way = self._ways.get((kind, method.name))
        if way is None:
            way = self._ways[kind, method.name] = _Way(self.runtime, kind, method)
        return way

    def _make(self, kind: str, native: Any) -> Manager | EventChannel:
        if kind == "EventChannel" and hasattr(native, "on") and self.runtime.lack_of_field(kind, "on") is None:
            return EventChannel(native, self.runtime)
        return Manager(self, kind, native)


class Manager:
    """One native manager. Its methods are bound when they are first used, and kept."""

    _managers: Managers
    _kind: str
    _native: Any

    def __init__(self, managers: Managers, kind: str, native: Any) -> None:
        self.__dict__.update(_managers=managers, _kind=kind, _native=native)

    @cached_property
    def _listeners(self) -> Listeners:
        return Listeners(self._managers.runtime.home)

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(f"a {self._kind} can't be pickled or copied; the program that needs one asks Taro for its own")

    def __deepcopy__(self, memo: object) -> NoReturn:
        self.__reduce_ex__(0)

    def __getattr__(self, name: str) -> Any:
        if name == "_kind":  # of an object that nobody has made: every other name would ask for it for ever
            raise no_attribute("a manager is given out by Taro")
        native_name = KEYWORDS.get(name, name)
        method = methods_of(self._kind).get(native_name)
        if method is None or name.startswith("_"):
            return self._property(name)
        bound = self.__dict__[name] = self._bind(method)
        return bound

    def __setattr__(self, name: str, value: Any) -> None:
        """A property of the native object is set there, as programs set `audio.src`; all else is kept here."""
        if name not in methods_of(self._kind) and self._has_property(name):
            _acting(self._native, setattr)(self._native, name, native_of(value))
            return
        if (self._kind, name) not in self._managers.passed:
            self._look_at(name)
        self.__dict__[name] = value

    def _look_at(self, name: str) -> None:
        """Warns of a slip of a name that the object has, each time; of others it is known then that they are none."""
        if not tell_slip(self._kind, name, frozenset(each for each in dir(self) if not each.startswith("_"))):
            self._managers.passed.add((self._kind, name))

    def _has_property(self, name: str) -> bool:
        return name in spec.fields_of(Ref(self._kind)) or hasattr(self._native, name)

    def __eq__(self, other: object) -> bool:
        return self is other or self._native is native_of(other)

    def __hash__(self) -> int:
        return id(self._native)

    def _property(self, name: str) -> Any:
        value = getattr(self._native, name)
        field = spec.fields_of(Ref(self._kind)).get(name)
        return value if field is None else self._managers.runtime.loader(field.type)(value)

    def _bind(self, method: Member) -> Callable[..., Any]:
        way, native = self._managers.way(self._kind, method), getattr(self._native, method.name, None)
        if native is None or way.lack is not None:
            return self._managers.runtime.unsupported_method(self._kind, method.name, way.lack or "host")
        native = way.loading(_acting(self._native, native))
        call = way.bind(native, self._listeners if way.takes_listener else None)
        return self._giving_itself(call) if way.gives_itself else call

    def _giving_itself(self, call: Callable[..., Any]) -> Callable[..., Manager]:
        @wraps(call)
        def chained(*arguments: Any, **named: Any) -> Manager:
            call(*arguments, **named)
            return self

        return chained

    def __dir__(self) -> list[str]:
        fields = spec.fields_of(Ref(self._kind))
        known = self._managers.runtime.known
        lacking = {name for name, field in fields.items() if field.platforms is not None and not known.has_field(field)}
        return sorted({*fields, *dir(self._native)} - lacking)

    def __repr__(self) -> str:
        return f"<{', '.join([f'{self._kind} on {self._managers.runtime.platform.name}', *self._said()])}>"

    def _said(self) -> list[str]:
        """What the native object says of its state, if it does; a repr raises nothing."""
        try:
            return list(self._native.in_words())
        except Exception:
            return []


def with_fields(task: Any, fields: Mapping[str, Any]) -> Any:
    """A task of the program with these fields beside its own; the native object behind it stays as it is."""
    if isinstance(task, Manager):
        kept = {name: record(value) for name, value in fields.items() if not hasattr(task._native, name)}
        task.__dict__.update(kept)
    return task


def native_of(value: Any) -> Any:
    """The native object behind a manager; any other value is its own."""
    return value._native if isinstance(value, Manager) else value


@cache
def methods_of(kind: str) -> Mapping[str, Member]:
    """The methods of a manager, inherited ones included."""
    own = spec.type_def(kind).methods
    fields = spec.fields_of(Ref(kind))
    return {name: own.get(name) or _method(field) for name, field in fields.items() if _functions(field)}


def _method(field: Field) -> Member:
    signatures = tuple(Signature(each.params, each.returns) for each in _functions(field))
    return Member(field.name, "", is_function=True, signatures=signatures)


def _functions(field: Field) -> list[Function]:
    """The ways to call what a field holds, of which an overloaded method has several; empty if it is no function."""
    items = field.type.items if isinstance(field.type, Intersection) else (field.type,)
    return [item for item in items if isinstance(item, Function)]


_NO_MANAGER = (Manager, str, int, float, bool, bytes, list, tuple, type(None))


def _acting(native: Any, call: Callable[..., Any]) -> Callable[..., Any]:
    """`call`, made inside an event loop wherever the program is, if the native object says so by `in_loop`.

    Outside any loop it returns when what it has begun is ready, as a sound that is loaded.
    """
    if getattr(native, "in_loop", None) is not True:
        return call

    @wraps(call)
    def act(*arguments: Any) -> Any:
        if running_loop() is not None:
            return call(*arguments)
        with in_a_loop():
            result = call(*arguments)
        own_loop().run_until_complete(_until_begun())
        return result

    return act


async def _until_begun() -> None:
    """Waits until what was begun in the running loop is ready, and has been told."""
    await asyncio.sleep(0)
    while begun := under_way(asyncio.get_running_loop()):
        await asyncio.wait(begun)
        await asyncio.sleep(0)


# --- what methods take beside options ----------------------------------------------------------------------------


class _Way:
    """What is known of a method when it is bound to the managers of one kind, so that binding it is little work.

    `lack` is why the platform has none; `bind` makes what programs call of a native object's own.
    """

    def __init__(self, runtime: Runtime, kind: str, method: Member) -> None:
        self.lack: Reason | None = runtime.lack_of_field(kind, method.name)
        self.bind: BindMethod = runtime.method_binder(kind, method)
        self.takes_listener: bool = form_of(method) is Form.LISTENER
        self.gives_itself: bool = gives_itself(runtime, kind, method.name)
        self._gives: list[Callable[[Any], Any]] = _givings(method, runtime)

    def loading(self, native: Callable[..., Any]) -> Callable[..., Any]:
        """`native`, which gets native objects in place of managers, and whose callbacks receive models."""
        gives = self._gives
        if not gives:
            return native

        def call(*arguments: Any) -> Any:
            given = [give(argument) for give, argument in zip(gives, arguments, strict=False)]
            return native(*accepted(native, (*given, *arguments[len(given) :])))

        return call


def _givings(method: Member, runtime: Runtime) -> list[Callable[[Any], Any]]:
    """What makes native arguments of a method's; empty if they are given on as they are."""
    if method.callback is not None or not _takes_objects(method):
        return []
    params = max((signature.params for signature in method.signatures), key=len)
    return [_giving(param, runtime) for param in params]


def _takes_objects(method: Member) -> bool:
    """Whether a parameter, beside options, is a callback or may be a manager."""
    first = 0 if method.option is None else 1
    return any(
        not isinstance(param.type, spec.Primitive | spec.Literal)
        for signature in method.signatures
        for param in signature.params[first:]
    )


def _giving(param: Param, runtime: Runtime) -> Callable[[Any], Any]:
    """The function that makes a native argument of the program's."""
    function = spec.function_of(param.type)
    if function is None:
        return native_of
    loads = [runtime.loader(each.type) for each in function.params if not each.rest]
    returns = function.returns
    make = _Answering if _is_answer(returns) else _Receiver

    def give(argument: Any) -> Any:
        return make(argument, loads, runtime) if callable(argument) else argument

    return give


def _is_answer(returns: Type) -> bool:
    """Whether the native object asks for what a callback returns: it is declared as more than anything, or nothing."""
    if isinstance(returns, Primitive):
        return returns.name not in ("any", "void", "undefined")
    return isinstance(returns, Ref) or spec.awaited(returns) is not None


class _Receiver:
    """A program's callback, as the native object knows it; equal to another of the same one, so that `off` finds it."""

    def __init__(self, callback: Callable[..., Any], loads: list[Load], runtime: Runtime) -> None:
        self.callback = callback
        self._loads = loads
        self._runtime = runtime

    def __call__(self, *arguments: Any) -> Any:
        return invoke(self.callback, self._runtime.home, *self._loaded(arguments))

    def _loaded(self, arguments: tuple[Any, ...]) -> list[Any]:
        loaded = [load(argument) for load, argument in zip(self._loads, arguments, strict=False)]
        return [*loaded, *map(record, arguments[len(loaded) :])]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Receiver) and identity(self.callback) == identity(other.callback)

    def __hash__(self) -> int:
        return hash(identity(self.callback))


class _Answering(_Receiver):
    """A callback that the declarations have answer: the native object gets what it returns, and what it raises."""

    def __call__(self, *arguments: Any) -> Any:
        return called(self.callback, *self._loaded(arguments))
