"""`Replay`: requests that are answered from a HAR file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import parse_qsl

from ....masking import masked_text
from ...core.urls import Url
from ..http.failures import NET_ERRORS
from ..http.faults import NetError
from ..http.reply import Response as Incoming
from ..http.task import asked_at
from ..routes.calls import Call
from ..routes.incoming import Whole
from ..routes.messages import BODILESS, NEXT_ROUTE, Pass, Request
from ..routes.patterns import Pattern
from ..routes.preflights import allowing, asks_ahead, leave
from ..routes.scripted import Scripted
from ..routes.unrouted import warn
from .bodies import canonical, same
from .reading import LEAST, Kept, Tape
from .writing import ABORTED, TIMED_OUT

if TYPE_CHECKING:
    from ..routes.router import Router
    from ..sockets.routing import SocketRoute

# How many recorded addresses the text of a failure names.
NAMED = 8

Place = tuple[object, ...]


class Replay(Scripted):
    """Answers requests as a recording has them: the same method, URL, query and body get the same response.

    The same request several times gets its responses in their order, and the last one again and again. As a context
    manager it ends with the block.
    """

    #: Whether it is a recording, and no replay: for what `record_once` gives.
    is_recording = False
    refuses: ClassVar[bool] = True

    def __init__(self, router: Router, tape: Tape, *, fails: bool, cors: bool, sockets: Sequence[SocketRoute]) -> None:
        super().__init__(router, None, Pattern(str(tape.path), regex=re.compile(""), over="url"), optional=False)
        self.file: Path = tape.path
        self._fails = fails
        self._cors = cors
        self._masks = tape.masks
        self._sockets = sockets
        self._kept: dict[Place, list[Kept]] = {}
        for kept in tape.exchanges:
            if kept.messages is None:
                self._kept.setdefault(_place(kept.method, kept.url), []).append(kept)
        # How often each exchange has been asked for, by the number of the first that is the same.
        self._asked: dict[int, int] = {}

    def stop(self) -> None:
        """Ends it: what it has answered goes to other routes, or the real server, from now on."""
        self.unroute()

    def unroute(self) -> None:
        super().unroute()
        for route in self._sockets:
            route.unroute()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def unused(self) -> str:
        """See `Scripted`; a recording of WebSockets alone has used what they have."""
        if any(route.called for route in self._sockets) or not self._kept:
            return ""
        return super().unused

    # --- what the router asks -------------------------------------------------------------------------------------

    def takes(self, request: Request) -> bool:
        """See `Scripted`."""
        return self._fails or self._allows(request) or bool(self._found(request))

    async def answer(self, call: Call) -> Incoming | Pass:
        """See `Scripted`."""
        request = call.request
        await request.read()
        found = self._found(request)
        if not found and self._allows(request):
            return leave(request)
        if not found:
            return self._refuse(self._why(request)) if self._fails else NEXT_ROUTE
        self.calls.append(call)
        kept = self._next(found)
        if kept.error == TIMED_OUT:
            raise TimeoutError
        if kept.status < LEAST:
            name = kept.error.removeprefix("net::")
            raise NetError(name if name in NET_ERRORS else "ERR_FAILED")
        if kept.missing:
            self._refuse(f"{_told(request)} cannot be answered from {self.file}: {kept.missing}")
        bodiless = request.method == "HEAD" or kept.status in BODILESS
        content = b"" if bodiless else kept.content
        # One that broke off, but by the program, does so again.
        length = len(content) + 1 if kept.error not in ("", ABORTED) else None
        incoming = Whole(kept.status, kept.pairs, content, length)
        return allowing(incoming, request) if self._cors else incoming

    def state(self) -> Any:
        """See `Scripted`."""
        return dict(self._asked)

    def come_back(self, state: Any) -> None:
        """See `Scripted`."""
        super().come_back(state)
        self._asked = dict(state)

    # --- its own --------------------------------------------------------------------------------------------------

    def _allows(self, request: Request) -> bool:
        return self._cors and asks_ahead(request, None)

    def _found(self, request: Request) -> list[Kept]:
        """The exchanges that were the same, those with a response that can be given first."""
        url = request.outgoing.url
        there = self._kept.get(_place(request.method, url), ())
        query = self._query(url)
        found = [kept for kept in there if same(self._query(kept.url), query)]
        unread = bool(request.outgoing.body) and not request.body  # that of an upload, which `answer` reads
        if found and not unread:
            body = canonical(request.headers.get("content-type", ""), request.body, self._masks)
            found = [kept for kept in found if same(kept.body, body)]
        return [kept for kept in found if not kept.missing] or found

    def _query(self, url: Url) -> list[tuple[str, str]]:
        return sorted(self._masks.pairs(parse_qsl(url.query or "", keep_blank_values=True)))

    def _next(self, found: list[Kept]) -> Kept:
        first = found[0].number
        asked = self._asked.get(first, 0)
        self._asked[first] = asked + 1
        return found[min(asked, len(found) - 1)]

    def _refuse(self, text: str) -> Pass:
        warn(text, asked_at.get())
        raise NetError("ERR_ADDRESS_UNREACHABLE")

    def _why(self, request: Request) -> str:
        """Why there is no answer, by what comes next to the request."""
        url = request.outgoing.url
        there = self._kept.get(_place(request.method, url), [])
        if any(same(self._query(kept.url), self._query(url)) for kept in there):
            why = "it has the same with another body"
        elif there:
            queries = _listed(f"?{kept.url.query}" if kept.url.query else "no query" for kept in there)
            why = f"it has the same with {queries}"
        else:
            place = _place("", url)[1:]
            methods = _listed(str(method) for method, *rest in self._kept if tuple(rest) == place)
            others = _listed(f"{kept[0].method} {kept[0].url}" for kept in self._kept.values())
            why = f"it has {methods} there" if methods else f"it has {others or 'no requests'}"
        again = 'record it anew, or say unmatched="pass"'
        return f"{_told(request)} is not in {self.file}: {masked_text(why)}. To have it answered, {again}"


def _place(method: str, url: Url) -> Place:
    return (method, *url.origin, url.path or "/")


def _told(request: Request) -> str:
    return f"{request.method} {masked_text(request.url)}"


def _listed(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(names))
    more = f", and {len(known) - NAMED} more" if len(known) > NAMED else ""
    return ", ".join(known[:NAMED]) + more
