"""`Taro`: the object that programs call, for the process and for independent runtimes."""

from __future__ import annotations

import asyncio
import inspect
import os
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, SupportsIndex, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from ..hints import no_attribute
from ..loops import under_way
from ..unheard import warn
from . import rejections
from .bound import Runtime
from .descriptions import is_described
from .errors import LongWaitWarning
from .hosts import Host, check_options, native_host
from .jobs import Timeout, jobs_of, running_loop
from .platforms import PlatformError
from .plugins import registry

if TYPE_CHECKING:
    from ..phone import Phone
    from .observation import Observer
    from .platforms import NativeCall, Platform

T = TypeVar("T")

DEFAULT_PLATFORM = "weapp"
#: How many seconds `run` waits for a timer without a word.
PATIENCE = 10.0

# How long a native object may take to answer, in milliseconds, before the call fails with a timeout.
DEFAULT_TIMEOUT = 120_000


if TYPE_CHECKING:
    _Members = type
else:

    class _Members(type):
        """Who asks the class for a member sees a property, which completers of shells know not to ask the object for.

        Those try each name of `dir()`, which would bind all members.
        """

        def __getattr__(cls, name: str) -> property:
            from .. import spec

            declared = spec.has(name) or any(name in spec.undeclared(platform) for platform in spec.PLATFORMS)
            if name.startswith("_") or not declared:
                raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
            return property(lambda taro: Taro.__getattr__(taro, name))


