"""`Native`: the native object that a phone gives a platform, made of what the rooms answer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, SupportsIndex

from ...hints import no_attribute
from .answers import NativeFunction
from .app import App
from .browser import LACKING
from .failing import FAILURES
from .functions import native_of
from .surface import LACKS, ONLY, ROOM_OF, VARIANTS
from .vendors import of_vendor

if TYPE_CHECKING:
    from .faces import Phone


class Native:
    """The native object that a phone gives a platform: `wx`, `my`, …; functions are made when first asked for."""

    def __init__(self, phone: Phone, app: App) -> None:
        self._phone = phone
        self._app = app

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(
            "a phone's native object can't be pickled or copied; phone.native() gives it where the phone is"
        )

    def __getattr__(self, name: str) -> Any:
        if not self._has(name):
            raise no_attribute(f"{self._app.native_name} on this phone has no {name}")
        variant = of_vendor(VARIANTS, self._app, {}).get(name)
        if variant is not None:
            function = self._varied(name, *variant)
        else:
            method = getattr(self._room_of(name), name)
            if method.__native__ == "value":
                return method(self._app)
            function = native_of(name, name, method, method, self._phone, self._app)
        self.__dict__[name] = function
        return function

    def __dir__(self) -> list[str]:
        return sorted(filter(self._has, {*ROOM_OF, *of_vendor(VARIANTS, self._app, {})}))

    def __repr__(self) -> str:
        return f"<{self._app.native_name} of {self._phone!r}>"

    def _has(self, name: str) -> bool:
        app = self._app
        if name in LACKING:
            return False
        if name in of_vendor(VARIANTS, app, {}):
            return True
        vendors = ONLY.get(name)
        only_others = vendors is not None and app.native_name not in vendors and app.platform not in vendors
        return name in ROOM_OF and not only_others and name not in of_vendor(LACKS, app, frozenset())

    def _room_of(self, name: str) -> Any:
        try:
            return getattr(self._phone, ROOM_OF[name])
        except AttributeError as error:  # which whoever asks for the function would take for a phone that lacks it
            raise RuntimeError(f"the phone's {ROOM_OF[name]} could not be made: {error}") from error

    def _varied(self, name: str, module: str, of: str) -> NativeFunction:
        """The function as the vendor's module of the group has it."""
        variant = import_module(f"taropy.phone.{module}").SURFACE.functions[name]
        method = getattr(self._room_of(of), of)
        variant = variant.on(self._phone.system.device.platform)
        told = variant.failure or of_vendor(FAILURES, self._app, None)
        function = native_of(of, name, method, method, self._phone, self._app, told)
        made: NativeFunction = variant.make(name, function, told)
        return made
