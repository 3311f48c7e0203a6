"""Interceptors: the onion around `Taro.request`, and around any function that returns a promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..deadlines import Timer
from .errors import TaroError
from .jobs import LONGEST, current_loop, entered, own_loop, running_loop
from .promise import Promise, no_attribute

if TYPE_CHECKING:
    from ..phone import Clock

Interceptor = Callable[["Chain"], Any]
Sender = Callable[[dict[str, Any]], Promise[Any]]

TIMEOUT_MESSAGE = "网络链接超时,请稍后再试！"
DEFAULT_TIMEOUT = 60_000


class Flight:
    """One intercepted call: the native tasks that it led to, and what was asked of them before they were there."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def add(self, promise: Any) -> None:
        """A native call has been made; what was asked of the task is asked of it now."""
        self.sent.append(promise)
        for name, arguments in self.asked:
            _ask(promise, name, arguments)

    def ask(self, name: str, *arguments: Any) -> None:
        """Calls a task's method on every task of this call, those that are still to come included."""
        self.asked.append((name, arguments))
        for promise in self.sent:
            _ask(promise, name, arguments)


def _ask(promise: Any, name: str, arguments: tuple[Any, ...]) -> None:
    method = getattr(promise, name, None)
    if method is not None:
        method(*arguments)


