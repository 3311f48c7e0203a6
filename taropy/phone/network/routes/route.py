"""`Route`: answers that a test has written for requests to some addresses."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..http.faults import NetError, network_fault
from ..http.reply import Response as Incoming
from .calls import Call
from .messages import Pass, Request, Response, as_response
from .patterns import Pattern
from .preflights import allowing, asks_ahead, leave
from .scripted import Scripted

if TYPE_CHECKING:
    from .matching import Condition
    from .router import Router

Given = Response | Pass | Mapping[str, Any] | list[Any] | str | bytes
Handler = Callable[[Request], Given | Awaitable[Given]]
Answer = Response | Exception | Handler

BROKEN = Response(text="Internal Server Error", status=500)


class Route(Scripted):
    """What `phone.network.route` gives: the answers, and who has got them.

    Several answers are given in turn, and the last one from then on. After `times` requests the route is over.
    """

    def __init__(
        self,
        router: Router,
        method: str | None,
        pattern: Pattern,
        answers: Sequence[Answer],
        *,
        conditions: Sequence[Condition] = (),
        delay: float = 0.0,
        times: int | None = None,
        cors: bool = False,
        optional: bool = False,
    ) -> None:
        super().__init__(router, method, pattern, optional=optional)
        self._answers = answers
        self._conditions = conditions
        self._delay = delay
        self._times = times
        self._cors = cors
        self._taken = 0

    def takes(self, request: Request) -> bool:
        """See `Scripted`."""
        if self._times is not None and self._taken >= self._times:
            return False
        if self.method is not None and request.method != self.method and not self._allows(request):
            return False
        params = self.pattern.match(request.outgoing.url)
        if params is None:
            return False
        request.params = params
        # What asks ahead has neither the headers nor the body of what it asks for.
        return not self._conditions or self._allows(request) or all(holds(request) for _, holds in self._conditions)

    def lacks(self, request: Request) -> Iterable[str]:
        """See `Scripted`."""
        if self.method not in (None, request.method):
            yield "its method"
        if self._times is not None and self._taken >= self._times:
            yield f"its times={self._times}"
        yield from (f"its {what}" for what, holds in self._conditions if not holds(request))

    async def answer(self, call: Call) -> Incoming | Pass:
        """See `Scripted`."""
        request = call.request
        if self._cors and self._allows(request):
            return leave(request)
        taken, self._taken = self._taken, self._taken + 1
        answer = self._answers[min(taken, len(self._answers) - 1)]
        self.calls.append(call)
        fault = network_fault(answer) if isinstance(answer, Exception) else None
        if request.is_streamed and (fault is None or self._delay):
            await request.read()
        if self._delay:
            await self._wait(request)
        if fault is not None:
            raise fault
        response = answer if isinstance(answer, Response) else await self._handled(answer, call)  # type: ignore[arg-type]
        if isinstance(response, Pass):
            return response
        incoming = response.incoming(request.method)
        return allowing(incoming, request) if self._cors else incoming

    @property
    def unused(self) -> str:
        """See `Scripted`."""
        wanted = self._times or len(self._answers)
        if self.optional or self._taken >= wanted:
            return ""
        return super().unused or f"{self.where}, which was asked for {self._taken} of {wanted} times"

    def state(self) -> int:
        """See `Scripted`."""
        return self._taken

    def come_back(self, state: int) -> None:
        """See `Scripted`."""
        super().come_back(state)
        self._taken = state

    def _allows(self, request: Request) -> bool:
        """Whether the request asks ahead for one that the route would take, and the route is to allow that."""
        return self._cors and asks_ahead(request, self.method)

    async def _wait(self, request: Request) -> None:
        """Takes its time, by the phone's clock; an answer that would come too late is none."""
        timeout = request.outgoing.timeout
        await self._router.clock.sleep(min(self._delay, timeout))
        if self._delay >= timeout:
            raise TimeoutError

    async def _handled(self, handler: Handler, call: Call) -> Response | Pass:
        """What the handler says. One that breaks is a server that does, and is told to the test."""
        try:
            answer = handler(call.request)
            if inspect.isawaitable(answer):
                answer = await answer
            return answer if isinstance(answer, Pass) else as_response(answer, handler)
        except Exception as error:
            fault = network_fault(error)
            if isinstance(fault, NetError | TimeoutError):
                raise fault from (None if fault is error else error)
            self._router.broke(f"the handler of {self.where} broke", error, call)
            return BROKEN
