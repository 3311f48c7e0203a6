"""Load tests with Locust: `TaroUser`, a user with a phone.

    from locust import between, task
    from taropy.testing.locust import TaroUser

    class Shopper(TaroUser):
        wait_time = between(1, 5)

        @task
        async def open_the_shop(self):
            code = (await self.client.login()).code
            await self.client.request(url=f"{self.host}/login", method="POST", data={"code": code})

Every call of Taro is an event of Locust's. Needs the extra `locust`. Importing Locust puts gevent in place of much of
the standard library; the phones live in an asyncio loop in a thread of its own, which gevent has no part in
(docs/guides/load.md says why, in figures).
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import os
import uuid
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from functools import cache, partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import taropy

from ..extras import need

if TYPE_CHECKING:
    from ..phone.open_platform import OpenPlatform
    from ..runtime.observation import ObservedCall

T = TypeVar("T")

User: Any = need("locust", extra="locust").User
hub: Any = importlib.import_module("gevent.hub")
monkey: Any = importlib.import_module("gevent.monkey")

# What the first phone and its first request would import, so that workers which are forks have it already, and since
# some of it starts programs when it is imported, as trio does, which gevent forbids outside the main thread.
taropy.create("weapp").close()
importlib.import_module("taropy.phone.open_platform")
importlib.import_module("taropy.phone.network.http.session")
importlib.import_module("taropy.phone.network.http.pools")

#: Replies whose status is at least this count as failures, as those of Locust's own clients do.
FAILING_STATUS = 400


class _Loop(asyncio.SelectorEventLoop):
    """An event loop that uses the system itself: its selector, its threads, its look-ups, and not gevent's."""

    def __init__(self) -> None:
        super().__init__(_real("selectors", "EpollSelector", "KqueueSelector", "SelectSelector")())

    def run_in_executor(  # type: ignore[override]  # the declared one speaks of type variables that Python 3.11 lacks
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Runs the function in a thread of its own: what needs one is rare here."""
        future = self.create_future()

        def settle(result: Any, error: BaseException | None) -> None:
            if future.done():
                return
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)

        def work() -> None:
            try:
                outcome: tuple[Any, BaseException | None] = func(*args), None
            except Exception as error:
                outcome = None, error
            self.call_soon_threadsafe(settle, *outcome)

        _start_thread(work)
        return future

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        """The system's own look-up, in a thread."""
        return await self.run_in_executor(None, partial(_real("socket", "getaddrinfo"), host, port, **options))


def _real(module: str, *names: str) -> Any:
    """What the module had under the first of these names that it has, before gevent came."""
    known = importlib.import_module(module)
    for name in names:
        try:
            return monkey.get_original(module, name)
        except AttributeError:
            if hasattr(known, name):
                return getattr(known, name)
    raise AttributeError(f"{module} has none of {', '.join(names)}")


def _start_thread(work: Callable[[], object]) -> None:
    _real("_thread", "start_new_thread")(work, ())


class Phones:
    """The loop that all phones of this process live in, and the way from greenlets to it and back."""

    def __init__(self) -> None:
        self.loop: _Loop = _Loop()
        self._told: deque[Callable[[], object]] = deque()
        self._bell = hub.get_hub().loop.async_()
        self._bell.start(self._listen)
        _start_thread(self.loop.run_forever)

    def tell(self, work: Callable[[], object]) -> None:
        """From the loop: has `work` done where greenlets live, in order."""
        self._told.append(work)
        self._bell.send()

    def _listen(self) -> None:
        while self._told:
            self._told.popleft()()

    def wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        """Has a greenlet wait for what the coroutine gives in the loop; a greenlet that is killed cancels it."""
        waiter = hub.Waiter()
        begun: list[asyncio.Task[T]] = []

        def begin() -> None:
            task = self.loop.create_task(work)
            begun.append(task)
            task.add_done_callback(lambda _: self.tell(partial(waiter.switch, None)))

        self.loop.call_soon_threadsafe(begin)
        try:
            waiter.get()
        except BaseException:
            self.loop.call_soon_threadsafe(lambda: begun[0].cancel())
            raise
        return begun[0].result()


@cache
def phones() -> Phones:
    """This process's; made when the first user is, since Locust's workers may be forks of its master."""
    return Phones()


@cache
def open_platform(key: str | None) -> OpenPlatform:
    """The open platform that all phones of this process log in at."""
    from ..phone.open_platform import OpenPlatform

    return OpenPlatform(key=key)


class Client:
    """A `Taro` for both kinds of tasks.

    In an async task it is that `Taro`: a call returns its promise. Everywhere else a call waits, as Locust's other
    clients do, and gives the result; what fails raises `TaroError`.
    """

    def __init__(self, of: Callable[[], Any]) -> None:
        self._of = of

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if _in_the_loop():
            return getattr(self._of(), name)
        member = phones().wait_for(self._read(name))
        if not callable(member):
            return _outside(member)
        call = partial(self._wait, member)
        self.__dict__[name] = call
        return call

    async def _read(self, name: str) -> Any:
        return getattr(self._of(), name)

    def _wait(self, member: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        if _in_the_loop():
            return member(*arguments, **named)
        return _outside(phones().wait_for(_called(member, arguments, named)))


def _in_the_loop() -> bool:
    return asyncio._get_running_loop() is not None


async def _called(member: Callable[..., Any], arguments: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
    value = member(*arguments, **named)
    return await value if isinstance(value, taropy.Promise) else value


def _outside(value: Any) -> Any:
    """A manager, such as a `SocketTask`, is called outside the loop as Taro itself is."""
    from ..runtime.managers import Manager

    return Client(lambda: value) if isinstance(value, Manager) else value


class TaroUser(User):  # type: ignore[misc]  # Locust need not be installed, so its types are not asked for
    """A user of Locust's whose `client` is a `Taro` on a phone of its own, which is made anew for each user.

    Tasks, `on_start` and `on_stop` may be plain functions or async ones; a plain one's calls wait for their results.

    - `platform`: which Taro it is. `phone`: what else to make the phone with, as `Phone` takes it.
    - `key`: the open platform's, which the server has too that the backend exchanges login codes at:
      `taropy open-platform --key KEY`. By default that of the environment's `TAROPY_OPEN_PLATFORM_KEY`.
    """

    abstract = True

    platform: str = "weapp"
    phone: Mapping[str, Any] = {}
    key: str | None = os.environ.get("TAROPY_OPEN_PLATFORM_KEY")

    client: Any
    tasks: list[Any]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.tasks = [_waiting(task) for task in cls.tasks]
        for name in ("on_start", "on_stop"):
            setattr(cls, name, _waiting(getattr(cls, name)))

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        made = phones().wait_for(self._make())
        self.client = Client(lambda: made)

    def named(self, call: ObservedCall) -> str:
        """What Locust calls an event: the function's name. A subclass may tell requests apart by `call.options`."""
        return call.api

    def failure(self, call: ObservedCall) -> BaseException | None:
        """Why Locust counts a call as failed, if it does: it has failed, or its reply has a status of 400 or more."""
        if call.error is not None:
            return call.error
        status = getattr(call.result, "statusCode", None)
        if isinstance(status, int) and status >= FAILING_STATUS:
            return taropy.TaroError(f"{call.api}:fail status {status}", status, api=call.api, platform=self.platform)
        return None

    def start(self, group: Any) -> Any:
        """As every user; the phone ends with it."""
        greenlet = super().start(group)
        greenlet.link(lambda _: phones().loop.call_soon_threadsafe(self._end))
        return greenlet

    async def _make(self) -> Any:
        options = {"open_platform": open_platform(self.key), "user": uuid.uuid4().hex}
        self._phone = taropy.Phone(**{**options, **self.phone})
        return taropy.create(self.platform, phone=self._phone, observe=self._observed)

    def _end(self) -> None:
        self._ending = phones().loop.create_task(self._phone.aclose())

    def _observed(self, call: ObservedCall) -> None:
        if call.outcome != "pending":
            phones().tell(partial(self._tell, call))

    def _tell(self, call: ObservedCall) -> None:
        self.environment.events.request.fire(
            request_type=self.platform,
            name=self.named(call),
            response_time=call.duration,
            response_length=_length(call.result),
            response=call.result,
            exception=self.failure(call),
            context=self.context(),
            url=call.options.get("url"),
        )


def _waiting(function: Any) -> Any:
    """A task as Locust calls it: an async one is run in the phones' loop, and waited for."""
    if not inspect.iscoroutinefunction(function):
        return function

    @wraps(function)
    def wait(*arguments: Any) -> Any:
        return phones().wait_for(function(*arguments))

    return wait


def _length(result: Any) -> int:
    """How many bytes have come, as far as the phone tells: a request's."""
    profile = getattr(result, "profile", None)
    received = profile.get("receivedBytedCount") if profile is not None else None
    return received if isinstance(received, int) else 0
