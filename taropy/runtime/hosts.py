"""What can stand behind a platform: a phone, a native object, and what plugins bring."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from ..hints import close_to
from ..keywords import hinting_class
from .errors import LACK

if TYPE_CHECKING:
    from ..phone import Phone
    from .apps import Instance, Launcher, Package
    from .observation import ObservedCall, Observer
    from .platforms import Platform


NOT_SIMULATED = "the {host} does not simulate {api} yet"
IN_A_BROWSER = "a {host} in a browser has no {api}"
BRING_IT = '; bring it with apis={{"{api}": function}}, see docs/guides/override-function.md'


@hinting_class
@attrs.frozen
class Host:
    """A native object and what belongs to it.

    - `name`: how messages call it ("phone").
    - `native`: the native object; its attributes are the platform's native functions.
    - `lack`: what its users are told of a function that it does not have, with `{host}` and `{api}` in it.
    - `leave`: is called when the program ends, before its open calls are ended for it.
    - `close`, `aclose`: end what the host began, for hosts that began something.
    - `phone`: the simulated phone, if it is one. `stand_in`: what `Taro.phone` gives where there is none: what a person
      can do at this host, under the names that it has on a phone.
    - `observe`: is told of the runtime's calls, as what `taropy.create` is given as `observe` is.
    - `way_out`: what users of a function that it lacks can do, with `{api}` in it; nothing by default.
    - `launcher`: what launches a declared app there, if anything does.
    """

    name: str
    native: Any
    close: Callable[[], object] | None = None
    aclose: Callable[[], Awaitable[object]] | None = None
    phone: Phone | None = None
    lack: str = LACK
    observe: Observer | None = None
    way_out: str = ""
    leave: Callable[[], object] | None = None
    stand_in: Any = None
    launcher: Launcher | None = None


def both(one: Observer | None, other: Observer | None) -> Observer | None:
    """An observer that tells these two, as far as they are there."""
    if one is None or other is None:
        return one or other

    def observe(call: ObservedCall) -> None:
        one(call)
        other(call)

    return observe


class HostFactory(Protocol):
    """Makes the host of a runtime on `platform`; `options` are those that `taropy.create` was given beside its own."""

    def __call__(self, platform: Platform, **options: Any) -> Host: ...


def shipped(module: str, name: str) -> HostFactory:
    """The factory of a host of taropy's own, whose module is imported when the first such host is made."""

    def make(platform: Platform, **options: Any) -> Host:
        host: Host = getattr(import_module(module), name)(platform, **options)
        return host

    return make


def phone_host(platform: Platform, *, phone: Phone | None = None, **options: Any) -> Host:
    """The simulated phone; a new one, ended with the runtime, unless the caller holds one. `options` are `Phone`'s.

    On a phone that the caller holds, what the program has begun ends with the runtime.
    """
    from ..phone import Phone

    if phone is not None:
        if options:
            check_options(options)
            raise TypeError(f"give {', '.join(options)} to the phone that you made")
        return _over(phone, platform)
    try:
        made = Phone(**options)
    except TypeError:
        check_options(options)
        raise
    return attrs.evolve(_over(made, platform), close=made.close, aclose=made.aclose)


#: What `taropy.create` takes beside what its host does.
OWN_OPTIONS = ("platform", "native", "phone", "host", "timeout", "observe", "apis")


def check_options(options: Mapping[str, Any]) -> None:
    """Raises `TypeError` for an option that neither a phone is made with nor a runtime."""
    from ..phone import Phone

    names = signature(Phone).parameters
    for name in options:
        if name not in names:
            hint = close_to(name, [*OWN_OPTIONS, *names])
            raise TypeError(f"there is no option {name!r} for a runtime or its phone{hint}") from None


def _over(phone: Phone, platform: Platform) -> Host:
    native = phone.native(platform.name, platform.native_name)
    observe = phone.log.add if phone.logs else None
    return Host(
        "phone",
        native,
        close=partial(phone.end, native),
        aclose=partial(phone.aend, native),
        phone=phone,
        lack=IN_A_BROWSER if sys.platform == "emscripten" else NOT_SIMULATED,
        way_out=BRING_IT,
        observe=observe,
        launcher=_PhoneLauncher(phone),
    )


@attrs.frozen
class _PhoneLauncher:
    """Launches apps on a phone."""

    phone: Phone

    async def launch(self, platform: Platform, package: Package, entry: Mapping[str, Any]) -> Instance:
        """All of it happens at once."""
        app = self.phone.app(platform.name, platform.native_name)
        return self.phone.lifecycle.launch(app, package, **entry).instance


def native_host(platform: Platform, native: object) -> Host:
    """A native object that the caller brings; one of the page's that taropy is in, under Pyodide, crosses over."""
    ffi = sys.modules.get("pyodide.ffi")
    if ffi is not None and isinstance(native, ffi.JsProxy):
        host: Host = import_module("taropy.hosts.pyodide").over(native)
        return host
    return Host(f"native object {type(native).__name__}", native)