class Taro(metaclass=_Members):
    """The Taro API on one platform: every member of Taro by its own name.

    Members are bound when they are first used, and kept. What the platform lacks raises `NotSupported` when it is
    called.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    else:

        def __getattr__(self, name: str) -> Any:
            if name == "_runtime":  # of an object that nobody has made: every other name would ask for it for ever
                raise no_attribute("a Taro is made by taropy.create()")
            if name == "phone":  # the property has found none, and Python asks here before it gives up
                raise no_attribute(f"this runtime has no phone; it runs over the {self._runtime.host.name}")
            member = self._runtime.bind(name)
            self.__dict__[name] = member
            return member

    _runtime: Runtime

    @property
    def platform(self) -> Platform:
        """The platform that this runtime is on."""
        return self._runtime.platform

    @property
    def host(self) -> Host:
        """What stands behind the platform."""
        return self._runtime.host

    @property
    def preloadData(self) -> Any:
        """What `preload` has put by for the next page. It changes, so unlike other members it is not kept."""
        return self._runtime.current.preloadData

    @property
    def native(self) -> Any:
        """The platform's native object (`wx`, `my`, …), as this runtime calls it."""
        return self._runtime.host.native

    @property
    def phone(self) -> Phone:
        """The simulated phone, or what stands in for one at another host; `AttributeError` where nothing does."""
        host = self._runtime.host
        phone: Phone | None = host.stand_in if host.phone is None else host.phone
        if phone is None:
            raise AttributeError("phone")
        return phone

    def close(self) -> None:
        """Ends the calls that are open, and what the runtime began: its tasks, sockets and files, and its own phone."""
        runtime = self._runtime
        if not runtime.closed:
            self._end(runtime)
            if runtime.host.close is not None:
                runtime.host.close()

    async def aclose(self) -> None:
        """As `close`, and waits until everything has ended."""
        runtime = self._runtime
        if not runtime.closed:
            self._end(runtime)
            if runtime.host.aclose is not None:
                await runtime.host.aclose()
            elif runtime.host.close is not None:
                runtime.host.close()

    def _end(self, runtime: Runtime) -> None:
        if runtime.host.leave is not None:
            runtime.host.leave()
        runtime.end()
        self._unbind()

    def _forget_bound(self) -> None:
        """Has members bound anew when they are used next; what a program has put here stays."""
        members = vars(self)
        for name in [name for name, member in members.items() if is_described(member)]:
            del members[name]
        for follower in _followers.get(self, ()):
            follower._unbind()

    def _unbind(self) -> None:
        runtime = self.__dict__.get("_runtime")
        self.__dict__.clear()
        if runtime is not None:
            self.__dict__["_runtime"] = runtime
        for follower in _followers.get(self, ()):
            follower._unbind()

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a Taro can't be pickled or copied; taropy.create() makes one where it is needed")

    def __deepcopy__(self, memo: object) -> NoReturn:
        self.__reduce_ex__(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __dir__(self) -> list[str]:
        """What the platform has, whether or not the host has it; before a runtime is there, what it will be on."""
        from .. import spec

        runtime = self.__dict__.get("_runtime")
        try:
            known = registry().platform(_default_platform()) if runtime is None else runtime.known
        except PlatformError:  # the environment names none that there is, and a call says so
            return sorted({*object.__dir__(self), *spec.members()})
        own = {name for name in object.__dir__(self) if not spec.has(name)}
        return sorted({*own, *filter(known.supports, spec.members()), *known.undeclared})

    def __repr__(self) -> str:
        runtime = self._runtime
        told = [f"<Taro on {runtime.platform.name}", f"over the {runtime.host.name}"]
        if own := runtime.known.own_apis:
            told.append(f"with {' and '.join(own)} of its own")
        if runtime.closed:
            told.append("closed")
        return f"{', '.join(told)}>"


class ProcessTaro(Taro):
    """The process's current runtime; its platform is `TARO_ENV`'s, else weapp, until `use` names another."""

    #: Who says on which platform and with which options a runtime begins that a program uses, the last of all. And who
    #: sets it up then. Both are pytest's plugin.
    _begins: ClassVar[list[Callable[[], tuple[str, dict[str, Any]]]]] = []
    _set_up_by: ClassVar[list[Callable[[Runtime], object]]] = []

    def __getattr__(self, name: str) -> Any:
        if name == "_runtime":
            self._become(*(self._begins[-1]() if self._begins else (_default_platform(), {})))
            runtime = self.__dict__["_runtime"]
            for set_up in self._set_up_by:
                set_up(runtime)
            return runtime
        return Taro.__getattr__(self, name)

    def _become(self, platform: str, options: dict[str, Any]) -> None:
        runtime = _make_runtime(self, platform, home=rejections.process, **options)
        self._leave()
        self.__dict__["_runtime"] = runtime

    def _leave(self) -> None:
        """Closes the current runtime; the next use of `Taro` begins a new one, on the default platform."""
        if "_runtime" in self.__dict__:
            self.close()
        self._forget()

    def _forget(self) -> None:
        self.__dict__.clear()
        for follower in _followers.get(self, ()):
            follower._unbind()
        rejections.process.listeners.clear()  # the old runtime's listeners go with it

    def _set_aside(self) -> Callable[[], None]:
        """Has no runtime for now, though the current one is not closed; gives what puts that back."""
        runtime, listeners = self.__dict__.get("_runtime"), dict(rejections.process.listeners)
        self._forget()

        def put_back() -> None:
            self._leave()
            if runtime is not None and not runtime.closed:
                self.__dict__["_runtime"] = runtime
                rejections.process.listeners.update(listeners)

        return put_back


# Those that show a `Taro` in another way.
_followers: WeakKeyDictionary[Taro, WeakSet[Taro]] = WeakKeyDictionary()


def follow(taro: Taro, follower: Taro) -> None:
    """Has `follower` forget its members when the runtime of `taro` ends, or becomes another one."""
    _followers.setdefault(taro, WeakSet()).add(follower)


#: What `from taropy import Taro` gives.
process_taro = ProcessTaro()


def use(platform: str, **options: Any) -> Taro:
    """Puts the process's `Taro` on another platform, with a new host; `options` as for `create`."""
    process_taro._become(platform, options)
    return process_taro


def create(
    platform: str | None = None,
    *,
    native: object | None = None,
    phone: Phone | None = None,
    host: str | None = None,
    timeout: float | None = DEFAULT_TIMEOUT,
    observe: Observer | None = None,
    apis: Mapping[str, NativeCall] | None = None,
    **options: Any,
) -> Taro:
    """An independent runtime, with the same surface as `Taro`; many may live in one process.

    - `platform`: its name; by default that of the environment's `TARO_ENV`, else weapp.
    - `native`: a native object to run over; `phone`: a phone that you hold; `host`: the name of a registered host.
      Without any, a new phone, which is closed with the runtime. `options` go to the host (`Phone`'s, for a phone).
    - `timeout`: how long the native object may take to answer, in milliseconds; None waits for ever. Functions that
      wait for a person are not limited, and a call's own longer `timeout` counts.
    - `observe`: called with an `ObservedCall` (`taropy.runtime.observation`) when a call begins, and when it has ended.
    - `apis`: functions that this runtime has in place of native ones, by Taro's name: `{"login": function}`. They are
      called as those of `taropy_register_apis` are: `function(native, options)`. `PlatformError` for a wrong name.
    """
    taro = Taro()
    name = _default_platform() if platform is None else platform
    if phone is not None:
        options["phone"] = phone
    taro.__dict__["_runtime"] = _make_runtime(
        taro, name, native=native, host=host, timeout=timeout, observe=observe, apis=apis, **options
    )
    return taro


def _default_platform() -> str:
    """That of the environment's `TARO_ENV`; a `PlatformError` that says so if there is no such platform."""
    name = os.environ.get("TARO_ENV")
    if not name:
        return DEFAULT_PLATFORM
    try:
        registry().platform(name)
    except PlatformError as error:
        raise PlatformError(f"TARO_ENV={name}: {error}") from None
    return name


def _make_runtime(
    taro: Taro,
    platform: str,
    *,
    native: object | None = None,
    host: str | None = None,
    timeout: float | None = DEFAULT_TIMEOUT,
    home: rejections.Rejections | None = None,
    observe: Observer | None = None,
    apis: Mapping[str, NativeCall] | None = None,
    **options: Any,
) -> Runtime:
    known = registry().platform(platform)
    if apis:
        known = known.with_apis(apis)
    if native is not None:
        if host is not None or options:
            check_options(options)
            raise TypeError("a runtime over a native object takes no host and no host options")
        behind = native_host(known.platform, native)
    else:
        behind = registry().host(host or "phone")(known.platform, **options)
    return Runtime(taro, known, behind, None if timeout is None else timeout / 1000, home, observe)


def run(main: Callable[[], Any] | Coroutine[Any, Any, T] | Awaitable[T]) -> Any:
    """Runs a program in an event loop of its own, and then until every call that it left open has ended.

    What it has put off with `setTimeout` of `taropy.js` is awaited too, unless the phone's clock is stopped; an
    interval, which has no end of its own, is not.

    Where that takes more than ten seconds, a `LongWaitWarning` says so beforehand, at the line that has set the timer.

    `main` is an async function, a coroutine, or a function that makes calls with callbacks. Returns what it returns.
    """

    if not (callable(main) or inspect.isawaitable(main)):
        raise TypeError(f"taropy.run() takes an async function, as in taropy.run(main), not {main!r}")
    if running_loop() is not None:
        raise RuntimeError(f"taropy.run() starts an event loop, and one is running here: write {_in_a_loop(main)}")

    async def program() -> Any:
        outcome = main() if callable(main) else main
        result = await outcome if inspect.isawaitable(outcome) else outcome
        await settled()
        jobs = jobs_of(asyncio.get_running_loop())
        told: Timeout | None = None
        while (timeout := jobs.next_to_come()) is not None:
            if timeout is not told and timeout.seconds > PATIENCE:
                told = timeout
                _tell_of_long_wait(timeout)
            await jobs.timeout_ends()
            await settled()
        return result

    return asyncio.run(program())


def _tell_of_long_wait(timeout: Timeout) -> None:
    warning = LongWaitWarning(
        f"taropy.run waits {timeout.seconds:.0f} s for {timeout.kind} {timeout.name}: a test stops the phone's clock "
        "(phone.clock.stop()), so that it can be moved; a program ends the timer that it needs no more"
    )
    warning.place = None if timeout.place is None else timeout.place[:2]
    warn(warning)


def _in_a_loop(main: Any) -> str:
    """What to write in place of `taropy.run(main)` where a loop runs, as in a notebook."""
    if inspect.iscoroutine(main):
        main.close()  # nobody will await it, and that is said here
    name = getattr(main, "__name__", "main").strip("<>")
    return f"`{name}()`" if inspect.isfunction(main) and not inspect.iscoroutinefunction(main) else f"`await {name}()`"


async def settled() -> None:
    """Waits until the calls and async handlers that have been begun in this event loop have ended, and sockets opened.

    For tests: after `phone.pages.pull_down()` the page may take its time to load anew.
    """
    loop = asyncio.get_running_loop()
    jobs = jobs_of(loop)
    await asyncio.sleep(0)  # what the phone tells when the code that asked for it has returned
    while jobs.busy or under_way(loop):  # what has ended may have others begin: who listens to rejections, for one
        if jobs.busy:
            await jobs.until_idle()
        else:
            await asyncio.wait(tuple(under_way(loop)), return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(0)
