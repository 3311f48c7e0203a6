"""`Taro` for ported programs: the process's, whose results are values of `taropy.js`; `taro_of` makes one of any."""

from __future__ import annotations

from typing import Any

from .. import spec
from ..runtime.taro import Taro as RuntimeTaro
from ..runtime.taro import follow, process_taro
from .border import to_js
from .taro_view import shown, view_of


class ProgramTaro(RuntimeTaro):
    """The Taro API, as ported programs use it: options may be `Obj`s and `Array`s, results are.

    A field that is missing is None, also where it is nested; a failed call is rejected with the native error object:
    `.catch(lambda err: err.errMsg)`, and `caught(error)` in an `except`. It shows another `Taro`, whose runtime, phone
    and platform are its own: after `taropy.use` the new one.
    """

    def __init__(self, shown: RuntimeTaro) -> None:
        self.__dict__.update(_shown=shown, _own={})
        follow(shown, self)

    def __getattr__(self, name: str) -> Any:
        if name == "_shown":
            raise AttributeError("a Taro of taropy.js is made by taro_of()")
        if name == "_runtime":
            view = self.__dict__["_runtime"] = view_of(self._shown._runtime)
            return view
        return RuntimeTaro.__getattr__(self, name)

    def __has_property__(self, name: str) -> bool:
        """`"login" in Taro`: also what raises `NotSupported`, as Taro has it; and what the program has put there."""
        return name in self._own or spec.has(name) or name in self._shown._runtime.known.undeclared

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        """Sets what the program puts there itself. It stays, whatever runtime comes next."""
        self._own[name] = self.__dict__[name] = value

    def _unbind(self) -> None:
        """What is bound is so to a runtime that has ended, or is not the current one any more."""
        shown, own = self._shown, self._own
        self.__dict__.clear()
        self.__dict__.update(own, _shown=shown, _own=own)

    def close(self) -> None:
        """Ends what the shown `Taro` has begun, with its runtime."""
        self._shown.close()

    async def aclose(self) -> None:
        """As `close`, and waits until everything has ended."""
        await self._shown.aclose()

    @property
    def Current(self) -> Any:
        """The app and the page that are in front, as they are now."""
        return shown(self._shown._runtime.current)

    @property
    def preloadData(self) -> Any:
        """What `preload` has put by for the next page."""
        return to_js(self._shown.preloadData)


#: What `from taropy.js import Taro` gives.
Taro: ProgramTaro = ProgramTaro(process_taro)


def taro_of(taro: Any) -> ProgramTaro:
    """`taro` as ported programs use it; what is one already stays."""
    return taro if isinstance(taro, ProgramTaro) else ProgramTaro(taro)
