"""What calls fail with: one error that reads like the native error object, and two special cases of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from ..hints import no_attribute
from ..unheard import ProgramWarning, UnhandledErrorWarning

Reason = Literal["platform", "host"]

# What is said of a host that lacks a function; a host may say it in its own words.
LACK = "the {host} does not have {api}"


class TaroError(Exception):
    """A call that failed.

    Reads like the native error object: `err.errMsg`, `err["errMsg"]`, `err.get("errCode")`, `"errCode" in err`. Fields
    that the native object gave beside these are kept and read the same way.

    - `errMsg`: `<function>:fail <reason>`, worded as phones word it.
    - `errCode`: the native error code, or None.
    - `api`, `platform`: the Taro function that failed and the platform it failed on.
    - `message`: the native object's field of that name, which phones seldom give; None without one.
    """

    def __init__(
        self,
        errMsg: str,
        errCode: int | str | None = None,
        *,
        api: str = "",
        platform: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(errMsg)
        self.errMsg = errMsg
        self.errCode = errCode
        self.api = api
        self.platform = platform
        self._fields: dict[str, Any] = {"errMsg": errMsg, **({} if errCode is None else {"errCode": errCode})}
        for name, value in (fields or {}).items():
            self._fields.setdefault(str(name), value)

    @property
    def message(self) -> Any:
        """The field that JavaScript's own errors have in place of `errMsg`."""
        return self._fields.get("message")

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("_fields", {})
        if name in fields:
            return fields[name]
        raise no_attribute(f"{type(self).__name__} has no {name!r}; it has {', '.join(fields)}")

    def __getitem__(self, name: str) -> Any:
        return self._fields[name]

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def keys(self) -> Iterable[str]:
        """The names of the native fields, so that `dict(error)` gives the native error object."""
        return self._fields.keys()

    def get(self, name: str, default: Any = None) -> Any:
        """The native field `name`, or `default`."""
        return self._fields.get(name, default)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[TaroError], args: tuple[Any, ...], state: dict[str, Any]) -> TaroError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ParameterError(TaroError):
    """The options are wrong; nothing has reached the native object.

    `errMsg` has the native form: `request:fail parameter error: parameter.url should be String instead of Undefined`.
    """


class NotSupported(TaroError, NotImplementedError):
    """The function is not to be had here, raised at the call.

    - `reason`: `"platform"`: the platform has no such function; `"host"`: the platform has it, but what stands behind
      it here (the phone, a native object, …) does not.
    - `host`: what stands behind the platform; `supported_on`: the platforms that have the function.
    - `lack`: what the text says of a host that does not have it; `way_out`: what it says that a program can do.
    """

    def __init__(
        self,
        api: str,
        platform: str,
        *,
        reason: Reason,
        host: str = "",
        supported_on: Iterable[str] = (),
        lack: str = LACK,
        way_out: str = "",
    ) -> None:
        self.host = host
        self.lack = lack
        self.way_out = way_out
        self.supported_on: tuple[str, ...] = tuple(supported_on)
        self.reason: Reason = reason
        where = platform if reason == "platform" else f"{platform} by the {host}"
        super().__init__(f"{api}:fail not supported on {where}", api=api, platform=platform)

    def __str__(self) -> str:
        if self.reason == "host":
            said = self.lack.format(host=self.host, api=self.api)
            return f"{said}, although {self.platform} has it{self.way_out.format(api=self.api)}"
        elsewhere = f"supported on {', '.join(self.supported_on)}" if self.supported_on else "supported nowhere"
        return f"{self.api} is not supported on {self.platform} ({elsewhere})"


class Rejected(TaroError):
    """What `await` raises for a promise that was rejected with something that is no exception.

    - `value`: that very thing. If it is an object, this error has its fields, and no others: `err.code`, `{**err}`.
    - `errMsg`: its own, else "".
    """

    def __init__(self, value: Any) -> None:
        self.value = value
        fields = _fields_of(value)
        super().__init__(str(fields.get("errMsg", "")), fields.get("errCode"))
        self._fields = fields

    def __str__(self) -> str:
        return str(self._fields.get("errMsg", self.value))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"


def _fields_of(value: Any) -> dict[str, Any]:
    from ..models.model import Model

    return {str(name): field for name, field in dict(value).items()} if isinstance(value, Mapping | Model) else {}


def as_exception(reason: Any) -> BaseException:
    """`reason` if it can be raised, else a `Rejected` that carries it."""
    return reason if isinstance(reason, BaseException) else Rejected(reason)


class Cancelled(TaroError):
    """A coroutine was cancelled, or a call interrupted, most often because the program has ended: nothing to report."""


class UnhandledRejectionWarning(UnhandledErrorWarning):
    """A call failed and nobody looked: no `fail` or `complete`, not awaited, not caught. Or a callback raised.

    `error` is what it failed with, or what was raised; `place` the line of the call, or the one that raised.
    """

    def __init__(self, error: BaseException, *, heard: bool = False) -> None:
        super().__init__(error, "unhandled rejection", heard=heard)


class LongWaitWarning(ProgramWarning, RuntimeWarning):
    """`taropy.run` waits for a timer that the program has left, and will for a while: the clock is real.

    `place` is the file and the line of the program that has set the timer.
    """


class PluginWarning(UserWarning):
    """A plugin could not be used; it was left out, and the others work."""
