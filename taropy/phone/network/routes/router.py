"""`Router`: which route a request takes, and what becomes of those that take none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ....unheard import report
from ...core.remembered import Remembered
from ...core.urls import Url
from ..http.faults import NetError
from ..http.headers import header_lines
from ..http.outgoing import Outgoing
from ..http.reply import Response as Incoming
from ..http.task import asked_at
from .calls import Call, Calls
from .expected import numbers
from .messages import NEXT_ROUTE, ON_THE_WIRE, Pass, Request, Send
from .patterns import Origin
from .scripted import Scripted

if TYPE_CHECKING:
    from ...core.clock import Clock


class Router:
    """Answers requests in the process: the latest route or mount that takes a request has it.

    It is found by its address, so that it does not matter how many others there are; those with patterns are tried one
    after another, of which only the server's own and those for any server are looked at.
    """

    #: A snapshot of one that has no routes.
    EMPTY: ClassVar[Any] = ("pass", [])

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.unrouted: Literal["pass", "fail"] = "pass"
        self.calls: Calls = Calls()
        #: What has broken in handlers and apps: the last thousand exceptions, oldest first.
        self.errors: Remembered[BaseException] = Remembered()
        self._all: dict[Scripted, None] = {}
        self._exact: dict[tuple[Origin | None, str], list[Scripted]] = {}
        self._patterns: dict[Origin | None, list[Scripted]] = {}

    @property
    def may_refuse(self) -> bool:
        """Whether a request may fail for want of a route, so that it matters which line of the program has made it."""
        return self.unrouted == "fail" or any(scripted.refuses for scripted in self._patterns.get(None, ()))

    @property
    def routes(self) -> list[Scripted]:
        """All routes and mounts, oldest first."""
        return list(self._all)

    def add(self, scripted: Scripted) -> None:
        """From now on it answers."""
        scripted.number = next(numbers)
        self._all[scripted] = None
        self._place(scripted).append(scripted)

    def remove(self, scripted: Scripted) -> None:
        """It answers no more."""
        if scripted in self._all:
            del self._all[scripted]
            self._place(scripted).remove(scripted)

    def clear(self) -> None:
        """No route is left."""
        self._all.clear()
        self._exact.clear()
        self._patterns.clear()

    def snapshot(self) -> Any:
        """The routes as they are, for `restore`."""
        return self.unrouted, [(scripted, scripted.state()) for scripted in self._all]

    def restore(self, state: Any) -> None:
        """Has those routes again, and no others; what was asked for is forgotten."""
        self.unrouted, routes = state
        self.clear()
        self.calls.clear()
        self.errors.clear()
        for scripted, used in routes:
            scripted.come_back(used)
            number = scripted.number
            self.add(scripted)
            scripted.number = number

    async def __call__(self, outgoing: Outgoing, send: Send) -> Incoming:
        """Answers a request, or has `send` do it. Raises what `send` does."""
        call = Call(Request(outgoing, send))
        self.calls.append(call)
        try:
            incoming = await self._answered(call, send)
        except BaseException as error:
            call.error = call.error or error
            raise
        call.status = incoming.status
        return incoming

    def broke(self, what: str, error: BaseException, call: Call | None) -> None:
        """Tells of an exception in a handler or an app, which the program sees as a server that broke."""
        if call is not None:
            call.error = error
        self.errors.append(error)
        report(what, error)

    async def _answered(self, call: Call, send: Send) -> Incoming:
        request = call.request
        for scripted in self._found(request.outgoing.url):
            if not scripted.takes(request):
                continue
            header_lines(tuple(request.outgoing.headers.values()))  # or else it could not be sent
            call.route = scripted
            answer = await scripted.answer(call)
            if not isinstance(answer, Pass):
                return answer
            call.route = None
            if answer is ON_THE_WIRE:
                return await send(request.as_read())
            assert answer is NEXT_ROUTE
        if self.unrouted == "fail":
            self._refuse(request)
        return await send(request.as_read())

    def _place(self, scripted: Scripted) -> list[Scripted]:
        pattern = scripted.pattern
        if pattern.path is None:
            return self._patterns.setdefault(pattern.origin, [])
        return self._exact.setdefault((pattern.origin, pattern.path), [])

    def _found(self, url: Url) -> Iterable[Scripted]:
        """Those that may be for this address, the latest first."""
        origin, path = url.origin, url.path or "/"
        exact, anywhere = self._exact.get((origin, path)), self._exact.get((None, path))
        patterns, any_patterns = self._patterns.get(origin), self._patterns.get(None)
        if exact and not (anywhere or patterns or any_patterns):
            return exact[::-1]
        found = [*(exact or ()), *(anywhere or ()), *(patterns or ()), *(any_patterns or ())]
        return sorted(found, key=_number, reverse=True)

    def _refuse(self, request: Request) -> None:
        from .unrouted import nearest, told, warn

        latest = [*reversed(self._all)]
        near = nearest(
            request.outgoing.url, ((each.pattern, each.where, partial(each.lacks, request)) for each in latest)
        )
        warn(told(repr(request), "network", [each.where for each in latest], near), asked_at.get())
        raise NetError("ERR_ADDRESS_UNREACHABLE")


def _number(scripted: Scripted) -> int:
    return scripted.number
