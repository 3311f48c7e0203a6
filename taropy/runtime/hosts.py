"""What can stand behind a platform: a phone, a native object, and what plugins bring."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from .errors import LACK

if TYPE_CHECKING:
    from ..phone import Phone
    from .platforms import Platform


NOT_SIMULATED = "the {host} does not simulate {api} yet"


@attrs.frozen
class Host:
    """A native object and what belongs to it.

    - `name`: how messages call it ("phone").
    - `native`: the native object; its attributes are the platform's native functions.
    - `lack`: what its users are told of a function that it does not have, with `{host}` and `{api}` in it.
    - `close`, `aclose`: end what the host began, for hosts that began something.
    - `phone`: the simulated phone, if it is one.
    """

    name: str
    native: Any
    close: Callable[[], object] | None = None
    aclose: Callable[[], Awaitable[object]] | None = None
    phone: Phone | None = None
    lack: str = LACK


class HostFactory(Protocol):
    """Makes the host of a runtime on `platform`; `options` are those that `taropy.create` was given beside its own."""

    def __call__(self, platform: Platform, **options: Any) -> Host: ...


def phone_host(platform: Platform, *, phone: Phone | None = None, **options: Any) -> Host:
    """The simulated phone; a new one, ended with the runtime, unless the caller holds one. `options` are `Phone`'s."""
    from ..phone import Phone

    if phone is not None:
        if options:
            raise TypeError(f"give {', '.join(options)} to the phone that you made")
        return Host("phone", phone.native(platform.name, platform.native_name), phone=phone, lack=NOT_SIMULATED)
    made = Phone(**options)
    native = made.native(platform.name, platform.native_name)
    return Host("phone", native, made.close, made.aclose, made, NOT_SIMULATED)


def native_host(platform: Platform, native: object) -> Host:
    """A native object that the caller brings."""
    return Host(f"native object {type(native).__name__}", native)