class InterceptedTask(Promise[Any]):
    """The promise of an intercepted call; it keeps the methods of the task inside (`abort`, `onHeadersReceived`, …)."""

    def __init__(self, flight: Flight, methods: frozenset[str], lacking: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__()
        self._flight = flight
        self._methods = methods
        self._lacking = lacking

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._methods:
            raise no_attribute(name)
        if name in self._lacking:
            return self._lacking[name]
        return lambda *arguments: self._flight.ask(name, *arguments)

    def abort(self, callback: Callable[[], Any] | None = None) -> InterceptedTask:
        """Ends the call inside, also when an interceptor has not come to make it yet."""
        if callback is not None:
            callback()
        self._flight.ask("abort")
        return self


class Chain:
    """What an interceptor is given: `requestParams`, and `proceed(requestParams)`, which calls the next one.

    The promise of `proceed` has the methods of the request's task (`abort`, …).
    """

    def __init__(
        self, requestParams: Mapping[str, Any], interceptors: list[Interceptor], index: int, link: Link, flight: Flight
    ) -> None:
        self.requestParams = requestParams
        self.interceptors = interceptors
        self.index = index
        self._link = link
        self._flight = flight

    def proceed(self, requestParams: Mapping[str, Any] | None = None) -> Promise[Any]:
        """Calls the next interceptor, or makes the call; with these options, else with those of the chain."""
        params = self.requestParams if requestParams is None else requestParams
        if self.index < len(self.interceptors):
            chain = Chain(params, self.interceptors, self.index + 1, self._link, self._flight)
            return self._link._intercepted(self.interceptors[self.index], chain)
        promise = self._link._send(dict(params))
        self._flight.add(promise)
        return promise


class Link:
    """A function with interceptors around it, as `Taro.interceptorify` makes one."""

    def __init__(
        self,
        send: Callable[..., Promise[Any]],
        task_methods: frozenset[str] = frozenset(),
        lacking: Mapping[str, Callable[..., Any]] = MappingProxyType({}),
    ) -> None:
        self._send = send
        self._task_methods = task_methods
        self._lacking = lacking
        self._interceptors: list[Interceptor] = []
        #: What `timeoutInterceptor` goes by: a phone's clock; None for the loop's own time.
        self.clock: Clock | None = None
        #: What `logInterceptor` prints with: a program's own console, which shows values as its language does.
        self.log: Callable[..., object] = print

    def request(self, requestParams: Mapping[str, Any] | None = None, /, **named: Any) -> Promise[Any]:
        """Calls the function with these options, through the interceptors."""
        params = {**(requestParams or {}), **named}
        return self._begin(params) if running_loop() is not None else self._outside(params)

    def _outside(self, params: Mapping[str, Any]) -> Promise[Any]:
        """A call outside any loop: interceptors run in the thread's own, and it returns when it is settled."""
        with entered(own_loop()) as jobs:
            promise = self._begin(params)
        jobs.drive()
        promise._drive()
        return promise

    def _begin(self, params: Mapping[str, Any]) -> Promise[Any]:
        flight = Flight()
        chain = Chain(params, list(self._interceptors), 0, self, flight)
        if not self._interceptors:
            return chain.proceed()
        outer = InterceptedTask(flight, self._task_methods, self._lacking)
        outer._resolve(chain.proceed())
        if any(callable(_param(params, name)) for name in ("fail", "complete")):
            outer._mark_handled()
        return outer

    def addInterceptor(self, interceptor: Interceptor) -> None:
        """Adds an interceptor; the first one added is the outermost."""
        if not callable(interceptor):
            raise TaroError("addInterceptor:fail parameter error: parameter.interceptor should be Function")
        self._interceptors.append(interceptor)

    def cleanInterceptors(self) -> None:
        """Takes all interceptors away. Calls that are under way keep theirs."""
        self._interceptors = []

    def _intercepted(self, interceptor: Interceptor, chain: Chain) -> Promise[Any]:
        """An interceptor's outcome as a promise, whether it returned one, is async, returned a value, or raised."""
        promise = InterceptedTask(chain._flight, self._task_methods, self._lacking)
        promise._settle_by(interceptor, chain)
        return promise


def _param(params: Mapping[str, Any], name: str) -> Any:
    """A field of the options, whose fields may hide a mapping's methods, as those of JavaScript's objects do."""
    return params[name] if name in params else None  # noqa: SIM401


def logInterceptor(chain: Chain) -> Promise[Any]:
    """Prints each request and its result."""
    params, say = chain.requestParams, chain._link.log
    url = _param(params, "url")
    say(f"http {_param(params, 'method') or 'GET'} --> {url} data: ", _param(params, "data"))

    def log(result: Any) -> Any:
        say(f"http <-- {url} result:", result)
        return result

    return chain.proceed(params).then(log)


def timeoutInterceptor(chain: Chain) -> Promise[Any]:
    """Rejects when a request takes longer than its `timeout` (60 s without one), and aborts the request."""
    outcome: Promise[Any] = Promise()
    inner = chain.proceed(chain.requestParams)
    asked = _param(chain.requestParams, "timeout")
    # What is no time is for the request itself to refuse.
    limit = min(asked, LONGEST) if isinstance(asked, int | float) and asked > 0 else DEFAULT_TIMEOUT

    def give_up() -> None:
        outcome._reject(TaroError(TIMEOUT_MESSAGE, api="request", fields={"message": TIMEOUT_MESSAGE}))
        chain._flight.ask("abort")

    clock, loop = chain._link.clock, current_loop()
    timer: Timer = (
        loop.call_later(limit / 1000, give_up)
        if clock is None
        else clock.limit(loop, clock.elapsed() + limit / 1000, give_up)
    )

    def settle(promise: Promise[Any]) -> None:
        timer.cancel()
        outcome._follow(promise)

    inner._react(settle)
    outcome._sources = (inner,)  # who gives this up gives up the request
    return outcome


def interceptorify(promisifyApi: Callable[[Any], Any]) -> Link:
    """`promisifyApi` with interceptors around it: `request(options)`, `addInterceptor`, `cleanInterceptors`."""
    if not callable(promisifyApi):
        raise TaroError("interceptorify:fail parameter error: parameter.promisifyApi should be Function")

    def send(params: dict[str, Any]) -> Promise[Any]:
        try:
            outcome = promisifyApi(params)
        except Exception as error:
            return Promise.reject(error)
        return outcome if isinstance(outcome, Promise) else Promise.resolve(outcome)

    return Link(send)


class Interceptors:
    """`Taro.interceptors`: the interceptors that Taro brings along."""

    logInterceptor: staticmethod[[Chain], Promise[Any]] = staticmethod(logInterceptor)
    timeoutInterceptor: staticmethod[[Chain], Promise[Any]] = staticmethod(timeoutInterceptor)


__all__ = ["Chain", "Interceptor", "Interceptors", "Link", "interceptorify"]
