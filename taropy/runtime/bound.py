"""The bound calls of one runtime: each is made once, when it is first asked for, and then kept by the `Taro` object."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from functools import cached_property, partial, wraps
from typing import TYPE_CHECKING, Any

from .. import spec
from ..models.loading import keep, loader, model_of
from ..models.record import record
from ..spec import Function, Member, Ref, Type
from .adaptation import options_step, result_step
from .calls import Binding, OpenCalls, direct_call, option_call, promise_call, unsupported_call
from .errors import NotSupported, ParameterError, Reason, TaroError
from .events import Events
from .hosts import Host
from .interceptors import Link
from .listeners import Listeners, listener_call
from .options import ArgumentRules, OptionRules, WrongOptions, option_rules, take
from .own import AROUND_NATIVE, OWN, Current
from .platforms import Adaptation, KnownPlatform, Platform
from .px import PxConfig
from .rejections import Listener, Rejections

if TYPE_CHECKING:
    from .observation import Observer
    from .taro import Taro

MISSING: Any = object()
NO_ADAPTATION = Adaptation()


class Runtime:
    """What a `Taro` object stands on: a platform, a host, and the state that its calls share."""

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
        self.observe = observe
        self.open: OpenCalls = OpenCalls()

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
        return Link(self.bind_native("request"), _task_methods(spec.member("request")))

    @cached_property
    def listeners(self) -> Listeners:
        """The program's listeners, and what the native object knows them by."""
        return Listeners(self.home)

    @cached_property
    def rejection_listeners(self) -> dict[Hashable, Listener]:
        """The program's `onUnhandledRejection` callbacks, and what stands for them."""
        return {}

    @cached_property
    def px(self) -> PxConfig:
        """What `Taro.initPxTransform` has set."""
        return self.default_px()

    def default_px(self, **settings: Any) -> PxConfig:
        """Taro's defaults with these settings; the unit is the platform's unless it is among them."""
        return PxConfig(**{"targetUnit": self.platform.target_unit, **settings})

    @property
    def platform(self) -> Platform:
        """The platform's description."""
        return self.known.platform

    # --- what is to be had here --------------------------------------------------------------------------------

    def offers(self, name: str) -> bool:
        """Whether using the member would not raise `NotSupported`."""
        return self.lack(name) is None

    def lack(self, name: str) -> Reason | None:
        """Why a member of Taro is not to be had here; None if it is."""
        if not self.known.supports(name):
            return "platform"
        if name in OWN or self._is_type(name):
            return None
        return "host" if self.native_function(name) is MISSING else None

    def hands_through(self, name: str) -> bool:
        """Whether the native object has something that Taro does not know, and which is handed through."""
        return not name.startswith("_") and getattr(self.host.native, name, None) is not None

    def native_function(self, name: str) -> Any:
        """What the native object has for the member, under whichever name; `MISSING` if nothing."""
        native = self.host.native
        replacement = self.known.replacement(name)
        if replacement is not None:
            return partial(replacement, native)
        adaptation = self.known.adaptation(name) or NO_ADAPTATION
        needs = _native_names(name, adaptation)
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
            name, self.platform.name, reason=reason, host=host.name, supported_on=having, lack=host.lack
        )

    def parameter_error(self, name: str, fault: str) -> ParameterError:
        """The error of wrong options."""
        return ParameterError(f"{name}:fail parameter error: {fault}", api=name, platform=self.platform.name)

    # --- binding -----------------------------------------------------------------------------------------------

    def bind(self, name: str) -> Any:
        """The member, ready to be used by a program; its calls are observed if the runtime is."""
        if self.closed:
            raise TaroError(f"{name}:fail this runtime is closed", api=name, platform=self.platform.name)
        if not spec.has(name):
            return self._handed_through(name)
        bound = self._bind(name)
        if self.observe is None or not spec.member(name).is_function:
            return bound
        from .observation import observed

        return observed(spec.member(name), bound, self.observe, self.home)

    def _bind(self, name: str) -> Any:
        reason = self.lack(name)
        if reason is not None:
            return self._unsupported(name, reason)
        if name in OWN:
            made = OWN[name](self)
            return self._own_call(name, made) if spec.member(name).is_function else made
        if name in AROUND_NATIVE:
            return AROUND_NATIVE[name](self)
        if self._is_type(name):
            return model_of(_type_name(spec.member(name)))
        return self.bind_native(name)

    def _own_call(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """One of Taro's own functions, as programs call it: too few arguments, or too many, are wrong options."""

        def call(*arguments: Any, **named: Any) -> Any:
            try:
                return function(*arguments, **named)
            except TypeError as error:
                if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                    raise  # from inside the function
                raise self.parameter_error(name, str(error)) from None

        return wraps(function)(call)

    def bind_native(self, name: str) -> Any:
        """The native function behind the member, as Taro's programs call it; a native value as it is."""
        native = self.native_function(name)
        if native is MISSING:
            return self._unsupported(name, "host")
        member = spec.member(name)
        if not member.is_function or not callable(native):
            return native
        option = member.option
        binding = self._binding(member, native)
        if member.is_promise or (option is not None and "success" in spec.fields_of(option)):
            return promise_call(binding)
        if member.callback is not None or name.startswith(("on", "off")):
            return listener_call(binding, member, self.listeners)
        return option_call(binding) if option is not None else direct_call(binding, ArgumentRules(member))

    def _binding(self, member: Member, native: Callable[..., Any]) -> Binding:
        name, option = member.name, member.option
        adaptation = self.known.adaptation(name) if self.known.replacement(name) is None else None
        required = [field for field in spec.fields_of(option).values() if not field.optional] if option else []
        gives_task = member.is_promise and _is_manager(member.result)
        return Binding(
            api=name,
            platform=self.platform.name,
            native=native,
            names=frozenset(_native_names(name, adaptation) if adaptation else ()) - {name},
            load=record if gives_task else self.load_result(name),
            make_rules=partial(_rules, member),
            needs_options=bool(required),
            adapt_options=options_step(adaptation) if adaptation else None,
            adapt_result=result_step(adaptation) if adaptation else None,
            patience=None if name in spec.interactive() else self.patience,
            home=self.home,
            open=self.open,
            quiet=not member.is_promise,
            gives_task=gives_task,
            task_methods=_task_methods(member),
        )

    def load_result(self, name: str) -> Callable[[Any], Any]:
        """The function that turns the native result of a member into Taro's."""
        result = _result(spec.member(name))
        return loader(result) if result is not None else keep

    def taken(self, name: str, option: Any, named: dict[str, Any]) -> dict[str, Any]:
        """The options as a dict of our own; a `ParameterError` for what is no options."""
        try:
            return take(name, option, named)
        except WrongOptions as wrong:
            raise self.parameter_error(name, wrong.fault) from None

    def checked(self, name: str, option: Any, named: dict[str, Any]) -> dict[str, Any]:
        """The options as a dict of our own, after they have been found right."""
        given = self.taken(name, option, named)
        try:
            _rules(spec.member(name)).apply(given)
        except WrongOptions as wrong:
            raise self.parameter_error(name, wrong.fault) from None
        return given

    def _handed_through(self, name: str) -> Any:
        native = MISSING if name.startswith("_") else getattr(self.host.native, name, MISSING)
        if native is MISSING:
            from .platforms import close_to

            raise AttributeError(f"Taro has no {name!r}{close_to(name, spec.members())}")
        return native

    def _unsupported(self, name: str, reason: Reason) -> Callable[..., Any]:
        make = partial(self.not_supported, name, reason)
        if not spec.member(name).is_function:
            raise make()
        return unsupported_call(name, self.platform.name, self.home, make)

    # --- the end -----------------------------------------------------------------------------------------------

    @property
    def closed(self) -> bool:
        """Whether the runtime has ended."""
        return self.open.closed

    def end(self) -> None:
        """Ends the calls that are open, and takes no more."""
        self.open.closed = True
        self.open.interrupt()


def _native_names(name: str, adaptation: Adaptation) -> Collection[str]:
    """What the native function behind a member may be called."""
    return adaptation.needs or (adaptation.alias or name,)


def _rules(member: Member) -> OptionRules:
    return option_rules(member.option) if member.option is not None else OptionRules({})


def _result(member: Member) -> Type | None:
    """What a call gives; of a function that returns nothing, what its `success` is told."""
    success = spec.fields_of(member.option).get("success") if member.option is not None else None
    if member.is_promise or success is None or not isinstance(success.type, Function) or not success.type.params:
        return member.result
    return success.type.params[0].type


def _type_name(member: Member) -> str:
    assert isinstance(member.type, Ref)
    return member.type.name


def _is_manager(type_: Any) -> bool:
    if not isinstance(type_, Ref) or type_.name not in spec.type_names():
        return False
    return spec.type_def(type_.name).role == "manager"


def _task_methods(member: Member) -> frozenset[str]:
    """The methods of the task that a function returns beside its promise, as `RequestTask`'s."""
    returned = (signature.returns for signature in member.signatures if member.is_promise)
    return frozenset(name for type_ in returned for name in spec.fields_of(type_))
