"""The bound calls of one runtime: each is made once, when it is first asked for, and then kept by the `Taro` object."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cache, cached_property, partial, wraps
from types import FunctionType, MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from .. import spec
from ..hints import no_attribute, of_taro
from ..models.loading import Load, Loaders, holds_manager, is_manager, keep, loader, model_of
from ..spec import Field, Member, Param, Primitive, Ref, Signature, Type
from .adaptation import in_turn
from .binding import Binding, OpenCalls, OptionsStep, unbound
from .calls import TASK_METHODS, awaited_call, direct_call, naming_the_rest, option_call, promise_call, unsupported_call
from .current import Current, Setup
from .descriptions import described, described_method
from .errors import NotSupported, ParameterError, Reason, TaroError
from .events import Events
from .hosts import Host, both
from .interceptors import Link
from .listeners import BindMethod, Listeners, listener_call
from .managers import Managers, with_fields
from .misspelling import warn_of
from .options import WrongOptions, fitted, take_object
from .own import AROUND_NATIVE, DEFERRED, OWN, deferred
from .platforms import Adaptation, KnownPlatform, Platform
from .px import PxConfig
from .rejections import Listener, Rejections
from .shapes import Form, Shape, native_names, rules_of, shape_of

if TYPE_CHECKING:
    from .observation import Observer
    from .taro import Taro

MISSING: Any = object()

NO_ADAPTATION = Adaptation()
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Runtime:
    """What a `Taro` object stands on: a platform, a host, and the state that its calls share."""

    #: What is made of a function when it is bound; a runtime of other values has its own.
    binding_type: type[Binding] = Binding

    def __init__(
        self,
        taro: Taro,
        known: KnownPlatform,
        host: Host,
        patience: float | None,
        home: Rejections | None = None,
        observe: Observer | None = None,
    ) -> None:
        self.taro = taro
        self.known = known
        self.host = host
        self.patience = patience
        self.home: Rejections = home or Rejections()
        self.observe: Observer | None = both(observe, host.observe)
        self.open: OpenCalls = OpenCalls()
        # The page's or the app's function that runs now, in which hooks may be called.
        self.setup: Setup | None = None
        # Ends the app that was launched here, for when another takes its place.
        self.leave_app: Callable[[], None] | None = None
        # This runtime for programs that have other values, with listeners of their own.
        self.views: list[Runtime] = []
        if host.phone is not None and host.observe is None:
            host.phone.expect_log(self)

    # --- state that most programs never touch, made when it is ------------------------------------------------

    @cached_property
    def events(self) -> Events:
        """`Taro.eventCenter`."""
        return Events()

    @cached_property
    def current(self) -> Current:
        """`Taro.Current`."""
        return Current()

    @cached_property
    def options(self) -> dict[str, Any]:
        """`Taro.options`."""
        return {"miniGlobal": self.host.native}

    @cached_property
    def link(self) -> Link:
        """The interceptors of `Taro.request`."""
        shape = shape_of(self.known, spec.member("request"), self.known.adaptation("request"))
        link = Link(self.bind_native("request"), shape.task_methods | TASK_METHODS, self._lacking(shape))
        phone = self.host.phone
        link.clock = None if phone is None else phone.clock
        return link

    @cached_property
    def listeners(self) -> Listeners:
        """The program's listeners, and what the native object knows them by."""
        return Listeners(self.home)

    @cached_property
    def managers(self) -> Managers:
        """The managers that the program has been given."""
        return Managers(self)

    @cached_property
    def _loaders(self) -> Loaders:
        return Loaders(self.managers.wrap)

    @cached_property
    def rejection_listeners(self) -> dict[Hashable, Listener]:
        """The program's `onUnhandledRejection` callbacks, and what stands for them."""
        return {}

    @cached_property
    def px(self) -> PxConfig:
        """What `Taro.initPxTransform` has set."""
        return PxConfig(targetUnit=self.platform.target_unit)

    def init_px(self, settings: dict[str, Any]) -> None:
        """Taro's defaults with these settings; the unit is the platform's unless it is among them."""
        self.px = PxConfig(**{"targetUnit": self.platform.target_unit, **settings})

    @property
    def platform(self) -> Platform:
        """The platform's description."""
        return self.known.platform

    def be_watched(self, observe: Observer) -> None:
        """Has `observe` told of the calls from now on; what was bound before is bound anew when it is used next."""
        self.observe = both(self.observe, observe)
        for view in self.views:
            view.observe = both(view.observe, observe)
        self.taro._forget_bound()

    # --- what is to be had here --------------------------------------------------------------------------------

    def offers(self, name: str) -> bool:
        """Whether using the member would not raise `NotSupported`."""
        return self.lack(name) is None

    def lack(self, name: str) -> Reason | None:
        """Why a member of Taro is not to be had here; None if it is."""
        if not self._supports(name):
            return "platform"
        if name in OWN or (spec.has(name) and self._is_type(name)):
            return None
        return "host" if self.native_function(name) is MISSING else None

    def _supports(self, name: str) -> bool:
        return self.known.supports(name)

    def hands_through(self, name: str) -> bool:
        """Whether there is something that Taro's declarations do not know: of the native object, or in its place."""
        if name in self.known.undeclared:
            return self.offers(name)
        return not self._is_hidden(name) and getattr(self.host.native, name, None) is not None

    def _is_hidden(self, name: str) -> bool:
        """Whether Taro does not have what the native object may have under this name."""
        return name.startswith("_") or name in self.known.hidden

    def native_function(self, name: str) -> Any:
        """What the native object has for the member, under whichever name; `MISSING` if nothing."""
        native = self.host.native
        replacement = self.known.replacement(name)
        if replacement is not None:
            return partial(replacement, native)
        adaptation = self.known.adaptation(name) or NO_ADAPTATION
        needs = native_names(name, adaptation)
        found = next((each for need in needs if (each := getattr(native, need, None)) is not None), MISSING)
        if found is MISSING or adaptation.function is None:
            return found
        return partial(adaptation.function, native)

    @staticmethod
    def _is_type(name: str) -> bool:
        """Whether the member stands for a type of the declarations, as `Taro.PageConfig`: there its model is given."""
        type_ = spec.member(name).type
        return name[0].isupper() and isinstance(type_, Ref) and name not in OWN

    # --- errors ------------------------------------------------------------------------------------------------

    def not_supported(self, name: str, reason: Reason) -> NotSupported:
        """The error of a member that is not to be had here."""
        from .plugins import registry

        having = [known.platform.name for known in registry().in_order() if known.supports(name)]
        host = self.host
        return NotSupported(
            name,
            self.platform.name,
            reason=reason,
            host=host.name,
            supported_on=having,
            lack=host.lack,
            way_out=host.way_out,
        )

    def parameter_error(self, name: str, fault: str) -> ParameterError:
        """The error of wrong options."""
        return ParameterError(f"{name}:fail parameter error: {fault}", api=name, platform=self.platform.name)

    # --- binding -----------------------------------------------------------------------------------------------

    def bind(self, name: str) -> Any:
        """The member, ready to be used by a program; its calls are observed if the runtime is."""
        if self.closed:
            raise TaroError(f"{name}:fail this runtime is closed", api=name, platform=self.platform.name)
        if not spec.has(name) and name not in self.known.undeclared:
            return self._handed_through(name)
        member = member_of(name)
        bound = self._bind(name)
        if not member.is_function:
            return bound
        if isinstance(bound, FunctionType) and spec.has(name):
            described(bound, name)
        if self.observe is None:
            return bound
        from .observation import observed

        return observed(member, bound, self.observe, self.home)

    def _bind(self, name: str) -> Any:
        if not self._supports(name):
            return self._unsupported(name, "platform")
        if name in OWN:
            made = OWN[name](self)
            return self._own_call(name, made) if spec.member(name).is_function else made
        if spec.has(name) and self._is_type(name):
            return model_of(_type_name(spec.member(name)))
        if name in AROUND_NATIVE and self.native_function(name) is not MISSING:
            return AROUND_NATIVE[name](self)
        return self.bind_native(name)

    def _own_call(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """One of Taro's own functions, as programs call it: what is missing is a wrong option, what is more is not."""

        def call(*arguments: Any, **named: Any) -> Any:
            try:
                return function(*arguments, **named)
            except TypeError as error:
                if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                    raise  # from inside the function
            try:
                arguments = fitted(function, arguments, named)
            except WrongOptions as wrong:
                raise self.parameter_error(name, wrong.fault) from None
            return function(*arguments, **named)

        return wraps(function)(call)

    def bind_native(self, name: str, before: OptionsStep | None = None) -> Any:
        """The native function behind the member, as Taro's programs call it; a native value as it is.

        `before` is done to the options of each call, before the platform's table.
        """
        native = self.native_function(name)
        if native is MISSING:
            return self._unsupported(name, "host")
        member = member_of(name)
        if not member.is_function and isinstance(member.type, Ref) and is_manager(member.type):
            return self.managers.wrap(member.type.name, native)
        if not member.is_function or not callable(native):
            return native
        is_brought = self.known.replacement(name) is not None
        shape = shape_of(self.known, member, None if is_brought else self.known.adaptation(name))
        binding = self._binding(shape, native)
        binding.is_brought = is_brought
        if before is not None:
            binding.adapt_options = in_turn(before, binding.adapt_options)
        return self._call(shape, binding)

    def method_binder(self, kind: str, method: Member) -> BindMethod:
        """What makes of a native object's method the one that programs call; observed if the runtime is."""
        shape = shape_of(self.known, method, None)
        pattern = self._binding(shape, unbound)
        pattern.verbatim = True
        is_deferred = DEFERRED.get(kind) == method.name
        as_documented = attrs.evolve(method, name=f"{_documented(kind)}.{method.name}")

        def bind(native: Callable[..., Any], listeners: Listeners | None) -> Callable[..., Any]:
            call = self._call(shape, pattern.of(deferred(self, native) if is_deferred else native), listeners)
            described_method(call, kind, method.name)
            if self.observe is None:
                return call
            from .observation import observed

            return observed(as_documented, call, self.observe, self.home)

        return bind

    def _call(self, shape: Shape, binding: Binding, listeners: Listeners | None = None) -> Callable[..., Any]:
        """The call, of the form that the declaration says; `listeners` are a manager's own."""
        match shape.form:
            case Form.AWAITED:
                return awaited_call(binding, shape.arguments)
            case Form.PROMISE:
                return naming_the_rest(promise_call(binding), shape.after_options)
            case Form.LISTENER:
                callback = shape.member.callback
                load = keep if callback is None else self.loader(callback)
                return listener_call(binding, shape.member.name, listeners or self.listeners, shape.arguments, load)
            case Form.DIRECT:
                return direct_call(binding, shape.arguments)
            case Form.OPTION:
                return naming_the_rest(option_call(binding), shape.after_options)

    def _binding(self, shape: Shape, native: Callable[..., Any]) -> Binding:
        member = shape.member
        return self.binding_type(
            api=member.name,
            platform=self.platform.name,
            native=native,
            names=shape.names,
            load=shape.load or self._load(shape.result),
            make_rules=shape.make_rules,
            needs_options=shape.needs_options,
            adapt_options=shape.adapt_options,
            adapt_result=shape.adapt_result,
            patience=self.patience if shape.limited else None,
            home=self.home,
            open=self.open,
            quiet=not member.is_promise,
            gives_task=shape.gives_task,
            wrap_task=keep if shape.task is None else partial(self._wrap, shape.task),
            add_fields=with_fields,
            task_methods=shape.task_methods,
            lacking=self._lacking(shape),
        )

    def _wrap(self, kind: str, native: Any) -> Any:
        return self.managers.wrap(kind, native)

    def _lacking(self, shape: Shape) -> Mapping[str, Callable[..., Any]]:
        """What stands for the methods that the platform's task lacks, of a function that returns one."""
        if not shape.lacking:
            return NOTHING
        return {name: self.unsupported_method(type_, name, "platform") for type_, name in shape.lacking}

    def loader(self, type_: Type) -> Load:
        """The function that turns a native value into what the declaration says, managers included."""
        return self._loaders.of(type_) if holds_manager(type_) else loader(type_)

    def load_result(self, name: str) -> Load:
        """The function that turns the native result of a member into Taro's."""
        return self._load(spec.success_of(spec.member(name)))

    def _load(self, result: Type | None) -> Load:
        return keep if result is None else self.loader(result)

    def taken(self, name: str, option: Any, named: dict[str, Any]) -> dict[str, Any]:
        """The options as a dict of our own; a `ParameterError` for what is no options."""
        try:
            return take_object(name, option, named)
        except WrongOptions as wrong:
            raise self.parameter_error(name, wrong.fault) from None

    def checked(self, name: str, option: Any, named: dict[str, Any]) -> dict[str, Any]:
        """The options as a dict of our own, after they have been found right."""
        given = self.taken(name, option, named)
        rules = rules_of(spec.member(name), None)
        try:
            rules.apply(given)
            strange = rules.strange(given)
        except WrongOptions as wrong:
            raise self.parameter_error(name, wrong.fault) from None
        warn_of(name, strange)
        return given

    def _handed_through(self, name: str) -> Any:
        native = MISSING if self._is_hidden(name) else getattr(self.host.native, name, MISSING)
        if native is MISSING:
            raise no_attribute(f"Taro has no {name!r}{of_taro(name)}")
        return native

    def _unsupported(self, name: str, reason: Reason) -> Callable[..., Any]:
        make = partial(self.not_supported, name, reason)
        if not member_of(name).is_function:
            raise make()
        return unsupported_call(name, self.platform.name, self.home, make)

    def lack_of_field(self, kind: str, name: str) -> Reason | None:
        """Why no object that the declarations call `kind` has the field here; None if they have it."""
        field = spec.fields_of(Ref(kind)).get(name)
        return None if field is None or self.known.has_field(field) else "platform"

    def unsupported_method(self, kind: str, name: str, reason: Reason) -> Callable[..., Any]:
        """A method that the platform's objects lack, or this native one: `SocketTask.send`."""
        api = f"{_documented(kind)}.{name}"
        make = partial(self._no_method, api, spec.fields_of(Ref(kind))[name], reason)
        call = unsupported_call(api, self.platform.name, self.home, make)
        described_method(call, kind, name)
        return call

    def _no_method(self, api: str, method: Field, reason: Reason) -> NotSupported:
        from .plugins import registry

        having = [known.platform.name for known in registry().in_order() if known.has_field(method)]
        host = self.host
        return NotSupported(api, self.platform.name, reason=reason, host=host.name, supported_on=having, lack=host.lack)

    def set_up_as(self, other: Runtime) -> None:
        """Takes over what a program has set up in Taro itself: its interceptors, and who hears of its own events."""
        for interceptor in other.link._interceptors if "link" in vars(other) else ():
            self.link.addInterceptor(interceptor)
        self.events._listeners.update(other.events._listeners)

    # --- the end -----------------------------------------------------------------------------------------------

    @property
    def closed(self) -> bool:
        """Whether the runtime has ended."""
        return self.open.closed

    def end(self) -> None:
        """Ends the calls that are open, takes no more, and tells listeners of nothing more."""
        self.open.closed = True
        for each in (self, *self.views):
            if "listeners" in vars(each):
                each.listeners.end()
        self.open.interrupt()


@cache
def member_of(name: str) -> Member:
    """The member; one that is not declared takes whatever options, and promises whatever comes of them."""
    if spec.has(name):
        return spec.member(name)
    anything = Primitive("any")
    signature = Signature((Param("option", anything, optional=True),), Ref("Promise", (anything,)))
    return Member(name, "", is_function=True, is_promise=True, signatures=(signature,))


def _type_name(member: Member) -> str:
    assert isinstance(member.type, Ref)
    return member.type.name


def _documented(kind: str) -> str:
    """A type as documents call it: `DownloadTask`, of which the declarations say `DownloadTask.DownloadTaskPromise`."""
    return kind.rpartition(".")[2].removesuffix("Promise")
